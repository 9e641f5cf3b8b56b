"""Reading what is typed into the search box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.query import FIELDS, Term, day_range, parse


def words_of(query: str) -> list[list[str]]:
    return [[" ".join(term.words) for term in group] for group in parse(query).groups]


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("bases", [["bases"]]),
        ("putin damascus denied", [["putin"], ["damascus"], ["denied"]]),
        ('"Russian bases" now', [["russian bases"], ["now"]]),
        ("putin,lavrov bases", [["putin", "lavrov"], ["bases"]]),
        ("putin OR lavrov bases", [["putin", "lavrov"], ["bases"]]),
        ("bases, trial", [["bases"], ["trial"]]),
        ("1,200 dead", [["1200"], ["dead"]]),
        ("al sharaa", [["sharaa"]]),
        ("al-Sharaa", [["sharaa"]]),
        ("http://a.example/b", [["http"], ["a"], ["example"], ["b"]]),
        ("10:30", [["10"], ["30"]]),
    ],
)
def test_words_are_read_as_they_are_meant(query: str, groups: list[list[str]]) -> None:
    assert words_of(query) == groups


def test_the_last_word_may_be_unfinished_until_a_space_follows() -> None:
    assert parse("russian ba").groups[-1][0].prefix
    assert not parse("russian ba ").groups[-1][0].prefix
    assert not parse("russian ba").groups[0][0].prefix


def test_an_open_quote_is_a_phrase_still_being_typed() -> None:
    assert parse('"russian ba').groups == ((Term(("russian", "ba"), phrase=True, prefix=True, exact=True),),)


def test_fields_take_choices_phrases_and_a_minus() -> None:
    found = parse('tag:"Russian bases",economy -outlet:tass is:unread')
    assert [(one.field, one.values, one.negated) for one in found.filters] == [
        ("tag", ("Russian bases", "economy"), False),
        ("outlet", ("tass",), True),
        ("is", ("unread",), False),
    ]


def test_an_unknown_field_is_searched_as_words_with_a_hint() -> None:
    found = parse("colour:red")
    assert [[term.words for term in group] for group in found.groups] == [[("colour",)], [("red",)]]
    assert "colour" in found.hints[0]
    assert "speaker" in found.hints[0]


def test_a_value_that_means_nothing_is_left_out_with_a_hint() -> None:
    found = parse("is:purple after:soon bases")
    assert found.filters == ()
    assert len(found.hints) == 2
    assert words_of("is:purple after:soon bases") == [["bases"]]


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("tag:bases OR tag:trade", [("tag", ("bases", "trade"))]),
        ("status:orphan", [("is", ("orphan",))]),
        ("status:disputed", [("is", ("disputed",))]),
        ("is:alt", [("is", ("altered",))]),
        ("tag:", []),
        ("claim:", []),
    ],
)
def test_filters_are_read_as_they_are_meant(query: str, filters: list[tuple[str, tuple[str, ...]]]) -> None:
    found = parse(query)
    assert [(one.field, one.values) for one in found.filters] == filters
    assert found.hints == ()


def test_an_or_between_unlike_things_is_read_as_and_with_a_hint() -> None:
    found = parse("tag:bases OR speaker:putin")
    assert [one.field for one in found.filters] == ["tag", "speaker"]
    assert "OR" in found.hints[0]


def test_words_behind_claim_quote_or_note_must_stand_there() -> None:
    (group,) = parse('claim:"keep bases",stay').groups
    assert [(term.words, term.phrase, term.columns) for term in group] == [
        (("keep", "bases"), True, ("body",)),
        (("stay",), False, ("body",)),
    ]
    assert parse("note:treaty").groups[0][0].columns == ("note",)


def test_minus_and_exclamation_mark_exclude() -> None:
    assert [term.words for term in parse('bases -damascus !trade -"no comment"').excluded] == [
        ("damascus",),
        ("trade",),
        ("no", "comment"),
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-10", ("2025-10-01", "2025-10-31")),
        ("2025-10-15", ("2025-10-15", "2025-10-15")),
        ("2025-1", ("2025-01-01", "2025-01-31")),
        ("2025-13", None),
        ("soon", None),
    ],
)
def test_dates_mean_the_whole_of_what_they_name(text: str, days: tuple[str, str] | None) -> None:
    assert day_range(text) == days


QUERIES = st.lists(
    st.sampled_from(
        [*(f"{field}:" for field in FIELDS), '"', ",", "-", "!", "OR", " ", "'", "a", "2026", "ش", "\0", "*"]
    )
    | st.text(max_size=6)
).map("".join)


@given(QUERIES)
def test_nothing_that_can_be_typed_is_an_error(query: str) -> None:
    for group in parse(query).groups:
        assert group
        assert all(term.words for term in group)
