"""Text in cells: cut and filled to an exact width, wide characters counted as the terminal counts them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Piece = tuple[str, Style | None]
"""Some clean text and how it looks; several make a line."""

ELLIPSIS = "…"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Give `text` in exactly `width` cells: cut with an ellipsis, or filled with spaces (on its left when `right`)."""
    if width <= 0:
        return ""
    cells = len(text) if text.isascii() else cell_len(text)
    if cells > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + ELLIPSIS, width)
    filler = " " * (width - cells)
    return filler + text if right else text + filler


def fit_middle(text: str, width: int, share: float = 1 / 3) -> str:
    """Give `text` in at most `width` cells; where it is longer, with an ellipsis behind the first `share` of them."""
    over = cell_len(text) - width
    if over <= 0:
        return text
    head = max(0, int((width - 1) * share))
    kept = set_cell_size(text, head).rstrip(" " + ELLIPSIS)
    begin, room = len(text), width - 1 - head
    while begin and cell_len(text[begin - 1 :]) <= room:
        begin -= 1
    return kept + ELLIPSIS + text[begin:]


def line(pieces: Iterable[Piece], width: int, style: Style) -> Strip:
    """Make a line of exactly `width` cells of `pieces`, each on top of `style`."""
    segments = [Segment(text, style + look if look else style) for text, look in pieces if text]
    strip = Strip(segments)
    return strip.adjust_cell_length(width, style)
