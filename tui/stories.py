"""Which articles tell one story: copies of one report, and reports of one event, as far as title, day and speakers say.

What is filed as a copy of another is joined with it, whatever it is titled, and what a person told apart is not. Others
are joined when they lie at most `DAYS` apart and their titles share most of the words that are rare in the library, or
fewer of them and two speakers. Only what the index of the library holds is looked at, never the texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from store.model import Article
from store.search.fold import words
from tui import dates

DAYS = 3
SHARED = 0.6
SHARED_WITH_SPEAKERS = 0.3
LEAST_SHARED = 2
SHORTEST = 3
MOST_WITH_A_WORD = 0.05
"""A word that a larger share of the titles has says nothing about a story; in a small library, one that 5 have."""


def stories(articles: Sequence[Article]) -> dict[str, str]:
    """Give for the id of each article the id of the first article (in the order given) that tells the same story."""
    titles = [_title(article.title) for article in articles]
    days = [dates.parse(article.published or article.retrieved) for article in articles]
    first = list(range(len(articles)))

    def root(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        first[high] = low

    filed: dict[str, int] = {}
    for at, article in enumerate(articles):
        for name in filter(None, (article.id, article.copy_of)):
            join(at, filed.setdefault(name, at))
    often = Counter(word for title in titles for word in title)
    most = max(5, MOST_WITH_A_WORD * len(articles))
    having: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, (title, day) in enumerate(zip(titles, days, strict=True)):
        if day is None:
            continue
        telling = [word for word in title if often[word] <= most]
        near = range(day.toordinal() - DAYS, day.toordinal() + DAYS + 1)
        shared = Counter(other for word in telling for then in near for other in having.get((word, then), ()))
        for other, number in shared.items():
            if _same(articles[at], articles[other], number, min(len(title), len(titles[other]))):
                join(at, other)
        for word in telling:
            having[word, day.toordinal()].append(at)
    return {article.id: articles[root(at)].id for at, article in enumerate(articles)}


@lru_cache(maxsize=1 << 15)
def _title(title: str) -> frozenset[str]:
    return frozenset(word.text for word in words(title) if len(word.text) >= SHORTEST)


def _same(one: Article, other: Article, shared: int, shorter: int) -> bool:
    if shared < LEAST_SHARED or _told_apart(one, other):
        return False
    speakers = len(set(one.speakers) & set(other.speakers))
    return shared >= shorter * (SHARED_WITH_SPEAKERS if speakers >= 2 else SHARED)


def _told_apart(one: Article, other: Article) -> bool:
    apart = {*one.not_copy_of, *other.not_copy_of}
    return bool(apart) and not apart.isdisjoint({one.id, other.id, one.copy_of, other.copy_of})
