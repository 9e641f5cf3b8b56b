"""A crash at each step of a commit and of a compaction, then damage to a file: everything acknowledged comes back."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.journal import JournalDB, JournalStorage

COMMIT = ("append", "sync", "synced")
COMPACTION = ("snapshot", "new journal", "second name", "renamed", "previous kept", "sealed")


def storage_of(db: JournalDB) -> JournalStorage:
    assert isinstance(db.storage, JournalStorage)
    return db.storage


def open_db(folder: Path) -> JournalDB:
    return JournalDB(folder / "library.json")


def in_a_child(work: Callable[[], None]) -> None:
    """Run `work` in another process that ends without cleaning up."""
    pid = os.fork()
    if not pid:
        try:
            work()
        finally:
            os._exit(1)
    os.waitpid(pid, 0)


def crash(folder: Path, point: str) -> None:
    def stop(step: str) -> None:
        if step == point:
            os._exit(9)

    def work() -> None:
        db = JournalDB(folder / "library.json")
        storage_of(db).step = stop
        db.table("claims").insert({"n": 30})
        storage_of(db).compact()

    in_a_child(work)


def cut(path: Path) -> None:
    if path.exists():
        os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def flip_a_journal(folder: Path) -> None:
    """Damage one byte in the middle of the longest journal beside the snapshot."""
    flip(max(folder.glob("journal-*.jsonl"), key=lambda path: path.stat().st_size))


def flip_the_newest_journal(folder: Path) -> None:
    flip(max(folder.glob("journal-*.jsonl")))


DAMAGE: dict[str, Callable[[Path], None]] = {
    "nothing": lambda folder: None,
    "snapshot cut": lambda folder: cut(folder / "library.json"),
    "snapshot emptied": lambda folder: os.truncate(folder / "library.json", 0),
    "snapshot gone": lambda folder: (folder / "library.json").unlink(),
    "backup cut": lambda folder: cut(folder / "library.json.bak"),
    "journal byte flipped": flip_a_journal,
    "newest journal byte flipped": flip_the_newest_journal,
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("point", COMMIT + COMPACTION)
def test_after_a_crash_and_damage_everything_acknowledged_is_back_or_named(
    tmp_path: Path, point: str, damage: str
) -> None:
    db = open_db(tmp_path)
    for n in range(20):
        db.table("claims").insert({"n": n})
    storage_of(db).compact()
    for n in range(20, 30):
        db.table("claims").insert({"n": n})
    db.close()
    crash(tmp_path, point)
    DAMAGE[damage](tmp_path)

    db = open_db(tmp_path)
    db.table("claims").insert({"n": 1000})
    storage_of(db).compact()
    db.close()
    db = open_db(tmp_path)
    found = {document["n"] for document in db.table("claims")}
    lost = (set(range(30)) | {1000} | ({30} if point in COMPACTION else set())) - found
    if lost:
        assert "journal byte flipped" in damage
        assert len(lost) == 1
        kept = b"".join(path.read_bytes() for path in storage_of(db).layout.salvaged())
        assert b"".join(b'"n":%d' % n for n in lost) in kept or b'{"c":' in kept
    assert found <= {*range(31), 1000}
    db.close()


@pytest.mark.parametrize("damage", ["snapshot cut", "snapshot emptied", "snapshot gone", "newest journal byte flipped"])
def test_a_repair_is_told_and_the_damaged_bytes_are_kept(tmp_path: Path, damage: str) -> None:
    db = open_db(tmp_path)
    for n in range(10):
        db.table("claims").insert({"n": n})
    storage_of(db).compact()
    for n in range(10, 20):
        db.table("claims").insert({"n": n})
    db.close()
    DAMAGE[damage](tmp_path)
    db = open_db(tmp_path)
    notices = storage_of(db).notices
    assert len(notices) == 1
    assert "\n" not in notices[0]
    if damage in {"snapshot cut", "newest journal byte flipped"}:
        kept = storage_of(db).layout.salvaged()
        assert len(kept) == 1
        assert kept[0].name in notices[0]
    db.close()
    assert storage_of(open_db(tmp_path)).notices == []


def test_when_both_snapshots_are_gone_the_journals_since_the_beginning_are_replayed(tmp_path: Path) -> None:
    db = open_db(tmp_path)
    for n in range(40):
        db.table("claims").insert({"n": n})
        if n % 10 == 9:
            storage_of(db).compact()
    db.close()
    cut(tmp_path / "library.json")
    cut(tmp_path / "library.json.bak")
    db = open_db(tmp_path)
    assert [document["n"] for document in db.table("claims")] == list(range(40))
    assert "since the beginning" in storage_of(db).notices[0]


def test_with_nothing_else_left_the_whole_lines_are_picked_out(tmp_path: Path) -> None:
    db = open_db(tmp_path)
    db.table("claims").insert_multiple({"n": n, "pad": "x" * 100} for n in range(40))
    storage_of(db).compact()
    storage_of(db).compact()
    db.close()
    cut(tmp_path / "library.json")
    (tmp_path / "library.json.bak").unlink()
    for path in (tmp_path / "history").iterdir():
        path.unlink()
    db = open_db(tmp_path)
    assert 10 < len(db.table("claims")) < 40
    assert "line by line" in storage_of(db).notices[0]
    before = max(document.doc_id for document in db.table("claims"))
    assert db.table("claims").insert({"n": 99}) > before


def test_an_unfinished_last_line_is_cut_off_and_kept(tmp_path: Path) -> None:
    db = open_db(tmp_path)
    for n in range(5):
        db.table("claims").insert({"n": n})
    db.close()
    journal = max(tmp_path.glob("journal-*.jsonl"))
    os.truncate(journal, journal.stat().st_size - 5)
    db = open_db(tmp_path)
    assert [document["n"] for document in db.table("claims")] == [0, 1, 2, 3]
    assert "had not been acknowledged" in storage_of(db).notices[0]
    assert b'"n":4' in storage_of(db).layout.salvaged()[0].read_bytes()


def test_an_edit_by_another_program_is_taken_over_and_told(tmp_path: Path) -> None:
    db = open_db(tmp_path)
    db.table("claims").insert({"n": 1})
    storage_of(db).compact()
    db.close()
    path = tmp_path / "library.json"
    path.write_bytes(path.read_bytes().replace(b'"n":1', b'"n":7'))
    db = open_db(tmp_path)
    assert [document["n"] for document in db.table("claims")] == [7]
    assert "another program" in storage_of(db).notices[0]


def test_rot_in_the_snapshot_that_is_still_json_is_found(tmp_path: Path) -> None:
    db = open_db(tmp_path)
    db.table("claims").insert({"n": 1})
    storage_of(db).compact()
    db.close()
    path = tmp_path / "library.json"
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b'"n":1', b'"n":7'))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    db = open_db(tmp_path)
    assert [document["n"] for document in db.table("claims")] == [1]
    assert "damaged" in storage_of(db).notices[0]
