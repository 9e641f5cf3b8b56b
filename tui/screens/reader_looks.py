"""How the reader shows the text: its width, and the text alone."""

from __future__ import annotations

from tui.config import LEAST_MEASURE, MOST_MEASURE
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase

STEP = 4


class Looks(ReaderBase):
    """The part of the reader that changes how it looks."""

    def action_zen(self) -> None:
        """Show the text and nothing else, or all again."""
        if self.has_class("-zen"):
            self.end_zen()
            return
        self.close_pane()
        self._zen(True)
        app_of(self).say("The text alone: <reader.zen> or esc brings the rest back")

    def end_zen(self) -> None:
        """Bring back what is around the text."""
        if self.has_class("-zen"):
            self._zen(False)

    def _zen(self, on: bool) -> None:
        self.set_class(on, "-zen")
        self.view.bare = on
        self.view.show(self.opened.reading(app_of(self).verdict_names), at=self.view.cursor)
        self.set_focus(self.view)
        self.show_bar()

    def action_wider(self) -> None:
        """Make the lines wider."""
        self._measure(STEP)

    def action_narrower(self) -> None:
        """Make the lines narrower."""
        self._measure(-STEP)

    def _measure(self, more: int) -> None:
        app, view = app_of(self), self.view
        before = view.measure
        start = before if more > 0 else min(before, view.line_cells)
        view.measure = max(LEAST_MEASURE, min(MOST_MEASURE, start + more))
        view.lay_out()
        view.go_to(view.cursor)
        if view.line_cells < view.measure and more > 0:
            view.measure = max(view.line_cells, before)
            app.say(f"{view.line_cells} columns: there is no room for more")
        else:
            app.say(f"{view.line_cells} columns")
        app.choose_measure(view.measure)
