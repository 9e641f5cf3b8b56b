"""The keys that work on the screen it was opened on; enter does what the row says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from tui.actions import perform
from tui.keys import CONTEXTS, KEYS, Key, merged
from tui.screens.page import Prompt
from tui.widgets.bars import TitleBar
from tui.widgets.cells import Piece, fit
from tui.widgets.filter_box import FilterBox
from tui.widgets.line_list import LineList

KEYS_WIDTH = 17


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A key with what it does, or (without one) a heading or an empty line."""

    names: str
    text: str
    key: Key | None = None


def help_rows(contexts: tuple[str, ...], wanted: str = "", table: Sequence[Key] = KEYS) -> list[HelpRow]:
    """Give the rows of the help of these contexts; only those in which `wanted` occurs when it is not empty."""
    rows: list[HelpRow] = []
    for context in contexts:
        keys = [HelpRow(" ".join(names), key.text, key) for names, key in merged(context, table)]
        shown = [row for row in keys if _matches(row, wanted)]
        if shown:
            rows += [*([HelpRow("", "")] if rows else []), HelpRow(CONTEXTS[context], ""), *shown]
    return rows


def _matches(row: HelpRow, wanted: str) -> bool:
    words = wanted.casefold().split()
    return all(word in row.text.casefold() or word in row.names.casefold().split() for word in words)


class HelpList(LineList[HelpRow]):
    """The rows of the help."""

    def paint(self, row: HelpRow, part: int, width: int) -> list[Piece]:
        """Draw a key and what it does, or a heading."""
        if row.key is None:
            return [(fit(row.names, width), self.look("row--accent"))]
        keys = min(KEYS_WIDTH, width // 3)
        return [(" " + fit(row.names, keys), self.look("row--strong")), ("  ", None), (row.text, None)]


class HelpScreen(Prompt[None]):
    """The keys of `contexts`, to be read, filtered with `/`, and done with enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "leave", "back"),
        Binding("slash", "filter", "filter"),
        Binding("enter", "perform", "do it"),
    ]
    AUTO_FOCUS = "HelpList"
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > Vertical { width: 78; max-width: 100%; height: 34; max-height: 100%; background: $surface; }
        & HelpList { background: $surface; scrollbar-background: $surface; }
    }
    """

    def __init__(self, contexts: tuple[str, ...], table: Sequence[Key] = KEYS) -> None:
        super().__init__()
        self._contexts, self._table = contexts, table

    def compose(self) -> ComposeResult:
        """Lay out the panel."""
        with Vertical():
            yield TitleBar("Keys", "/ filter   enter do it   esc back")
            yield FilterBox("show only")
            yield HelpList()

    def on_mount(self) -> None:
        """Show all keys."""
        self.query_one(FilterBox).display = False
        self._show("")

    def _show(self, wanted: str) -> None:
        rows = help_rows(self._contexts, wanted, self._table)
        keys = self.query_one(HelpList)
        keys.show_rows(rows, top=True)
        keys.go_to(next((at for at, row in enumerate(rows) if row.key), 0))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(FilterBox.Move)
    def _move(self, event: FilterBox.Move) -> None:
        keys = self.query_one(HelpList)
        keys.go_to(keys.cursor + event.rows)

    @on(FilterBox.Done)
    async def _typed_out(self, event: FilterBox.Done) -> None:
        self.query_one(HelpList).focus()
        if event.opened:
            await self.action_perform()

    def action_filter(self) -> None:
        """Show only what matches what is typed."""
        self.query_one(FilterBox).open()

    @on(HelpList.Chosen)
    async def action_perform(self) -> None:
        """Leave the help and do what the row under the cursor says."""
        row = self.query_one(HelpList).current
        if row is None or row.key is None:
            return
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        self.app.call_later(perform, below, row.key)
