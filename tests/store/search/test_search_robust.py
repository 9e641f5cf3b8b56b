"""What can happen to the index's file, and to those who share it; the library is never the worse for it."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Extract
from store.search import Index


def cache_of(library: Library) -> Path:
    with Index(library) as index:
        index.refresh()
    return library.folder / "search.cache"


def finds(index: Index) -> bool:
    return any("Wheat" in hit.line for hit in index.search("wheat"))


def sow(library: Library, fields: int) -> None:
    for number in range(fields):
        text = f"Barley field {number} is green." + f"\n\nNobody mowed {number}." * 30
        extract = Extract(path=f"{number}", text=text, blocks=(), title=f"Field {number}")
        library.add(extract, Analysis(analyser="test"))


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff" * 9000),
        lambda path: path.write_bytes(path.read_bytes()[: 3 * 4096]),
        lambda path: path.write_bytes(path.read_bytes()[:-4096]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(40_000) + path.read_bytes()[44_096:]),
    ],
    ids=["deleted", "emptied", "overwritten", "cut short", "cut at the end", "a hole in it"],
)
def test_a_damaged_file_is_made_again(library: Library, harm: object) -> None:
    path = cache_of(library)
    harm(path)  # type: ignore[operator]
    with Index(library) as index:
        assert finds(index)
        assert len(index.search("tag:harbour")) == 1
    assert library.claims()


def test_a_file_of_another_version_is_made_again(library: Library) -> None:
    path = cache_of(library)
    db = sqlite3.connect(path)
    db.executescript("DROP TABLE marks; UPDATE meta SET value = '1.1' WHERE name = 'form'")
    db.close()
    with Index(library) as index:
        assert finds(index)


def test_damage_that_shows_only_in_use_is_mended_and_said(library: Library) -> None:
    path = cache_of(library)
    db = sqlite3.connect(path)
    db.execute("UPDATE texts_data SET block = x'00ff00ff' WHERE id > 10")
    db.commit()
    db.close()
    with Index(library) as index:
        assert finds(index)
        assert index.notice == "search.cache was damaged and is made again; nothing else is touched"


def test_a_file_deleted_while_it_is_used_does_no_harm(library: Library) -> None:
    with Index(library) as index:
        index.refresh()
        (library.folder / "search.cache").unlink()
        library.tag_span(library.article("Bread").id, 0, 5, ["grain"])
        assert [hit.kind for hit in index.search("grain")] == ["tag", "claim"]


def test_a_folder_in_the_file_s_place_means_an_index_in_memory_and_one_line(library: Library) -> None:
    (library.folder / "search.cache").mkdir()
    with Index(library) as index:
        assert finds(index)
        assert "memory" in index.notice
        assert "\n" not in index.notice


def test_a_full_disk_means_an_index_in_memory_and_one_line(library: Library) -> None:
    sow(library, 20)
    with Index(library) as index:
        cache, _ = index._ready()
        cache.rows("PRAGMA max_page_count = 1")  # what SQLite says then is what it says on a full disk
        assert finds(index)
        assert "memory" in index.notice


def test_a_file_that_another_program_holds_is_read_as_it_is(library: Library) -> None:
    path = cache_of(library)
    other = sqlite3.connect(path, isolation_level=None)
    with Index(library) as index:
        index.refresh()
        index._ready()[0].rows("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        library.tag_span(library.article("Bread").id, 0, 5, ["grain"])
        assert finds(index)
        assert "another program" in index.notice
        other.execute("ROLLBACK")
        assert index.search("tag:grain")
    other.close()


def test_two_programs_build_one_index_and_both_know_all_of_it(library: Library) -> None:
    sow(library, 40)
    with Library.open(library.folder) as second, Index(library) as one, Index(second) as two:
        threads = [threading.Thread(target=index.refresh) for index in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for index in (one, two):
            assert len(index.articles("barley")) == 40
            assert len(index.search("bareley field", limit=100)) >= 40
        library.tag_span(library.article("Field 7").id, 0, 6, ["harvest"])
        second.refresh()
        assert [hit.kind for hit in two.search("harvest")] == ["tag", "claim"]
        assert [hit.kind for hit in one.search("harvest")] == ["tag", "claim"]


def test_an_article_that_another_program_put_into_the_index_is_found_under_filters(library: Library) -> None:
    with Library.open(library.folder) as second, Index(library) as one, Index(second) as two:
        one.refresh()
        two.refresh()
        extract = Extract(path="o", text="Oats are cheap.", blocks=(), title="Oats", outlet="Mill")
        second.add(extract, Analysis(analyser="test"))
        assert two.articles("oats")
        library.refresh()
        assert one.articles("outlet:mill oats") == two.articles("outlet:mill oats") != set()


def test_what_waits_is_not_found_yet_and_all_of_it_in_the_end(library: Library) -> None:
    sow(library, 60)
    with Index(library) as index:
        assert index.search("barley", wait=False) == []
        assert index.waiting > 60
        steps: list[tuple[int, int]] = []
        index.refresh(lambda done, total: steps.append((done, total)))
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]
        assert index.waiting == 0
        assert len(index.search("barley", limit=100, wait=False)) == 60


def test_searches_get_their_turn_while_much_is_taken_in(library: Library) -> None:
    sow(library, 80)
    seen: list[int] = []
    with Index(library) as index:

        def between(done: int, total: int) -> None:
            seen.append(len(index.search("barley", limit=100, wait=False)))

        index.refresh(between)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1]


def test_a_claim_made_while_much_waits_is_found_at_once(library: Library) -> None:
    sow(library, 60)
    with Index(library) as index:
        assert index.search("barley", wait=False) == []
        library.tag_span(library.article("Field 3").id, 0, 6, ["harvest"])
        assert [hit.kind for hit in index.search("harvest", wait=False)] == ["tag", "claim"]


def test_an_index_broken_off_half_way_is_finished_the_next_time(library: Library) -> None:
    sow(library, 60)

    def break_off(done: int, total: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Index(library) as index:
        index.refresh(break_off)
    steps: list[int] = []
    with Index(library) as index:
        index.refresh(lambda done, total: steps.append(total))
        assert 0 < steps[0] < 60
        assert len(index.articles("barley")) == 60


def test_a_program_killed_in_the_middle_leaves_an_index_that_the_next_one_can_use(library: Library) -> None:
    sow(library, 60)
    child = os.fork()
    if not child:
        Index(library).refresh(lambda done, total: os.kill(os.getpid(), signal.SIGKILL) if done > 20 else None)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    with Index(library) as index:
        assert len(index.articles("barley")) == 60
        assert index.notice == ""
