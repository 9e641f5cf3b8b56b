"""Addresses as other programs read them."""

from __future__ import annotations

import re

from store.safe_text import clean

_UNFIT = re.compile(r"[\s<>\"{}|\\^`]")


def iri(url: str) -> str:
    """Write an address with every character escaped that an IRI (RFC 3987) cannot hold."""
    return _UNFIT.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), clean(url))
