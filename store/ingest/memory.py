"""What other pages of the same site hold: the surest sign of furniture.

A line that stands on another page of a site is no part of either article. Sites are known by their pages: two pages
that share many lines, and not their main text, are of one site.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from store.ingest import lexicon
from store.ingest.signals import Page
from store.scratch import open_scratch

_FORM = "1"
_SCHEMA = """
CREATE TABLE pages (n INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);
CREATE TABLE lines (key INTEGER, page INTEGER, PRIMARY KEY (key, page)) WITHOUT ROWID;
CREATE INDEX lines_page ON lines (page)
"""
_LEAST_SHARED = 8
_LEAST_SHARE = 0.12
_SAME_ARTICLE = 0.3
_MOST_TOKENS = 60
_WITNESSES = 16
"""A line is remembered of so many pages, the newest: more would not make it surer, and every page costs time."""

_AT_ONCE = 500
MOST_PAGES = 2_000


class SiteMemory:
    """The lines of pages seen so far.

    Holds at most `pages` pages, the oldest forgotten first; a page costs about 10 kB. It lies in a file at `path`, or
    nowhere; a file that is lost or damaged begins again empty, and a disk that fails makes it forgetful, nothing worse.
    """

    def __init__(
        self, path: Path | None = None, pages: int = MOST_PAGES, naming: Callable[[str], str] = lambda name: name
    ) -> None:
        """Open the memory at `path`, made when it is not there; None keeps it in the program only.

        `naming` gives the one name of a page for every way in which its source may be written.
        """
        self._most = pages
        self._naming = naming
        self._db = open_scratch(path, _FORM, _SCHEMA)

    def __len__(self) -> int:
        """Give the number of pages remembered."""
        return int(self._db.execute("SELECT count(*) FROM pages").fetchone()[0])

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def learn(self, name: str, lines: Iterable[str]) -> None:
        """Remember the lines of the page `name`; a page learned again replaces what was known of it."""
        self._learn(name, {_key(lexicon.tokens(text)) for text in lines})

    def _learn(self, name: str, keys: set[int]) -> None:
        keys.discard(0)
        import sqlite3  # noqa: PLC0415

        with contextlib.suppress(sqlite3.Error):
            self._write(self._naming(name), keys)

    def _write(self, name: str, keys: set[int]) -> None:
        known = self._db.execute("SELECT n FROM pages WHERE name = ?", (name,)).fetchone()
        if known and keys == {key for (key,) in self._db.execute("SELECT key FROM lines WHERE page = ?", known)}:
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._forget(name)
            number = self._db.execute("INSERT INTO pages (name) VALUES (?)", (name,)).lastrowid
            full = self._ask(
                "SELECT key, min(page) FROM lines WHERE key IN", keys, " GROUP BY key HAVING count(*) >= ?"
            )
            self._db.executemany("DELETE FROM lines WHERE key = ? AND page = ?", full)
            self._db.executemany("INSERT INTO lines VALUES (?, ?)", ((key, number) for key in sorted(keys)))
            over = len(self) - self._most
            oldest = self._db.execute("SELECT name FROM pages ORDER BY n LIMIT ?", (max(0, over),)).fetchall()
            for (old,) in oldest:
                self._forget(old)

    def _ask(self, sql: str, keys: Iterable[int], end: str = "") -> list[tuple[int, int]]:
        rows: list[tuple[int, int]] = []
        wanted = sorted(keys)
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            values = [*some, _WITNESSES] if end else some
            rows += self._db.execute(f"{sql} ({','.join('?' * len(some))}){end}", values).fetchall()
        return rows

    def forget(self, name: str) -> None:
        """Forget the page `name`, if it is known."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._forget(self._naming(name))

    def _forget(self, name: str) -> None:
        for number in self._db.execute("SELECT n FROM pages WHERE name = ?", (name,)).fetchall():
            self._db.execute("DELETE FROM lines WHERE page = ?", number)
            self._db.execute("DELETE FROM pages WHERE n = ?", number)

    def elsewhere(self, name: str, page: Page) -> frozenset[int]:
        """Give the indices of the chunks of `page` that other pages of its site hold; none when no such page is known.

        `name` is the page's own name, so that it is not compared with itself.
        """
        return self._elsewhere(name, page, _keys(page))

    def meet(self, name: str, page: Page) -> frozenset[int]:
        """Give what `elsewhere` gives, then remember the lines of the page."""
        keys = _keys(page)
        found = self._elsewhere(name, page, keys)
        self._learn(name, set(keys))
        return found

    def _elsewhere(self, name: str, page: Page, keys: Sequence[int]) -> frozenset[int]:
        import sqlite3  # noqa: PLC0415 - what reads without a memory needs none

        try:
            where = self._where(self._naming(name), {key for key in keys if key})
        except sqlite3.Error:
            return frozenset()
        shared = Counter(other for others in where.values() for other in others)
        least = max(_LEAST_SHARED, _LEAST_SHARE * len({key for key in keys if key}))
        alike = {other for other, count in shared.items() if count >= least}
        siblings = {other for other in alike if not _same_article(other, page, keys, where)}
        return frozenset(at for at, key in enumerate(keys) if not siblings.isdisjoint(where.get(key, ())))

    def _where(self, name: str, keys: set[int]) -> dict[int, set[int]]:
        """Give the pages but `name` on which each line stands."""
        own = self._db.execute("SELECT n FROM pages WHERE name = ?", (name,)).fetchone()
        where: dict[int, set[int]] = {}
        for key, other in self._ask("SELECT key, page FROM lines WHERE key IN", keys):
            if own is None or other != own[0]:
                where.setdefault(key, set()).add(other)
        return where


def _same_article(other: int, page: Page, keys: Sequence[int], where: Mapping[int, set[int]]) -> bool:
    """Say whether the main text of `page` stands on `other` too: a copy of it, not another page of its site."""
    first, last = page.core
    main = [(keys[at], page.seen[at].words) for at in range(first, last) if page.seen[at].prose]
    common = sum(words for key, words in main if other in where.get(key, ()))
    return common > _SAME_ARTICLE * sum(words for _, words in main)


def _keys(page: Page) -> list[int]:
    """Give the chunks of a page as numbers; equal ones are counted up once."""
    known = {tokens: _key(tokens) for tokens in page.counts}
    return [known[seen.tokens] for seen in page.seen]


def _key(tokens: Sequence[str]) -> int:
    """Give a line as a number, 0 for a line that says nothing; case, punctuation and exact numbers do not matter."""
    if not tokens or (len(tokens) == 1 and tokens[0] == "0"):
        return 0
    folded = " ".join(tokens[:_MOST_TOKENS])
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), signed=True)
