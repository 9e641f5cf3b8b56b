"""What screens have in common whose list is read, filtered and put in order in workers."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.content import Content
from textual.events import ScreenSuspend
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from tui.safe import put
from tui.screens.page import Page, app_of
from tui.widgets.filter_box import FilterBox
from tui.widgets.line_list import LineList


class Sifted(Page):
    """A list `#rows` under a filter, with `#nothing` in its place when it is empty.

    Keys wait until the list is there, and an enter behind the filter's words until they are answered.
    """

    def __init__(self) -> None:
        super().__init__()
        self.awaited = True
        self._due = False
        self._open_soon = False

    # What a subclass says

    def sift(self, top: bool = False) -> None:
        """Have a worker make ready what the filter lets through, the cursor staying on its row or at the top."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Open what the cursor is on."""
        raise NotImplementedError

    # The list

    @property
    def rows(self) -> LineList[Any]:
        """The list."""
        return self.query_one("#rows", LineList)

    @property
    def filter(self) -> FilterBox:
        """The line of the filter."""
        return self.query_one(FilterBox)

    def sift_and_wait(self) -> None:
        """Sift from the top; the keys behind the one that asked for it wait."""
        self.awaited = True
        self.sift(top=True)

    def is_shown(self, nothing: Content | None) -> None:
        """Say that what the filter lets through stands in the list now, or why it is empty."""
        told = self.query_one("#nothing", Static)
        told.display, self.rows.display = nothing is not None, nothing is None
        if nothing is not None:
            put(told, nothing)
        elif self.focused is None:  # that is lost with the last row
            self.set_focus(self.rows)
        opens, self._due, self._open_soon, self.awaited = self._open_soon, False, False, False
        if opens:
            self.action_open()

    @on(Worker.StateChanged)
    def _failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._wait_no_more()

    @on(ScreenSuspend)
    def _wait_no_more(self) -> None:
        self.awaited = self._open_soon = False

    # The filter

    @on(Input.Changed)
    def _typed(self) -> None:
        self._due, self._open_soon = True, False
        self.sift(top=bool(self.filter.value.strip()))  # else the cursor stays on what was found

    @on(FilterBox.Move)
    def _move_while_typing(self, event: FilterBox.Move) -> None:
        self.rows.go_to(self.rows.cursor + event.rows)

    @on(FilterBox.Done)
    def _typed_out(self, event: FilterBox.Done) -> None:
        self.set_focus(self.rows)
        if event.opened and self._due:
            self._open_soon = self.awaited = True
        elif event.opened:
            self.action_open()

    def action_filter(self) -> None:
        """Show only what matches what is typed."""
        self.filter.open()

    async def action_clear(self) -> None:
        """Show all again, or go back."""
        if self.filter.display:
            self.filter.close()
        else:
            await app_of(self).action_back()
