"""A page of lines to scroll through, read in the background where that may take a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.screens.page import Page
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.pager import Line, Pager


class ScrolledPage(Page):
    """Shows lines under a title; a subclass gives them with `show` when it has them."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("move",)
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "back")]
    AUTO_FOCUS = "Pager"
    HINT = "<move.down> <move.up> scroll   esc back"

    def compose(self) -> ComposeResult:
        """Lay out title, lines and keys."""
        yield TitleBar(id="title")
        yield Pager()
        yield HintBar("move")

    def on_mount(self) -> None:
        """Say how to go on, also where other screens have no line for it."""
        self.query_one(HintBar).styles.display = "block"
        self.hint()
        self.begin()

    def action_leave(self) -> None:
        """Go back to the screen below."""
        if self.app.screen is self:
            self.app.pop_screen()

    def begin(self) -> None:
        """Get what is to be shown."""

    def hint(self, text: str = "") -> None:
        """Say which keys there are."""
        self.query_one(HintBar).say(text or self.HINT)

    def show(self, title: str, figures: str, lines: Sequence[Line]) -> None:
        """Show other lines under another title."""
        self.query_one(TitleBar).show(title, figures)
        self.query_one(Pager).show(lines)
