"""The list of articles beside Textual's own lists: CPU time until it is ready, and for a step of the cursor.

python tests/benchmarks/list_speed.py [ROWS]      (default: 100,000; the peers get 10,000, for they need minutes)
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, OptionList

from store.model import Article
from tui.ordering import Order
from tui.theme import DARK, variables
from tui.widgets.article_list import ArticleList

STEPS = 60
PEER_ROWS = 10_000


def articles(number: int) -> list[Article]:
    """Make articles that differ in outlet, day and title."""
    return [
        Article(
            id=f"{at:08}",
            title=f"Headline number {at} about the harbour of town {at % 97}",
            version="",
            retrieved=f"2026-{at % 12 + 1:02}-{at % 28 + 1:02}",
            outlet=f"Outlet {at % 41}",
            quotes=at % 30,
            words=300 + at % 900,
        )
        for at in range(number)
    ]


class Bench(App[None]):
    """Nothing but one list."""

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self._make = make
        self.seconds = 0.0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style variables of the program."""
        return variables(DARK)

    def compose(self) -> ComposeResult:
        """Make the list; its time counts."""
        began = time.process_time()
        made = self._make()
        self.seconds = time.process_time() - began
        yield made


def own(rows: list[Article]) -> Widget:
    """Make the program's own list."""
    made = ArticleList(date(2026, 11, 23))
    made.call_later(made.show_rows, Order().rows(rows, {}, made.today))
    return made


def option_list(rows: list[Article]) -> Widget:
    """Make Textual's list of options."""
    return OptionList(*(Content(row.title) for row in rows))


def data_table(rows: list[Article]) -> Widget:
    """Make Textual's table."""
    table: DataTable[str] = DataTable(cursor_type="row")
    table.add_columns("day", "outlet", "title", "quotes")
    table.add_rows((row.retrieved, row.outlet or "", row.title, str(row.quotes)) for row in rows)
    return table


async def measure(make: Callable[[], Widget]) -> tuple[float, float]:
    """Give CPU milliseconds until the list is ready, an empty app's taken off, and for a step down."""
    empty = time.process_time()
    async with Bench(Widget).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        empty = time.process_time() - empty
    began = time.process_time()
    async with Bench(make).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.pause()
        ready = time.process_time() - began - empty
        pilot.app.screen.children[0].focus()
        steps = []
        for _ in range(STEPS):
            began = time.process_time()
            await pilot.press("down")
            steps.append(time.process_time() - began)
    return ready * 1000, statistics.median(steps) * 1000


def main(number: int) -> None:
    """Print the table."""
    print(f"python {sys.version.split()[0]}, textual {version('textual')}; CPU time")
    print(f"{'list':<24}{'rows':>9}{'ready ms':>11}{'step ms':>9}")
    many, some = articles(number), articles(PEER_ROWS)
    for name, make, rows in (
        ("newsreader", own, many),
        ("newsreader", own, some),
        ("Textual OptionList", option_list, some),
        ("Textual DataTable", data_table, some),
    ):
        ready, step = asyncio.run(measure(lambda make=make, rows=rows: make(rows)))  # type: ignore[misc]
        print(f"{name:<24}{len(rows):>9,}{ready:>11.0f}{step:>9.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
