"""The tags as a REFI-QDA codebook (`.qdc`)."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.codes import codes_of_tags
from store.exchange.scope import Selection


def write(selection: Selection) -> Iterator[bytes]:
    """Give the codebook: UTF-8 without a byte order mark."""
    codes = codes_of_tags(tag for tag, _ in selection.tags() if tag.merged_into is None)
    yield b'<?xml version="1.0" encoding="utf-8"?>\n'
    yield b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="newsreader">\n<Codes>\n'
    for name in sorted(codes):
        yield ("".join(codes[name].written()) + "\n").encode()
    yield b"</Codes>\n</CodeBook>\n"
