"""Bytes in, text out: which charset a source is written in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from store.ingest.refusal import refuse

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a sound or film"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text document (RTF)"),
)
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)|<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)", re.I
)
_ODD = bytes((*range(8), *range(14, 27), 28, 29, 30, 31))
_SAMPLE = 65_536
_MEANT = {
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-cp1251": "cp1251",
}
"""What pages mean by the name of a charset: the larger one that browsers read (WHATWG Encoding Standard)."""


def sniff_binary(raw: bytes) -> str | None:
    """Name the kind of binary file `raw` is, or None when it may be text."""
    if any(raw.startswith(bom) for bom, _ in _BOMS):
        return None
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            return _office(raw) or what if magic.startswith(b"PK") else what
    head = raw[:_SAMPLE]
    if _utf16_guess(head):
        return None
    odd = len(head) - len(head.translate(None, _ODD))
    return "a binary file" if odd > len(head) // 50 else None


def _office(raw: bytes) -> str | None:
    """Say whether a zip archive is an office document, by the names in it."""
    return "an office document" if b"[Content_Types].xml" in raw or b"mimetypeapplication/vnd.oasis" in raw else None


def is_document(raw: bytes) -> bool:
    """Say whether a zip archive is a text document of Word or of an OpenDocument program."""
    return b"word/document.xml" in raw or b"mimetypeapplication/vnd.oasis.opendocument.text" in raw[:200]


def decode(raw: bytes, path: str, declared: str | None = None) -> str:
    """Decode a source: byte order mark, UTF-8, UTF-16 without a mark, the declared charset, the best guess.

    `declared` is a charset stated outside the bytes (an HTTP or mail header). A text that is UTF-8 but for a few bytes
    stays UTF-8, each bad byte U+FFFD. Raises SourceError when the source is no text.
    """
    what = sniff_binary(raw)
    if what:
        way_out = (
            "unpack it and add what is in it" if "archive" in what else "save the article as text or HTML and add it"
        )
        raise refuse(path, f"this is {what}, not text", way_out)
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return raw.decode(name, "replace").removeprefix("\ufeff")
    wide = _utf16_guess(raw[:_SAMPLE])
    if wide:
        return raw.decode(wide, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(raw, declared)


def _utf16_guess(head: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL in nearly every second byte of Latin text."""
    pairs = len(head) // 2
    if pairs < 2 or 0 not in head:
        return None
    high, low = head[0::2].count(0), head[1::2].count(0)
    if low > 0.4 * pairs and high < 0.05 * pairs:
        return "utf-16-le"
    if high > 0.4 * pairs and low < 0.05 * pairs:
        return "utf-16-be"
    return None


def _decode_legacy(raw: bytes, declared: str | None) -> str:
    loose = raw.decode("utf-8", "replace")
    several = sum(1 for c in loose if ord(c) > 127 and c != "\ufffd")
    if several > loose.count("\ufffd"):  # in no other charset are so many letters UTF-8 by chance
        return loose
    found = _DECLARED.search(raw[:4096])
    stated = declared or (next(g for g in found.groups() if g).decode("ascii") if found else None)
    for name in (stated, _guess(raw), "cp1252"):
        text = _try(raw, name)
        if text is not None:
            return text
    return raw.decode("latin-1")


def _try(raw: bytes, name: str | None) -> str | None:
    if not name or name.replace("-", "").casefold() in ("utf8", "utf7", "unicodeescape", "rawunicodeescape"):
        return None
    try:
        text = raw.decode(_MEANT.get(name.casefold(), name))
    except (LookupError, UnicodeError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _guess(raw: bytes) -> str | None:
    """Name the charset the bytes look most like; a few bytes among ASCII are too few to go by."""
    high = bytes(b for b in raw[:_SAMPLE] if b > 127)
    if len(high) < 8 or len(high) < len(raw[:_SAMPLE]) // 200:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(raw[:_SAMPLE]).best()
    return best.encoding if best else None
