"""Finding words in one text, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache

from store.model import Span

PIECE = 1 << 14
"""Characters that are folded in one go: other threads get their turn between two pieces."""


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


def near(text: str, wanted: str) -> str:
    """Give words of `text` that read nearly like `wanted`, when none read like it; empty when there are none.

    Each word that is not in the text is changed into the one most like it (Levenshtein, at least two thirds alike).
    """
    typed = _fold(" ".join(wanted.split()))[0].split()
    if not any(len(word) > 3 for word in typed):
        return ""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only what is not found needs it

    known = _vocabulary(text)
    words = []
    for word in typed:
        best = (word,) if word in known else process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=67)
        if best is None:
            return ""
        words.append(str(best[0]))
    together = " ".join(words)
    return together if find(text, together) else max(words, key=len) if len(words) > 1 else ""


@lru_cache(maxsize=1)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_folded(text)[0]))


_WORD = re.compile(r"\w+(?:['-]\w+)*")
_ASCII = re.compile("[\x00-\x7f]+")
_MARKS = str.maketrans("“”„«»‘’‚‹›–—‑\n\u00a0", "\"\"\"\"\"'''''---  ")


@lru_cache(maxsize=1)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Keep the text that is searched folded while one types."""
    return _fold(text)


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text, with the offset that each folded character came from, and the end."""
    letters: list[str] = []
    offsets = array("I")
    for begin in range(0, len(text), PIECE):
        marked = text[begin : begin + PIECE].translate(_MARKS)
        at = 0
        for run in _ASCII.finditer(marked):
            _fold_others(marked[at : run.start()], begin + at, letters, offsets)
            letters.append(run[0].casefold())
            at = run.end()
            offsets.extend(range(begin + run.start(), begin + at))
        _fold_others(marked[at:], begin + at, letters, offsets)
    offsets.append(len(text))
    return "".join(letters), offsets


def _fold_others(text: str, begin: int, letters: list[str], offsets: array[int]) -> None:
    """Fold characters none of which is ASCII; the first one stands at `begin`."""
    for at, char in enumerate(text, begin):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(letter):
                letters.append(letter)
                offsets.append(at)
