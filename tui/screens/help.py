"""The keys that work on the screen it was opened on; enter does what the row says."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Input

from tui.actions import perform
from tui.keys import CONTEXTS, KEYS, Key, bindings, merged, spelled
from tui.other_words import finds
from tui.screens.page import Prompt
from tui.widgets.article_list import NARROW
from tui.widgets.bars import TitleBar
from tui.widgets.cells import Piece, fit
from tui.widgets.filter_box import FilterBox
from tui.widgets.line_list import LineList

KEYS_WIDTH = 17
_ALSO_LEAVE = {"app.back", "app.help"}
_HINT = "<help.filter> filter   <help.perform> do it   <help.leave> back"


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
    named = row.names.casefold().split()
    by_other = row.key is not None and finds(wanted, row.key.id)
    return by_other or all(word in row.text.casefold() or word in named for word in words)


def lines_of(row: HelpRow, width: int) -> list[HelpRow]:
    """Give a row in as many as it takes to show its text whole where keys and text go on after one another."""
    lines = textwrap.wrap(row.text, width - 3, initial_indent="-" * max(0, len(row.names) - 1)) or [""]
    first = HelpRow(row.names, lines[0].removeprefix("-" * max(0, len(row.names) - 1)), row.key)
    return [first, *(HelpRow("", line, row.key) for line in lines[1:])]


class HelpList(LineList[HelpRow]):
    """The rows of the help."""

    def paint(self, row: HelpRow, part: int, width: int) -> list[Piece]:
        """Draw a key and what it does, or a heading."""
        if row.key is None:
            return [(fit(row.names, width), self.look("row--accent"))]
        if self.size.width < NARROW:
            return [(f" {row.names} " if row.names else "   ", self.look("row--strong")), (row.text, None)]
        keys = min(KEYS_WIDTH, width // 3)
        return [(" " + fit(row.names, keys), self.look("row--strong")), ("  ", None), (row.text, None)]


class HelpScreen(Prompt[None]):
    """The keys of `contexts`, to be read, filtered with `/`, and done with enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("help"),
        *(Binding(key.keys, "leave", key.text, id=key.id) for key in KEYS if key.id in _ALSO_LEAVE),
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
            yield TitleBar("Keys", spelled(_HINT, self._table))
            yield FilterBox("show only")
            yield HelpList()

    def on_mount(self) -> None:
        """Show all keys."""
        self.query_one(FilterBox).display = False
        self._show("")

    @on(Resize)
    def _fit(self) -> None:
        self._show(self.query_one(FilterBox).value)

    def _show(self, wanted: str) -> None:
        rows = help_rows(self._contexts, wanted, self._table)
        if self.size.width < NARROW:
            rows = [line for row in rows for line in lines_of(row, self.size.width - 3)]
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
