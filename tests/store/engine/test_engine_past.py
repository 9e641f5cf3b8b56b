"""Finished journals are packed and bounded; history, undo and the way back over them stay open."""

import gzip
import os
from pathlib import Path

import pytest

from store.engine import past
from store.journal import JournalDB, JournalStorage


def storage_of(db: JournalDB) -> JournalStorage:
    assert isinstance(db.storage, JournalStorage)
    return db.storage


@pytest.fixture
def db(tmp_path: Path) -> JournalDB:
    db = JournalDB(tmp_path / "library.json")
    for n in range(60):
        db.table("claims").insert({"n": n, "words": "said on Monday " * 5})
        if n % 10 == 9:
            storage_of(db).compact()
    return db


def test_a_finished_journal_is_packed_to_a_fraction_that_gzip_opens(db: JournalDB, tmp_path: Path) -> None:
    packed = sorted((tmp_path / "history").iterdir())
    assert [path.name for path in packed] == [f"journal-{n:06d}.jsonl.gz" for n in range(1, 7)]
    text = gzip.decompress(packed[-1].read_bytes())
    assert text.count(b"\n") == 12  # the mark of its snapshot, ten changes, the seal
    assert 3 * packed[-1].stat().st_size < len(text)


def test_with_both_snapshots_lost_the_packed_journals_lead_back(db: JournalDB, tmp_path: Path) -> None:
    db.close()
    for name in ("library.json", "library.json.bak"):
        os.truncate(tmp_path / name, 30)
    again = JournalDB(tmp_path / "library.json")
    assert [document["n"] for document in again.table("claims")] == list(range(60))


def test_a_damaged_archive_gives_what_is_before_the_damage_and_says_so(db: JournalDB, tmp_path: Path) -> None:
    db.close()
    path = tmp_path / "history" / "journal-000004.jsonl.gz"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    found, whole = past.read_journal(path)
    assert (found.startswith(b'{"c":"'), whole) == (True, False)
    for name in ("library.json", "library.json.bak"):
        os.truncate(tmp_path / name, 30)
    again = JournalDB(tmp_path / "library.json")
    kept = {document["n"] for document in again.table("claims")}
    assert kept >= set(range(60)) - set(range(20, 30))
    assert any("journal-000004.jsonl.gz is damaged" in notice for notice in storage_of(again).notices)


def test_the_oldest_go_when_there_are_too_many_and_nothing_of_today_goes_with_them(
    db: JournalDB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "LIMIT", 1000)
    db.table("claims").insert({"n": 60})
    storage_of(db).compact()
    kept = sorted((tmp_path / "history").iterdir())
    assert sum(path.stat().st_size for path in kept) <= 1000
    assert kept[-1].name == "journal-000007.jsonl.gz"
    db.close()
    os.truncate(tmp_path / "library.json", 30)
    again = JournalDB(tmp_path / "library.json")
    assert len(again.table("claims")) == 61


def test_a_journal_of_an_earlier_program_is_packed_with_the_next_snapshot(db: JournalDB, tmp_path: Path) -> None:
    path = tmp_path / "history" / "journal-000002.jsonl.gz"
    plain = gzip.decompress(path.read_bytes())
    path.with_suffix("").write_bytes(plain)
    path.unlink()
    storage_of(db).compact()
    assert not path.with_suffix("").exists()
    assert gzip.decompress(path.read_bytes()) == plain
