"""SQLite files that can be thrown away at any time and are made again from what the library keeps."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def open_scratch(path: Path | None, form: str, schema: str, kept: str = "") -> sqlite3.Connection:
    """Open a file of this `form`, in memory for None; one of another form, or damaged, is made anew.

    `schema` makes the tables; of a file of another form the table `kept` stays, if it was made alike there. A place
    that cannot be written gives one in memory.
    """
    import sqlite3  # noqa: PLC0415 - what only reads a source needs none

    if path is not None and not os.access(path.parent, os.W_OK):
        path = None
    try:
        return _open(path, form, schema, kept)
    except sqlite3.Error:
        if path is None:
            raise
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()
    try:
        return _open(path, form, schema, kept)
    except sqlite3.Error:
        return _open(None, form, schema, kept)


def _open(path: Path | None, form: str, schema: str, kept: str) -> sqlite3.Connection:
    import sqlite3  # noqa: PLC0415

    db = sqlite3.connect(
        ":memory:" if path is None else path, timeout=10, isolation_level=None, check_same_thread=False
    )
    try:
        if path is not None:
            with contextlib.suppress(OSError):
                path.chmod(0o600)
        db.execute("PRAGMA synchronous = OFF")  # nothing here is worth a wait for the disk
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE IF NOT EXISTS form (name TEXT)")
        there = db.execute("SELECT name FROM form").fetchone()
        if there is None or there[0] != form:
            _make(db, [statement.strip() for statement in schema.split(";")], kept)
            db.execute("DELETE FROM form")
            db.execute("INSERT INTO form VALUES (?)", (form,))
        db.execute("COMMIT")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _make(db: sqlite3.Connection, statements: list[str], kept: str) -> None:
    """Make the tables, in the place of those of another form; the table `kept` stays where it was made alike."""
    there = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'form'").fetchall()
    stays = {sql for name, sql in there if name == kept and sql in statements}
    for name, sql in there:
        if sql not in stays:
            db.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
    for statement in statements:
        if statement not in stays:
            db.execute(statement)
