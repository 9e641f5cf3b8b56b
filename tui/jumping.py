"""Jumping: letters for the places in view, and where each leads. Knows no screen.

The letters are those under the fingers at rest first; where there are more places than letters, the last letters each
begin a pair, so that no label begins another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LETTERS = "fjdksalghrueiwoqptyvbncmxz"
"""Home row first, the middle finger's and index finger's letters before the others."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place to jump to: an `offset` of the text for a quote, a claim or a speaker, or the `row` of the pane."""

    kind: Literal["quote", "claim", "speaker", "pane"]
    offset: int = 0
    row: int = -1


def labels(count: int, letters: str = LETTERS) -> list[str]:
    """Give so many labels, none the beginning of another: single letters while they last, then pairs.

    At most the square of the letters; there are fewer labels than asked for when `count` is more.
    """
    size = len(letters)
    if count <= size:
        return list(letters[:count])
    pairs_of = min(size, -(-(count - size) // (size - 1)))  # how many letters begin pairs
    single = list(letters[: size - pairs_of])
    pairs = [first + second for first in letters[size - pairs_of :] for second in letters]
    return (single + pairs)[:count]


def labelled(targets: Sequence[Target]) -> dict[str, Target]:
    """Give each target its label, in the order of the text; of several at one place, the first."""
    once: dict[tuple[int, int], Target] = {}
    for target in targets:
        once.setdefault((target.offset, target.row), target)
    ordered = sorted(once.values(), key=lambda target: (target.row, target.offset))
    return dict(zip(labels(len(ordered)), ordered, strict=False))


def left(all_labels: dict[str, Target], typed: str) -> dict[str, Target]:
    """Give the labels that what was typed may still become."""
    return {label: target for label, target in all_labels.items() if label.startswith(typed)}
