"""A list that draws only the rows in view, so that 100,000 rows are there as fast as ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from tui.keys import bindings
from tui.widgets.cells import Piece, line
from tui.widgets.scrolling import Scrolling

Row = TypeVar("Row")
MOST_DRAWN = 1000


class LineList(Scrolling, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows under one another with a cursor on one of them; a subclass says how a row looks.

    `row_height` is the number of lines of every row. The cursor is always on a row when there is one.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("move")
    MOTIONS: ClassVar[tuple[str, ...]] = ("move",)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--cursor", "row--muted", "row--accent", "row--strong", "row--hit"}
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .row--cursor { background: $row; color: $row-text; }
        & > .row--muted { color: $muted; }
        & > .row--accent { color: $claim; }
        & > .row--strong { text-style: bold; }
        & > .row--hit { background: $hit; color: $hit-text; text-style: bold underline; }
    }
    """

    cursor: var[int] = var(0)

    @dataclass
    class Moved(Message):
        """The cursor came to another row, or the rows changed."""

        rows: LineList[Any]

        @property
        def control(self) -> LineList[Any]:
            """The list it happened in."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was clicked when the cursor was on it already."""

        rows: LineList[Any]

        @property
        def control(self) -> LineList[Any]:
            """The list it happened in."""
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[Row] = ()
        self.row_height = 1
        self.resting = False
        self._sought: set[object] = set()
        self._drawn: dict[tuple[int, int, bool], Strip] = {}

    # What a subclass says

    def key_of(self, row: Row) -> object:
        """Give what makes `row` the same row after a change."""
        return row

    def keys_of(self, rows: Sequence[Row]) -> set[object]:
        """Give the keys of rows."""
        return set(map(self.key_of, rows))

    def paint(self, row: Row, part: int, width: int) -> list[Piece]:
        """Give line `part` of `row` as pieces of clean text, to be fitted into `width` cells."""
        raise NotImplementedError

    # What a screen asks

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show_rows(self, rows: Sequence[Row], *, top: bool = False) -> None:
        """Show other rows; the cursor stays on its row if that is still there, else at its place.

        With `top` it goes to the first row, and else to the first that comes of those sought.
        """
        kept, arrived = self.current, None if top else self._arrived(rows)
        self.rows = rows
        self._drawn.clear()
        place = 0 if top else min(self.cursor, len(rows) - 1)
        if kept is not None and not top:
            key = self.key_of(kept)
            if place < 0 or self.key_of(rows[place]) != key:
                place = next((at for at, row in enumerate(rows) if self.key_of(row) == key), place)
        place = place if arrived is None else arrived
        self._resize()
        self.set_reactive(LineList.cursor, max(0, place))
        self._into_view()
        self.refresh()
        self.post_message(self.Moved(self))

    def go_to(self, place: int) -> None:
        """Put the cursor on the row at `place`, as near as there is one."""
        self.cursor = max(0, min(place, len(self.rows) - 1))
        self._into_view()

    def go_to_key(self, key: object) -> None:
        """Put the cursor on the row of this key, if there is one."""
        place = next((at for at, row in enumerate(self.rows) if self.key_of(row) == key), self.cursor)
        self.go_to(place)

    def seek(self, *keys: object) -> None:
        """Have the cursor go to a row of one of these keys when one comes: what undo brings back, a new name."""
        self._sought.update(keys)

    def _arrived(self, rows: Sequence[Row]) -> int | None:
        """Give the place of the first row sought that was not there before."""
        if not self._sought:
            return None
        came = self._sought & self.keys_of(rows) - self.keys_of(self.rows)
        self._sought -= came
        return next((at for at, row in enumerate(rows) if self.key_of(row) in came), None) if came else None

    def redraw(self) -> None:
        """Draw the same rows again, because something else that is drawn in them changed."""
        self._drawn.clear()
        self.refresh()

    def rest(self, resting: bool) -> None:
        """Show the cursor as that of a list beside the one that keys go to, or as that of this one again."""
        if resting != self.resting:
            self.resting = resting
            self.redraw()

    def set_row_height(self, height: int) -> None:
        """Give every row `height` lines."""
        if height != self.row_height:
            self.row_height = height
            self._drawn.clear()
            self._resize()
            self._into_view()
            self.refresh()

    # How it works

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two rows concerned and tell the screen."""
        self._refresh_row(old)
        self._refresh_row(new)
        self.post_message(self.Moved(self))

    def _refresh_row(self, place: int) -> None:
        top = place * self.row_height - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, self.row_height))

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.rows) * self.row_height)

    def _into_view(self) -> None:
        height = self.scrollable_content_region.height
        top = self.cursor * self.row_height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif height and top + self.row_height > self.scroll_offset.y + height:
            self.scroll_to(y=top + self.row_height - height, animate=False, force=True)

    def on_resize(self) -> None:
        """Keep the cursor in view when the room changes."""
        self._drawn.clear()
        self._resize()
        self._into_view()

    def notify_style_update(self) -> None:
        """Draw all anew in other colours."""
        self._drawn.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view; what was drawn is kept until rows, room or colours change."""
        width = self.size.width
        place, part = divmod(y + self.scroll_offset.y, self.row_height)
        if place >= len(self.rows):
            return Strip.blank(width, self.visual_style.rich_style)
        wanted = (place, part, place == self.cursor)
        strip = self._drawn.get(wanted)
        if strip is None or strip.cell_length != width:
            if len(self._drawn) > MOST_DRAWN:
                self._drawn.clear()
            strip = self._drawn[wanted] = self._draw(*wanted, width)
        return strip

    def _draw(self, place: int, part: int, cursor: bool, width: int) -> Strip:
        style = self.visual_style.rich_style
        if cursor and not self.resting:
            style += self.look("row--cursor")
        bar = " " if not cursor else "›" if self.resting else "▌"
        pieces = [(bar, self.look("row--accent")), *self.paint(self.rows[place], part, width - 1)]
        return line(pieces, width, style)

    def look(self, name: str) -> Style:
        """Give the style of a component class, to be put on top of the row's."""
        return self.get_component_rich_style(name, partial=True)

    def on_click(self, event: events.Click) -> None:
        """Move to the row under the mouse; a second click on it chooses it."""
        place = (event.y + self.scroll_offset.y) // self.row_height
        if place >= len(self.rows):
            return
        if place == self.cursor:
            self.post_message(self.Chosen(self))
        self.go_to(place)

    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height // self.row_height)

    def action_down(self) -> None:
        """Move a row down."""
        self.go_to(self.cursor + 1)

    def action_up(self) -> None:
        """Move a row up."""
        self.go_to(self.cursor - 1)

    def action_half_down(self) -> None:
        """Move half a screen down."""
        self.go_to(self.cursor + max(1, self._page() // 2))

    def action_half_up(self) -> None:
        """Move half a screen up."""
        self.go_to(self.cursor - max(1, self._page() // 2))

    def action_page_down(self) -> None:
        """Move a screen down."""
        self.go_to(self.cursor + self._page())

    def action_page_up(self) -> None:
        """Move a screen up."""
        self.go_to(self.cursor - self._page())

    def action_top(self) -> None:
        """Move to the first row."""
        self.go_to(0)

    def action_bottom(self) -> None:
        """Move to the last row."""
        self.go_to(len(self.rows) - 1)
