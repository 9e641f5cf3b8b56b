"""The index on the disk: one SQLite file that can be thrown away at any time and is made again from the library.

Two full-text tables hold folded words: `marks` for claims, tags, speakers and articles, `texts` for paragraphs. `docs`
has the printed words of both; `quotes` who says what in a paragraph; `words` every folded word, for typos.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from store.errors import LibraryError
from store.search.fold import FOLDING

FORM = f"5.{FOLDING}"
"""The form of the file; a file of another form is made again."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE articles (n INTEGER PRIMARY KEY, id TEXT UNIQUE, stamp TEXT, day TEXT);
CREATE TABLE docs (n INTEGER PRIMARY KEY, kind TEXT, article INTEGER, key TEXT, start INTEGER, "end" INTEGER,
                   body TEXT, who TEXT, note TEXT, verdict TEXT, state TEXT, said TEXT, author TEXT, labels TEXT,
                   id TEXT, stamp TEXT);
CREATE INDEX docs_key ON docs (key) WHERE key IS NOT NULL;
CREATE INDEX docs_article ON docs (article);
CREATE INDEX docs_who ON docs (who) WHERE kind = 'claim';
CREATE TABLE quotes (doc INTEGER, article INTEGER, start INTEGER, "end" INTEGER, speaker TEXT, speech TEXT,
                     sure INTEGER);
CREATE INDEX quotes_doc ON quotes (doc);
CREATE INDEX quotes_article ON quotes (article);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE TABLE tagged (doc INTEGER, tag TEXT, PRIMARY KEY (tag, doc)) WITHOUT ROWID;
CREATE INDEX tagged_doc ON tagged (doc);
CREATE TABLE words (word TEXT PRIMARY KEY, name INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE marks USING fts5 (body, who, tags, note, tokenize = 'ascii', prefix = '2 3');
CREATE VIRTUAL TABLE texts USING fts5 (body, who, tokenize = 'ascii', prefix = '2 3');
INSERT INTO marks (marks, rank) VALUES ('automerge', 0), ('crisismerge', 32);
INSERT INTO texts (texts, rank) VALUES ('automerge', 0), ('crisismerge', 32);
"""

# FTS5 merges its parts while it writes, by default, and that made one change in fifty ten times slower than the others.
# Here it waits for `tidy`, or for 32 parts of a size.

MOST_TOGETHER = 40
_PATIENCE = 10
"""Seconds to wait for another program that writes the file."""
_NOTHING_MERGED = 2
"""The changes that SQLite counts for two tables when none of their parts were merged."""


class Cache:
    """An open index file; None as path keeps it in memory."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._version = self._together = 0
        self._untidy = False
        try:
            self._db = self._open()
        except sqlite3.Error as error:
            if path is None:
                raise LibraryError(f"search needs Python's sqlite3 with FTS5 ({error}); use another Python") from None
            self.path = None  # the place cannot be written, or its file is damaged and cannot be replaced
            self._db = self._open()
        self.changed_elsewhere()

    def _open(self) -> sqlite3.Connection:
        db = self._connect()
        try:
            form = _form(db)
            if form == FORM or (form is None and _make(db)):
                return db
        except sqlite3.Error as error:
            if is_busy(error) or self.path is None:
                db.close()
                raise
        db.close()  # damaged, or of another form: made again
        if self.path is not None:
            remove(self.path)
        db = self._connect()
        _make(db)
        return db

    def _connect(self) -> sqlite3.Connection:
        name = ":memory:" if self.path is None else str(self.path)
        db = sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        if self.path is not None:
            with contextlib.suppress(OSError):
                self.path.chmod(0o600)
        db.execute("PRAGMA synchronous = OFF")  # nothing here is worth a wait for the disk
        db.execute("PRAGMA journal_mode = TRUNCATE")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -32000")
        return db

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and give its rows."""
        return self._db.execute(sql, tuple(values)).fetchall()

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of many rows."""
        self._db.executemany(sql, values)

    def value(self, name: str) -> str | None:
        """Give what was noted under a name."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return None if not found else str(found[0][0])

    def note(self, name: str, value: str) -> None:
        """Note something under a name."""
        self.rows("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @contextlib.contextmanager
    def change(self, *, more: bool = False) -> Iterator[None]:
        """Make several changes at once, or none of them.

        With `more` they are written together with those that follow: FTS5 merges less, so that all is done sooner.
        """
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._together = self._together + 1 if more else 0
            self._untidy = True
            if self._together % MOST_TOGETHER == 0:
                self._db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # on a full disk SQLite has rolled back already
                self._db.execute("ROLLBACK")
            raise

    def changed_elsewhere(self) -> bool:
        """Tell whether another connection changed the file since the last time this was asked."""
        before, self._version = self._version, int(self.rows("PRAGMA data_version")[0][0])
        return before != self._version

    def settle(self) -> None:
        """Write what was to be written together with more."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def tidy(self, pages: int) -> None:
        """Merge parts of the full-text tables when there are several of a size, writing about so many pages."""
        if not self._untidy:
            return
        before = self._db.total_changes
        self._db.execute("PRAGMA busy_timeout = 0")  # another program's writing is not worth a wait
        try:
            for table in ("marks", "texts"):
                self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
        finally:
            self._db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
        self._untidy = self._db.total_changes - before > _NOTHING_MERGED

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _form(db: sqlite3.Connection) -> str | None:
    """Give the form of an index; None when the file is empty."""
    if not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        return None
    found = db.execute("SELECT value FROM meta WHERE name = 'form'").fetchone()
    return "" if found is None else str(found[0])


def _make(db: sqlite3.Connection) -> bool:
    """Make the tables, unless another program just did; False when it made others."""
    db.execute("BEGIN IMMEDIATE")
    made = _form(db)
    if made is None:
        for statement in _SCHEMA.split(";"):
            db.execute(statement)
        db.execute("INSERT INTO meta VALUES ('form', ?)", (FORM,))
    db.execute("COMMIT")
    return made is None or made == FORM


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another program holds the file just now."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def remove(path: Path) -> None:
    """Delete an index file and what SQLite lays beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()
