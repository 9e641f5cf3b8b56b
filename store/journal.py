"""The crash-safe TinyDB storage: a snapshot and a journal of every change since.

    db = JournalDB(folder / "library.json")
    db.table("claims").insert({...})          # in the journal and on the disk before it returns

A change is appended and flushed to the disk before memory knows of it. Several programs can use one library: a lock
is held for the moment of a change, and each follows the journal of the others.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage

from store.engine import recovery
from store.engine.compaction import Step, compact
from store.engine.files import read_from, reason, sync_folder, write_all
from store.engine.frames import encode, frame, parse
from store.engine.layout import Layout
from store.engine.lock import FolderLock
from store.engine.state import State, Tables
from store.engine.table import JournalTable, JsonTable
from store.errors import LibraryError, ReadOnlyError

Documents = Mapping[str, Mapping[str, Any] | None]


def _no_step(_: str) -> None:
    """Stand in where nobody watches the steps of a commit."""


class JournalStorage(Storage):
    """Keeps TinyDB's tables in a snapshot and a journal.

    `notices` are lines for a person about what recovery found. `read_only` says why nothing can be changed now, and is
    empty when everything can. `step` is called with a name before each step of a commit or a compaction.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        schema: int = 0,
        device: str = "",
        user: str = "",
        step: Step = _no_step,
    ) -> None:
        super().__init__()
        self.layout = Layout(Path(path))
        self.schema, self.device, self.user, self.step = schema, device, user, step
        self.notices: list[str] = []
        self.read_only = ""
        self.version = 0  # grows whenever the tables change
        self._state = State()
        self._fd = -1
        self._generation, self._offset = 1, 0
        self._sealed = 0
        self._identity: recovery.Identity | None = None
        self._dirty: dict[str, set[str]] = {}
        self._all_dirty = True
        self._lock = FolderLock(self.layout.lock)
        self._open()

    def _open(self) -> None:
        if not self._lock.writable or not os.access(self.layout.folder, os.W_OK):
            self.read_only = f"{self.layout.folder}: the folder cannot be written"
            self.notices.append(f"{self.read_only}; the library is open for reading only")
        with self.exclusive():
            pass
        if not self._lock.shared and not self.read_only:
            self.notices.append(
                f"{self.layout.folder}: the file system has no locks; do not use this library in two programs at once"
            )

    # -- what others see -------------------------------------------------------------------------------------------

    @property
    def tables(self) -> Tables:
        """The documents of every table as JSON, as last read or written; not to be changed."""
        return self._state.tables

    @property
    def revision(self) -> int:
        """The number of the last change."""
        return self._state.seq

    @property
    def stored_schema(self) -> int:
        """The schema version that the library was written with."""
        return self._state.schema

    @property
    def journal_size(self) -> int:
        """Bytes in the journal since the snapshot."""
        return self._offset

    def next_id(self, table: str) -> int:
        """Find the id for a new document; an id is never given twice, not even after a removal."""
        return self._state.next_ids.get(table, 1)

    def take_dirty(self) -> dict[str, set[str]] | None:
        """Hand over which documents changed since the last call; None when everything may have."""
        dirty, everything = self._dirty, self._all_dirty
        self._dirty, self._all_dirty = {}, False
        return None if everything else dirty

    # -- one at a time ---------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[Self]:
        """Hold the lock, with the changes of every other program taken in."""
        with self._lock:
            if self._lock.outermost:
                self._catch_up()
            yield self

    def refresh(self) -> int:
        """Take in what other programs changed and return `version`; two looks at the file system when nothing did."""
        with self._lock.threads:
            if not self._lock.held and self._stale():
                with self.exclusive():
                    pass
            return self.version

    def _stale(self) -> bool:
        if self._fd < 0:
            return True
        return os.fstat(self._fd).st_size != self._offset or self._snapshot_identity() != self._identity

    def _snapshot_identity(self) -> recovery.Identity | None:
        try:
            return recovery.identity(os.stat(self.layout.snapshot))
        except FileNotFoundError:
            return None

    def _catch_up(self) -> None:
        if self._fd < 0:
            self._load()
            return
        if os.fstat(self._fd).st_size != self._offset and not self._follow():
            self._load()
            return
        now = self._snapshot_identity()
        if now == self._identity:
            return
        while self._sealed and self._switch(self._sealed) and self._follow():
            self._identity = now
        if self._identity != now or self._sealed:
            self._load()

    def _follow(self) -> bool:
        """Take in what stands in the journal after our place; False asks for reading everything again."""
        data = read_from(self._fd, self._offset)
        found = recovery.scan(data)
        if not data or found.damaged or found.torn or os.fstat(self._fd).st_size < self._offset:
            return False
        for record in found.records:
            self._state.apply(record)
            self._note(record.d)
            self._sealed = record.seal or self._sealed
        self._offset += found.size
        self.version += 1
        return True

    def _note(self, changes: Mapping[str, Mapping[str, Raw] | None]) -> None:
        for name, documents in changes.items():
            if documents is None:
                self._all_dirty = True
            else:
                self._dirty.setdefault(name, set()).update(documents)

    def _switch(self, generation: int) -> bool:
        """Go on with another journal from its beginning."""
        flags = os.O_RDONLY if self.read_only else os.O_RDWR | os.O_CREAT | os.O_APPEND
        try:
            fd = os.open(self.layout.journal(generation), flags | os.O_CLOEXEC, 0o600)
        except FileNotFoundError:
            return False
        if self._fd >= 0:
            os.close(self._fd)
        self._fd, self._generation, self._offset, self._sealed = fd, generation, 0, 0
        return True

    def _load(self) -> None:
        """Read everything; called with the lock held."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        loaded = recovery.load(self.layout, repair=not self.read_only)
        fresh = loaded.identity is None and not loaded.rebuilt
        self._state = loaded.state
        self.notices += [notice for notice in loaded.notices if notice not in self.notices]
        if fresh:
            self._state.schema = self.schema
        self._check_schema()
        new = not self.layout.journal(loaded.generation).exists()
        if self._switch(loaded.generation):
            self._offset = loaded.offset
        if new and not self.read_only:
            sync_folder(self.layout.folder)
        self._identity = loaded.identity
        self._all_dirty = True
        self.version += 1
        gc.freeze()
        if (fresh or loaded.rebuilt) and not self.read_only:
            self._compact()

    def _check_schema(self) -> None:
        if self.schema and self._state.schema > self.schema and not self.read_only:
            self.read_only = (
                f"{self.layout.snapshot}: written by a newer version of the program "
                f"(schema {self._state.schema}, this one knows {self.schema})"
            )
            self.notices.append(f"{self.read_only}; it is open for reading only: update the program to change it")

    # -- writing ---------------------------------------------------------------------------------------------------

    def commit(self, changes: Mapping[str, Documents | None], what: str = "") -> int:
        """Write one change, of any number of tables, wholly or not at all; return its revision.

        A document None is removed, a table None is dropped. Nothing in memory changes before the disk has it. Raises
        ReadOnlyError, or LibraryError when the disk refuses; TypeError and ValueError for what JSON cannot hold.
        """
        with self.exclusive():
            if self.read_only:
                raise ReadOnlyError(f"{self.read_only}: the change was not saved")
            record = {
                "s": self._state.seq + 1,
                "t": _now(),
                "v": self.device,
                "u": self.user,
                "w": what,
                "d": changes,
            }
            payload = encode(record)
            line = frame(payload)
            self._append(line)
            self._offset += len(line)
            taken = parse(payload)  # what a reopening would give, not the caller's objects
            self._state.apply(taken)
            self._note(taken.d)
            self.version += 1
            return self._state.seq

    def _append(self, line: bytes) -> None:
        path = self.layout.journal(self._generation)
        try:
            self.step("append")
            write_all(self._fd, line)
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
