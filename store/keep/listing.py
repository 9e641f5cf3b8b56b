"""All articles in the order of their days, kept in order while they come, go and change."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

from store.keep.shelf import Shelf
from store.model import Article


def _place(article: Article) -> str:
    return f"{(article.published or article.retrieved)[:10]}\0{article.retrieved}\0{article.id}"


class Listing:
    """The articles of a shelf; only what it was told to `forget` is looked at again.

    Sorting tens of thousands of them anew at each change would hold up whoever reads the list.
    """

    __slots__ = ("_all_changed", "_by_key", "_changed", "_rising")

    def __init__(self) -> None:
        self._all_changed = True
        self._by_key: dict[str, Article] = {}
        self._rising: list[Article] = []
        self._changed: set[str] = set()

    def forget(self, keys: set[str] | None) -> None:
        """Drop what is held of these documents, or of all."""
        if keys is None:
            self._all_changed = True
        else:
            self._changed |= keys

    def newest_first(self, shelf: Shelf[Article], dressed: Callable[[Article], Article]) -> list[Article]:
        """List every article as `dressed` gives it, newest published (or taken in) first."""
        if self._all_changed or len(self._changed) > 1000:
            fresh = {key: dressed(article) for key, article in shelf.items()}
            as_before = {key: fresh[key] for key in self._by_key if key in fresh}  # nearly in order: soon sorted
            in_order = sorted((as_before | fresh).items(), key=lambda item: _place(item[1]))
            self._by_key, self._all_changed = dict(in_order), False
            self._rising = list(self._by_key.values())
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
