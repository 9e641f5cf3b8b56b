"""What taking in remembers between runs and can do without: one SQLite file that is made again from the library.

Addresses with the stamps that their servers gave, the hash of each raw source, and of every text the runs of four
words that a copy would share with it.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from store.errors import LibraryError
from store.ids import now
from store.scratch import open_scratch

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Version

FILE = "intake.sqlite"
_FORM = "2"
_SCHEMA = """
CREATE TABLE addresses (url TEXT PRIMARY KEY, article TEXT, etag TEXT, modified TEXT, at TEXT, tries INTEGER, why TEXT)
    WITHOUT ROWID;
CREATE TABLE texts (n INTEGER PRIMARY KEY, article TEXT UNIQUE, version TEXT, source TEXT, size INTEGER);
CREATE INDEX texts_source ON texts (source);
CREATE TABLE grams (key INTEGER, text INTEGER, PRIMARY KEY (key, text)) WITHOUT ROWID;
CREATE INDEX grams_text ON grams (text)
"""
_GRAM = 4
_SAMPLED = 8
_LEAST_GRAMS = 40
_CANDIDATES = 4
_PROMISING = 0.5  # of the share that is asked for, in the sample
_AT_ONCE = 500
_WORD = re.compile(r"\w+")
_UNSPACED = "\\u3040-\\u30ff\\u3400-\\u9fff\\u0e00-\\u0e7f"
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")
_PAIR = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\W{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an address: its article, the server's stamps, and how often it could not be fetched."""

    article: str = ""
    etag: str | None = None
    modified: str | None = None
    at: str = ""
    tries: int = 0
    why: str = ""


def grams(text: str) -> frozenset[int]:
    """Give the runs of four words of a text as numbers; in a script without spaces two letters are a word."""
    cut = _PAIR if not text.isascii() and _ANY_UNSPACED.search(text) else _WORD
    words = [word.encode() for word in cut.findall(text.casefold())]
    return frozenset(crc32(b" ".join(words[at : at + _GRAM])) for at in range(len(words) - _GRAM + 1))


def containment(first: frozenset[int], second: frozenset[int]) -> float:
    """Give the share of the smaller set that is in the other (Broder 1997)."""
    small = min(len(first), len(second))
    return len(first & second) / small if small else 0.0


def _sample(found: frozenset[int]) -> list[int]:
    return sorted(key for key in found if key % _SAMPLED == 0)


class Memo:
    """The file; None keeps it in memory. Whatever the disk refuses is forgotten, nothing worse."""

    def __init__(self, path: Path | None) -> None:
        self._db = open_scratch(path, _FORM, _SCHEMA, "addresses")

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with contextlib.suppress(sqlite3.Error), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    # -- addresses -------------------------------------------------------------------------------------------------

    def address(self, url: str) -> Known:
        """Give what is remembered of an address."""
        sql = "SELECT article, etag, modified, at, tries, why FROM addresses WHERE url = ?"
        row = self._first(sql, url)
        return Known(*row) if row else Known()

    def _first(self, sql: str, value: str) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._db.execute(sql, (value,)).fetchone()
        except sqlite3.Error:
            return None
        return row

    def came(self, url: str, article: str, etag: str | None = None, modified: str | None = None) -> None:
        """Remember what an address gave, and the stamps to ask with next time."""
        self._put(url, Known(article, etag, modified, now()))

    def failed(self, url: str, why: str) -> None:
        """Remember that an address could not be taken in."""
        old = self.address(url)
        self._put(url, Known(old.article, old.etag, old.modified, now(), old.tries + 1, why))

    def _put(self, url: str, known: Known) -> None:
        row = (url, known.article, known.etag, known.modified, known.at, known.tries, known.why)
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO addresses VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    # -- texts -----------------------------------------------------------------------------------------------------

    def by_source(self, sha: str) -> str | None:
        """Give the id of the article whose current text came of these very bytes."""
        row = self._first("SELECT article FROM texts WHERE source = ?", sha)
        return str(row[0]) if row else None

    def learn(self, article_id: str, version: Version) -> frozenset[int]:
        """Remember the text of an article in the place of an older one; give its runs of words."""
        found = grams(version.text)
        sample = _sample(found) if len(found) >= _LEAST_GRAMS else []
        with self._writing():
            self._forget(article_id)
            row = (article_id, version.sha256, version.source_sha256, len(sample))
            number = self._db.execute(
                "INSERT INTO texts (article, version, source, size) VALUES (?, ?, ?, ?)", row
            ).lastrowid
            self._db.executemany("INSERT INTO grams VALUES (?, ?)", ((key, number) for key in sample))
        return found

    def _forget(self, article_id: str) -> None:
        for number in self._db.execute("SELECT n FROM texts WHERE article = ?", (article_id,)).fetchall():
            self._db.execute("DELETE FROM grams WHERE text = ?", number)
            self._db.execute("DELETE FROM texts WHERE n = ?", number)

    def alike(self, found: frozenset[int], least: float) -> list[str]:
        """Give the few articles that may share at least the share `least` of their runs of words, the likeliest first.

        A sample decides, one run in eight: the answer costs the same with many articles as with few.
        """
        if len(found) < _LEAST_GRAMS:
            return []
        sample = _sample(found)
        hits: dict[int, int] = {}
        for at in range(0, len(sample), _AT_ONCE):
            some = sample[at : at + _AT_ONCE]
            sql = f"SELECT text, count(*) FROM grams WHERE key IN ({','.join('?' * len(some))}) GROUP BY text"
            for text, count in self._db.execute(sql, some):
                hits[text] = hits.get(text, 0) + count
        ranked = []
        for text, count in sorted(hits.items(), key=lambda hit: -hit[1])[: 4 * _CANDIDATES]:
            article, size = self._db.execute("SELECT article, size FROM texts WHERE n = ?", (text,)).fetchone()
            share = count / max(1, min(len(sample), size))
            if share >= least * _PROMISING:
                ranked.append((-share, str(article)))
        return [article for _, article in sorted(ranked)[:_CANDIDATES]]

    def catch_up(self, library: Library, tell: Callable[[int], None]) -> None:
        """Learn the texts of the library that are not known yet, and forget those that are gone.

        `tell` is told how many are left.
        """
        known: dict[str, str] = {}
        with contextlib.suppress(sqlite3.Error):
            known.update(self._db.execute("SELECT article, version FROM texts"))
        there = {article.id: article for article in library.articles()}
        missing = [article for article in there.values() if known.get(article.id) != article.version]
        missing.sort(key=lambda article: (article.retrieved, article.id))
        with self._writing():
            for gone in known.keys() - there.keys():
                self._forget(gone)
        for at, article in enumerate(missing):
            tell(len(missing) - at)
            with contextlib.suppress(LibraryError):  # a damaged text is for newsreader check to tell
                self.learn(article.id, library.version(article.id))
