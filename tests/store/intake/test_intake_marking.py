"""What people put into read-later lists, in the library: tags, notes, highlights, read, starred, saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import LIBRARY, PIER
from web_server import Server, html, page

from store.ids import text_sha256
from store.ingest.links import Highlight, Link
from store.intake import Outcome, take_in_all
from store.intake.marking import find, marks_of
from store.library import Library
from store.model import Version

WARNED = "Nobody can say that we did not warn the ministry."


def added(library: Library, server: Server, tmp_path: Path, *rows: dict[str, object]) -> list[Outcome]:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    server.answers["/library"] = html(page("Library opens", *LIBRARY))
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps([{**row, "url": server.url(str(row["url"]))} for row in rows]))
    return list(take_in_all(library, [str(listed)], pause=0))


def test_what_a_person_put_in_is_there_and_undone_in_one_step(library: Library, server: Server, tmp_path: Path) -> None:
    quote = {"quote": f"“{WARNED}”", "text": "who heard it?", "created_at": "2026-02-01T08:00:00+01:00"}
    row = {"url": "/pier", "tags": ["Ferries", "north/coast"], "note": "for Monday", "annotations": [quote]}
    (outcome,) = added(
        library, server, tmp_path, {**row, "is_archived": 1, "is_starred": 1, "created_at": "2026-01-31T12:00:00Z"}
    )
    assert outcome.message == "added: Pier closes; 2 tags, 1 note, 1 highlight"
    (article,) = library.articles()
    assert (article.read, article.starred, article.saved) == (True, True, "2026-01-31T12:00:00Z")
    whole, marked = library.claims(article.id)
    assert whole.anchor.exact == PIER[0]
    assert (library.tag_names(whole), whole.note) == (("Ferries", "north/coast"), "for Monday")
    assert marked.anchor.exact == f"“{WARNED}”"
    assert (marked.note, marked.created, marked.speaker) == ("who heard it?", "2026-02-01T07:00:00Z", "Ingrid Solheim")
    library.undo()
    assert library.claims(article.id) == []
    assert library.tags() == []


def test_words_that_are_not_in_the_text_are_kept_in_the_note_and_that_is_said(
    library: Library, server: Server, tmp_path: Path
) -> None:
    quote = {"quote": "the ministry was never warned", "text": "see p. 4", "tags": ["doubt"]}
    (outcome,) = added(library, server, tmp_path, {"url": "/pier", "highlights": [quote]})
    assert "1 highlight is not in the text and in the note instead" in outcome.message
    (claim,) = library.claims()
    assert claim.note == "“the ministry was never warned” — see p. 4 (doubt)"


def test_a_page_that_cannot_be_had_is_taken_from_the_list_or_told_with_all_that_was_put_in(
    library: Library, server: Server, tmp_path: Path
) -> None:
    content = "".join(f"<p>{words}</p>" for words in (*PIER, *LIBRARY))
    rows = ({"url": "/gone", "title": "Kept", "content": content, "tags": ["coast"]},)
    rows += ({"url": "/lost", "tags": ["coast", "ferry"], "note": "x", "highlights": ["a b"]},)
    first, second = added(library, server, tmp_path, *rows)
    assert first.message == "added: Kept; 1 tag"
    assert second.outcome == "refused"
    assert second.message.endswith("; not taken over from the list: tags coast, ferry; a note; highlights: 1")


def test_the_same_list_again_brings_nothing_back_that_was_taken_off(
    library: Library, server: Server, tmp_path: Path
) -> None:
    row: dict[str, object] = {"url": "/pier", "tags": ["coast", "ferry"]}
    added(library, server, tmp_path, row)
    library.untag(library.claims()[0].id, "ferry")
    added(library, server, tmp_path, row)
    (claim,) = library.claims()
    assert library.tag_names(claim) == ("coast",)


def test_an_article_that_was_there_gets_what_the_list_says_and_keeps_its_own(
    library: Library, server: Server, tmp_path: Path
) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    (outcome,) = take_in_all(library, [server.url("/pier")], pause=0)
    assert outcome.article is not None
    mine = library.tag_span(outcome.article.id, 0, len(PIER[0]), ["mine"], note="own")
    (outcome,) = added(library, server, tmp_path, {"url": "/pier", "tags": ["theirs", "Mine"], "note": "listed"})
    assert outcome.message == "unchanged: Pier closes; 2 tags, 1 note"
    (claim,) = library.claims()
    assert (claim.id, library.tag_names(claim), claim.note) == (mine.id, ("mine", "theirs"), "own\nlisted")


def test_new_tags_of_several_marks_are_made_once(library: Library, server: Server, tmp_path: Path) -> None:
    marks = [{"quote": WARNED, "tags": ["Coast"]}, {"quote": "the county", "tags": ["coast"]}]
    added(library, server, tmp_path, {"url": "/pier", "tags": ["coast"], "highlights": marks})
    assert [tag.name for tag in library.tags()] == ["Coast"]
    assert library.tag_uses() == {library.tags()[0].id: 3}


def test_entries_of_a_feed_are_no_person_s_words() -> None:
    text = "A ferry stopped in March. It was the last one."
    marks, told = marks_of(Link("https://a.example/1"), version(text))
    assert (marks, told) == ([], "")


def version(text: str) -> Version:
    return Version(sha256=text_sha256(text), text=text, blocks=())


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("the   boats\nitself", "the boats itself"),
        ('"We have lost money', "“We have lost money"),
        ("don't", "don’t"),
        ("THE COUNTY", "the county"),
        ("A decision is expectd before the end of January", "A decision is expected before the end of January"),
    ],
)
def test_marked_words_are_found_whatever_their_signs(words: str, there: str) -> None:
    text = (
        "“We have lost money,” she said: “I don’t like it.”\n\nThe islanders asked the county to run the boats itself. "
        "A decision is expected before the end of January."
    )
    span = find(words, text)
    assert span is not None
    assert text[slice(*span)] == there


@pytest.mark.parametrize(
    "words", ["", "   ", "about nine hundred people", "the islanders have not asked the county", "zz"]
)
def test_words_that_say_something_else_are_not_found(words: str) -> None:
    assert find(words, "About four hundred people. The islanders have asked the county to run the boats.") is None


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_words_taken_from_a_text_are_found_in_it(text: str, start: int, size: int) -> None:
    words = text[start : start + size]
    span = find(words, text)
    if words.strip():
        assert span is not None
        assert "".join(text[slice(*span)].split()) == "".join(words.split()) or span[0] < start


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=20), st.text(max_size=9)), max_size=4), st.text())
def test_nothing_that_was_put_in_is_lost(text: str, marked: list[tuple[str, str]], note: str) -> None:
    if not text.strip():
        return
    highlights = tuple(Highlight(words, said) for words, said in marked if words.strip())
    marks, _ = marks_of(Link("https://a.example/1", note=note, highlights=highlights), version(text))
    told = "\n".join(mark.note for mark in marks)
    assert note in told
    for one in highlights:
        assert one.note in told
        assert one.words in told or find(one.words, text) in [mark.span for mark in marks]
    assert all(0 <= start < end <= len(text) for start, end in (mark.span for mark in marks))
