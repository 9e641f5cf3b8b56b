"""Which chunks of a page are the article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from store.ingest import chain
from store.ingest.signals import Page, fold

KEEP = 0.2
"""A chunk is kept from this probability on: a line of the article lost is worse than a line of the page kept."""

_CLEAN = 0.9
_OPENING_WORDS = 12


def choose(page: Page, elsewhere: Collection[str] = frozenset()) -> list[bool]:
    """Say for each chunk of `page` whether it is kept as the article's.

    `elsewhere` are lines (see `signals.fold`) that other pages of its site hold; they go. A page that is nearly all
    article is a text without a page round it, and stays whole; of one in which no article is found all stays that is
    no known label.
    """
    found = chain.load("body").posteriors(page.signals())
    known = [bool(elsewhere) and fold(seen.text) in elsewhere for seen in page.seen]
    kept = [here[chain.BODY] >= KEEP and not seen for here, seen in zip(found, known, strict=True)]
    words = sum(seen.words for seen in page.seen)
    share = sum(seen.words for seen, keep in zip(page.seen, kept, strict=True) if keep) / max(1, words)
    if share == 0 or share >= _CLEAN:
        label = [bool(seen.known.keys() & {"FU", "EN", "PR"}) for seen in page.seen]
        kept = [keep or not (known[at] or label[at]) for at, keep in enumerate(kept)]
    return kept if any(kept) else [True] * len(kept)


def opening(page: Page, kept: Sequence[bool]) -> int:
    """Give the index of the first paragraph that is kept, else of the first chunk kept."""
    first = kept.index(True) if True in kept else 0
    return next(
        (at for at, seen in enumerate(page.seen) if kept[at] and seen.prose and seen.words >= _OPENING_WORDS), first
    )
