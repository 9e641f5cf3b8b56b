"""What the system refuses is told, and nothing acknowledged is lost."""

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from store.engine.files import reason
from store.engine.lock import FolderLock
from store.engine.migrate import PlainTables
from store.errors import LibraryError, ReadOnlyError
from store.journal import JournalDB, JournalStorage


def storage_of(db: JournalDB) -> JournalStorage:
    assert isinstance(db.storage, JournalStorage)
    return db.storage


def fail_at(point: str, number: int) -> object:
    def step(name: str) -> None:
        if name == point:
            raise OSError(number, os.strerror(number))

    return step


def test_after_a_disk_error_the_library_is_read_only_at_once_and_says_so(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "library.json")
    db.table("claims").insert({"n": 1})
    storage_of(db).step = fail_at("sync", errno.EIO)  # type: ignore[assignment]
    with pytest.raises(ReadOnlyError, match="the disk reported an error"):
        db.table("claims").insert({"n": 2})
    storage_of(db).step = lambda _: None
    with pytest.raises(ReadOnlyError, match="was not saved"):
        db.table("claims").insert({"n": 3})
    assert [document["n"] for document in db.table("claims")] == [1]
    assert "make a backup" in storage_of(db).notices[-1]
    with pytest.raises(ReadOnlyError):
        storage_of(db).compact()
    db.close()
    again = JournalDB(tmp_path / "library.json")
    assert [document["n"] for document in again.table("claims")] == [1]


def test_a_change_that_cannot_be_written_is_not_in_memory_either_and_the_next_one_works(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "library.json")
    storage_of(db).step = fail_at("append", errno.ENOSPC)  # type: ignore[assignment]
    with pytest.raises(LibraryError, match="the disk is full"):
        db.table("claims").insert({"n": 1})
    storage_of(db).step = lambda _: None
    db.table("claims").insert({"n": 2})
    assert [document["n"] for document in db.table("claims")] == [2]


@pytest.mark.parametrize("point", ["snapshot", "new journal", "second name"])
def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, point: str) -> None:
    db = JournalDB(tmp_path / "library.json")
    db.table("claims").insert({"n": 1})
    storage_of(db).compact()
    db.table("claims").insert({"n": 2})
    storage_of(db).step = fail_at(point, errno.ENOSPC)  # type: ignore[assignment]
    with pytest.raises(LibraryError, match="nothing is lost"):
        storage_of(db).compact()
    storage_of(db).step = lambda _: None
    assert not list(tmp_path.glob("*.tmp"))
    db.table("claims").insert({"n": 3})
    storage_of(db).compact()
    db.close()
    again = JournalDB(tmp_path / "library.json")
    assert [document["n"] for document in again.table("claims")] == [1, 2, 3]
    assert storage_of(again).notices == []


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan"), float("inf"), b"x", "\ud800"])
def test_what_json_cannot_hold_is_refused_before_a_byte_is_written(tmp_path: Path, value: object) -> None:
    db = JournalDB(tmp_path / "library.json")
    before = storage_of(db).journal_size
    with pytest.raises((TypeError, ValueError)):
        db.table("claims").insert({"n": [value]})
    assert storage_of(db).journal_size == before
    assert len(db.table("claims")) == 0


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, so that the test can give up its rights."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture
def no_rights(open_folder: Path) -> Iterator[Path]:
    """The same folder, seen by an account that may not write in it."""
    root = os.geteuid() == 0
    db = JournalDB(open_folder / "library.json")
    db.table("claims").insert({"n": 1})
    db.close()
    for path in open_folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)
    open_folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    yield open_folder
    if root:
        os.seteuid(0)
    open_folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_open_for_reading_and_says_so(no_rights: Path) -> None:
    db = JournalDB(no_rights / "library.json")
    assert [document["n"] for document in db.table("claims")] == [1]
    assert "reading only" in storage_of(db).notices[0]
    with pytest.raises(ReadOnlyError, match="cannot be written"):
        db.table("claims").insert({"n": 2})
    db.close()


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(open_folder: Path) -> None:
    db = JournalDB(open_folder / "library.json")
    db.close()
    (open_folder / "library.json").chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(LibraryError, match=r"library\.json: cannot be read \(permission denied\)"):
            JournalDB(open_folder / "library.json")
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


def test_a_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("store.engine.lock.fcntl.flock", refuse)
    db = JournalDB(tmp_path / "library.json")
    db.table("claims").insert({"n": 1})
    assert "no locks" in storage_of(db).notices[0]
    assert len(db.table("claims")) == 1


def test_a_lock_that_the_system_refuses_is_one_line_and_the_next_try_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = JournalDB(tmp_path / "library.json")
    with monkeypatch.context() as broken:
        broken.setattr("store.engine.lock.fcntl.flock", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "x")))
        with pytest.raises(LibraryError, match="cannot be locked"):
            db.table("claims").insert({"n": 1})
    db.table("claims").insert({"n": 2})
    assert [document["n"] for document in db.table("claims")] == [2]


