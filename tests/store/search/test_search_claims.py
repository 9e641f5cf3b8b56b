"""Which claims a query picks, all of them and no others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.library import Library
from store.search import Index


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    with Index(library) as index:
        yield index


def picked(library: Library, index: Index, query: str) -> set[str] | None:
    found = index.claims(query)
    return None if found is None else {library.claim(one).anchor.exact for one in found}


BASES, TRADE, HARBOUR = "Russian bases", "Economic cooperation", "1,200 containers"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tag:harbour", {HARBOUR}), ("tag:bases", {BASES}), ("tag:economy", {BASES, TRADE}),
        ("tag:harbour,bases", {BASES, HARBOUR}), ("speaker:putin", {TRADE}), ("note:treaty", {BASES}),
        ("is:unchecked", {BASES, TRADE, HARBOUR}), ("verdict:open tag:economy outlet:tass", {BASES, TRADE}),
        ("tag:economy outlet:post", set()), ("tag:economy cooperation", {TRADE}), ("tag:nothing", set()),
        ("verdict:false", set()),
    ],
)  # fmt: skip
def test_a_query_that_asks_for_what_claims_have_picks_claims(
    library: Library, index: Index, query: str, words: set[str]
) -> None:
    assert picked(library, index, query) == words


@pytest.mark.parametrize("query", ["", "bases", "outlet:tass", "after:2026-02 harbour"])
def test_any_other_query_picks_none(library: Library, index: Index, query: str) -> None:
    assert picked(library, index, query) is None


def test_a_claim_is_picked_as_it_is_now(library: Library, index: Index) -> None:
    assert picked(library, index, "verdict:false") == set()
    claim = next(one for one in library.claims() if one.anchor.exact == HARBOUR)
    library.set_verdict(claim.id, "false")
    assert picked(library, index, "verdict:false") == {HARBOUR}
    library.remove_claim(claim.id)
    assert picked(library, index, "verdict:false") == set()


def test_a_saved_search_picks_what_its_query_picks(library: Library, index: Index) -> None:
    library.save_search("port", "tag:harbour")
    assert picked(library, index, "@port") == {HARBOUR}
    library.save_search("reading", "harbour")
    assert picked(library, index, "@reading") is None
