"""Which line of a page is the headline."""

from __future__ import annotations

from collections.abc import Sequence

from store.ingest import lexicon
from store.ingest.lines import Chunk


def choose(chunks: Sequence[Chunk], body_start: int) -> int | None:
    """Give the index of the headline among the chunks up to the body, None when none can be it."""
    best: tuple[float, int] | None = None
    folded = [lexicon.tokens(chunk.text) for chunk in chunks]
    for at in range(min(body_start, len(chunks))):
        words = folded[at]
        if not 3 <= len(words) <= 40:
            continue
        repeats = sum(other[: len(words)] == words for other in folded)
        score = min(len(words), 10) / 10 + (repeats > 1) + 2.0 * chunks[at].level - 0.03 * (body_start - at)
        if best is None or score >= best[0]:
            best = (score, at)
    return best[1] if best else None
