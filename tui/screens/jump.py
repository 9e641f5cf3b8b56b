"""Taking the letters of a jump, over a screen that shows them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from tui.jumping import Target, left
from tui.screens.page import Prompt
from tui.widgets.bars import HintBar


class JumpOverlay(Prompt[Target]):
    """Shows nothing of its own but a line; `show` is given the labels that are left after each letter."""

    DEFAULT_CSS = "JumpOverlay { background: $background 0%; & HintBar { background: $surface; } }"

    def __init__(self, labels: dict[str, Target], show: Callable[[dict[str, Target]], None]) -> None:
        super().__init__()
        self._labels, self._show = labels, show
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield HintBar("move")

    def on_mount(self) -> None:
        """Show all labels."""
        self.query_one(HintBar).say("press a letter to go there   esc back")
        self._show(self._labels)

    def on_unmount(self) -> None:
        """Take the labels away."""
        self._show({})

    def on_key(self, event: events.Key) -> None:
        """Take a letter; what is no label ends the jump."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        self._typed += (event.character or "").casefold()
        rest = left(self._labels, self._typed)
        if self._typed in rest:
            self.dismiss(rest[self._typed])
        elif rest and event.character:
            self._show(rest)
        else:
            self.dismiss(None)

    def on_click(self) -> None:
        """Give up."""
        self.dismiss(None)
