"""An export to a disk that is really full."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import ExchangeError
from store.exchange import FORMS, write_export
from store.library import Library


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB; where mounting one is not permitted, the test is skipped."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip(f"mounting is not permitted: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_full_disk_leaves_the_old_file_and_no_half_of_a_new_one(library: Library, disk: Path, form: str) -> None:
    target = disk / "x"
    target.write_bytes(b"old")
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    with pytest.raises(ExchangeError, match="the disk is full") as raised:
        write_export(library, target, form=form)
    assert "\n" not in str(raised.value)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in disk.iterdir()) == ["filler", "x"]
    filler.unlink()
    write_export(library, target, form=form)
    assert target.stat().st_size > 3
