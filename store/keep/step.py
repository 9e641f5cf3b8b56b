"""A step of undo: what a change was, and the records before it. As JSON it is written and read in pieces.

The records are parted by tabs, which mean nothing in JSON and never stand inside a string: so nobody has to wait for a
step with all articles of a large library to be read in one go, and any reader of JSON still reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Raw, Struct

from store.documents import Document, on_one_line

Before = dict[str, Any] | None  # what is in it is JSON until it is asked for
PIECE = 1 << 16
"""Bytes that are written or read in one go, or a record if that is longer."""
_HEAD = 1 << 12
_RECORDS = b',"was":{\t'
_encode = msgspec.json.Encoder().encode


class Step(Struct, kw_only=True):
    """A change that can be taken back: what it was, and the records before it (after it, once it is undone).

    `was` holds for each record None (there was none), `{"doc": …}` (the whole record), or `{"set": …, "gone": […]}`
    (the fields that were otherwise, and those that were not there). `by` is the run of the program that turned it last.
    """

    what: str = ""
    at: str = ""
    undone: bool = False
    by: str = ""
    was: dict[str, dict[str, Before]] = {}


def difference(old: Document | None, new: Document) -> Before:
    """Describe how to come from `new` back to `old`."""
    if old is None:
        return None
    before: Document = {"set": {name: value for name, value in old.items() if new.get(name, ...) != value}}
    gone = [name for name in new if name not in old]
    if gone:
        before["gone"] = gone
    return before


def restored(before: Before, present: Document | None) -> Document | Raw | None:
    """Apply what `difference` described to the record as it is now; None removes it. A whole record stays JSON."""
    if before is None:
        return None
    if "doc" in before:
        whole: Document | Raw = before["doc"]
        return on_one_line(whole) if isinstance(whole, Raw) else whole
    if present is None:
        return None  # another program removed it meanwhile: there is nothing to put fields into
    gone = _read(before.get("gone", ()))
    kept = {name: value for name, value in present.items() if name not in gone}
    changed: Document = _read(before["set"])
    return kept | changed


def overlap(step: Step, other: Step) -> bool:
    """Tell whether two steps are about the same."""
    for table, documents in step.was.items():
        theirs = other.was.get(table, {})
        if any(key in theirs and _touches(before, theirs[key]) for key, before in documents.items()):
            return True
    return False


def _touches(first: Before, second: Before) -> bool:
    """Tell whether two changes of one record are about the same: a field of both, or its coming or going."""
    if first is None or second is None or "doc" in first or "doc" in second:
        return True
    return not _fields(first).isdisjoint(_fields(second))


def _fields(before: Document) -> set[str]:
    return {*_read(before["set"]), *_read(before.get("gone", ()))} - {"modified", "earlier"}


def _read(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, Raw) else value


def written(step: Step) -> Raw:
    """Make JSON of a step."""
    facts = {"what": step.what, "at": step.at, "undone": step.undone, "by": step.by}
    text = bytearray(_encode(facts)[:-1] + _RECORDS[:-1])
    for number, (table, documents) in enumerate(step.was.items()):
        text += b"%s\t%s:{" % (b"," if number else b"", _encode(table))
        for piece in _pieces(documents):
            text += b"\t" + piece
        text += b"\t}"
    text += b"\t}}"
    return Raw(text)


def _pieces(documents: dict[str, Before]) -> Iterator[bytes]:
    parts: list[bytes] = []
    size = 0
    comma = b""
    for key, before in documents.items():
        parts.append(b"%s%s:%s" % (comma, _encode(key), _encode(before)))
        size, comma = size + len(parts[-1]), b","
        if size > PIECE:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        yield b"".join(parts)


def head_of(document: Raw) -> Step | None:
    """Read a step without the records; None when it is none."""
    head = bytes(memoryview(document)[:_HEAD]).partition(_RECORDS)
    try:
        return _step(head[0] + b"}") if head[1] else msgspec.structs.replace(_step(document), was={})
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def read_step(document: Raw) -> Step:
    """Read a step, also one that was written in one piece. ValidationError when it is none."""
    text = memoryview(document)
    if _RECORDS not in bytes(text[:_HEAD]):
        return _step(text)
    cuts = [found.start() for found in re.finditer(b"\t", text)]
    step = _step(bytes(text[: cuts[0]]) + b"}}")
    records: dict[str, Before] = {}
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        piece = bytes(text[start + 1 : end]).strip(b",")
        if piece.endswith(b":{"):
            records = step.was[msgspec.json.decode(piece[:-2], type=str)] = {}
        elif not piece.startswith(b"}"):
            records.update(_records(b"{%s}" % piece))
    return step


_step = msgspec.json.Decoder(Step).decode
_records = msgspec.json.Decoder(dict[str, dict[str, Raw] | None]).decode
