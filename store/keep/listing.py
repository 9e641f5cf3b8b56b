"""All articles in the order of their days, kept in order while they come, go and change."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

from store.keep.shelf import Shelf
from store.model import Article


def _place(article: Article) -> tuple[str, str, str]:
    return (article.published or article.retrieved)[:10], article.retrieved, article.id


class Listing:
    """The articles of a shelf; only what it was told to `forget` is looked at again.

    Sorting tens of thousands of them anew at each change would hold up whoever reads the list.
    """

    __slots__ = ("_by_key", "_changed", "_rising")

    def __init__(self) -> None:
        self._by_key: dict[str, Article] | None = None
        self._rising: list[Article] = []
        self._changed: set[str] = set()

    def forget(self, keys: set[str] | None) -> None:
        """Drop what is held of these documents, or of all."""
        if keys is None:
            self._by_key = None
        elif self._by_key is not None:
            self._changed |= keys

    def newest_first(self, shelf: Shelf[Article], dressed: Callable[[Article], Article]) -> list[Article]:
        """List every article as `dressed` gives it, newest published (or taken in) first."""
        if self._by_key is None or len(self._changed) > 1000:
            self._by_key = {key: dressed(article) for key, article in shelf.items()}
            self._rising = sorted(self._by_key.values(), key=_place)
        else:
            for key in self._changed:
                new = shelf.at(key)
                self._put(self._by_key, key, dressed(new) if new else None)
        self._changed = set()
        return self._rising[::-1]

    def _put(self, known: dict[str, Article], key: str, new: Article | None) -> None:
        old = known.pop(key, None)
        if old is not None:
            del self._rising[bisect_left(self._rising, _place(old), key=_place)]
        if new is not None:
            known[key] = new
            insort(self._rising, new, key=_place)
