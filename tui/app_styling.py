"""Changing colours and sizes without holding up the screen, for the app."""

from __future__ import annotations

import asyncio

from textual.app import App
from textual.screen import Screen
from textual.theme import Theme

from tui.screens.page import Page

BREATH = 0.001
"""Seconds between two pieces of work, in which keys and all else come in."""


class StylingApp(App[None]):
    """An app that takes on other styles screen by screen, those that cannot be seen once they come to the top.

    Textual would do all of them in one go.
    """

    _theme_now: Theme | None = None

    @property
    def _background_screens(self) -> list[Screen[object]]:
        """What can be seen under the screen on top, which is nothing under a whole page.

        Textual takes the next one for visible, and lays it out anew with each new size of the terminal. It does so when
        a screen comes to the top as well, and that is soon enough.
        """
        return super()._background_screens if self.screen.is_modal else []

    @property
    def current_theme(self) -> Theme:
        """The theme in use, at hand: Textual copies the list of all themes to look it up, for each line it draws."""
        if self._theme_now is None or self._theme_now.name != self.theme:
            self._theme_now = super().current_theme
        return self._theme_now

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew, with the colours of the theme now, for what can be seen."""
        self.stylesheet.set_variables(self.get_css_variables())
        self.stylesheet.reparse()
        self.stylesheet.update_nodes([self], animate=animate)
        now: list[Screen[object]] = []
        seen = True
        for screen in reversed(self.screen_stack):
            if seen or not isinstance(screen, Page):
                now.append(screen)
            else:
                screen.other_styles = True
            seen = seen and screen.is_modal
        self.call_later(self._restyle, now, animate)

    async def _restyle(self, screens: list[Screen[object]], animate: bool) -> None:
        with self.batch_update():
            for screen in screens:
                await asyncio.sleep(BREATH)
                if screen.is_attached:
                    self.stylesheet.update(screen, animate=animate)
        for screen in screens:
            if screen.is_attached:
                screen.refresh()
