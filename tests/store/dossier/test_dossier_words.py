"""The same words, and how they differ: the thinking behind a dossier, without a library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dossier.clashes import clashes
from store.dossier.drift import drift, told
from store.dossier.groups import groups
from store.dossier.records import Entry

SAID = "We have 400 soldiers in Tartus and we will not leave before the end of the year"


def weights(here: str, there: str) -> list[tuple[str, str, str]]:
    return [(here[slice(*d.here)], there[slice(*d.there)], d.weight) for d in drift(here, there)]


def test_the_same_words_in_other_outlets_are_one_group_whatever_the_typography() -> None:
    texts = [SAID, "Grain prices fell for the third week in a row", SAID.upper(), "“" + SAID.replace("-", "–") + "…”"]
    assert groups(texts) == [[0, 2, 3]]


def test_a_shortened_quote_belongs_to_the_whole_one() -> None:
    assert groups([SAID, "we will not leave before the end of the year"]) == [[0, 1]]


def test_a_changed_number_is_still_the_same_saying() -> None:
    assert groups([SAID, SAID.replace("400", "40")]) == [[0, 1]]


def test_short_and_other_words_are_not_joined() -> None:
    assert groups(["We will win", "We will win", "the end of the year", "before the start of that year we left"]) == []


def test_many_copies_cost_no_pair_each() -> None:
    assert len(groups([SAID] * 3000)[0]) > 0


@pytest.mark.parametrize(
    ("there", "differs"),
    [
        (SAID.replace("400", "40"), ("400", "40", "number")),
        (SAID.replace("400", "four hundred"), ("400", "four hundred", "number")),
        (SAID.replace(" not", ""), ("not", "", "negation")),
        (SAID.replace("Tartus", "Latakia"), ("Tartus", "Latakia", "name")),
        (SAID.replace("soldiers", "troops"), ("soldiers", "troops", "word")),
    ],
)
def test_differing_words_are_found_and_weighed(there: str, differs: tuple[str, str, str]) -> None:
    assert weights(SAID, there) == [differs]


def test_spelling_case_and_quotation_marks_are_no_difference() -> None:
    assert drift("“Ṭarṭūs is ours”", "Tartus IS ours!") == []


def test_words_cut_at_the_edges_are_no_difference_but_a_negation_there_is() -> None:
    assert drift(SAID, "we will not leave before the end of the year") == []
    assert [weight for *_, weight in weights("will leave before the end", "not will leave before the end")] == [
        "negation"
    ]


def test_the_line_that_tells_differences_begins_with_the_heaviest() -> None:
    there = SAID.replace("soldiers", "troops").replace("400", "40").replace(" not", "").replace("Tartus", "Homs")
    assert told(SAID, there, drift(SAID, there)) == "400 → 40 · not → – · Tartus → Homs · 1 more"


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_are_spans_of_both_and_in_order(here: str, there: str) -> None:
    at = (0, 0)
    for one in drift(here, there):
        assert at[0] <= one.here[0] <= one.here[1] <= len(here)
        assert at[1] <= one.there[0] <= one.there[1] <= len(there)
        at = (one.here[1], one.there[1])


@given(st.text(max_size=80))
def test_nothing_differs_from_itself(text: str) -> None:
    assert drift(text, text) == []


def entry(number: int, verdict: str, tag: str = "bases") -> Entry:
    words = f"words of number {number}"
    return Entry(article=str(number), start=0, end=9, words=words, tags=(tag,), verdict=verdict, claim=str(number))  # type: ignore[arg-type]


def test_supported_against_false_of_the_same_words_is_a_contradiction() -> None:
    entries = [entry(0, "supported"), entry(1, "false", "troops"), entry(2, "open")]
    found = clashes(entries, [[0, 1, 2]])
    assert {at: (clash.why, clash.others) for at, clash in found.items()} == {
        0: ("same words", (1,)),
        1: ("same words", (0,)),
    }


def test_under_one_tag_it_is_a_weaker_one_and_names_the_tag() -> None:
    entries = [entry(0, "supported"), entry(1, "disputed"), entry(2, "disputed", "other")]
    found = clashes(entries, [])
    assert {at: (clash.why, clash.tag, clash.count) for at, clash in found.items()} == {
        0: ("same tag", "bases", 1),
        1: ("same tag", "bases", 1),
    }


def test_unclear_and_open_contradict_nothing() -> None:
    assert clashes([entry(0, "supported"), entry(1, "unclear"), entry(2, "open")], [[0, 1, 2]]) == {}
