"""What stands inside quotation marks, in every style, however odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.speech.marks import marked

MARKS = "\"“”„«»‘’'`‚ \nab.,s"


def inner(text: str) -> list[str]:
    return [text[m.inner_start : m.inner_end] for m in marked(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("«Nous partons», dit-il.", ["Nous partons"]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("»Wir gehen«, sagte er.", ["Wir gehen"]),
        ("”Vi går”, sa han.", ["Vi går"]),
        ("``We go,'' he said.", ["We go,"]),
        ("‘We can’t go,’ she said. ‘Not now.’", ["We can’t go,", "Not now."]),
        ("'We can't go,' she said, 'not in the '90s.'", ["We can't go,", "not in the '90s."]),
        ("「行きます」と彼は言った。", ["行きます"]),
    ],
)
def test_every_style_of_marks_is_read(text: str, held: list[str]) -> None:
    assert inner(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "The voters' choice and the Democrats' plan.",
        "Rock 'n' roll in the '60s, 'tis said.",
        'A man of 6\'2" and 5" more',
    ],
)
def test_apostrophes_and_inches_are_no_quotation(text: str) -> None:
    assert inner(text) == []


def test_quotations_inside_quotations_belong_to_the_outer_one() -> None:
    assert inner("“He told me, ‘Go away,’ and I went,” she said.") == ["He told me, ‘Go away,’ and I went,"]
    assert inner("‘He said “go away” to me,’ she said.") == ["He said “go away” to me,"]
    assert inner("“They call it “nested” there,” she said.") == ["They call it “nested” there,"]


def test_a_plural_apostrophe_closes_no_single_quotation_that_closes_later() -> None:
    assert inner("‘It is the workers’ choice,’ she said.") == ["It is the workers’ choice,"]


def test_a_mark_left_open_runs_to_the_end_of_its_paragraph() -> None:
    text = "She said: “We go on"
    (mark,) = marked(text, 0, len(text))
    assert (text[mark.inner_start : mark.inner_end], mark.closed) == ("We go on", False)


def test_a_closing_mark_with_nothing_open_is_left_alone() -> None:
    assert inner("and so we went home.” That was all.") == []


@given(st.text(alphabet=MARKS, max_size=200))
def test_marked_stretches_are_ordered_apart_and_inside_the_text(text: str) -> None:
    end = 0
    for mark in marked(text, 0, len(text)):
        assert end <= mark.start < mark.inner_start <= mark.inner_end <= mark.end <= len(text)
        end = mark.end
