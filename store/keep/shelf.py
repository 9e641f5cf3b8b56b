"""Typed views of TinyDB's tables: records by id, decoded when they are needed, kept up to date by what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import msgspec
from msgspec import Raw, Struct

from store.ids import key_of
from store.journal import JournalStorage

R = TypeVar("R", bound=Struct)


class Shelf(Generic[R]):
    """The records of one table. `keep` holds on to decoded records; large tables are decoded on each reading.

    `views` is the lock over everything that is derived from the tables. A record that cannot be read is left out and
    named to `complain`, so that one bad record hides no other.
    """

    __slots__ = ("_all", "_complain", "_decode", "_keep", "_storage", "_views", "table")

    def __init__(
        self,
        storage: JournalStorage,
        table: str,
        kind: type[R],
        complain: Callable[[str], None],
        views: threading.RLock,
        *,
        keep: bool = True,
    ) -> None:
        self.table = table
        self._storage = storage
        self._decode = msgspec.json.Decoder(kind).decode
        self._complain = complain
        self._keep = keep
        self._views = views
        self._all: dict[str, R] | None = None

    @property
    def documents(self) -> dict[str, Raw]:
        """The table as it is stored."""
        return self._storage.tables.get(self.table, {})

    def get(self, record_id: str) -> R | None:
        """Return the record with this id, or None."""
        if self._all is not None:
            return self._all.get(key_of(record_id))
        document = self.documents.get(key_of(record_id))
        return None if document is None else self._read(key_of(record_id), document)

    def at(self, key: str) -> R | None:
        """Return the record of a document id, or None."""
        document = self.documents.get(key)
        return None if document is None else self._read(key, document)

    def all(self) -> list[R]:
        """Return every record, in the order in which they were first stored."""
        return [record for _, record in self.items()]

    def each(self) -> Iterator[R]:
        """Give one record after the other, decoded when its turn comes: none is held, and no other thread waits."""
        for key, document in self.documents.copy().items():
            record = self._read(key, document)
            if record is not None:
                yield record

    def items(self) -> list[tuple[str, R]]:
        """Return every record with the id of its document."""
        if self._all is not None:
            return list(self._all.items())
        if self._keep:
            with self._views:  # what is kept has to be told of every change from here on
                self._all = self._read_all()
                return list(self._all.items())
        return list(self._read_all().items())

    def _read_all(self) -> dict[str, R]:
        now = self.documents.copy().items()
        return {key: record for key, document in now if (record := self._read(key, document)) is not None}

    def forget(self, keys: set[str] | None) -> None:
        """Drop what is held of these documents, or of all."""
        if keys is None:
            self._all = None
        elif self._all is not None:
            for key in keys:
                record = self.at(key)
                if record is None:
                    self._all.pop(key, None)
                else:
                    self._all[key] = record

    def _read(self, key: str, document: Raw) -> R | None:
        try:
            return self._decode(document)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._complain(
                f"{self._storage.layout.snapshot.name}: record {key} of {self.table} cannot be read ({error}); "
                "it is kept: run newsreader check"
            )
            return None
