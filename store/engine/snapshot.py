"""The snapshot file: valid TinyDB JSON, one document a line, so that `grep`, `diff` and rescue work on it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Raw, Struct

from store.documents import on_one_line
from store.engine.frames import encode
from store.engine.state import State, Tables

META = "_meta"
FORMAT = 1
CHUNK = 1 << 20
_TABLE_LINE = re.compile(rb'^,?"((?:[^"\\]|\\.)*)":\{$')
_tables = msgspec.json.Decoder(dict[str, dict[str, Raw]])


class Meta(Struct):
    """What the snapshot says of itself, kept as document 1 of the table `_meta`."""

    format: int = FORMAT
    schema_version: int = 0
    generation: int = 1
    seq: int = 0
    next: dict[str, int] = {}
    extra: dict[str, Any] = {}


def dump(state: State, generation: int) -> Iterator[bytes]:
    """Give the snapshot's bytes in pieces of about a megabyte."""
    meta = Meta(FORMAT, state.schema, generation, state.seq, state.next_ids, state.extra)
    parts = [b'{"_meta":{\n"1":', encode(meta), b"\n}"]
    size = 0
    for name, documents in state.tables.items():
        parts += (b"\n,", encode(name), b":{")
        comma = b"\n"
        for key, document in documents.items():
            piece = b'%s"%s":%s' % (comma, key.encode(), bytes(document))
            comma = b",\n"
            parts.append(piece)
            size += len(piece)
            if size > CHUNK:
                yield b"".join(parts)
                parts, size = [], 0
        parts.append(b"\n}")
    parts.append(b"\n}\n")
    yield b"".join(parts)


def load(raw: bytes) -> tuple[State, Meta]:
    """Read a snapshot; documents stay JSON. ValueError when it is not whole."""
    on = gc.isenabled()
    gc.disable()  # nothing that is read is garbage: looking for it would double the time
    try:
        tables = _tables.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    finally:
        if on:
            gc.enable()
    if raw.count(b"\n") != 4 + sum(len(documents) + 2 for name, documents in tables.items() if name != META):
        tables = {name: {key: on_one_line(document) for key, document in of.items()} for name, of in tables.items()}
    meta = _meta_of(tables)
    state = State(tables, dict(meta.next), meta.seq, meta.schema_version, dict(meta.extra))
    state.count_ids()
    return state, meta


def _meta_of(tables: Tables) -> Meta:
    documents = tables.pop(META, None)
    if not documents or "1" not in documents:
        return Meta(format=0, generation=2)  # plain TinyDB wrote it: not the empty beginning that generation 1 is
    try:
        return msgspec.json.decode(documents["1"], type=Meta)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error


def salvage(raw: bytes) -> State:
    """Pick every whole line out of a damaged snapshot."""
    state = State()
    table: dict[str, Raw] | None = None
    for line in raw.split(b"\n"):
        if found := _TABLE_LINE.match(line):
            name = _name(found[1])
            table = None if name in {None, META} else state.tables.setdefault(str(name), {})
        elif table is not None:
            table.update(_whole_document(line.strip().rstrip(b",")))
    state.count_ids()
    return state


def _name(quoted: bytes) -> str | None:
    try:
        return msgspec.json.decode(b'"' + quoted + b'"', type=str)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _whole_document(line: bytes) -> dict[str, Raw]:
    if not line.startswith(b'"'):
        return {}
    text = b"{" + line + b"}"
    try:
        documents = msgspec.json.decode(text, type=dict[str, dict[str, Any]])
        if not all(key.isdecimal() for key in documents):
            return {}
        return {key: Raw(encode(document)) for key, document in documents.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}
