"""The parts of the reader that know no screen: initials, finding, offers, citations; and its keys."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.library import Library
from store.model import Article, ArticleSpeaker, Quote
from tui import finding
from tui.finding import find
from tui.initials import initials
from tui.keys import CONTEXTS, Key, keys_of
from tui.reading import citation
from tui.screens.reader import ReaderScreen
from tui.tagging import SpeakerOffer, TagOffer, begins
from tui.widgets.article_view import ArticleView
from tui.widgets.side_pane import SidePane

AddArticle = Callable[..., Article]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Dmitry Peskov", "Ahmed al-Sharaa", "the Kremlin"], ["DP", "AS", "Kr"]),
        (["Mo Hale", "Mary Hale"], ["MH", "MHa"]),
        (["Ada Voss"], ["AV"]),
        (["港湾当局"], ["港"]),
        (["小池百合子", "小林一", "小池"], ["小", "林", "池"]),
        (["Ada 小池"], ["A小"]),
    ],
)
def test_initials_are_short_and_tell_speakers_apart(names: list[str], expected: list[str]) -> None:
    assert list(initials(names).values()) == expected


@given(st.lists(st.text(max_size=20), max_size=12, unique=True))
def test_any_name_has_initials_that_fit_into_the_margin(names: list[str]) -> None:
    given_names = initials(names)
    assert set(given_names) == set(names)
    assert all(short and cell_len(short) <= 3 for short in given_names.values())


words = st.text(alphabet="abAB éÉü“”\"'’– \n-", max_size=60)


@given(words, words, st.text(alphabet="abéü“", min_size=1, max_size=6))
def test_words_that_stand_in_a_text_are_found_there_in_any_case(before: str, after: str, wanted: str) -> None:
    text = f"{before} {wanted} {after}"
    for asked in (wanted, wanted.upper()):
        spans = find(text, asked)
        assert spans
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(words, st.text(alphabet="abéü“", min_size=1, max_size=6), st.integers(1, 20))
def test_a_text_reads_the_same_in_pieces_of_any_size(text: str, wanted: str, size: int) -> None:
    whole = find(text, wanted)
    before, finding.PIECE = finding.PIECE, size
    finding._folded.cache_clear()
    try:
        assert find(text, wanted) == whole
    finally:
        finding.PIECE = before
        finding._folded.cache_clear()


def test_finding_forgives_accents_quotation_marks_and_line_breaks() -> None:
    text = "L’été « sera »\ncalme."
    assert [text[start:end] for start, end in find(text, "l'ete")] == ["L’été"]
    assert [text[start:end] for start, end in find(text, 'sera " calme')] == ["sera »\ncalme"]
    assert find(text, "   ") == []


@pytest.mark.parametrize(
    ("typed", "name", "clear"),
    [
        ("rus", "Russian bases", True),
        ("bases rus", "Russian bases", True),
        ("Iran", "Iraq", False),
        ("rates", "rate", False),
        ("impots", "Impôts", True),
        ("ba ba", "Russian bases", False),
        ("", "anything", False),
    ],
)
def test_a_suggestion_is_clear_when_every_typed_word_begins_one_of_it(typed: str, name: str, clear: bool) -> None:
    assert begins(typed, name) is clear


def test_tags_named_in_the_words_and_tags_of_the_speaker_come_first_and_say_why(
    library: Library, add: AddArticle
) -> None:
    article = add("One", "“The Russian bases stay,” said Voss. “It rains,” said Hale.", "“We go,” said Voss.")
    text = library.version(article.id).text
    for said, tag in (("We go,", "plans"), ("It rains,", "weather")):
        library.tag_span(article.id, text.index(said), text.index(said) + len(said), [tag])
    library.tag_span(add("Two", "Nothing.").id, 0, 7, ["Russian bases"])
    offer = TagOffer(library, article.id, "The Russian bases stay,", "Voss")
    assert [(choice.value, choice.note) for choice in offer("")] == [
        ("Russian bases", "its words · 1 use"),
        ("plans", "this speaker · 1 use"),
        ("weather", "this article · 1 use"),
    ]


def test_who_is_named_nearest_is_offered_first_and_the_present_speaker_not_at_all(
    library: Library, add: AddArticle
) -> None:
    from store.model import Analysis, Extract

    text = "Ada Voss came. Mo Hale left. She said it rains."
    quote = Quote(kind="indirect", spans=((38, 46),), speaker="Ines Pohl")
    people = [("Ada Voss", (0, 8)), ("Mo Hale", (15, 22)), ("Ines Pohl", (29, 32))]
    speakers = tuple(ArticleSpeaker(name=name, kind="person", mentions=(span,)) for name, span in people)
    analysis = Analysis(analyser="test", quotes=(quote,), speakers=speakers)
    article = library.add(Extract(path="x", text=text, blocks=()), analysis).article
    offered = [choice.value for choice in SpeakerOffer(library, article.id, quote, (38, 46))("")]
    assert offered[:2] == ["Mo Hale", "Ada Voss"]
    assert "Ines Pohl" not in offered


def test_a_citation_names_speaker_title_outlet_date_and_address(library: Library, add: AddArticle) -> None:
    article = add("Rates", "“No,” said Voss.", outlet="Post", published="2026-11-23", url="https://post.example/1")
    assert citation(article, "“No,”", "Ada Voss", "direct") == (
        "“No,” — Ada Voss\nRates · Post · 23 Nov 2026 · https://post.example/1\n"
    )


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_key_of_the_reader_does_something(context: str) -> None:
    owners = {"reader": ReaderScreen, "move": ArticleView, "pane": SidePane}
    if context in owners:
        for key in keys_of(context):
            assert callable(getattr(owners[context], f"action_{key.action}", None)), key.id


def test_no_key_of_the_reader_means_two_things() -> None:
    def taken(keys: tuple[Key, ...]) -> list[str]:
        return [name for key in keys for name in key.keys.split(",")]

    reader = taken(keys_of("everywhere", "move", "reader"))
    assert len(reader) == len(set(reader))
