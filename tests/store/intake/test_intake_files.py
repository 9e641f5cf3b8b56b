"""From a source to an article in the library."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest
from stories import LIBRARY, PIER

from store.intake import take_in, take_in_all
from store.intake.speaking import MANY, Speaking
from store.library import Library
from store.model import Block, Extract
from store.paths import sample_files

STORY = "The harbour\n\nThe port authority said that the harbour of Latakia is open again.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


def test_a_source_becomes_an_article_with_what_was_said_in_it(library: Library) -> None:
    outcome = take_in(library, str(sample_files()[0]))
    assert outcome.outcome == "added"
    assert outcome.article is not None
    assert outcome.article.outlet == "Enab Baladi"
    assert library.machine_analysis(outcome.article.id).analyser


def test_the_same_source_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    take_in(library, str(tmp_path / "a.txt"))
    revision = library.revision
    assert take_in(library, str(tmp_path / "a.txt")).outcome == "unchanged"
    assert library.revision == revision


@pytest.mark.parametrize("left", [None, b"other bytes"])
def test_the_same_source_again_brings_back_the_copy_that_was_kept(
    library: Library, tmp_path: Path, left: bytes | None
) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    article = take_in(library, str(tmp_path / "a.txt")).article
    assert article is not None
    (kept,) = (path for path in (library.folder / "sources").rglob("*") if path.is_file())
    kept.unlink() if left is None else kept.write_bytes(left)
    take_in(library, str(tmp_path / "a.txt"))
    assert library.source(article.id) == STORY.encode()


def test_a_changed_source_is_a_new_version_of_the_article(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{STORY}\nIt had been closed for a week because of the storm.\n")
    first = take_in(library, str(path))
    path.write_text(f"{STORY}\nIt had been closed for a month because of the storm.\n")
    second = take_in(library, str(path))
    assert first.article is not None
    assert second.article is not None
    assert (second.outcome, second.article.id) == ("updated", first.article.id)
    assert len(library.versions(first.article.id)) == 2


def test_a_bad_source_is_refused_with_a_line_and_never_raises(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(os.urandom(4000))
    for source in (str(tmp_path / "nothing"), str(tmp_path / "empty.txt"), str(tmp_path / "binary.txt"), str(tmp_path)):
        outcome = take_in(library, source)
        assert (outcome.outcome, outcome.article) == ("refused", None)
        assert outcome.message
        assert "\n" not in outcome.message
    assert library.articles() == []


def test_a_folder_is_taken_in_file_by_file_and_one_that_fails_stops_none(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_text(STORY.replace("Latakia", "Tartus"))
    outcomes = list(take_in_all(library, [str(folder), str(tmp_path / "nothing")]))
    assert [outcome.outcome for outcome in outcomes] == ["added", "refused", "added", "refused"]


def test_a_folder_without_articles_says_so(library: Library, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    (outcome,) = take_in_all(library, [str(tmp_path / "void")])
    assert "no articles in this folder" in outcome.message


def test_a_name_that_is_no_utf8_is_taken_in(library: Library, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J.txt")
    Path(path).write_text(STORY)
    outcome = take_in(library, path)
    assert outcome.article is not None
    assert "\x1b" not in outcome.article.path
    assert outcome.article.path.encode()


NAVIGATION = [f"Our {place} page" for place in ("north", "south", "east", "west", "harbour", "market", "school", "art")]
FOOT = "The Courier has been printed on the island since 1887 and belongs to its readers, who elect the board each May."


def site_page(path: Path, body: tuple[str, ...]) -> str:
    path.write_text("\n\n".join([*NAVIGATION, *body, FOOT]))
    return str(path)


@pytest.mark.parametrize("lost", [(), ("sites.sqlite",), ("sites.sqlite", "intake.sqlite")])
def test_the_second_page_of_a_site_is_cleaner_also_when_the_memory_was_lost(
    library: Library, tmp_path: Path, lost: tuple[str, ...]
) -> None:
    take_in(library, site_page(tmp_path / "one.txt", LIBRARY))
    for name in lost:
        (library.folder / name).unlink()
    outcome = take_in(library, site_page(tmp_path / "two.txt", PIER))
    assert outcome.outcome == "added"
    assert outcome.article is not None
    version = library.version(outcome.article.id)
    assert FOOT not in version.text
    assert FOOT in [removed.text for removed in version.removed]


def test_what_is_learned_later_changes_nothing_that_is_there(library: Library, tmp_path: Path) -> None:
    first = site_page(tmp_path / "one.txt", LIBRARY)
    take_in(library, first)
    take_in(library, site_page(tmp_path / "two.txt", PIER))
    (tmp_path / "again.txt").write_bytes(Path(first).read_bytes())
    outcomes = list(take_in_all(library, [first, str(tmp_path / "again.txt")]))
    assert [outcome.outcome for outcome in outcomes] == ["unchanged", "unchanged"]
    assert len(library.articles()) == 2


def test_many_are_kept_in_the_order_given_with_the_help_of_workers(library: Library, tmp_path: Path) -> None:
    names = []
    for number in range(20):
        path = tmp_path / f"{number:02}.txt"
        path.write_text(
            f"Road {number}\n\nThe minister said that road {number} is open. It was closed for {number} days."
        )
        names.append(str(path))
    outcomes = list(take_in_all(library, [*names, names[0]], workers=1))
    assert [outcome.source for outcome in outcomes] == [*names, names[0]]
    assert [outcome.outcome for outcome in outcomes] == ["added"] * 20 + ["unchanged"]
    assert all(library.machine_analysis(article.id).analyser for article in library.articles())


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the list of processes of Linux")
def test_workers_do_not_hear_ctrl_c_from_their_first_moment_on() -> None:
    """A terminal tells every process in it; one that is only starting would die of it with pages of traceback."""
    speaking: Speaking[int] = Speaking(workers=1)
    extract = Extract(path="a.txt", text="It rained.", blocks=(Block("paragraph", 0, 10),), extractor="x", raw=b"")
    for number in range(MANY + 1):
        list(speaking.put(number, extract))
    blocked = [
        int(row.split()[1], 16)
        for child in active_children()
        for row in Path(f"/proc/{child.pid}/status").read_text().splitlines()
        if row.startswith("SigBlk")
    ]
    speaking.close()
    assert blocked
    assert all(mask >> (signal.SIGINT - 1) & 1 for mask in blocked)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
