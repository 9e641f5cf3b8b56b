"""The same words in several places, two of them side by side with the differing words marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from store.dossier.drift import told
from store.dossier.records import Entry, Subject
from tui.counting import count
from tui.dossier_rows import Sighting
from tui.dossier_told import cited
from tui.keys import bindings
from tui.safe import plain, put, safe
from tui.screens.dossier import open_entry
from tui.screens.page import Page, app_of
from tui.verdicts import Names, judged, names_on
from tui.widgets.article_list import NARROW, ROOMY
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.cells import Piece, fit
from tui.widgets.entry_list import day_of
from tui.widgets.line_list import LineList
from tui.widgets.wordings import facts, here, origin, there, worded


class SightingList(LineList[Sighting]):
    """Where the same words stand, and how they differ from those of `entry`."""

    MOST_ROWS: ClassVar = 6

    def __init__(self, entry: Entry, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entry, self._today = entry, today

    def show_rows(self, rows: Sequence[Sighting], *, top: bool = False) -> None:
        """Show other places, with room for a few of them."""
        super().show_rows(rows, top=top)
        self._fit_height()

    def set_row_height(self, height: int) -> None:
        """Give every row so many lines."""
        super().set_row_height(height)
        self._fit_height()

    def _fit_height(self) -> None:
        most = self.MOST_ROWS if self.row_height == 1 else 3
        self.styles.height = max(1, min(most, len(self.rows))) * self.row_height

    def key_of(self, row: Sighting) -> object:
        """Give the entry's place."""
        return row.entry.key

    def paint(self, row: Sighting, part: int, width: int) -> list[Piece]:
        """Draw a place, and how the words differ there."""
        muted = self.look("row--muted")
        entry = row.entry
        how = plain(told(self._entry.words, entry.words, row.differences)) or "word for word"
        look = self.look("row--accent") if row.heavy else muted
        if self.row_height == 2:
            who = plain(entry.who) if entry.who != self._entry.who else ""
            where = " · ".join(part for part in (day_of(entry, self._today, width), who, plain(entry.where)) if part)
            return [(fit(f"   {how}", width), look)] if part else [(fit(f" {where}", width), None)]
        days = 12 if width >= ROOMY else 9
        return [
            (fit(f" {day_of(entry, self._today, days - 1)}", days + 1), muted),
            (fit(plain(entry.where), 18) + " ", None),
            (fit(plain(entry.who), 18) + " ", muted if entry.who == self._entry.who else self.look("row--strong")),
            (fit(judged(entry.verdict, names_on(self.app)), 10) + " ", self.look("row--strong")),
            (fit(how, max(1, width - days - 50)), look),
        ]


class CompareScreen(Page):
    """Compares the words of `entry` with those of its sightings."""

    CONTEXTS: ClassVar = ("compare", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")
    DEFAULT_CSS = """
    CompareScreen {
        & > #pair { height: 1fr; border-top: solid $rule; }
        & > #pair > VerticalScroll { width: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & > #pair > #right { border-left: solid $rule; }
        &.-mid > #pair, &.-narrow > #pair { layout: vertical; overflow-y: auto; }
        &.-mid > #pair > VerticalScroll, &.-narrow > #pair > VerticalScroll { height: auto; }
        &.-mid > #pair > #right, &.-narrow > #pair > #right { border-left: none; border-top: dashed $rule; }
    }
    """

    def __init__(self, entry: Entry, found: Sequence[Sighting]) -> None:
        super().__init__()
        self._entry, self._found = entry, found

    def compose(self) -> ComposeResult:
        """Lay out the places and the pair."""
        yield TitleBar("Same words elsewhere", count(len(self._found), "place"), id="title")
        yield SightingList(self._entry, app_of(self).today(), id="rows")
        with Horizontal(id="pair"):
            with VerticalScroll(id="left", can_focus=False):
                yield Static(id="here")
            with VerticalScroll(id="right", can_focus=False):
                yield Static(id="there")
        yield HintBar("compare", id="hints")

    def on_mount(self) -> None:
        """Show the first pair."""
        sightings = self.query_one(SightingList)
        sightings.show_rows(self._found)
        sightings.display = self.query_one("#right").display = bool(self._found)
        self.set_focus(sightings)
        self._tell()

    @on(Resize)
    def _fit(self) -> None:
        self.query_one(SightingList).set_row_height(2 if self.size.width < NARROW + 20 else 1)

    @on(LineList.Moved)
    def _tell(self) -> None:
        row, names = self.query_one(SightingList).current, names_on(self.app)
        if row is None:
            alone = Content.styled("\n\nThese words were found nowhere else.", "$muted")
            told_here = _told(self._entry, worded(self._entry, ()), names)
            put(self.query_one("#here", Static), told_here + alone)
        else:
            marks = row.differences
            put(self.query_one("#here", Static), _told(self._entry, worded(self._entry, here(marks)), names))
            put(self.query_one("#there", Static), _told(row.entry, worded(row.entry, there(marks)), names))

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Open the other place at the words."""
        row = self.query_one(SightingList).current
        open_entry(self, row.entry if row else self._entry)

    def action_copy(self) -> None:
        """Copy both wordings with their sources."""
        from tui.copying import copy  # noqa: PLC0415

        row = self.query_one(SightingList).current
        if row is None:
            copy(app_of(self), cited(self._entry))
        else:
            how = told(self._entry.words, row.entry.words, row.differences) or "word for word"
            copy(app_of(self), f"{cited(self._entry)}\n{cited(row.entry)}\n{how}\n")

    def action_leave(self) -> None:
        """Go back to the dossier."""
        self.app.pop_screen()

    def dossier_subject(self) -> Subject | None:
        """Give the speaker of the other place."""
        row = self.query_one(SightingList).current
        return Subject("speaker", row.entry.speaker) if row and row.entry.speaker else None


def _told(entry: Entry, words: Content, names: Names) -> Content:
    return Content("\n").join([safe(origin(entry), "bold"), words, Content(""), facts(entry, names)])
