"""Which claims stand in which article and have which tags, without decoding them whole."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec import Raw, Struct


class _AnchorKeys(Struct, gc=False):
    article: str
    start: int
    end: int


class _ClaimKeys(Struct, gc=False):
    anchor: _AnchorKeys
    tags: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(_ClaimKeys).decode


class ClaimIndex:
    """Built when it is first asked, then told what changed.

    The keys of an article's claims are those of a dict, which the garbage collector does not have to look through.
    """

    __slots__ = ("_built", "_counts", "_entries", "articles", "uses")

    def __init__(self) -> None:
        self._built = False
        self._counts: dict[str, int] | None = None
        self._entries: dict[str, _ClaimKeys] = {}
        self.articles: dict[str, dict[str, None]] = {}
        self.uses: Counter[str] = Counter()

    def update(self, documents: dict[str, Raw], changed: set[str] | None) -> None:
        """Take in the documents that changed (None: all may have); does nothing before the first `build`."""
        if not self._built:
            return
        self._counts = None
        if changed is None:
            self._built = False
            self.build(documents)
            return
        for key in changed:
            self._remove(key)
            if key in documents:
                self._insert(key, documents[key])

    def build(self, documents: dict[str, Raw]) -> None:
        """Index every claim, once."""
        if self._built:
            return
        self._entries, self.articles, self.uses = {}, {}, Counter()
        for key, document in documents.copy().items():  # other threads may write
            self._insert(key, document)
        self._built = True

    def _insert(self, key: str, document: Raw) -> None:
        try:
            keys = _decode(document)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return
        held = self.articles.get(keys.anchor.article)
        if held is None:
            held = self.articles[keys.anchor.article] = {}
        held[key] = None
        self._entries[key] = keys
        for tag in keys.tags:
            self.uses[tag] += 1

    def _remove(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        held = self.articles[entry.anchor.article]
        held.pop(key, None)
        if not held:
            del self.articles[entry.anchor.article]
        self.uses.subtract(entry.tags)

    def counts(self) -> dict[str, int]:
        """Count the claims of each article that has any: the same dict until a claim changes."""
        if self._counts is None:
            self._counts = {article: len(keys) for article, keys in self.articles.items()}
        return self._counts

    def at(self, article: str, start: int, end: int) -> list[str]:
        """Find the claims with these bounds in some version of an article."""
        places = ((key, self._entries[key].anchor) for key in sorted(self.articles.get(article, ())))
        return [key for key, anchor in places if anchor.start == start and anchor.end == end]

    def tagged(self, tags: set[str]) -> list[str]:
        """Find the claims that have one of these tags."""
        return [key for key, entry in self._entries.items() if not tags.isdisjoint(entry.tags)]
