"""Choosing the order of the library: what it is sorted by, and under which headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.ordering import GROUPS, SORTS, Order
from tui.screens.page import Prompt, app_of
from tui.widgets.bars import TitleBar
from tui.widgets.cells import Piece
from tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Choice:
    """A row: words with the order that they stand for; a heading has none."""

    text: str
    order: Order | None = None
    chosen: bool = False


def choices(now: Order) -> list[Choice]:
    """Give the rows: every sort with what comes first, the one that holds both ways round; the groups."""
    rows = [Choice("Sort by")]
    for sort in SORTS:
        holds = sort.name == now.sort
        ways = (now.turned, not now.turned) if holds else (False,)
        rows += [
            Choice(sort.words(turned), replace(now, sort=sort.name, turned=turned), holds and turned == now.turned)
            for turned in ways
        ]
    groups = [Choice(group, replace(now, group=group), chosen=group == now.group) for group in GROUPS]
    return [*rows, Choice(""), Choice("Group by"), *groups]


class OrderList(LineList[Choice]):
    """The rows of the panel; the cursor passes over what cannot be chosen."""

    def go_to(self, place: int) -> None:
        """Put the cursor on the row at `place`, or beyond it on the nearest that can be chosen."""
        free = [at for at, row in enumerate(self.rows) if row.order is not None]
        if place >= self.cursor:
            super().go_to(min((at for at in free if at >= place), default=free[-1]))
        else:
            super().go_to(max((at for at in free if at <= place), default=free[0]))

    def paint(self, row: Choice, part: int, width: int) -> list[Piece]:
        """Draw a row; what holds has a dot before it."""
        if row.order is None:
            return [(row.text, self.look("row--accent"))]
        return [(" • " if row.chosen else "   ", self.look("row--accent")), (row.text, None)]


class OrderScreen(Prompt[None]):
    """A panel at the side, so that the list is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "leave", "back"),
        Binding("enter,l,right", "choose", "choose"),
    ]
    AUTO_FOCUS = "OrderList"
    DEFAULT_CSS = """
    OrderScreen {
        align: right top; background: $background 0%;
        & > Vertical { width: 34; max-width: 100%; height: 100%; background: $surface; border-left: solid $rule; }
        & OrderList { background: $surface; scrollbar-background: $surface; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the panel."""
        with Vertical():
            yield TitleBar("Order", "enter choose   esc back")
            yield OrderList()

    def on_mount(self) -> None:
        """Show what can be chosen, the cursor on the sort that holds."""
        rows = choices(app_of(self).order)
        order = self.query_one(OrderList)
        order.show_rows(rows)
        order.go_to(next((at for at, row in enumerate(rows) if row.chosen), 1))

    @on(OrderList.Chosen)
    def action_choose(self) -> None:
        """Order the library like that."""
        row = self.query_one(OrderList).current
        if row is not None and row.order is not None:
            app_of(self).choose_order(row.order)
            self.dismiss(None)
