"""Choosing colours: each theme is put on as the cursor comes to it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer

from tui.screens.page import Prompt, app_of
from tui.theme import OWN_THEMES
from tui.widgets.bars import TitleBar
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList

PREVIEW_AFTER = 0.08


class ThemeList(LineList[str]):
    """The names of the themes."""

    def paint(self, row: str, part: int, width: int) -> list[Piece]:
        """Draw a name."""
        return [(f" {row}", None)]


class ThemeScreen(Prompt[None]):
    """A panel at the side, so that the colours are seen on what is read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back"),
        Binding("enter,l,right", "keep", "keep"),
    ]
    AUTO_FOCUS = "ThemeList"
    _waiting: Timer | None = None
    DEFAULT_CSS = """
    ThemeScreen {
        align: right top; background: $background 0%;
        & > Vertical { width: 34; max-width: 100%; height: 100%; background: $surface; border-left: solid $rule; }
        &.-narrow > Vertical { width: 24; }
        & ThemeList { background: $surface; scrollbar-background: $surface; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the panel."""
        with Vertical():
            yield TitleBar("Colours", "enter keep   esc back")
            yield ThemeList()

    def on_mount(self) -> None:
        """Show all themes, our own first, the cursor on the one in use."""
        self._before = self.app.theme
        own = [theme.name for theme in OWN_THEMES]
        names = own + sorted(name for name in self.app.available_themes if name not in own)
        themes = self.query_one(ThemeList)
        themes.show_rows(names)
        themes.go_to(names.index(self._before))

    @on(ThemeList.Moved)
    def _moved(self) -> None:
        self._stop_waiting()
        self._waiting = self.set_timer(PREVIEW_AFTER, self._preview)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()

    def _preview(self) -> None:
        name = self.query_one(ThemeList).current
        if name is not None and name != self.app.theme:
            self.app.theme = name

    @on(ThemeList.Chosen)
    def action_keep(self) -> None:
        """Keep the theme under the cursor, also for the next start."""
        name = self.query_one(ThemeList).current
        if name is not None:
            app_of(self).choose_theme(name)
        self.dismiss(None)

    def action_leave(self) -> None:
        """Put the colours back."""
        self._stop_waiting()
        self.app.theme = self._before
        self.dismiss(None)