def test_a_library_that_goes_away_while_it_is_open_is_told_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    folder, away = tmp_path / "library", tmp_path / "away"
    folder.mkdir()
    db = JournalDB(folder / "library.json")
    db.table("claims").insert({"n": 1})
    folder.rename(away)
    with pytest.raises(LibraryError):
        db.table("claims").insert({"n": 2})
    folder.mkdir()  # a disk that was taken out leaves an empty folder: not a new library
    for _ in range(2):
        with pytest.raises(LibraryError, match="not there any more"):
            db.table("claims").insert({"n": 3})
    assert not list(folder.glob("*.json*"))
    (folder / "lock").unlink()
    folder.rmdir()
    away.rename(folder)
    db.table("claims").insert({"n": 4})
    assert [document["n"] for document in JournalDB(folder / "library.json").table("claims")] == [1, 4]


def test_two_programs_exclude_each_other_also_after_the_folder_was_put_in_anothers_place(tmp_path: Path) -> None:
    first = FolderLock(tmp_path / "lock")
    (tmp_path / "lock").unlink()
    second = FolderLock(tmp_path / "lock")
    with first, (tmp_path / "lock").open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    first.close()
    second.close()


def test_a_library_of_a_newer_program_is_read_only(tmp_path: Path) -> None:
    JournalDB(tmp_path / "library.json", schema=9).close()
    db = JournalDB(tmp_path / "library.json", schema=8)
    assert "newer version" in storage_of(db).notices[0]
    with pytest.raises(ReadOnlyError, match="newer version"):
        db.table("claims").insert({"n": 1})


def test_an_older_library_is_migrated_once_and_the_old_one_is_kept(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "library.json", schema=1)
    db.table("claims").insert({"words": "a b"})
    db.close()

    def split(tables: PlainTables) -> PlainTables:
        return {name: {key: {"words": doc["words"].split()} for key, doc in t.items()} for name, t in tables.items()}

    def count(tables: PlainTables) -> PlainTables:
        return {name: {key: doc | {"n": len(doc["words"])} for key, doc in t.items()} for name, t in tables.items()}

    for turn in range(2):
        db = JournalDB(tmp_path / "library.json", schema=3, migrations={1: split, 2: count})
        assert db.table("claims").all() == [{"words": ["a", "b"], "n": 2}]
        assert len(storage_of(db).notices) == 1 - turn
        db.close()
    (kept,) = (tmp_path / "backups").glob("*schema-1*")
    with TinyDB(kept) as old:
        assert old.table("claims").all() == [{"words": "a b"}]


def test_stock_tinydb_opens_the_snapshot(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "library.json")
    db.table("claims").insert_multiple({"n": n, "name": "Škoda \u2028 “x”"} for n in range(30))
    db.table("tags").insert({"name": "x"})
    storage_of(db).compact()
    db.close()
    with TinyDB(tmp_path / "library.json") as stock:
        assert stock.tables() == {"_meta", "claims", "tags"}
        assert len(stock.table("claims").search(where("n") >= 10)) == 20
        assert stock.table("claims").get(doc_id=1) == {"n": 0, "name": "Škoda \u2028 “x”"}


def test_a_file_of_stock_tinydb_is_taken_over(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "library.json") as stock:
        stock.table("claims").insert({"n": 1})
    db = JournalDB(tmp_path / "library.json")
    db.table("claims").insert({"n": 2})
    db.close()
    assert [d["n"] for d in JournalDB(tmp_path / "library.json").table("claims")] == [1, 2]


def test_changing_a_result_changes_nothing_stored(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "library.json")
    table = db.table("claims")
    given = {"tags": ["a"]}
    key = table.insert(given)
    given["tags"].append("b")
    table.all()[0]["tags"].append("c")
    table.search(where("tags").any(["a"]))[0]["tags"].append("d")
    found = table.get(doc_id=key)
    assert found == {"tags": ["a"]}
    assert table.search(where("tags").any(["a"])) == [{"tags": ["a"]}]


def test_the_private_names_of_tinydb_that_are_overridden_are_still_there() -> None:
    from tinydb.table import Table

    for name in ("_read_table", "_update_table", "_get_next_id"):
        assert callable(getattr(Table, name))


def test_a_lock_can_be_taken_again_inside(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "lock")
    with lock:
        assert lock.outermost
        with lock:
            assert not lock.outermost
        assert lock.held
    assert not lock.held
    lock.close()


def test_a_reason_is_given_in_plain_words() -> None:
    assert reason(OSError(errno.ENOSPC, "x")) == "the disk is full"
    assert reason(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
