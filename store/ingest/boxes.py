"""Boxes in the middle of a text that offer a newsletter or bar the way: what follows them is the article's rest."""

from __future__ import annotations

from collections.abc import Sequence

from store.ingest.look import Seen

_SENTENCE = 4
_HEADING = 12
_ABOVE = 3
_ENDS = '.?!"'


def offers(seen: Sequence[Seen]) -> list[int]:
    """Give the indices of the chunks of such boxes: a sentence stands above each and right below.

    A box is a run of lines that offer (`lexicon/signup.txt`), one other line between two of them at most, with a
    heading and links to other stories above; or a line that says that the rest is for subscribers (`paywall.txt`).
    """
    found: list[int] = []
    at = 0
    while at < len(seen):
        if not seen[at].offers:
            at += 1
            continue
        top, end = _top(seen, at), at + 1
        while (step := next((n for n in (end, end + 1) if n < len(seen) and seen[n].offers), None)) is not None:
            end = step + 1
        if (
            top is not None
            and (end - top > 1 or seen[at].offers == "paywall")
            and end < len(seen)
            and _is_sentence(seen[end])
        ):
            found += range(top, end)
        at = end
    return found


def _top(seen: Sequence[Seen], at: int) -> int | None:
    """Give the index of the first line below the sentence that stands above line `at`, a few short lines between."""
    for line in range(at - 1, max(-1, at - 2 - _ABOVE), -1):
        if _is_sentence(seen[line]):
            return line + 1
        if seen[line].words > _HEADING:
            return None
    return None


def _is_sentence(line: Seen) -> bool:
    """Say whether a line can be one of the article's: a sentence, not a label."""
    return line.words >= _SENTENCE and line.last in _ENDS and not line.known and not line.offers
