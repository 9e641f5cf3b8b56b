"""What other pages of the same site hold: the surest sign of furniture.

A line that stands on another page of a site is no part of either article. Sites are known by their pages: two pages
that share many lines, and not their main text, are of one site.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from store.ingest.lines import chunks
from store.ingest.signals import Page, fold

_LEAST_SHARED = 8
_LEAST_SHARE = 0.12
_SAME_ARTICLE = 0.3
_LONGEST = 400


class SiteMemory:
    """The lines of pages seen so far.

    Holds at most `pages` pages, the oldest forgotten first; a page costs about 10 kB.
    """

    def __init__(self, pages: int = 2_000) -> None:
        """Make an empty memory of at most `pages` pages."""
        self._most = pages
        self._pages: dict[str, frozenset[int]] = {}
        self._where: dict[int, set[str]] = {}

    def __len__(self) -> int:
        """Give the number of pages remembered."""
        return len(self._pages)

    def learn(self, name: str, lines: Iterable[str]) -> None:
        """Remember the lines of the page `name`; a page learned again replaces what was known of it."""
        self.forget(name)
        keys = frozenset(key for key in map(_key, lines) if key)
        self._pages[name] = keys
        for key in keys:
            self._where.setdefault(key, set()).add(name)
        if len(self._pages) > self._most:
            self.forget(next(iter(self._pages)))

    def learn_text(self, name: str, source: str) -> None:
        """Remember the lines of a decoded text dump."""
        self.learn(name, (chunk.text for chunk in chunks(source)))

    def forget(self, name: str) -> None:
        """Forget the page `name`, if it is known."""
        for key in self._pages.pop(name, ()):
            names = self._where[key]
            names.discard(name)
            if not names:
                del self._where[key]

    def elsewhere(self, name: str, page: Page) -> frozenset[str]:
        """Give the folded lines of `page` that other pages of its site hold; none when none of those pages is known.

        `name` is the page's own name, so that it is not compared with itself.
        """
        folded = {text: _key(text) for text in {seen.text for seen in page.seen}}
        shared: Counter[str] = Counter()
        for key in {key for key in folded.values() if key}:
            shared.update(other for other in self._where.get(key, ()) if other != name)
        total = sum(1 for key in folded.values() if key)
        siblings = {
            other
            for other, count in shared.items()
            if count >= max(_LEAST_SHARED, _LEAST_SHARE * total) and not self._same_article(other, page, folded)
        }
        return frozenset(
            fold(text) for text, key in folded.items() if key and not siblings.isdisjoint(self._where.get(key, ()))
        )

    def _same_article(self, other: str, page: Page, folded: Mapping[str, int]) -> bool:
        """Say whether the main text of `page` stands on `other` too: a copy of it, not another page of its site."""
        main: Sequence[tuple[int, int]] = [
            (folded[seen.text], seen.words) for seen in page.seen[page.core[0] : page.core[1]] if seen.prose
        ]
        known = self._pages[other]
        return sum(words for key, words in main if key in known) > _SAME_ARTICLE * sum(words for _, words in main)


def _key(text: str) -> int:
    """Give a line as a number, 0 for a line that says nothing."""
    folded = fold(text[:_LONGEST])
    if not folded or folded == "0":
        return 0
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest())
