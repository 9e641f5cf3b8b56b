"""MIME files taken apart in bounded time: mails, pages saved with all their files."""

from __future__ import annotations

import re
from collections.abc import Collection
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy, default
from functools import lru_cache
from typing import Any

from store.ingest.refusal import refuse

_LONGEST_FIELD, _MOST_EFFORT = 1_000, 20_000_000
_MOST_NESTED, _MOST_PARTS = 200, 2_000
_MOST_ASKED = 10_000_000
"""How often a line may be compared with the edge of a part: each line is with the edges of all parts it stands in."""
_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}[\"']?([^\s\"';]{1,70})", re.I)


class _Bounded(EmailPolicy):
    """Reads a field once, and only its beginning, as that takes the square of its length; `left` may yet be spent."""

    left = _MOST_EFFORT

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Give the name and the beginning of the value of a field as it was written. Raises ValueError at too many."""
        name, value = super().header_source_parse(sourcelines)
        value = value[:_LONGEST_FIELD].rstrip("\r\n")
        if name.casefold() == "content-type":  # the one field that is taken apart in every part
            object.__setattr__(self, "left", self.left - len(value) ** 2)  # a policy takes attributes in no other way
        if self.left < 0:
            raise ValueError("too much to read in the types of its parts")
        return name, value

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Give a field taken apart."""
        return _field(name, value)


@lru_cache(256)
def _field(name: str, value: str) -> Any:
    return default.header_fetch_parse(name, value)


def parse(raw: bytes, path: str) -> EmailMessage:
    """Parse a mail or another MIME file. Raises SourceError when it has too many parts, or parts in parts in parts."""
    bounds = set(_BOUNDARY.findall(raw))
    nested = len(bounds) > _MOST_NESTED or len(bounds) * raw.count(b"\n") > _MOST_ASKED
    if nested or _count_parts(raw, bounds) > _MOST_PARTS:
        raise refuse(path, f"more than {_MOST_PARTS:,} parts, or parts in parts", "save its text and add that")
    try:
        mail: EmailMessage = BytesParser(EmailMessage, policy=_Bounded()).parsebytes(raw)  # type: ignore[assignment]
    except (RecursionError, ValueError, LookupError):
        raise refuse(path, "this mail cannot be taken apart", "save its text to a file and add that") from None
    return mail


def _count_parts(raw: bytes, bounds: Collection[bytes]) -> int:
    """Give the number of parts, at most as many as there are lines that begin as their edges do."""
    count = raw.count(b"\n--")
    return count if count <= _MOST_PARTS else sum(raw.count(b"\n--" + bound) for bound in bounds)
