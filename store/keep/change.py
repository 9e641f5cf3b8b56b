"""One change of the library: any number of records, one line of the journal, one step of undo."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from store.documents import Document, on_one_line, plain, whole
from store.errors import LibraryError
from store.ids import key_of, now
from store.journal import JournalStorage
from store.keep.lineage import Traced, traced
from store.keep.step import Before, Step, difference, head_of, overlap, read_step, written

STEPS = "steps"
KEPT_STEPS = 500
R = TypeVar("R", bound=Struct)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Steps:
    """Which steps there are, which of them are undone, and which are this program's to turn over.

    Those are the steps of this run and what was there when it began. What another program does meanwhile is its own.
    """

    __slots__ = ("_inherited", "_passed", "_standing", "_storage", "_undone", "run")

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        self._standing: dict[int, Step] = {}
        self._undone: dict[int, Step] = {}
        self._inherited: dict[int, Step] | None = None
        self._passed: set[int] = set()
        self.run = os.urandom(4).hex()

    def update(self, changed: set[str] | None) -> None:
        """Take in the steps that changed, or all."""
        stored = self._storage.tables.get(STEPS, {})
        if changed is None:
            self._standing, self._undone = {}, {}
            changed = set(stored)
        for number in sorted(map(int, changed)):
            document = stored.get(str(number))
            self._standing.pop(number, None)
            self._undone.pop(number, None)
            mark = None if document is None else head_of(document)
            if mark is not None:
                (self._undone if mark.undone else self._standing)[number] = mark
        if self._inherited is None:
            self._inherited = self._standing | self._undone

    def _mine(self, number: int, mark: Step) -> bool:
        return mark.by == self.run or (self._inherited or {}).get(number) == mark

    def surplus(self) -> list[int]:
        """List the steps that a new one puts out of reach: the undone, and the oldest beyond those that are kept."""
        many = len(self._standing) - KEPT_STEPS + 1
        oldest = sorted(self._standing)[:many] if many > 0 else []
        return [*oldest, *(number for number, mark in self._undone.items() if self._mine(number, mark))]

    def next(self, *, undone: bool) -> int | None:
        """Find the step that a redo would make again (the first undone), or that an undo would take back."""
        marks = self._undone if undone else self._standing
        numbers = (number for number in sorted(marks, reverse=not undone) if number not in self._passed)
        return next((number for number in numbers if self._mine(number, marks[number])), None)

    def pass_over(self, number: int) -> None:
        """Leave a step as it is from now on."""
        self._passed.add(number)

    def changed_since(self, number: int, step: Step) -> Step | None:
        """Find the last step that stands, came after this one and is about the same."""
        for later in sorted((later for later in self._standing if later > number), reverse=True):
            other = self.read(later)
            if overlap(step, other):
                return other
        return None

    def head(self, number: int) -> Step:
        """Read a step without the records."""
        return replace(self._standing.get(number) or self._undone[number])

    def read(self, number: int) -> Step:
        """Read a step. LibraryError when it cannot be read any more; it stays as it is from then on."""
        try:
            return read_step(self._storage.tables[STEPS][str(number)])
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self.pass_over(number)
            raise LibraryError(f"step {number} cannot be read ({error}); the one before it can be undone") from error


class Change:
    """Collects records to write; `commit` writes them.

    `step` says whether the change can be undone: True makes a new step, a number turns that step over, False neither.
    Fields of a record that this program does not know stay as they are.
    """

    __slots__ = ("_derived", "_new", "_steps", "_storage", "step", "what")

    def __init__(self, storage: JournalStorage, steps: Steps, what: str, *, step: bool | int = True) -> None:
        self._storage = storage
        self._steps = steps
        self.what = what
        self.step = step
        self._new: dict[str, dict[str, Raw | None]] = {}  # as JSON: nothing for the garbage collector to look through
        self._derived: set[tuple[str, str]] = set()

    def put(self, table: str, record: Struct, *, derived: bool = False, more: Document | None = None) -> None:
        """Write a record with an `id`. A derived one is made again after an undo, not taken back.

        `more` is the record with fields that are not known.
        """
        key = key_of(record.id)  # type: ignore[attr-defined]
        present = self.present(table, key)
        if present is not None and isinstance(record, Traced):
            record = traced(record, msgspec.convert(present, type(record)))
        fields = plain(record) if more is None else whole(record, more)
        if derived and key not in self._new.get(table, {}):
            self._derived.add((table, key))
        elif not derived:
            self._derived.discard((table, key))
        self.put_document(table, key, fields if present is None else present | fields)

    def put_document(self, table: str, key: str, document: Document | Raw | None) -> None:
        """Write a document as it is, or its JSON on one line, or remove it with None.

        TypeError and ValueError for what JSON cannot hold.
        """
        new = document if document is None or isinstance(document, Raw) else Raw(_encode(document))
        self._new.setdefault(table, {})[key] = new

    def drop(self, table: str, record_id: str) -> None:
        """Remove a record."""
        self.put_document(table, key_of(record_id), None)

    def present(self, table: str, key: str) -> Document | None:
        """Return a document as this change leaves it."""
        if key in self._new.get(table, {}):
            return _read(self._new[table][key])
        return self.stored(table, key)

    def holds(self, table: str, key: str) -> bool:
        """Tell whether there is a document once this change is made."""
        new = self._new.get(table, {})
        return new[key] is not None if key in new else key in self._storage.tables.get(table, {})

    def records(self, table: str, kind: type[R]) -> Iterator[R]:
        """Give the records of a table that this change writes, each read when its turn comes."""
        read = msgspec.json.Decoder(kind).decode
        return (read(new) for new in tuple(self._new.get(table, {}).values()) if new is not None)

    def removed(self, table: str) -> set[str]:
        """List the document ids of a table that this change removes."""
        return {key for key, new in self._new.get(table, {}).items() if new is None}

    def keys(self, table: str) -> set[str]:
        """List the document ids of a table that this change touches."""
        return set(self._new.get(table, {}))

    def stored(self, table: str, key: str) -> Document | None:
        """Return a document as it was before this change."""
        return _read(self._storage.tables.get(table, {}).get(key))

    def commit(self) -> bool:
        """Write what differs from what is there; False when nothing does.

        A step is turned over in any case: what it did may have been done meanwhile in another way.
        """
        changes: dict[str, dict[str, Raw | None]] = {}
        was: dict[str, dict[str, Before]] = {}
        for table, documents in self._new.items():
            stored = self._storage.tables.get(table, {})
            for key, new in documents.items():
                old = stored.get(key)
                if _same(old, new):
                    continue
                changes.setdefault(table, {})[key] = new
                if (table, key) not in self._derived:
                    was.setdefault(table, {})[key] = _before(old, new)
        turning = not isinstance(self.step, bool)
        if not changes and not turning:
            return False
        if turning or (self.step and was):
            changes[STEPS] = self._step_documents(was)
        self._storage.commit(changes, self.what)
        let_go(self._new, changes, was)
        return True

    def _step_documents(self, was: dict[str, dict[str, Before]]) -> dict[str, Raw | None]:
        if self.step is not True:
            step = self._steps.head(self.step)
            step.undone, step.was, step.by = not step.undone, was, self._steps.run
            return {str(self.step): written(step)}
        documents: dict[str, Raw | None] = {str(number): None for number in self._steps.surplus()}
        step = Step(what=self.what, at=now(), by=self._steps.run, was=was)
        documents[str(self._storage.revision + 1)] = written(step)
        return documents


def _same(old: Raw | None, new: Raw | None) -> bool:
    return old is new or (old is not None and new is not None and _decode(old) == _decode(new))


def _before(old: Raw | None, new: Raw | None) -> Before:
    if old is None:
        return None
    return {"doc": on_one_line(old)} if new is None else difference(_decode(old), _decode(new))


def _read(document: Raw | None) -> Document | None:
    return None if document is None else _decode(document)


def let_go(*held: Mapping[str, dict[str, Any]]) -> None:
    """Empty the dicts that nobody needs any more, bit by bit: 100,000 documents at once would hold up other threads."""
    for tables in held:
        for documents in tables.values():
            while documents:
                documents.popitem()
