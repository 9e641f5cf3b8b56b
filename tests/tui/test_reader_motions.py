"""Words, sentences and the steps between them."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Block
from tui.motions import Found, Units, step

first = itemgetter(0)

texts = st.lists(
    st.sampled_from(
        [
            "word ",
            "al-Sharaa ",
            "3.5% ",
            "Mr. ",
            "J. ",
            "U.S. ",
            "end. ",
            "What?” ",
            "日本。",
            "قال ",
            "— ",
            "…",
            "\n\n",
            "\n",
            "e\u0301 ",
        ]
    ),
    max_size=40,
).map("".join)


def units(text: str) -> Units:
    return Units(text, [Block("paragraph", 0, len(text))])


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text).words]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("al-Sharaa’s 3.5% of $1,000 isn’t “so”.", ["al-Sharaa’s", "3.5%", "of", "$1,000", "isn’t", "so"]),
        ("Who — he asked — said so?", ["Who", "he", "asked", "said", "so"]),
        ("naïve e\u0301tude", ["naïve", "e\u0301tude"]),
        ("日本。本", ["日", "本", "本"]),
        ("قال الوزير", ["قال", "الوزير"]),
        ("***", []),
    ],
)
def test_a_word_is_what_a_person_would_call_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AURORA, Ill. (AP) — It rained. He was ill. So was she.",
            ["AURORA, Ill. (AP) — It rained.", "He was ill.", "So was she."],
        ),
        ("Mr. J. Novak of the U.S. Army left. He was late.", ["Mr. J. Novak of the U.S. Army left.", "He was late."]),
        ("“We fight.” He left.", ["“We fight.”", "He left."]),
        ("“Why?” she asked. “Because.”", ["“Why?” she asked.", "“Because.”"]),
        ("It rose 3.5 percent.", ["It rose 3.5 percent."]),
        ("停止を命令。次の文。", ["停止を命令。", "次の文。"]),
        ("No stop at all", ["No stop at all"]),
    ],
)
def test_a_sentence_ends_where_a_person_would_end_it(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(texts)
def test_units_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    found = units(text)
    for spans in map(list, (found.words, found.sentences, found.paragraphs)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(texts)
def test_every_word_lies_in_one_sentence_and_one_paragraph(text: str) -> None:
    found = units(text)
    for start, end in found.words:
        for around in (found.sentence(start), found.paragraph(start)):
            assert around[0] <= start
            assert end <= around[1]


@given(texts, st.integers(min_value=0, max_value=400))
def test_there_is_a_word_for_every_offset_and_it_is_one_of_the_words(text: str, offset: int) -> None:
    found = units(text)
    assert found.word(offset) in (list(found.words) or [(0, 0)])


@given(texts, st.sampled_from(["words", "sentences", "whole_paragraphs"]))
def test_stepping_on_visits_every_unit_once_and_then_stands_still(text: str, kind: str) -> None:
    found: Found = getattr(units(text), kind)
    spans = list(found)
    if not spans:
        return
    at, visited = spans[0][0], [spans[0][0]]
    while (after := found.beyond(at, 1)) != at:
        assert after > at
        assert after == step(spans, at, 1, first)
        visited.append(after)
        at = after
    assert visited == [start for start, _ in spans]
    while (before := found.beyond(at, -1)) != at:
        assert before < at
        assert before == step(spans, at, -1, first)
        at = before
    assert at == spans[0][0]


@given(texts, st.tuples(st.integers(0, 200), st.integers(0, 200)).map(sorted))
def test_the_words_of_a_stretch_are_those_that_begin_in_it(text: str, stretch: list[int]) -> None:
    found = units(text)
    inside = [word for word in found.words if stretch[0] <= word[0] < stretch[1]]
    assert found.words.count((stretch[0], stretch[1])) == len(inside)
    assert found.words.last_in((stretch[0], stretch[1])) == (inside[-1] if inside else None)


@given(texts, st.integers(min_value=0, max_value=400))
def test_a_step_back_from_inside_a_unit_goes_to_its_begin(text: str, offset: int) -> None:
    found = units(text).sentences
    inside = [span for span in found if span[0] < offset < span[1]]
    if inside:
        assert found.beyond(offset, -1) == inside[0][0]


def test_a_step_without_anywhere_to_go_stays() -> None:
    assert step([], 7, 1, first) == 7
    assert step([(0, 4)], 2, 1, first) == 2
    assert units("").words.beyond(7, -1) == 7
