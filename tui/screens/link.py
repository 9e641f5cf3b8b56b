"""Showing an address in full before it is opened."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.keys import bindings
from tui.links import needs_terminal, open_link, refusal
from tui.safe import own_markup, put, safe
from tui.screens.page import Prompt, app_of

_OPENS = "[@click='screen.open']<link.open> open it in the browser[/]"
_NONE_TOOK = "No browser took the address."
_OTHERS = "   [@click='screen.copy']<link.copy> copy[/]   [@click='screen.leave']esc back[/]"


class LinkPrompt(Prompt[None]):
    """Shows the whole address; `enter` hands it to the browser, and what none took can still be copied."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("link")
    DEFAULT_CSS = """
    LinkPrompt {
        align: left bottom; background: $background 0%;
        & > Vertical { height: auto; max-height: 80%; background: $surface; border-top: solid $rule; padding: 0 1; }
        & Static { height: auto; }
        & .keys { color: $muted; link-color: $muted; link-style: none; }
    }
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._refused = refusal(url)

    def compose(self) -> ComposeResult:
        """Lay out the address and the keys."""
        with Vertical():
            yield Static(safe(self._url, "bold"))
            yield Static("", classes="keys")

    def on_mount(self) -> None:
        """Say what can be done with the address."""
        self._offer(f"Not opened: {self._refused}." if self._refused else _OPENS)

    def _offer(self, first: str) -> None:
        put(self.query_one(".keys", Static), own_markup(first + _OTHERS, app_of(self).keys))

    def action_copy(self) -> None:
        """Copy the address."""
        from tui.copying import copy  # noqa: PLC0415

        app = app_of(self)
        self.dismiss(None)
        copy(app, self._url)

    def action_open(self) -> None:
        """Hand the address to the browser."""
        if self._refused:
            return
        if not needs_terminal():
            self._hand_over()
            return
        from tui.handing import handed_over  # noqa: PLC0415

        try:
            opened = handed_over(app_of(self), lambda: open_link(self._url))
        except SuspendNotSupported:
            opened = False
        self._tell(opened)

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _hand_over(self) -> None:
        opened = open_link(self._url)
        self.app.call_from_thread(self._tell, opened)

    def _tell(self, opened: bool) -> None:
        if not self.is_current:
            return
        if opened:
            app = app_of(self)
            self.dismiss(None)
            app.say("Handed to the browser")
        else:
            self._offer(_NONE_TOOK)
