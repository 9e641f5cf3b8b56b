"""Changing the colours without holding up the screen, for the app."""

from __future__ import annotations

from functools import partial

from textual.app import App
from textual.screen import Screen

from tui.screens.page import Page


class StylingApp(App[None]):
    """An app that takes on other styles screen by screen, those that cannot be seen once they come to the top.

    Textual would do all of them in one go.
    """

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew, with the colours of the theme now, for what can be seen."""
        self.stylesheet.set_variables(self.get_css_variables())
        self.stylesheet.reparse()
        self.stylesheet.update_nodes([self], animate=animate)
        seen = True
        for screen in reversed(self.screen_stack):
            if seen or not isinstance(screen, Page):
                self.call_later(partial(self._restyle, screen, animate))
            else:
                screen.other_styles = True
            seen = seen and screen.is_modal

    def _restyle(self, screen: Screen[object], animate: bool) -> None:
        if screen.is_attached:
            self.stylesheet.update(screen, animate=animate)
            screen.refresh()
