"""Asking for the day on which something was said."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.widgets import Input

from tui.said import HOW, said_day
from tui.screens.ask import Ask
from tui.screens.page import app_of


class SaidOnPrompt(Ask):
    """Asks for a day and hands it to `done` as it is kept; empty when it was taken away."""

    def __init__(self, day: str, published: str | None, done: Callable[[str], None]) -> None:
        super().__init__("said on", day, HOW)
        self._published, self._done = published, done

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        day = said_day(event.value, self._published, app_of(self).today())
        self.tell(day if day and day != event.value.strip() else HOW)

    def entered(self, value: str) -> None:
        """Give the day, or say that it is none."""
        day = said_day(value, self._published, app_of(self).today())
        if day is None:
            self.tell(f"“{value}” is no day: {HOW}")
        else:
            self._give(day)

    def emptied(self) -> None:
        """Take the day away."""
        self._give("")

    def _give(self, day: str) -> None:
        self.dismiss(None)
        self._done(day)
