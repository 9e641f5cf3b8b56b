"""Reading a snapshot and its journal, and following what other programs add to it."""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

from msgspec import Raw

from store.engine import recovery
from store.engine.compaction import Step
from store.engine.copies import keep_state
from store.engine.files import read_from, sync_folder
from store.engine.layout import Layout
from store.engine.lock import FolderLock
from store.engine.migrate import Migrations, migrate
from store.engine.state import State, Tables
from store.errors import LibraryError

MANY = 10_000


def _no_step(_: str) -> None:
    """Stand in where nobody watches the steps of a commit."""


class Follower:
    """Reads a library and follows what other programs write to it.

    `notices` are lines for a person about what recovery found. `read_only` says why nothing can be changed now, and is
    empty when everything can. `step` is called with a name before each step of a commit or a compaction.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        schema: int = 0,
        device: Callable[[], str] = str,
        user: str = "",
        step: Step = _no_step,
        migrations: Migrations | None = None,
    ) -> None:
        self.layout = Layout(Path(path))
        self.schema, self.device, self.user, self.step = schema, device, user, step
        self.migrations = migrations or {}
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
    def threads(self) -> threading.RLock:
        """The lock among the threads of this program; a change holds it too."""
        return self._lock.threads

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

    def state_for_backup(self) -> tuple[State, int]:
        """Give what is in memory and the number of the journal that would go on from it; call it under the lock."""
        return self._state, self._generation + 1

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
        """Read everything; called with the lock held. LibraryError when what was open is there no more."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        loaded = recovery.load(self.layout, repair=not self.read_only)
        fresh = loaded.identity is None and not loaded.rebuilt
        if fresh and self.version:
            raise LibraryError(
                f"{self.layout.folder}: the library is not there any more (moved, or its disk taken out?); nothing "
                "was changed: bring it back or open it elsewhere"
            )
        self._state = loaded.state
        self.notices += [notice for notice in loaded.notices if notice not in self.notices]
        if fresh:
            self._state.schema = self.schema
        migrated = self._check_schema()
        new = not self.layout.journal(loaded.generation).exists()
        if self._switch(loaded.generation):
            self._offset = loaded.offset
        if new and not self.read_only:
            sync_folder(self.layout.folder)
        self._identity = loaded.identity
        self._all_dirty = True
        self.version += 1
        if sum(map(len, self._state.tables.values())) > MANY:
            gc.freeze()  # long-lived documents: looking through them for garbage again and again finds nothing
        if (fresh or loaded.rebuilt or migrated) and not self.read_only:
            self._compact()
            if loaded.rebuilt and loaded.identity is None:
                self._compact()  # once more, for a second way: the damaged snapshot is none

    def _check_schema(self) -> bool:
        """Bring an older library to this program's schema; keep hands off a newer one."""
        if self._state.schema < self.schema:
            return migrate(self._state, self.schema, self.migrations, self._before_migration)
        if self.schema and self._state.schema > self.schema and not self.read_only:
            self.read_only = (
                f"{self.layout.snapshot}: written by a newer version of the program "
                f"(schema {self._state.schema}, this one knows {self.schema})"
            )
            self.notices.append(f"{self.read_only}; it is open for reading only: update the program to change it")
        return False

    def _before_migration(self) -> None:
        if not self.read_only:
            path = keep_state(self.layout, self._state)
            self.notices.append(f"{self.layout.snapshot.name} was brought to a newer schema; the old one is {path}")

    def _compact(self) -> None:
        """Write a new snapshot; the storage knows how."""
        raise NotImplementedError
