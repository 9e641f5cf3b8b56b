"""TinyDB's own tests, from its source distribution, on the journalled storage."""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

import pytest

IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a flush costs nothing there

CONFTEST = '''
import os

import pytest
import tinydb
from tinydb.table import Table
from store.journal import JournalDB

class OurDB(JournalDB):
    """Ours where a path is given; the stock one where a test names a storage."""
    def __init__(self, *args, **options):
        if "storage" in options or "STOCK_TABLE" in os.environ:
            self.table_class = Table
        options.pop("ensure_ascii", None)
        super().__init__(*args, **options)

tinydb.TinyDB = OurDB

@pytest.fixture
def db(tmp_path):
    db = OurDB(tmp_path / "test.db")
    db.drop_tables()
    db.insert_multiple({"int": 1, "char": c} for c in "abc")
    yield db
'''

# Ids are never given twice here, not even after everything was removed: these tests expect them to begin again.
IDS_BEGIN_AGAIN = {
    "test_next_id",
    "test_truncate_table",
    "test_insert_ids",
    "test_insert_with_doc_id",
    "test_insert_with_duplicate_doc_id",
    "test_insert_multiple_with_ids",
    "test_update_returns_ids",
    "test_doc_ids_json",
}
# These compare a `repr` with the class names of the stock TinyDB.
NAMES_DIFFER = {"test_repr", "test_table_repr"}
EXPECTED = IDS_BEGIN_AGAIN | NAMES_DIFFER


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tinydb")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation"]
    command += ["--no-binary", ":all:", f"tinydb=={version('tinydb')}", "--dest", str(folder)]
    got = subprocess.run(command, capture_output=True, text=True, check=False)
    archives = list(folder.glob("tinydb-*.tar.gz"))
    if not archives:
        pytest.skip(f"TinyDB's source distribution cannot be had here: {got.stderr.strip().splitlines()[-1:]}")
    with tarfile.open(archives[0]) as archive:
        for member in archive.getmembers():
            name = Path(member.name).name
            if re.search(r"/tests/test_(tables|tinydb|operations|queries)\.py$", member.name):
                content = archive.extractfile(member)
                assert content is not None
                (folder / name).write_bytes(content.read())
    (folder / "conftest.py").write_text(CONFTEST)
    return folder


@pytest.mark.parametrize("table", [{}, {"STOCK_TABLE": "1"}], ids=["our table", "the stock table"])
def test_tinydbs_own_tests_pass_but_for_a_known_few(suite: Path, table: dict[str, str]) -> None:
    root = Path(__file__).parents[3]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rf",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(suite),
        str(suite),
    ]
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as base:
        environment = {"PYTHONPATH": str(root), "PATH": ""} | table
        ran = subprocess.run(
            [*command, "--basetemp", f"{base}/tests"],
            capture_output=True,
            text=True,
            check=False,
            cwd=suite,
            env=environment,
        )
    failed = set(re.findall(r"^FAILED \S+::(\w+)", ran.stdout, flags=re.MULTILINE))
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed, ran.stdout[-2000:] + ran.stderr[-2000:]
    assert int(passed[1]) > 100
    assert failed <= (NAMES_DIFFER if table else EXPECTED), ran.stdout[-4000:]
