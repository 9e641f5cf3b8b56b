"""One line whose middle gives way where it is too long, so that its begin and its end can be read."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from tui.safe import plain
from tui.widgets.cells import fit_middle, line

HEAD = 0.6
"""How much of the line is for the begin of what is too long; there it says whose words they are."""


class MiddleLine(Widget):
    """Shows words, which may come from outside, on one line."""

    DEFAULT_CSS = "MiddleLine { height: 1; padding: 0 1; }"

    def __init__(self, words: str = "", *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._words = plain(words)

    def show(self, words: str) -> None:
        """Show other words."""
        self._words = plain(words)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        return line([(fit_middle(self._words, width, HEAD), None)], width, self.rich_style)
