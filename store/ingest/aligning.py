"""Which lines of a page stand in its article, and where: the joint between what is printed and what was kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from store.ingest.lexicon import is_plain

_WORD = re.compile(r"\w+")
_FOLDED = bytes(ord(chr(n).lower()) if n < 128 and re.match(r"\w", chr(n)) else 32 for n in range(256))
_NEAR = 60
_SURE_WORDS = 5


def folded(text: str) -> str:
    """Give the words of `text` alone, casefolded."""
    if is_plain(text):
        words = text.encode("ascii", "replace").translate(_FOLDED).split()
        return b" ".join(words).decode("ascii")
    return " ".join(_WORD.findall(text.casefold()))


def places(lines: Sequence[str], parts: Sequence[str]) -> list[int | None]:
    """Give for each printed line the index of the part it stands in, None when it stands in none; all are `folded`.

    A line of a few words counts only where it follows the line before, since it can stand anywhere by chance.
    """
    text = " " + " ".join(parts) + " "
    starts = list(accumulate((len(part) + 1 for part in parts), initial=1))
    found: list[int | None] = []
    cursor = 0
    for line in lines:
        sure = line.count(" ") >= _SURE_WORDS - 1
        here = False
        if line:
            at = text.find(f" {line} ", cursor, cursor + _NEAR + len(line) + 3)
            if at < 0 and sure:
                at = text.find(f" {line} ", cursor)
                at = at if at >= 0 else text.find(f" {line} ", 0, cursor + len(line))
            here = at >= 0
        found.append(min(bisect_right(starts, at + 1) - 1, len(parts) - 1) if here else None)
        cursor = max(cursor, at + len(line) + 1) if here else cursor
    return found
