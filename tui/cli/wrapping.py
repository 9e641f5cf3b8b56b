"""Wrapping styled text to a width in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from store.safe_text import clean
from tui.cli.output import cells, measure

_WORDS = re.compile(r"\S+")


class Piece(NamedTuple):
    """Text in one style, an SGR code or nothing."""

    text: str
    style: str = ""


def wrap(pieces: Sequence[Piece], width: int, colour: bool, first: str = "", rest: str = "") -> list[str]:
    """Wrap pieces into lines of at most `width` cells, the first with `first` before it, the others with `rest`.

    Words wider than a line are cut. Colours are written only when `colour` says so.
    """
    safe = [Piece(clean(piece.text).replace("\n", " "), piece.style) for piece in pieces]
    text = "".join(piece.text for piece in safe)
    lines = _ranges(text, max(8, width - max(measure(first), measure(rest))))
    styles = _styles(safe) if colour else []
    return [
        (rest if number else first) + (_styled(text, span, styles) if colour else text[span[0] : span[1]])
        for number, span in enumerate(lines)
    ]


def _ranges(text: str, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = end = used = -1
    for match in _WORDS.finditer(text):
        for a, b in _pieces_of_word(text, match.start(), match.end(), width):
            gap = measure(text[end:a]) if start >= 0 else 0
            size = measure(text[a:b])
            if start >= 0 and used + gap + size <= width:
                end, used = b, used + gap + size
                continue
            if start >= 0:
                lines.append((start, end))
            start, end, used = a, b, size
    if start >= 0:
        lines.append((start, end))
    return lines


def _pieces_of_word(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    if measure(text[start:end]) <= width:
        return [(start, end)]
    found, at, used = [], start, 0
    for place in range(start, end):
        size = cells(text[place])
        if used + size > width:
            found.append((at, place))
            at, used = place, 0
        used += size
    return [*found, (at, end)]


def _styles(pieces: Sequence[Piece]) -> list[tuple[int, int, str]]:
    found, at = [], 0
    for piece in pieces:
        found.append((at, at + len(piece.text), piece.style))
        at += len(piece.text)
    return found


def _styled(text: str, span: tuple[int, int], styles: Sequence[tuple[int, int, str]]) -> str:
    parts = []
    for start, end, style in styles:
        words = text[max(start, span[0]) : min(end, span[1])]
        if words:
            parts.append(f"\x1b[{style}m{words}\x1b[0m" if style else words)
    return "".join(parts)
