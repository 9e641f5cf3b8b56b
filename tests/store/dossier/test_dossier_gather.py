"""What a dossier holds, gathered from a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import stock

from store.dossier.elsewhere import elsewhere
from store.dossier.gather import gather
from store.dossier.people import people, quote_counts, seen_as
from store.dossier.records import Subject
from store.dossier.tagtree import tag_tree
from store.dossier.written import written
from store.errors import LibraryError, UnknownRecordError
from store.library import Library
from store.search import Index


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield stock(opened)


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    with Index(library) as opened:
        yield opened


def days(library: Library, index: Index, subject: Subject) -> list[tuple[str, str | None, str]]:
    return [(entry.day, entry.speaker, entry.verdict) for entry in gather(library, index, subject).entries]


def test_a_tag_has_its_claims_and_those_below_it_newest_first(library: Library, index: Index) -> None:
    assert days(library, index, Subject("tag", "harbour")) == [
        ("2026-11-23", "Ada Voss", "supported"),
        ("2026-11-23", "Governor Lind", "unclear"),
        ("2026-11-21", "A. Voss", "false"),
        ("2026-10-03", "Ada Voss", "open"),
    ]


def test_a_merged_tag_brings_its_claims_along(library: Library, index: Index) -> None:
    library.merge_tags("cost of living", "harbour/jobs")
    assert len(days(library, index, Subject("tag", "harbour/jobs"))) == 4


def test_a_tag_that_is_gone_is_said(library: Library, index: Index) -> None:
    with pytest.raises(UnknownRecordError):
        gather(library, index, Subject("tag", "no such"))


def test_the_day_something_was_said_goes_before_the_day_it_was_printed(library: Library, index: Index) -> None:
    claim = next(one for one in library.claims() if one.anchor.exact.startswith("Nobody"))
    library.set_said_on(claim.id, "2026-09")
    last = gather(library, index, Subject("tag", "harbour")).entries[-1]
    assert (last.day, last.said, last.inferred) == ("2026-09", True, False)


def test_a_speaker_has_claims_and_untagged_quotes_each_once(library: Library, index: Index) -> None:
    entries = gather(library, index, Subject("speaker", "Mo Hale")).entries
    assert [(entry.outlet, bool(entry.claim)) for entry in entries] == [("City News", True), ("Harbour Daily", False)]
    assert {entry.words for entry in entries} == {"Families are paying for this caution every single day"}


def test_joined_speakers_have_one_dossier(library: Library, index: Index) -> None:
    library.merge_speakers("A. Voss", "Ada Voss")
    assert len(gather(library, index, Subject("speaker", "Ada Voss")).entries) == 3


def test_a_search_has_the_claims_and_quotes_it_finds(library: Library, index: Index) -> None:
    found = gather(library, index, Subject("search", "harbour schools"))
    assert [entry.speaker for entry in found.entries] == ["Governor Lind"]
    assert gather(library, index, Subject("search", "zzqqxx")).entries == ()


def test_the_same_words_are_found_in_articles_that_nobody_tagged(library: Library, index: Index) -> None:
    entry = gather(library, index, Subject("tag", "cost of living")).entries[0]
    assert [(one.outlet, one.speaker) for one in elsewhere(library, index, entry)] == [("Harbour Daily", "Mo Hale")]


def test_changed_words_are_found_too(library: Library, index: Index) -> None:
    entry = gather(library, index, Subject("speaker", "Governor Lind")).entries[0]
    (found,) = elsewhere(library, index, entry)
    assert "hospitals" in found.words
    assert found.words == library.version(found.article).text[found.start : found.end]


def test_everybody_who_speaks_is_counted(library: Library, index: Index) -> None:
    counted = {one.name: (one.quotes, one.articles, one.claims) for one in people(library, quote_counts(index))}
    assert counted["Mo Hale"] == (2, 2, 1)
    assert counted["Lind"] == (1, 1, 0)


def test_joined_names_are_one_row_with_all_other_names(library: Library, index: Index) -> None:
    library.merge_speakers("A. Voss", "Ada Voss")
    library.describe_speaker("Ada Voss", roles=["mayor"], kind="office", aliases=["Адa Восс"])
    (row,) = [one for one in people(library, quote_counts(index)) if one.name == "Ada Voss"]
    assert (row.quotes, row.articles, row.kind, row.roles) == (3, 3, "office", ("mayor",))
    assert set(row.aliases) == {"A. Voss", "Адa Восс"}
    assert row.joined == ("A. Voss",)


def test_roles_come_from_the_newest_articles(library: Library) -> None:
    assert seen_as(library, "Ada Voss", library.articles()) == ("mayor",)


def test_another_speakers_name_is_no_alias(library: Library) -> None:
    library.describe_speaker("Mo Hale", roles=["driver"])
    with pytest.raises(LibraryError, match="join the two"):
        library.describe_speaker("Ada Voss", aliases=["Mo Hale"])


def test_tags_are_a_tree_with_uses_of_what_is_below(library: Library) -> None:
    library.tag_span(library.articles()[0].id, 0, 5, ["a/b/c"])
    tree = [(one.path, one.depth, one.tag is not None, one.uses, one.under) for one in tag_tree(library)]
    assert tree == [
        ("a", 0, False, 0, 1),
        ("a/b", 1, False, 0, 1),
        ("a/b/c", 2, True, 1, 1),
        ("cost of living", 0, True, 1, 1),
        ("harbour", 0, True, 1, 4),
        ("harbour/jobs", 1, True, 3, 3),
    ]


def test_tags_below_move_with_a_renamed_one_in_one_step(library: Library) -> None:
    library.rename_tag("harbour", "economy/port")
    assert [tag.name for tag in library.tags()] == ["cost of living", "economy/port", "economy/port/jobs"]
    library.undo()
    assert [tag.name for tag in library.tags()] == ["cost of living", "harbour", "harbour/jobs"]


def test_a_renamed_tag_never_takes_the_place_of_another_below_it(library: Library) -> None:
    library.tag_span(library.articles()[0].id, 0, 5, ["port/jobs"])
    with pytest.raises(LibraryError, match="port/jobs: another tag"):
        library.rename_tag("harbour", "port")


def test_a_removed_tag_is_off_its_claims_and_comes_back(library: Library, index: Index) -> None:
    before = days(library, index, Subject("tag", "harbour/jobs"))
    library.remove_tag("harbour/jobs")
    assert sum(not claim.tags for claim in library.claims()) == 3
    library.undo()
    assert days(library, index, Subject("tag", "harbour/jobs")) == before


def test_markdown_has_every_entry_and_obeys_nothing_in_it(library: Library, index: Index) -> None:
    claim = library.claims()[0]
    library.set_note(claim.id, "[x](javascript:1) <script> # no\n\nheading")
    text = written(gather(library, index, Subject("tag", "harbour")))
    assert text.count("\n> ") == 4
    assert "<script>" not in text
    assert "](javascript" not in text
    assert [line for line in text.splitlines() if line.startswith("# ")] == ["# Tag: harbour"]
