"""What a library holds in memory: every table's documents as JSON, decoded only when they are read."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import Any

from msgspec import Raw, Struct, field

from store.engine.frames import NULL, Changes, Record

COUNTED = 1 << 62  # larger ids are made of UUIDs and are no part of the counting
Tables = dict[str, dict[str, Raw]]


class RawTable(Mapping[str, Raw]):
    """A table to read while other threads write to it: going through it goes through a copy of the moment."""

    __slots__ = ("_documents",)

    def __init__(self, documents: dict[str, Raw]) -> None:
        self._documents = documents

    def __getitem__(self, key: str) -> Raw:
        return self._documents[key]

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents.copy())

    def items(self) -> ItemsView[str, Raw]:
        """Give ids and documents as of now."""
        return self._documents.copy().items()

    def values(self) -> ValuesView[Raw]:
        """Give the documents as of now."""
        return self._documents.copy().values()


class State(Struct):
    """Tables, the next free id of each, the revision, and whatever else the snapshot's `_meta` said."""

    tables: Tables = field(default_factory=dict)
    next_ids: dict[str, int] = field(default_factory=dict)
    seq: int = 0
    schema: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    def apply(self, record: Record) -> None:
        """Take in one change of the journal."""
        self.seq = max(self.seq, record.s)
        for name, documents in record.d.items():
            if documents is None:
                self.tables.pop(name, None)
                continue
            self._apply_table(name, documents)

    def _apply_table(self, name: str, documents: dict[str, Raw]) -> None:
        table = self.tables.setdefault(name, {})
        following = self.next_ids.get(name, 1)
        for key, document in documents.items():
            if memoryview(document) == NULL:
                table.pop(key, None)
            else:
                table[key] = document
            number = int(key)
            if following <= number < COUNTED:
                following = number + 1
        self.next_ids[name] = following

    def count_ids(self) -> None:
        """Find the next free id of tables whose counter is not known (another program wrote them)."""
        for name, table in self.tables.items():
            if name not in self.next_ids:
                numbers = (int(key) for key in table)
                self.next_ids[name] = max((n for n in numbers if n < COUNTED), default=0) + 1


def document_bytes(changes: Changes) -> int:
    """Count the bytes of the documents in a change."""
    return sum(len(memoryview(doc)) for docs in changes.values() if docs for doc in docs.values())
