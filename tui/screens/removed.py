"""What cleaning took out of an article, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.model import Removed
from tui.keys import bindings
from tui.safe import safe
from tui.screens.page import Page
from tui.widgets.bars import HintBar, TitleBar


class RemovedScreen(Page):
    """Shows every line that was taken out; it stays in the raw source."""

    CONTEXTS: ClassVar = ("move",)
    BINDINGS: ClassVar[list[BindingType]] = [("escape,R", "app.back", "back"), *bindings("move")]
    DEFAULT_CSS = "RemovedScreen Static { padding: 0 2; margin: 0 0 1 0; }"
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, removed: Sequence[Removed]) -> None:
        super().__init__()
        self._removed = removed

    def compose(self) -> ComposeResult:
        """Lay out the reasons and the words."""
        yield TitleBar("Taken out of this article", f"{len(self._removed)} lines · the raw source is kept")
        with VerticalScroll():
            for line in self._removed:
                yield Static(Content.assemble(safe(line.reason, "bold"), "\n", safe(line.text)))
            if not self._removed:
                yield Static(safe("Nothing was taken out."))
        yield HintBar("move")

    def on_mount(self) -> None:
        """Say how to go on."""
        self.query_one(HintBar).say("j k scroll   esc back")

    def _scroll(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def action_down(self) -> None:
        """Scroll down a line."""
        self._scroll().scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll up a line."""
        self._scroll().scroll_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll down a screen."""
        self._scroll().scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll up a screen."""
        self._scroll().scroll_page_up(animate=False)

    action_half_down, action_half_up = action_page_down, action_page_up

    def action_top(self) -> None:
        """Scroll to the top."""
        self._scroll().scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self._scroll().scroll_end(animate=False)
