"""The short lists under the tag and speaker prompts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.search.suggest import suggest

NAMES = ["Russian bases", "economy/trade", "trial of al-Assad", "Ahmed al-Sharaa", "Farouk al-Sharaa", "Шараа", "2026"]


def names_for(query: str) -> list[str]:
    return [name for name, _ in suggest(query, NAMES)]


def test_a_typo_and_an_unfinished_word_find_the_tag() -> None:
    assert names_for("rusian base") == ["Russian bases"]


def test_what_is_marked_is_what_was_typed() -> None:
    ((name, marks),) = suggest("bas rus", NAMES)
    assert [name[start:end] for start, end in marks] == ["Rus", "bas"]


def test_the_same_word_comes_before_one_that_only_begins_so() -> None:
    assert [name for name, _ in suggest("trade", ["trader", "trade"])] == ["trade", "trader"]


def test_scripts_are_no_border() -> None:
    for query in ("sharaa", "al-Shara", "الشرع"):
        assert {"Ahmed al-Sharaa", "Шараа"} <= set(names_for(query))


def test_a_number_is_never_taken_for_another() -> None:
    assert suggest("2066", ["2026"]) == []


def test_nothing_typed_gives_the_first_names_as_they_come() -> None:
    assert suggest("", NAMES, limit=2) == [("Russian bases", ()), ("economy/trade", ())]


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=6))
def test_suggestions_are_names_that_were_given_with_marks_inside_them(query: str, names: list[str]) -> None:
    for name, marks in suggest(query, names):
        assert name in names
        assert all(0 <= start < end <= len(name) for start, end in marks)
