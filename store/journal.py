"""The crash-safe TinyDB storage: a snapshot and a journal of every change since.

    db = JournalDB(folder / "library.json")
    db.table("claims").insert({...})          # in the journal and on the disk before it returns

A change is appended and flushed to the disk before memory knows of it. Several programs can use one library: a lock
is held for the moment of a change, and each follows the journal of the others.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage

from store.engine.compaction import compact
from store.engine.copies import keep_daily
from store.engine.files import reason, write_all
from store.engine.follower import Follower
from store.engine.frames import Record, documents, encode, pieces
from store.engine.past import pack
from store.engine.table import JournalTable, JsonTable
from store.errors import LibraryError, ReadOnlyError

Documents = Mapping[str, Mapping[str, Any] | Raw | None]


class JournalStorage(Follower, Storage):
    """Keeps TinyDB's tables in a snapshot and a journal.

    `notices` are lines for a person about what recovery found. `read_only` says why nothing can be changed now, and is
    empty when everything can. `step` is called with a name before each step of a commit or a compaction.
    """

    # -- writing ---------------------------------------------------------------------------------------------------

    def commit(self, changes: Mapping[str, Documents | None], what: str = "") -> int:
        """Write one change, of any number of tables, wholly or not at all; return its revision.

        A document None is removed, a table None is dropped; a `Raw` is JSON on one line. Nothing in memory changes
        before the disk has it. Raises ReadOnlyError, or LibraryError when the disk refuses; TypeError and ValueError
        for what JSON cannot hold.
        """
        with self.exclusive():
            if self.read_only:
                raise ReadOnlyError(f"{self.read_only}: the change was not saved")
            taken = Record(
                s=self._state.seq + 1,
                t=_now(),
                v=self.device(),
                u=self.user,
                w=what,
                d=documents(changes),  # what a reopening would give, not the caller's objects
            )
            line = pieces(taken)
            self._append(line)
            self._offset += sum(map(len, line))
            self._state.apply(taken)
            self._note(taken.d)
            self.version += 1
            return self._state.seq

    def _append(self, line: Sequence[bytes | memoryview]) -> None:
        path = self.layout.journal(self._generation)
        try:
            self.step("append")
            for piece in line:
                write_all(self._fd, piece)
        except OSError as error:
            self._take_back()
            raise LibraryError(
                f"{path}: the change was not saved ({reason(error)}); free some space or look after the disk, then "
                "do it again"
            ) from error
        try:
            self.step("sync")
            os.fdatasync(self._fd)
        except OSError as error:  # the system may have dropped the pages: trying again would prove nothing
            self._take_back()
            self.read_only = f"{path}: the disk did not confirm a change ({reason(error)})"
            self.notices.append(f"{self.read_only}; the library is read-only until it is opened again: make a backup")
            raise ReadOnlyError(
                f"{self.read_only}; it was not saved and the library is now read-only: make a backup to another disk"
            ) from error
        self.step("synced")

    def _take_back(self) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._fd, self._offset)

    def compact(self) -> None:
        """Write a new snapshot and begin a new journal. LibraryError when the disk refuses; nothing is lost then."""
        with self.exclusive():
            if self.read_only:
                raise ReadOnlyError(f"{self.read_only}: no new snapshot was written")
            self._compact()
        pack(self.layout, self._lock)

    def _compact(self) -> None:
        try:
            new = compact(self.layout, self._state, self._generation, self._fd, self.step)
        except OSError as error:
            raise LibraryError(
                f"{self.layout.snapshot}: no new snapshot was written ({reason(error)}); nothing is lost, it will be "
                "tried again"
            ) from error
        self._switch(new)
        self._offset = os.fstat(self._fd).st_size
        self._identity = self._snapshot_identity()
        keep_daily(self.layout)

    # -- what plain TinyDB asks for --------------------------------------------------------------------------------

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Give every table; documents are decoded when they are looked at."""
        self.refresh()
        return {name: JsonTable(table) for name, table in self.tables.items()} or None  # type: ignore[misc]

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Write the differences between `data` and what is there; the slow way of `drop_table` and of a stock Table."""
        with self.exclusive():
            changes: dict[str, dict[str, Any] | None] = {name: None for name in self.tables if name not in data}
            for name, documents in data.items():
                difference = self._difference(name, documents)
                if difference or name not in self.tables:
                    changes[name] = difference
            if changes:
                self.commit(changes)

    def _difference(self, name: str, documents: Mapping[Any, Mapping[str, Any]]) -> dict[str, Any]:
        old = self.tables.get(name, {})
        given = {str(key): document for key, document in documents.items()}
        changed: dict[str, Any] = {key: None for key in old if key not in given}
        for key, document in given.items():
            if key not in old or bytes(old[key]) != encode(dict(document)):
                changed[key] = dict(document)
        return changed

    def close(self) -> None:
        """Give the files back; when the journal has grown large, write a snapshot first."""
        if self._fd < 0:
            return
        with self._lock.threads:
            if not self.read_only and self._worth_compacting():
                with contextlib.suppress(LibraryError):
                    self.compact()
            os.close(self._fd)
            self._fd = -1
            self._lock.close()

    def _worth_compacting(self) -> bool:
        size = self._identity[2] if self._identity else 0
        return self._offset > max(1 << 18, size // 4)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class JournalDB(TinyDB):
    """TinyDB on the crash-safe storage."""

    table_class = JournalTable
    default_storage_class = JournalStorage  # type: ignore[assignment]
