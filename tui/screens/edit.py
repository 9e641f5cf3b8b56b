"""One line to change, saying as one types what will happen."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.widgets import Input

from tui.screens.ask import Ask


class EditLine(Ask):
    """Asks for `label`, beginning with `value`; `told` says what enter would do, `done` does it.

    `done` gives why it could not be done, or nothing; then the line stays open. With `empty` an empty line counts too.
    """

    def __init__(
        self, label: str, value: str, told: Callable[[str], str], done: Callable[[str], str], *, empty: bool = False
    ) -> None:
        super().__init__(label, value, told(value))
        self._told, self._do, self._empty = told, done, empty

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.tell(self._told(event.value.strip()))

    @on(Input.Submitted)
    def _submitted_empty(self, event: Input.Submitted) -> None:
        if self._empty and not event.value.strip():
            self.entered("")

    def entered(self, value: str) -> None:
        """Do it, and leave if that worked."""
        wrong = self._do(value)
        if wrong:
            self.tell(wrong)
        else:
            self.dismiss(None)
