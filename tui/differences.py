"""What differs between two texts, by lines and by words. Knows no screen.

Ratcliff and Obershelp's matching, as in the standard library's difflib, on what is left when the same lines at both
ends are put aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_PIECE = re.compile(r"\w+(?:['’.,]\w+)*|\s+|.", re.DOTALL)
MOST_COMPARED = 4_000_000
"""The most words of one line times the words of the other that are compared word by word."""


class Piece(NamedTuple):
    """Some words: in both texts (`same`), only in the older one (`gone`) or only in the newer one (`new`)."""

    words: str
    how: Literal["same", "gone", "new"]


class Changed(NamedTuple):
    """A line of both texts, of the older or of the newer one; `same` when nothing in it differs."""

    pieces: tuple[Piece, ...]
    same: bool


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two lines word by word: what is gone stands before what came in its place."""
    mine, theirs = _PIECE.findall(old), _PIECE.findall(new)
    if len(mine) * len(theirs) > MOST_COMPARED:
        return tuple(piece for piece in (Piece(old, "gone"), Piece(new, "new")) if piece.words)
    found: list[Piece] = []
    for what, low, high, first, last in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("".join(mine[low:high]), "same"))
            continue
        found += [Piece("".join(mine[low:high]), "gone")] * (high > low)
        found += [Piece("".join(theirs[first:last]), "new")] * (last > first)
    return tuple(found)


def sides(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Compare two lines and give each for itself, to be shown side by side."""
    pieces = words(old, new)
    return tuple(p for p in pieces if p.how != "new"), tuple(p for p in pieces if p.how != "gone")


def lines(old: str, new: str) -> list[Changed]:
    """Compare two texts line by line, changed lines word by word."""
    mine, theirs = _lines(old), _lines(new)
    head = next(
        (at for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs))
    )
    most = min(len(mine), len(theirs)) - head
    tail = next((at for at in range(most) if mine[-1 - at] != theirs[-1 - at]), most)
    found = [_same(line) for line in mine[:head]]
    found += _between(mine[head : len(mine) - tail], theirs[head : len(theirs) - tail])
    return found + [_same(line) for line in mine[len(mine) - tail :]]


def _between(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Changed]:
    for what, low, high, first, last in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            yield from map(_same, mine[low:high])
        else:
            yield from _paired(mine[low:high], theirs[first:last])


def _paired(gone: Sequence[str], new: Sequence[str]) -> Iterator[Changed]:
    """Put each line that went beside the line that came in its place, when the two are alike."""
    at = 0
    for line in gone:
        like = next((place for place in range(at, len(new)) if _alike(line, new[place])), None)
        if like is None:
            yield Changed((Piece(line, "gone"),), False)
            continue
        yield from (Changed((Piece(one, "new"),), False) for one in new[at:like])
        yield Changed(words(line, new[like]), False)
        at = like + 1
    yield from (Changed((Piece(one, "new"),), False) for one in new[at:])


def _alike(old: str, new: str) -> bool:
    mine, theirs = set(old.split()), set(new.split())
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0


def _same(line: str) -> Changed:
    return Changed((Piece(line, "same"),), True)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
