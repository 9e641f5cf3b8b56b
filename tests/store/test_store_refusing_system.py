"""The calls of the system fail for real, beneath Python: a small library stands before the C library's own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Block, Extract

SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
static int refused(const char *name) {
    const char *call = getenv("REFUSED");
    errno = EIO;
    return call != NULL && strcmp(call, name) == 0;
}
#define STAND_BEFORE(name, parameters, values) \\
    int name parameters { \\
        static int (*own) parameters; \\
        if (refused(#name)) return -1; \\
        if (own == NULL) own = dlsym(RTLD_NEXT, #name); \\
        return own values; \\
    }
STAND_BEFORE(fsync, (int fd), (fd))
STAND_BEFORE(fdatasync, (int fd), (fd))
STAND_BEFORE(flock, (int fd, int how), (fd, how))
"""

CHILD = """
import ctypes, json, sys
from pathlib import Path
from store.errors import LibraryError
from store.library import Library

setenv = ctypes.CDLL(None).setenv
library = Library.open(Path(sys.argv[1]))
claim = library.claims()[0]
said = []
for turn in range(3):
    setenv(b"REFUSED", sys.argv[2].encode() if turn == 1 else b"", 1)
    for work in (lambda: library.set_note(claim.id, f"note {turn}"), library.compact):
        try:
            work()
            said.append("done")
        except LibraryError as error:
            said.append(str(error))
print(json.dumps({"said": said, "note": library.claim(claim.id).note, "notices": library.notices}))
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler here to stand before the system's calls")
    folder = tmp_path_factory.mktemp("shim")
    (folder / "shim.c").write_text(SHIM)
    made = subprocess.run(
        [compiler, "-shared", "-fPIC", "-w", "-o", "shim.so", "shim.c", "-ldl"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"the C compiler cannot make a library: {made.stderr.splitlines()[:1]}")
    return folder / "shim.so"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library") as library:
        extract = Extract(path="a.txt", text="One two.", blocks=(Block("paragraph", 0, 8),), title="Two words")
        library.tag_span(library.add(extract, Analysis(analyser="x")).article.id, 0, 3, ["Numbers"])
    return tmp_path / "library"


def answer(folder: Path, shim: Path, call: str) -> tuple[list[str], str]:
    """Change and write a snapshot, three times, the second time with a call that fails; then look with a fresh eye."""
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), call],
        env=os.environ | {"LD_PRELOAD": str(shim), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    child = json.loads(ran.stdout)
    with Library.open(folder) as library:
        assert library.notices == []
        assert library.claims()[0].note == child["note"]
    return child["said"], child["note"]


def test_a_disk_that_does_not_confirm_a_change_makes_the_library_read_only(folder: Path, shim: Path) -> None:
    said, note = answer(folder, shim, "fdatasync")
    assert said[:2] == ["done", "done"]
    assert "the disk did not confirm a change (the disk reported an error)" in said[2]
    assert all("no new snapshot" in line or "was not saved" in line for line in said[3:])
    assert note == "note 0"


def test_a_disk_that_does_not_confirm_a_snapshot_leaves_the_old_one_and_the_journal(folder: Path, shim: Path) -> None:
    said, note = answer(folder, shim, "fsync")
    assert [line == "done" for line in said] == [True, True, True, False, True, True]
    assert "nothing is lost" in said[3]
    assert note == "note 2"


def test_a_lock_that_cannot_be_had_changes_nothing(folder: Path, shim: Path) -> None:
    said, note = answer(folder, shim, "flock")
    assert [line == "done" for line in said] == [True, True, False, False, True, True]
    assert "cannot be locked (the disk reported an error)" in said[2]
    assert note == "note 2"
