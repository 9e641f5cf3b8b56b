"""Showing an address in full before it is opened."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.keys import bindings, first_key
from tui.links import needs_terminal, open_link, refusal
from tui.safe import safe
from tui.screens.page import Prompt, app_of


class LinkPrompt(Prompt[None]):
    """Shows the whole address; `enter` hands it to the browser."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("link")
    DEFAULT_CSS = """
    LinkPrompt {
        align: left bottom; background: $background 0%;
        & > Vertical { height: auto; max-height: 80%; background: $surface; border-top: solid $rule; padding: 0 1; }
        & Static { height: auto; }
        & .keys { color: $muted; }
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
            table = app_of(self).keys
            opens, copies = first_key("link.open", table), first_key("link.copy", table)
            does = f"Not opened: {self._refused}." if self._refused else f"{opens} open it in the browser"
            yield Static(safe(f"{does}   {copies} copy   esc back"), classes="keys")

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
        app = app_of(self)
        self.dismiss(None)
        if not needs_terminal():
            self._hand_over()
            return
        from tui.handing import handed_over  # noqa: PLC0415

        try:
            opened = handed_over(app, lambda: open_link(self._url))
        except SuspendNotSupported:
            opened = False
        self._tell(opened)

    @work(thread=True, exit_on_error=False)
    def _hand_over(self) -> None:
        opened = open_link(self._url)
        app_of(self).call_from_thread(self._tell, opened)

    def _tell(self, opened: bool) -> None:
        app_of(self).say("Handed to the browser" if opened else "No browser took the address: <link.copy> copies it")
