"""One line asked for at the foot of the screen, what is below staying visible."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Label, Static

from tui.safe import safe
from tui.screens.page import Prompt


class Ask(Prompt[None]):
    """Asks for one line; a subclass says what is done with it in `entered`."""

    DEFAULT_CSS = """
    Ask {
        align: left bottom; background: $background 0%;
        & > Vertical { height: auto; background: $surface; border-top: solid $rule; padding: 0 1; }
        & Label { width: auto; color: $muted; padding: 0 1 0 0; }
        & Horizontal { height: 1; }
        & Input { width: 1fr; border: none; height: 1; padding: 0; background: $surface; }
        & Input:focus { border: none; }
        & #note { height: auto; color: $muted; }
    }
    """
    AUTO_FOCUS = "Input"
    REPLACED = False
    """Whether what is typed first takes the place of the value offered."""

    def __init__(self, label: str, value: str, note: str, suggester: Suggester | None = None) -> None:
        super().__init__()
        self._label, self._value, self._note, self._suggester = label, value, note, suggester

    def compose(self) -> ComposeResult:
        """Lay out the line and the note under it."""
        with Vertical():
            with Horizontal():
                yield Label(f"{self._label} ▸", markup=False)
                yield Input(self._value, compact=True, select_on_focus=self.REPLACED, suggester=self._suggester)
            yield from self.under_line()
            yield Static(safe(self._note), id="note")

    def under_line(self) -> ComposeResult:
        """Give what stands between the line and the note; nothing, unless a subclass says what."""
        yield from ()

    @property
    def note(self) -> Static:
        """The line under the input."""
        return self.query_one("#note", Static)

    def tell(self, text: str) -> None:
        """Say something under the line; it may come from outside."""
        self.note.update(safe(text))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.entered(event.value.strip())
        else:
            self.emptied()

    def entered(self, value: str) -> None:
        """Do something with the line."""
        raise NotImplementedError

    def emptied(self) -> None:
        """Do something when enter was pressed on an empty line; nothing, unless a subclass says what."""
