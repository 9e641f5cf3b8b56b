"""Finding words in one text, whatever their case and accents."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from store.model import Span


def find(text: str, wanted: str) -> list[Span]:
    """Give every place of `text` that reads like `wanted`: case, accents and the form of quotation marks do not matter.

    Spans are offsets into `text`, apart and in order.
    """
    needle, _ = _fold(" ".join(wanted.split()))
    if not needle:
        return []
    folded, offsets = _folded(text)
    found: list[Span] = []
    at = folded.find(needle)
    while at >= 0:
        found.append((offsets[at], offsets[at + len(needle)]))
        at = folded.find(needle, at + len(needle))
    return found


_MARKS = str.maketrans("“”„«»‘’‚‹›–—‑\n\u00a0", "\"\"\"\"\"'''''---  ")


@lru_cache(maxsize=1)
def _folded(text: str) -> tuple[str, list[int]]:
    """Keep the text that is searched folded while one types."""
    return _fold(text)


def _fold(text: str) -> tuple[str, list[int]]:
    """Fold a text, with the offset that each folded character came from, and the end."""
    letters: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text.translate(_MARKS)):
        plain = char.casefold() if char.isascii() else unicodedata.normalize("NFKD", char).casefold()
        for letter in plain:
            if not unicodedata.combining(letter):
                letters.append(letter)
                offsets.append(at)
    return "".join(letters), [*offsets, len(text)]
