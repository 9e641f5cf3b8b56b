"""Finding words in the article that is open."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase
from tui.widgets.filter_box import FilterBox

MOST_COMPARED = 300_000
"""The longest text, in characters, in which nearly alike words are looked for while one types."""


class Finds(ReaderBase):
    """The part of the reader that finds words."""

    _find_from = 0
    _wanted = _near = ""

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
        """Mark every place that reads like `wanted` and go to the next one."""
        from tui.finding import find, near  # noqa: PLC0415 - with it comes folding

        text = self.opened.version.text
        self.found = find(text, wanted)
        self._near = "" if self.found or len(text) > MOST_COMPARED else near(text, wanted)
        self.view.mark_found(self.found)
        after = [span for span in self.found if span[0] >= self._find_from]
        if after or self.found:
            self.view.go_to((after or self.found)[0][0], middle=True)
        elif wanted.strip():
            self.view.go_to(self._find_from, middle=True)
        self._wanted = wanted.strip()
        self.show_bar()

    def found_line(self) -> str:
        """Say which of the places found the cursor is on."""
        if not self._wanted:
            return ""
        if not self.found:
            hint = f"   ↓ finds “{self._near}”" if self._near else ""
            return f"“{self._wanted}”: not in this text{hint}"
        typing = self.query_one("#find", FilterBox).display
        keys = "↓ next   ↑ before   enter keep   esc back" if typing else "n next   N before   esc drop"
        return f"“{self._wanted}”: {self.found_place} of {len(self.found)}   {keys}"

    def action_find_next(self) -> None:
        """Go to the next place found, from the top again after the last."""
        self._to_found(1)

    def action_find_back(self) -> None:
        """Go to the place found before."""
        self._to_found(-1)

    def _to_found(self, away: int) -> None:
        if not self.found:
            app_of(self).say("Nothing was searched for here: / finds in this article")
            return
        if not self.view.move(self.found, away, middle=True):
            self.view.go_to(self.found[0 if away > 0 else -1][0], middle=True)
