"""Any damage to any file: the library opens, what is missing was named, and nothing is there that nobody wrote."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import LibraryError
from store.journal import JournalDB, JournalStorage

FILES = ("library.json", "library.json.bak", "journal-000002.jsonl", "journal-000003.jsonl", "journal-000001.jsonl.gz")
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
CONTENT = [{"n": n, "words": f"“{n}” \\ \u2028 said"} for n in range(24)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    db = JournalDB(folder / "library.json")
    for at, document in enumerate(CONTENT):
        db.table("claims").insert(document)
        if at == 11:
            db.storage.compact()  # type: ignore[attr-defined]
    db.close()
    return folder


def damaged(data: bytes, how: str, at: float, many: int, noise: bytes) -> bytes:
    place = int(at * len(data))
    match how:
        case "flip":
            return data[:place] + bytes(b ^ (many % 255 + 1) for b in data[place : place + 1]) + data[place + 1 :]
        case "cut":
            return data[:place]
        case "remove":
            return data[:place] + data[place + many :]
        case "insert":
            return data[:place] + noise + data[place:]
    return data[:place] + b"\0" * many + data[place + many :]


@given(
    name=st.sampled_from(FILES),
    how=st.sampled_from(["flip", "cut", "remove", "insert", "zero"]),
    at=st.floats(0, 0.999),
    many=st.integers(1, 300),
    noise=st.binary(min_size=1, max_size=20),
)
@settings(
    max_examples=int(os.environ.get("STORE_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_damage_is_named_and_what_is_left_is_right(
    whole: Path, name: str, how: str, at: float, many: int, noise: bytes
) -> None:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as place:
        folder = Path(place) / "library"
        shutil.copytree(whole, folder)
        path = next(folder.rglob(name))
        stat = path.stat()
        before, after = path.read_bytes(), damaged(path.read_bytes(), how, at, many, noise)
        path.write_bytes(after)
        whole_lines = before.startswith(after) and after.endswith(b"\n")  # as if the rest had never been written
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # rot leaves the time as it was
        try:
            db = JournalDB(folder / "library.json")
        except LibraryError:
            return
        assert isinstance(db.storage, JournalStorage)
        found = db.table("claims").all()
        assert all(document in CONTENT for document in found)
        if found != CONTENT and not whole_lines:
            assert db.storage.notices
        db.table("claims").insert({"n": "new"})
        db.close()
        again = JournalDB(folder / "library.json")
        assert again.table("claims").all() == [*found, {"n": "new"}]
        again.close()
