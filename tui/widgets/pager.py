"""A long text to scroll through, in lines of pieces that each have a look; only what is in view is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.binding import BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.worker import get_current_worker

from tui.keys import bindings
from tui.layout import wrap
from tui.safe import plain
from tui.widgets.scrolling import Scrolling

Part = tuple[str, str]
"""Some words, and the name of their look: `plain`, `strong`, `muted`, `gone`, `new` or `alarm`."""
Line = Sequence[Part]
AT_ONCE = 50_000
"""Characters that are wrapped while the screen waits."""
MOST_SET_IN = 8
"""Cells at the begin of a line up to which its further rows are set in as well."""


class Pager(Scrolling, can_focus=True, inherit_bindings=False):
    """Lines of parts, wrapped to the room there is. What is gone is struck through, what is new underlined."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("move")
    MOTIONS: ClassVar[tuple[str, ...]] = ("move",)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"pager--{name}" for name in ("plain", "strong", "muted", "gone", "new", "alarm")
    }
    DEFAULT_CSS = """
    Pager {
        height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; padding: 0 1;
        & > .pager--strong { text-style: bold; }
        & > .pager--muted { color: $muted; }
        & > .pager--gone { color: $gone; text-style: strike; }
        & > .pager--new { color: $new; text-style: underline; }
        & > .pager--alarm { color: $alarm; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._rows: list[list[Part]] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, from the first one on."""
        self._lines = lines
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)

    def _lay_out(self) -> None:
        """Wrap the lines: the first of them at once, all of a long text in a worker."""
        width = max(8, self.scrollable_content_region.width or 80)
        self.workers.cancel_group(self, "layout")
        lengths = accumulate(sum(len(words) for words, _ in line) for line in self._lines)
        first = sum(1 for _ in takewhile(AT_ONCE.__ge__, lengths))
        lines = self._lines
        self._take_rows(lines, wrapped(lines[: first + 1], width))
        if first + 1 < len(lines) and self.is_attached:
            self._lay_out_whole(lines, width)

    @work(thread=True, exclusive=True, group="layout", exit_on_error=False, description="layout")
    def _lay_out_whole(self, lines: Sequence[Line], width: int) -> None:
        rows = wrapped(lines, width)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take_rows, lines, rows)

    def _take_rows(self, lines: Sequence[Line], rows: list[list[Part]]) -> None:
        if lines is self._lines:
            self._rows = rows
            self.virtual_size = Size(self.scrollable_content_region.width or 80, len(rows))
            self.refresh()

    def on_resize(self) -> None:
        """Wrap for the new room."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        base, width = self.visual_style.rich_style, self.size.width
        place = y + self.scroll_offset.y
        row = self._rows[place] if place < len(self._rows) else []
        segments = [Segment(words, base + self._look(look)) for words, look in row]
        return Strip(segments).adjust_cell_length(width, base).simplify()

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"pager--{name}", partial=True)

    def action_down(self) -> None:
        """Scroll down a line."""
        self.scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll up a line."""
        self.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll down a screen."""
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll up a screen."""
        self.scroll_page_up(animate=False)

    def action_half_down(self) -> None:
        """Scroll down half a screen."""
        self.scroll_relative(y=max(1, self.size.height // 2), animate=False)

    def action_half_up(self) -> None:
        """Scroll up half a screen."""
        self.scroll_relative(y=-max(1, self.size.height // 2), animate=False)

    def action_top(self) -> None:
        """Scroll to the top."""
        self.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.scroll_end(animate=False)


def wrapped(lines: Sequence[Line], width: int) -> list[list[Part]]:
    """Cut lines into rows of at most `width` cells."""
    return [row for line in lines for row in rows_of(line, width)]


def rows_of(line: Line, width: int) -> Iterator[list[Part]]:
    """Cut one line, cleaned, into rows of at most `width` cells; an empty line is one empty row.

    All rows of a line that is set in a little are set in like it.
    """
    line = [(plain(words), look) for words, look in line]
    text = "".join(words for words, _ in line)
    edges = [0]
    for words, _ in line:
        edges.append(edges[-1] + len(words))
    if not text:
        yield []
    inset = len(text) - len(text.lstrip(" "))
    inset = inset if inset < len(text) and inset <= min(MOST_SET_IN, width // 4) else 0
    margin: list[Part] = [(" " * inset, "plain")] if inset else []
    for start, _, bare in wrap(text[inset:], width - inset):
        first, last = start + inset, bare + inset
        yield margin + [
            (text[max(first, low) : min(last, high)], look)
            for (low, high), (_, look) in zip(pairwise(edges), line, strict=True)
            if low < last and first < high
        ]
