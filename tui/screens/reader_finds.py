"""Finding words in the article that is open."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from threading import Lock

from textual import on, work
from textual.widgets import Input
from textual.worker import get_current_worker

from store.model import Span
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase
from tui.widgets.filter_box import FilterBox

AT_ONCE = 100_000
"""Characters that are searched while the screen waits."""
MOST_COMPARED = 300_000
"""The longest text, in characters, in which nearly alike words are looked for while one types."""


class Finds(ReaderBase):
    """The part of the reader that finds words."""

    _find_from = 0
    _wanted = _near = ""
    _one_at_a_time = Lock()

    def action_find(self) -> None:
        """Find words in this article, from the cursor on."""
        self._find_from = self.view.cursor
        box = self.query_one("#find", FilterBox)
        box.open()
        box.input.action_select_all()

    @on(Input.Changed, "#find Input")
    def _find_typed(self, event: Input.Changed) -> None:
        self.find(event.value)

    @on(FilterBox.Done)
    def _find_done(self, event: FilterBox.Done) -> None:
        box = self.query_one("#find", FilterBox)
        if box.display:
            box.display = False
            if self.found:
                self.view.left = self._find_from
        else:
            self.find("")
            self.view.go_to(self._find_from, middle=True)
        self.set_focus(self.view)
        self.show_bar()

    @on(FilterBox.Move)
    def _find_moved(self, event: FilterBox.Move) -> None:
        box = self.query_one("#find", FilterBox)
        if self._near and box.display:
            box.input.value = self._near
            box.input.cursor_position = len(self._near)
            return
        self._to_found(1 if event.rows > 0 else -1)

    def find(self, wanted: str) -> None:
        """Mark every place that reads like `wanted` and go to the next one; in a long text once a worker has them."""
        text = self.opened.version.text
        self._wanted = wanted.strip()
        self.workers.cancel_group(self, "find")
        if len(text) <= AT_ONCE:
            self._show_found(*_found(text, wanted))
        else:
            self._find(text, wanted)

    @work(thread=True, exclusive=True, group="find", exit_on_error=False, description="find")
    def _find(self, text: str, wanted: str) -> None:
        worker = get_current_worker()
        with self._one_at_a_time:
            if worker.is_cancelled:  # something else was typed meanwhile
                return
            found = _found(text, wanted)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_late, wanted, found)

    def _show_late(self, wanted: str, found: tuple[list[Span], str]) -> None:
        if self.is_mounted and wanted.strip() == self._wanted:
            self._show_found(*found)

    def _show_found(self, found: list[Span], near: str) -> None:
        self.found, self._near = found, near
        self.view.mark_found(found)
        after = bisect_left(found, self._find_from, key=itemgetter(0))
        if found:
            self.view.go_to(found[after % len(found)][0], middle=True)
        elif self._wanted:
            self.view.go_to(self._find_from, middle=True)
        self.show_bar()

    def found_line(self) -> str:
        """Say which of the places found the cursor is on."""
        if not self._wanted:
            return ""
        if not self.found:
            hint = f"   ↓ finds “{verbatim(self._near)}”" if self._near else ""
            return f"“{verbatim(self._wanted)}”: not in this text{hint}"
        typing = self.query_one("#find", FilterBox).display
        keys = (
            "↓ next   ↑ before   enter keep   esc back"
            if typing
            else "<reader.find_next> next   <reader.find_back> before   esc drop"
        )
        return f"“{verbatim(self._wanted)}”: {self.found_place} of {len(self.found)}   {keys}"

    def action_find_next(self) -> None:
        """Go to the next place found, from the top again after the last."""
        self._to_found(1)

    def action_find_back(self) -> None:
        """Go to the place found before."""
        self._to_found(-1)

    def _to_found(self, away: int) -> None:
        if not self.found:
            app_of(self).say("Nothing was searched for here: <reader.find> finds in this article")
            return
        if not self.view.move(self.found, away, middle=True):
            self.view.go_to(self.found[0 if away > 0 else -1][0], middle=True)


def _found(text: str, wanted: str) -> tuple[list[Span], str]:
    """Give the places that read like `wanted`; when there is none, words that read nearly like it."""
    from tui.finding import find, near  # noqa: PLC0415 - with it comes folding

    found = find(text, wanted)
    return found, "" if found or len(text) > MOST_COMPARED else near(text, wanted)
