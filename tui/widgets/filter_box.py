"""A line to type a filter in, over a list that stays in command of its arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Input, Label

from tui.widgets.bars import HintBar

KEYS = "enter open   ↑ ↓ choose   tab to the list   esc show all"


class FilterBox(Horizontal):
    """A labelled input. `Input.Changed` bubbles from it; arrows and enter are handed on as messages.

    While it is typed into, its `keys` stand in the line at the foot.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("tab", "keep", show=False),
    ]
    DEFAULT_CSS = """
    FilterBox {
        height: 1; padding: 0 1; background: $surface;
        & > Label { width: auto; color: $muted; padding: 0 1 0 0; }
        & > Input { width: 1fr; border: none; height: 1; padding: 0; background: $surface; }
        & > Input:focus { border: none; }
    }
    """

    @dataclass
    class Move(Message):
        """An arrow was pressed: the list should move by so many rows."""

        rows: int

    @dataclass
    class Done(Message):
        """Typing is over: with enter (`opened`), with tab, or with escape, which empties the filter."""

        opened: bool

    def __init__(self, label: str, *, keys: str = KEYS, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label, self._keys = label, keys

    def compose(self) -> ComposeResult:
        """Lay out the label and the input."""
        yield Label(f"{self._label} ▸", markup=False)
        yield Input(compact=True, select_on_focus=False)

    @property
    def input(self) -> Input:
        """The line itself."""
        return self.query_one(Input)

    @property
    def value(self) -> str:
        """What was typed."""
        return self.input.value if self.is_mounted else ""

    @property
    def typing(self) -> bool:
        """Whether keys go into the line now."""
        return self.input.has_focus

    def open(self) -> None:
        """Show the line and type into it."""
        self.display = True
        self.screen.set_focus(self.input)  # at once: the next key belongs to it

    def close(self) -> None:
        """Empty the line and hide it."""
        self.input.value = ""
        self.display = False

    def show_keys(self, keys: str) -> None:
        """Let the line have other keys from now on."""
        self._keys = keys
        if self.typing:
            self._tell_keys(keys)

    def _tell_keys(self, keys: str) -> None:
        for bar in self.screen.query(HintBar):
            bar.typing_keys(keys)

    @on(DescendantFocus)
    def _typed_into(self) -> None:
        self._tell_keys(self._keys)

    @on(DescendantBlur)
    def _left(self) -> None:
        self._tell_keys("")

    def action_close(self) -> None:
        """Show everything again."""
        self.close()
        self.post_message(self.Done(opened=False))

    def action_keep(self) -> None:
        """Leave the line with what is in it."""
        self.post_message(self.Done(opened=False))

    def action_move(self, rows: int) -> None:
        """Move the list by so many rows."""
        self.post_message(self.Move(rows))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Done(opened=True))
