"""Rows into the tables of the index and out of them, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from store.model import Quote
from store.search.cache import Cache
from store.search.rows import Row, is_sure

_DOCS = f"INSERT INTO docs VALUES ({', '.join('?' * 16)})"
_MARKS = "INSERT INTO marks (rowid, body, who, tags, note) VALUES (?, ?, ?, ?, ?)"
_TEXTS = "INSERT INTO texts (rowid, body, who) VALUES (?, ?, ?)"
_QUOTES = "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?)"
_TAGGED = "INSERT OR IGNORE INTO tagged VALUES (?, ?)"

# One statement for many rows: between statements FTS5 writes out what it gathered, and that costs more than the words.


class Writer:
    """Gathers the rows of one change and writes them together; to be made inside the change."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._next = int(cache.rows("SELECT coalesce(max(n), 0) FROM docs")[0][0])
        self._rows: dict[str, list[Sequence[Any]]] = {sql: [] for sql in (_DOCS, _MARKS, _TEXTS, _QUOTES, _TAGGED)}

    def put(self, row: Row, article: int | None) -> None:
        """Add a row; `article` is the number of its article."""
        self._next += 1
        n = self._next
        self._rows[_DOCS].append((
            n, row.kind, article, row.key, row.start, row.end, row.body, row.who, row.note, row.verdict, row.state,
            row.said, row.author, row.labels, row.id, row.stamp,
        ))  # fmt: skip
        self._rows[_TEXTS if row.kind == "text" else _MARKS].append((n, *row.folded))
        self._rows[_QUOTES] += [(n, article, *_facts(quote)) for quote in row.quotes]
        self._rows[_TAGGED] += [(n, tag) for tag in row.tags]

    def drop_article(self, number: int) -> None:
        """Take out what is known of an article itself, not the claims on it."""
        found = self._cache.rows(
            "SELECT n, kind FROM docs WHERE article = ? AND kind IN ('text', 'article')", (number,)
        )
        self._drop([doc for doc, kind in found if kind == "text"], "texts")
        self._drop([doc for doc, kind in found if kind == "article"], "marks")
        if found:
            self._cache.rows("DELETE FROM quotes WHERE article = ?", (number,))

    def drop_keys(self, keys: Iterable[str]) -> None:
        """Take out claims, tags or speakers."""
        docs = [doc for key in keys for (doc,) in self._cache.rows("SELECT n FROM docs WHERE key = ?", (key,))]
        self._drop(docs, "marks")
        if docs:
            self._cache.many("DELETE FROM tagged WHERE doc = ?", [(doc,) for doc in docs])

    def _drop(self, docs: Sequence[int], table: str) -> None:
        if docs:
            self._cache.many(f"DELETE FROM {table} WHERE rowid = ?", [(doc,) for doc in docs])
            self._cache.many("DELETE FROM docs WHERE n = ?", [(doc,) for doc in docs])

    def flush(self) -> None:
        """Write what was added."""
        for sql, rows in self._rows.items():
            if rows:
                self._cache.many(sql, rows)
                rows.clear()


def _facts(quote: Quote) -> tuple[int, int, str | None, str, bool]:
    return (quote.start, quote.end, quote.speaker, quote.kind, is_sure(quote))
