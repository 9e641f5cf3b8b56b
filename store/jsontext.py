"""JSON that a terminal can show: what would move a cursor or turn text round is written as an escape."""

from __future__ import annotations

import re

import msgspec

_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_encode = msgspec.json.Encoder().encode


def to_json(value: object) -> bytes:
    """Encode records or plain values on one line; the value is the same, only its spelling is safe."""
    try:
        encoded = _encode(value)
    except UnicodeEncodeError:  # a file name that is no UTF-8
        import json  # noqa: PLC0415 - msgspec cannot write lone surrogates

        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode()
    if encoded.isascii() and b"\x7f" not in encoded:
        return encoded
    text = encoded.decode()
    return _UNSAFE.sub(_escape, text).encode() if _UNSAFE.search(text) else encoded


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
