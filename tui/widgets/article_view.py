"""The article with a cursor on one of its words, and what can be selected from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.selection import Selection

from store.model import Span
from tui.keys import bindings
from tui.layout import beside, reads_right_to_left
from tui.motions import Found, step
from tui.widgets.ink import Reading
from tui.widgets.text_view import TextView

_NEAR = 2  # rows kept in view above and below the cursor


class ArticleView(TextView, can_focus=True, inherit_bindings=False):
    """One article to read. The cursor is always on a word; `selection` is what is selected, if anything."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("move")
    MOTIONS: ClassVar[tuple[str, ...]] = ("move", "reader")
    """The contexts whose motions are keys of what is focused."""

    @dataclass
    class Moved(Message):
        """The cursor, the selection or the part in view changed."""

        def can_replace(self, message: Message) -> bool:
            """Tell it once when it comes several times in a row."""
            return isinstance(message, ArticleView.Moved)

    @dataclass
    class Begun(Message):
        """The mouse began anew somewhere; what was being selected is given up."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.cursor = 0
        self.left: int | None = None
        """Where the cursor was before it last went far, for the way back."""
        self.selection: Span | None = None
        self.selecting = False
        self._fixed: Span = (0, 0)  # the word at which a growing selection holds on
        self._pressed = 0
        self._held = False  # whether the mouse has hold of an end of the growing selection
        self._goal: int | None = None
        self._has_room = False
        self._wanted: int | None = None  # where the cursor is about to go

    def show(self, reading: Reading, *, at: int | None = None) -> None:
        """Show an article, the cursor on the word at offset `at` (default: where it is)."""
        if at is not None:
            self._wanted = at
        other_text = self.put(reading)
        if other_text:
            self.selection, self.selecting = None, False
        if at is not None or other_text:
            self.go_to(self.cursor if at is None else at, middle=True)
        self._wanted = None

    def _about(self) -> int:
        return self.cursor if self._wanted is None else self._wanted

    def _completed(self) -> None:
        self._into_view(False)
        self.post_message(self.Moved())

    def moving(self) -> list[tuple[Span, str]]:
        """Give the selection, or else the word that the cursor is on."""
        if self.selection:
            return [(self.selection, "text--selected")]
        word = self.units.word(self.cursor)
        return [(word, "text--cursor")] if word[1] else []

    # Where the cursor is

    def go_to(self, offset: int, *, middle: bool = False) -> None:
        """Put the cursor on the word at `offset`; with `middle`, well inside the view."""
        before = self._touched()
        self.cursor = self.units.word(offset)[0]
        if self.selecting:
            (start, end), (first, last) = self._fixed, self.units.word(self.cursor)
            self.selection = (first, end) if first < start else (start, max(last, end))
        elif self.selection and not self.selection[0] <= self.cursor < self.selection[1]:
            self.selection = None
        self._redraw(before | self._touched())
        self._into_view(middle)
        self.post_message(self.Moved())

    def select(self, span: Span | None, *, cursor: int | None = None) -> None:
        """Select a span, the cursor at its begin or on the word at `cursor`; None drops the selection."""
        before = self._touched()
        self.selection, self.selecting = span, False
        if span is not None:
            self.cursor = self.units.word(span[0] if cursor is None else cursor)[0]
        self._redraw(before | self._touched())
        self.post_message(self.Moved())

    def begin_selecting(self) -> None:
        """Let motions select from the cursor's word, or from the selection's begin, on."""
        chosen = self.selection
        self._fixed = self.units.word(self.cursor) if chosen is None else (chosen[0], self._head_end(chosen))
        self.selecting = True
        self.go_to(self.cursor if chosen is None else self.units.last_word(chosen)[0])
        if chosen is not None:
            self._set_selection(chosen)

    def other_end(self) -> None:
        """Let motions move the other end of the growing selection."""
        if self.selection is None:
            return
        chosen, last = self.selection, self.units.last_word(self.selection)
        if self.cursor >= last[0] and self.cursor > self._fixed[0]:
            self._fixed = (last[0], chosen[1])
            self.go_to(chosen[0])
        else:
            self._fixed = (chosen[0], self._head_end(chosen))
            self.go_to(last[0])
        self._set_selection(chosen)

    def move_edge(self, away: int) -> None:
        """Move the end of the growing selection that the cursor is at by one character as it is drawn."""
        if self.selection is None or not self.selecting:
            return
        start, end = self.selection
        if self.cursor < self._fixed[0]:
            start = min(beside(self.reading.text, start, away), end - 1)
        else:
            end = max(beside(self.reading.text, end, away), start + 1)
        self._set_selection((start, end))

    def _head_end(self, span: Span) -> int:
        return min(span[1], max(self.units.word(span[0])[1], span[0] + 1))

    def _set_selection(self, span: Span) -> None:
        """Select exactly this while a selection grows, whatever its words' bounds are."""
        before = self._touched()
        self.selection = span
        self._redraw(before | self._touched())
        self.post_message(self.Moved())

    def move(self, spans: Found | Sequence[Span], away: int, *, middle: bool = False) -> bool:
        """Go to the next span (`away` 1) or the one before (-1), at its first word; say whether that led anywhere."""
        self._goal = None
        if isinstance(spans, Found):
            target = spans.beyond(self.cursor, away)
        else:
            target = step(spans, self.cursor, away, self._first_word)
        return self._moved(target, middle=middle)

    def _first_word(self, span: Span) -> int:
        return self.units.word(span[0])[0]

    def _moved(self, target: int, *, middle: bool = False) -> bool:
        if target == self.cursor:
            return False
        self.go_to(target, middle=middle)
        return True

    def move_end(self, spans: Found | Sequence[Span]) -> bool:
        """Go to the last word of a span: of the one the cursor is in, then of the next; say whether that led anywhere.

        It is how a selection grows by whole sentences or quotes.
        """
        self._goal = None
        nearest = self.cursor
        for span in spans.onward(self.cursor) if isinstance(spans, Found) else spans:
            if span[1] <= self.cursor:
                continue
            if nearest != self.cursor and span[0] > nearest:
                break
            last = self.units.last_word(span)[0]
            if last > self.cursor and (nearest == self.cursor or last < nearest):
                nearest = last
        return self._moved(nearest)

    def _touched(self) -> set[int]:
        first, last = self.selection or self.units.word(self.cursor)
        touched = set(range(self._layout.row_at(first), self._layout.row_at(max(first, last - 1)) + 1))
        return touched | {self._layout.row_at(self.cursor)}

    def _redraw(self, rows: Iterable[int]) -> None:
        for row in rows:
            place = row + len(self._head)
            self._drawn.pop(place, None)
            self.refresh(Region(0, place - self.scroll_offset.y, self.size.width, 1))

    def _row_of_cursor(self) -> int:
        return self._layout.row_at(self.cursor) + len(self._head)

    def _into_view(self, middle: bool) -> None:
        height, row = self.scrollable_content_region.height, self._row_of_cursor()
        if not height:
            return
        top = self.scroll_offset.y
        near = min(_NEAR, (height - 1) // 2)
        if top + near <= row < top + height - near and not middle:
            return
        if middle and top + near <= row < top + height * 2 // 3:
            return
        if middle or not top - height <= row < top + 2 * height:
            top = row - height // 3
        else:
            top = row - near if row < top + near else row - height + 1 + near
        if len(self._head) == row < height:
            top = 0
        self.scroll_to(y=max(0, top), animate=False, force=True)

    def keep_clear(self, span: Span, rows: int) -> None:
        """Scroll so that `span` can be read while `rows` rows at the foot are covered by something else."""
        top_row = self._layout.row_at(span[0]) + len(self._head)
        last_row = self._layout.row_at(max(span[0], span[1] - 1)) + len(self._head)
        room = max(1, self.scrollable_content_region.height - rows)
        top = self.scroll_offset.y
        if last_row >= top + room:
            top = last_row - room + 1
        self.scroll_to(y=max(0, min(top, top_row)), animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the screen that another part is in view."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    @on(events.MouseScrollUp)
    @on(events.MouseScrollDown)
    def _wheel(self) -> None:
        self.call_after_refresh(self._cursor_into_view)

    def _cursor_into_view(self) -> None:
        """Bring the cursor to the nearest row that can be seen, so that reading goes on where the eyes are."""
        height, top, row = self.scrollable_content_region.height, self.scroll_offset.y, self._row_of_cursor()
        if self.selecting or not height or top <= row < top + height:
            return
        self._to_row((top + min(_NEAR, height - 1) if row < top else top + height - 1 - min(_NEAR, height - 1)) - row)

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Lay the text out for its room before it is drawn there; the message of a new size comes after that."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if size and self.reading.text and not (self._has_room and self.fits):
            self.lay_out()
            self._into_view(not self._has_room)
            self._has_room = True
        return changed

    def on_resize(self) -> None:
        """Lay the text out for the new room; the cursor stays in view."""
        if not self.fits:
            self.lay_out()
        self.call_after_refresh(self._into_view, False)

    def mirror(self, span: Span) -> None:
        """Make a span what the terminal's own copy key takes."""
        self.screen.selections = {self: Selection(Offset(span[0], 0), Offset(span[1], 0))}

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the words that `mirror` marked."""
        if selection.start is None or selection.end is None:
            return None
        return self.reading.text[selection.start.x : selection.end.x], "\n"

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the word under the mouse; dragging selects from it, or moves the end it took hold of."""
        self._pressed = self.offset_of(event.x, event.y)
        self._held = self._take_hold(self._pressed)
        if not self._held:
            self.selection, self.selecting = None, False
            self.post_message(self.Begun())
            self.go_to(self._pressed)
            self._fixed = self.units.word(self._pressed)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the word under the mouse while its button is down; with ctrl or alt, up to the character.

        Where words are read from right to left, whole words always: their cells are not in the order of the text.
        """
        if event.button != 1 or self.app.mouse_captured is not self:
            return
        offset = self.offset_of(event.x, event.y)
        if (event.ctrl or event.meta) and not self._held and not self._reads_back(offset):
            first, last = sorted((self._pressed, offset))
            self.cursor = self.units.word(first)[0]
            self._set_selection((first, beside(self.reading.text, last, 1)))
        elif self.units.word(offset)[0] != self.cursor or self.selection:
            self.selecting = True
            self.go_to(offset)

    def _take_hold(self, offset: int) -> bool:
        """Let motions move the end of the growing selection that is on the word at `offset`; say whether one is."""
        if self.selection is None or not self.selecting:
            return False
        word, ends = self.units.word(offset), (self.units.word(self.selection[0]), self.units.last_word(self.selection))
        if word not in ends:
            return False
        if self.cursor != word[0]:
            self.other_end()
        return True

    def _reads_back(self, offset: int) -> bool:
        start, end = self.units.paragraph(offset)
        return reads_right_to_left(self.reading.text[start:end])

    def on_mouse_up(self) -> None:
        """End a drag; what was pressed elsewhere ends none."""
        if self.app.mouse_captured is not self:
            return
        self.selecting = self._held
        self.release_mouse()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """Select the quote under the mouse, with a second click the word, with a third the sentence."""
        offset = self.offset_of(event.x, event.y)
        if event.chain > 1:
            self.post_message(self.Begun())
        if event.chain == 2:
            self.select(self.units.word(offset))
        elif event.chain == 3:
            self.select(self.units.sentence(offset))
        elif self.selection is None and (quote := self._quote_at(offset)):
            self.select(quote, cursor=offset)

    def _quote_at(self, offset: int) -> Span | None:
        here = [
            (mark.quote.start, mark.quote.end)
            for mark in self.reading.quotes
            if any(start <= offset < end for start, end in mark.quote.spans)
        ]
        return min(here, key=lambda span: span[1] - span[0], default=None)

    # Moving by rows

    def _to_row(self, rows: int) -> None:
        if not self._layout.rows:
            return
        goal = self._layout.column_at(self.cursor) if self._goal is None else self._goal
        number = self._layout.row_at(self.cursor) + rows
        last = len(self._layout.rows) - 1
        number = max(0, min(number, last))
        way = 1 if rows > 0 else -1
        while 0 < number < last and self._layout.rows[number].start == self._layout.rows[number].end:
            number += way
        self.go_to(self._layout.offset_at(number, goal))
        self._goal = goal
        if rows > 0 and number == last:
            self.scroll_end(animate=False, force=True)
        if rows < 0 and number == 0:
            self.scroll_home(animate=False, force=True)

    def action_down(self) -> None:
        """Move a row down."""
        self._to_row(1)

    def action_up(self) -> None:
        """Move a row up."""
        self._to_row(-1)

    def action_half_down(self) -> None:
        """Move half a screen down."""
        self._page(0.5)

    def action_half_up(self) -> None:
        """Move half a screen up."""
        self._page(-0.5)

    def action_page_down(self) -> None:
        """Move a screen down."""
        self._page(1)

    def action_page_up(self) -> None:
        """Move a screen up."""
        self._page(-1)

    def _page(self, screens: float) -> None:
        rows = int((self.scrollable_content_region.height - 2) * screens) or (1 if screens > 0 else -1)
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True)
        self._to_row(rows)

    def action_top(self) -> None:
        """Move to the first word."""
        self._goal, self.left = None, self.cursor
        self.go_to(0)
        self.scroll_home(animate=False, force=True)

    def action_bottom(self) -> None:
        """Move to the last word."""
        self._goal, self.left = None, self.cursor
        self.go_to(len(self.reading.text))
        self.scroll_end(animate=False, force=True)
