"""Whether an article tells the same story as one that is there: syndicated copies, by the runs of words they share.

Containment of runs of four words in cleaned text. Of 492 pairs of different stories on one topic none reached .20, of
copies with a wrapping, a cut or edits .98 and more reach .25. Pages of one site share more than their stories
(notices, links to other stories), so between these, and where no site is known, more is asked for.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from store.errors import LibraryError
from store.intake.memo import containment, grams

if TYPE_CHECKING:
    from store.intake.memo import Memo
    from store.library import Library
    from store.model import Article

ELSEWHERE, UNKNOWN, SAME_SITE = 0.25, 0.4, 0.5


class Copies:
    """Finds copies in a library and files them."""

    def __init__(self, library: Library, memo: Memo) -> None:
        self._library = library
        self._memo = memo

    def settle(self, article: Article) -> tuple[Article | None, Article | None]:
        """Learn the text of an article and file it under the one whose story it tells, or that one under it.

        Gives the article it was filed under, and the one that was filed under it; at most one of them is there.
        """
        with contextlib.suppress(sqlite3.Error):
            found = self._memo.learn(article.id, self._library.version(article.id))
            for other_id in self._memo.alike(found, ELSEWHERE):
                other = self._same_story(article, found, other_id)
                if other is not None:
                    return self._file(article, other)
        return None, None

    def _same_story(self, article: Article, found: frozenset[int], other_id: str) -> Article | None:
        if other_id == article.id:
            return None
        try:
            other = self._library.article(other_id)
            root = self._library.original(other_id) or other
            text = self._library.version(other_id).text
        except LibraryError:
            return None
        apart = {*article.not_copy_of, *other.not_copy_of, *root.not_copy_of}
        if root.id == article.id or not apart.isdisjoint({article.id, other.id, root.id}):
            return None
        return root if containment(found, grams(text)) >= asked(article, other) else None

    def _file(self, article: Article, other: Article) -> tuple[Article | None, Article | None]:
        if other.aggregator and not article.aggregator:
            self._library.file_under(other.id, article.id, by="machine")
            return None, other
        self._library.file_under(article.id, other.id, by="machine")
        return other, None


def asked(first: Article, second: Article) -> float:
    """Give the containment from which two articles are one story."""
    sites = {_site(first), _site(second)}
    if "" in sites:
        return UNKNOWN
    return SAME_SITE if len(sites) == 1 else ELSEWHERE


def _site(article: Article) -> str:
    host = urlsplit(article.url or "").hostname or ""
    return (host.removeprefix("www.") or article.aggregator or article.outlet or "").casefold()
