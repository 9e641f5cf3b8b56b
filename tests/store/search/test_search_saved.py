"""Saved searches in a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.model import SavedSearch
from store.search import Index
from store.search.saved import expand


def saved(**queries: str) -> list[SavedSearch]:
    return [
        SavedSearch(id=name, name=name, query=query, created="2026-01-01", modified="2026-01-01")
        for name, query in queries.items()
    ]


@pytest.mark.parametrize(
    ("query", "expanded"),
    [
        ("@bases", "tag:bases -outlet:tass"),
        ("@BASES after:2026", "tag:bases -outlet:tass after:2026"),
        ("peace @open end", 'peace "no comment" end'),
        ('"@bases"', '"@bases"'),
        ("me@bases.example", "me@bases.example"),
        ("@both", "tag:bases -outlet:tass speaker:lavrov"),
    ],
)
def test_a_name_stands_for_what_was_saved(query: str, expanded: str) -> None:
    known = saved(bases="tag:bases -outlet:tass", open='"no comment', both="@bases speaker:lavrov")
    assert expand(query, known) == (expanded, ())


def test_an_unknown_name_stays_words_with_a_hint_that_names_the_known_ones() -> None:
    text, (hint,) = expand("@base", saved(bases="x"))
    assert text == "@base"
    assert "@bases" in hint


def test_searches_that_name_each_other_come_to_an_end() -> None:
    text, hints = expand("@a", saved(a="one @b", b="two @a"))
    assert text.split() == ["one", "two"]
    assert hints


@given(st.lists(st.sampled_from(["@a", "@b", "@c", '"', " ", "x", "-", "@"]) | st.text(max_size=3)).map("".join))
def test_no_query_with_names_is_an_error(query: str) -> None:
    expand(query, saved(a="@b @b @a", b='"@c', c="@a @b OR"))


def test_a_saved_search_finds_what_its_query_finds_also_with_more_words(library: Library) -> None:
    library.save_search("money", "tag:economy")
    with Index(library) as index:
        assert index.search("@money") == index.search("tag:economy") != []
        assert [hit.line for hit in index.search("@money has:note")] == ["Russian bases"]
        assert index.articles("@money") == {library.article("Kremlin meeting").id}
