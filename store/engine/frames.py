"""The lines of a journal: each one a change, or a mark, with its checksum.

    {"c":"1c291ca3","r":{"s":17,"t":"…","v":"…","w":"…","d":{"claims":{"5":{…whole document…},"6":null}}}}

Whole documents make replay idempotent, and a damaged line costs only itself.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Raw, Struct

Changes = dict[str, dict[str, Raw] | None]
HEAD = len(b'{"c":"00000000","r":')
NULL = b"null"
PIECE = 1 << 18
"""About how many bytes are put together, added up or written in one go."""


class SnapshotMark(Struct, frozen=True):
    """What a journal's first line says of the snapshot it goes on from."""

    size: int
    mtime: int
    crc: int
    schema: int = 0


class Record(Struct, frozen=True, omit_defaults=True):
    """One line: a change (`d`), the mark of the snapshot (`snap`) or the seal that names the next journal (`seal`).

    `s` is the revision, `t` the time, `v` the device, `u` the person, `w` what was done in words. In `d` a document
    `null` is removed and a table `null` is dropped.
    """

    s: int = 0
    t: str = ""
    v: str = ""
    u: str = ""
    w: str = ""
    d: Changes = {}
    snap: SnapshotMark | None = None
    seal: int = 0


_record = msgspec.json.Decoder(Record)
_encode = msgspec.json.Encoder().encode


def encode(value: Any) -> bytes:
    """Make JSON of records or plain values."""
    return _encode(value)


def frame(payload: bytes) -> bytes:
    """Make a journal line of a record's JSON."""
    return b'{"c":"%08x","r":%s}\n' % (crc32(payload), payload)


def documents(changes: Mapping[str, Mapping[str, Mapping[str, Any] | Raw | None] | None]) -> Changes:
    """Make JSON of each document of a change, one after the other: other threads get their turn in between.

    TypeError and ValueError for what JSON cannot hold.
    """
    return {
        table: None if given is None else {str(key): _raw(document) for key, document in given.items()}
        for table, given in changes.items()
    }


def _raw(document: Any) -> Raw:
    return document if isinstance(document, Raw) else Raw(_encode(document))


def pieces(record: Record) -> list[bytes | memoryview]:
    """Make a journal line of a change, in pieces to be written one after the other."""
    payload = list(_gathered(_parts(record)))
    crc = 0
    for piece in payload:
        crc = crc32(piece, crc)
    return [b'{"c":"%08x","r":' % crc, *payload, b"}\n"]


def _parts(record: Record) -> Iterator[bytes | memoryview]:
    yield _encode({"s": record.s, "t": record.t, "v": record.v, "u": record.u, "w": record.w})[:-1] + b',"d":{'
    for number, (table, changed) in enumerate(record.d.items()):
        yield b"%s%s:%s" % (b"," if number else b"", _encode(table), NULL if changed is None else b"{")
        comma = b""
        for key, document in (changed or {}).items():
            yield b"%s%s:" % (comma, _encode(key))
            yield memoryview(document)
            comma = b","
        if changed is not None:
            yield b"}"
    yield b"}}"


def _gathered(parts: Iterable[bytes | memoryview]) -> Iterator[bytes | memoryview]:
    """Put small parts together and cut large ones up."""
    waiting: list[bytes | memoryview] = []
    size = 0
    for part in parts:
        if size + len(part) > PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
        if len(part) > PIECE:
            yield from (part[at : at + PIECE] for at in range(0, len(part), PIECE))
        else:
            waiting.append(part)
            size += len(part)
    yield b"".join(waiting)


def payload_of(line: bytes) -> bytes | None:
    """Take the JSON out of a line without its line end; None when the line is damaged."""
    if line[:6] != b'{"c":"' or line[-1:] != b"}" or line[14:HEAD] != b'","r":':
        return None
    payload = line[HEAD:-1]
    try:
        whole = int(line[6:14], 16) == crc32(payload)
    except ValueError:
        return None
    return payload if whole else None


def parse(payload: bytes) -> Record:
    """Read a record; unknown fields are passed over."""
    return _record.decode(payload)


def unframe(line: bytes) -> Record | None:
    """Read a journal line without its line end; None when it is damaged."""
    payload = payload_of(line)
    if payload is None:
        return None
    try:
        return _record.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
