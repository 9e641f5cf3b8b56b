"""Records with the fields that this program does not know: what a later one wrote is handed on, not dropped."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Raw, Struct

Document = dict[str, Any]


def whole(record: Struct, document: Document) -> Document:
    """Give all fields of a record: those known, in their order, then what else its document has, sorted by name."""
    return _joined(plain(record), document)


def is_known(record: Struct, document: Document) -> bool:
    """Tell whether a document has no fields but those of a record (and of the records in it)."""
    fields = record.__struct_fields__
    return all(
        name in fields and (not isinstance(value, dict) or is_known(getattr(record, name), value))
        for name, value in document.items()
    )


def plain(record: Struct) -> Document:
    """Give a record as it is stored, with lists for tuples."""
    fields: Document = msgspec.json.decode(msgspec.json.encode(record))
    return fields


def _joined(known: Document, document: Document) -> Document:
    if known == document:
        return known
    joined = {name: _inside(value, document.get(name)) for name, value in known.items()}
    return joined | {name: document[name] for name in sorted(document) if name not in known}


def _inside(known: Any, given: Any) -> Any:
    if isinstance(known, dict) and isinstance(given, dict):
        return _joined(known, given)
    if isinstance(known, list) and isinstance(given, list) and len(known) == len(given):
        return [_inside(one, other) for one, other in zip(known, given, strict=True)]
    return known


def unknown(document: Document, known: frozenset[str]) -> Document:
    """Give the fields of a document that are not known, sorted by name."""
    return {name: document[name] for name in sorted(document) if name not in known}


def on_one_line(document: Raw) -> Raw:
    """Take the blanks between the parts of a document out, which another program or a person put in.

    Journal and snapshot hold it on one line.
    """
    return Raw(msgspec.json.format(document, indent=-1))
