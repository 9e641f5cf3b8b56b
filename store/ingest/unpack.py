"""Packed answers of web servers, unpacked piece by piece: never more than was asked for, and never half a page."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zlib import _Decompress

PACKINGS = "gzip, deflate"
"""What may be asked for (RFC 9110, 8.4.1)."""

_GZIP, _ZLIB, _BARE = 31, 15, -15
_FORMS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
_MOST_LAYERS = 3
_MOST_MEMBERS = 10_000
_SLICE = 65_536
"""How much is unpacked in one go: what is left of it is copied at the end of every member."""


class UnpackError(ValueError):
    """Packed data that is damaged, cut short, or packed in a way that nobody asked for."""


def unpackers(stated: str) -> list[Unpacker]:
    """Give what undoes a Content-Encoding header, the outermost first. Raises UnpackError for an unknown one."""
    names = [name for part in stated.split(",") if (name := part.strip().casefold()) not in ("", "identity")]
    unknown = [name for name in names if name not in _FORMS]
    if unknown or len(names) > _MOST_LAYERS:
        raise UnpackError(f"it is packed in a way that was not asked for ({unknown[0] if unknown else stated})"[:120])
    return [Unpacker(_FORMS[name]) for name in reversed(names)]


class Unpacker:
    """One packing undone; gzip in several members and deflate without its header are understood."""

    def __init__(self, form: int) -> None:
        self._form = form
        self._open: _Decompress | None = None
        self._first = b""
        self._held = b""
        self._members = 0

    def unpack(self, piece: bytes, most: int) -> bytes:
        """Unpack the next piece, `most` bytes at the most. Raises UnpackError when it is damaged."""
        if self._open is None:
            self._first += piece
            if len(self._first) < 2:
                return b""
            piece = self._first
            self._open = zlib.decompressobj(_BARE if self._form == _ZLIB and not _has_header(piece) else self._form)
        given = bytearray()
        for at in range(0, len(piece), _SLICE):
            self._unpack(piece[at : at + _SLICE], given, most)
        return bytes(given)

    def _unpack(self, piece: bytes, given: bytearray, most: int) -> None:
        piece, self._held = self._held + piece, b""
        while piece and len(given) < most:
            assert self._open is not None
            if self._open.eof:
                if piece == b"\x1f":
                    self._held = piece  # the next member may begin here
                    break
                if self._form != _GZIP or not piece.startswith(b"\x1f\x8b"):
                    break  # what stands behind the end is nothing
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise UnpackError("it is packed in parts without end")
                self._open = zlib.decompressobj(_GZIP)
            try:
                given += self._open.decompress(piece, most - len(given))
            except zlib.error:
                raise UnpackError("its packed data is damaged") from None
            piece = self._open.unused_data if self._open.eof else self._open.unconsumed_tail

    def close(self) -> None:
        """Say that nothing follows. Raises UnpackError when the end is missing."""
        if self._first and (self._open is None or not self._open.eof):
            raise UnpackError("the connection broke off before the end")


def _has_header(piece: bytes) -> bool:
    """Say whether packed data begins as RFC 1950 asks; some servers leave that away."""
    return piece[0] & 0x0F == 8 and int.from_bytes(piece[:2], "big") % 31 == 0
