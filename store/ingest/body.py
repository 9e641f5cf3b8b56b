"""Which chunks of a page are the article."""

from __future__ import annotations

from collections.abc import Sequence

from store.ingest import lexicon
from store.ingest.lines import Chunk

_CLOSERS = "\"'”’»)] "


def is_prose(text: str) -> bool:
    """Say whether a chunk reads like running text: eight words or more and a full stop, or a long question."""
    last = text.rstrip(_CLOSERS)[-1:]
    return text.count(" ") >= 7 and last != "" and (last in ".…。।:;" or (last in "?!？！؟" and text.count(" ") >= 15))


def first_prose(chunks: Sequence[Chunk]) -> int:
    """Give the index of the first chunk that reads like running text, 0 when there is none."""
    return next((at for at, chunk in enumerate(chunks) if is_prose(chunk.text)), 0)


def choose(chunks: Sequence[Chunk], start: int, end: int) -> list[bool]:
    """Say for each chunk whether it belongs to the article; `start` and `end` bound it."""
    kept = []
    for at, chunk in enumerate(chunks):
        words = lexicon.tokens(chunk.text)
        known = len(words) < 12 and (
            lexicon.phrases("furniture").where(words) or lexicon.phrases("end").where(words) == "whole"
        )
        kept.append(start <= at < end and not known)
    return kept
