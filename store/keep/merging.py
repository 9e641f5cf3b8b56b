"""Two states of one record, here and in what comes in: which of them stands, and where the other goes.

The later state takes the place of the earlier one. When both were changed since they parted, the one modified later
stands and the other is kept: a claim as a claim of its own, any other record in the field `others` of the one that
stands. The same import again changes nothing, since the one that stands remembers the other.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec.structs import replace

from store.documents import Document, plain, whole
from store.ids import key_of
from store.keep.change import Change
from store.keep.core import excerpt
from store.keep.lineage import FIELDS, Traced, content, digest, together
from store.model import Claim, Correction, Feed, SavedSearch, Speaker, Tag

Merged = TypeVar("Merged", Claim, Correction, Feed, SavedSearch, Speaker, Tag)


def merge(change: Change, table: str, record: Merged, document: Document | None, conflicts: list[str]) -> str:
    """Merge one record into a change and say what became of it in a word.

    `document` is the record with fields of it that are not known; `conflicts` gets a line when both sides were changed.
    """
    given = plain(record) if document is None else whole(record, document)
    there = change.present(table, key_of(record.id))
    if there is None:
        change.put_document(table, key_of(record.id), given)
        return "added"
    old = msgspec.convert(there, type(record))
    if content(old) == content(record):
        if old == replace(record, earlier=old.earlier) or old.modified > record.modified:
            return "unchanged"
        return _take(change, table, given | {"earlier": together(*old.earlier, *record.earlier)})
    if digest(record) in old.earlier:
        return "unchanged"
    if digest(old) in record.earlier:
        return _take(change, table, given | {"earlier": together(*old.earlier, *record.earlier)})
    return _keep_both(change, table, old, record, conflicts, given)


def _take(change: Change, table: str, fields: Document) -> str:
    key = key_of(fields["id"])
    change.put_document(table, key, (change.present(table, key) or {}) | fields)
    return "changed"


def _keep_both(change: Change, table: str, old: Traced, record: Traced, conflicts: list[str], given: Document) -> str:
    from uuid import UUID, uuid5  # noqa: PLC0415 - only a conflict needs new ids

    later = (record.modified, digest(record)) > (old.modified, digest(old))
    stands, other = (record, old) if later else (old, record)
    fields = given if later else plain(old)
    fields = fields | {"earlier": together(*old.earlier, *record.earlier, digest(other))}
    differing = [name for name in FIELDS[type(old)] if getattr(old, name) != getattr(record, name)]
    if isinstance(other, Claim):
        copy = replace(other, id=str(uuid5(UUID(other.id), digest(other))))
        if change.present(table, key_of(copy.id)) is None:
            change.put(table, copy)
        where = "the one changed later stands, the other is kept beside it as a claim of its own"
    else:
        told = {name: value for name, value in plain(other).items() if name in ("modified", "by", *differing)}
        present = change.present(table, key_of(old.id)) or {}
        fields = fields | {"others": [*present.get("others", []), told]}
        where = "the one changed later stands, the other is kept with it"
    _take(change, table, fields)
    conflicts.append(f"{_named(stands)}: changed on both sides ({', '.join(differing)}); {where}")
    return "changed"


def _named(record: Traced) -> str:
    if isinstance(record, Claim | Correction):
        return f"{type(record).__name__.lower()} {record.id[:13]} “{excerpt(record.anchor.exact)}”"
    return f"{type(record).__name__.lower()} “{excerpt(record.title if isinstance(record, Feed) else record.name)}”"
