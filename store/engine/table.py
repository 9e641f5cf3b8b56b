"""TinyDB's Table on the journal: the same calls, each one change and one critical section.

Private names of TinyDB that are overridden: `_read_table`, `_update_table`, `_get_next_id`, `_next_id`. They have been
there in every 4.x; a test holds on to them, and without them the stock Table works on the storage too, only slower.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Raw
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

if TYPE_CHECKING:
    from store.journal import JournalStorage

_decode = msgspec.json.decode


class JsonTable(Mapping[str, dict[str, Any]]):
    """A table's documents by id, each decoded anew when it is looked at: changing one changes nothing stored."""

    __slots__ = ("_documents",)

    def __init__(self, documents: Mapping[str, Raw]) -> None:
        self._documents = documents

    def __getitem__(self, key: str) -> dict[str, Any]:
        document: dict[str, Any] = _decode(self._documents[key])
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._documents))

    def __len__(self) -> int:
        return len(self._documents)


class Layer(MutableMapping[int, Any]):
    """What an updater sees of a table: the stored documents with its own changes on top."""

    __slots__ = ("_base", "_changed", "_gone")

    def __init__(self, base: Mapping[str, Raw]) -> None:
        self._base = base
        self._changed: dict[int, Any] = {}
        self._gone: set[int] = set()

    def __contains__(self, key: object) -> bool:
        return key in self._changed or (key not in self._gone and str(key) in self._base)

    def __getitem__(self, key: int) -> Any:
        if key in self._changed:
            return self._changed[key]
        if key in self._gone:
            raise KeyError(key)
        document = self._changed[key] = _decode(self._base[str(key)])
        return document

    def __setitem__(self, key: int, document: Any) -> None:
        self._gone.discard(key)
        self._changed[key] = document

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._changed.pop(key, None)
        self._gone.add(key)

    def __iter__(self) -> Iterator[int]:
        for text in list(self._base):
            key = int(text)
            if key not in self._gone and key not in self._changed:
                yield key
        yield from list(self._changed)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every document."""
        self._changed.clear()
        self._gone = {int(key) for key in self._base}

    def difference(self) -> dict[str, Any]:
        """List what changed: documents by id, None for the removed."""
        changes: dict[str, Any] = {str(key): None for key in self._gone if str(key) in self._base}
        for key, document in self._changed.items():
            check_json(document)
            changes[str(key)] = document
        return changes


def check_json(value: Any) -> None:
    """Raise TypeError or ValueError for what would not come back from JSON."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if not isinstance(key, str | int | float | bool | None):
                raise TypeError(f"a key of type {type(key).__name__} is not JSON serializable")
            check_json(part)
    elif isinstance(value, list | tuple):
        for part in value:
            check_json(part)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not JSON serializable")
    elif value is not None and not isinstance(value, str | int | bool):
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class JournalTable(Table):
    """A TinyDB table whose changes cost what they change, not what the table holds."""

    _storage: JournalStorage

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,
    ) -> None:
        self._seen = -1
        super().__init__(storage, name, cache_size=cache_size)
        if persist_empty:  # the stock Table would empty a table that is there
            with self._storage.exclusive():
                if name not in self._storage.tables:
                    self._storage.commit({name: {}})

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        version = self._storage.refresh()
        if version != self._seen:
            self.clear_cache()
            self._seen = version
        return JsonTable(self._storage.tables.get(self.name, {}))  # type: ignore[return-value]

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._storage.exclusive():
            layer = Layer(self._storage.tables.get(self.name, {}))
            updater(layer)  # type: ignore[arg-type]
            changes = layer.difference()
            if changes or self.name not in self._storage.tables:
                self._storage.commit({self.name: changes})
            self._next_id = None
        self.clear_cache()

    def _get_next_id(self) -> int:
        following: int = self._storage.next_id(self.name) if self._next_id is None else self._next_id
        self._next_id: int | None = following + 1  # type: ignore[assignment]
        return following

    def _matching(self, condition: QueryLike) -> list[int]:
        return [int(key) for key, document in self._read_table().items() if condition(document)]

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document and return its id."""
        with self._storage.exclusive():
            self._next_id = None
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents, all or none, and return their ids."""
        with self._storage.exclusive():
            self._next_id = None
            try:
                return super().insert_multiple(documents)
            finally:
                self._next_id = None

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Set fields of the matching documents and return their ids."""
        with self._storage.exclusive():
            if doc_ids is None and cond is not None:
                doc_ids = self._matching(cond)
            return super().update(fields, None, doc_ids)

    def update_multiple(
        self, updates: Iterable[tuple[Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None], QueryLike]]
    ) -> list[int]:
        """Make several updates in one change and return the ids of the updated documents."""
        pairs = list(updates)
        updated: list[int] = []

        def updater(layer: dict[int, Any]) -> None:
            for key in list(self._read_table()):
                for fields, condition in pairs:
                    number = int(key)
                    if condition(_peek(layer, number)):
                        updated.append(number)
                        fields(layer[number]) if callable(fields) else layer[number].update(fields)

        self._update_table(updater)
        return updated

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the matching documents, or insert one when none matches."""
        with self._storage.exclusive():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the matching documents and return their ids."""
        with self._storage.exclusive():
            if doc_ids is None and cond is not None:
                doc_ids = self._matching(cond)
            return super().remove(None, doc_ids)

    def truncate(self) -> None:
        """Remove every document; their ids are not given again."""
        super().truncate()

    def search(self, cond: QueryLike) -> list[Document]:
        """Find the matching documents; what is returned is the caller's own."""
        self._read_table()  # drops the query cache when something changed
        return [Document(_copy(document), document.doc_id) for document in super().search(cond)]

    def get(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Document | list[Document] | None:
        """Get one document, or those with the given ids."""
        if doc_ids is not None and doc_id is None:
            table = self._read_table()
            return [Document(table[str(key)], key) for key in dict.fromkeys(doc_ids) if str(key) in table]
        return super().get(cond, doc_id, doc_ids)  # type: ignore[arg-type]


def _peek(layer: Any, key: int) -> Any:
    """Read a document of a layer without marking it as changed."""
    if isinstance(layer, Layer) and key not in layer._changed:
        return _decode(layer._base[str(key)])
    return layer[key]


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_copy(part) for part in value]
    return value
