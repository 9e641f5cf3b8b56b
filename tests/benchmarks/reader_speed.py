"""CPU time of the reading screen beside Textual's own widgets, on a made-up article.

    python tests/benchmarks/reader_speed.py [--words 10000] [--quotes 200] [--rounds 7]

Prints medians and worst values in milliseconds of CPU time (all threads), so that a busy machine tells the same:

- mount: from making the widget until the screen is drawn and at rest
- word: one cursor step to the next word, until drawn
- select: one step of a growing selection, until drawn
- quote: a step to the next quote, which scrolls, until drawn
- resize: another width, until drawn

The peers show the same text: `Static` with the quotes as styles and a `TextArea` that cannot show them at all.
Moving in the `Static` is its own selection (`screen.selections`) one word longer.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import platform
import random
import statistics
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from time import process_time

from textual.app import App
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection
from textual.widget import Widget
from textual.widgets import Static, TextArea

from store.model import Block, Quote
from tui.theme import DARK, variables
from tui.widgets.article_view import ArticleView
from tui.widgets.ink import QuoteMark, Reading

STEPS = 40
Times = dict[str, list[float]]
Step = Callable[[int], object]


def made_up(words: int, quotes: int) -> Reading:
    """Make an article of about so many words in paragraphs of 54, with quotes of 8 to 20 words."""
    chance = random.Random(7)
    vocabulary = ("talks", "the", "minister", "of", "economy", "Russia’s", "said", "in", "agreement", "and", "3.5%")
    lines = [" ".join(chance.choice(vocabulary) for _ in range(54)) + "." for _ in range(words // 54)]
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 2
    marks = []
    for number in range(quotes):
        block = blocks[number * len(blocks) // quotes]
        start = block.start + 20 + (number % 2) * 150
        quote = Quote(kind="direct", spans=((start, min(block.end, start + chance.randint(50, 130))),), speaker="A B")
        marks.append(QuoteMark(quote, number % 8 + 1, "AB", "B"))
    return Reading(("A title of the article", "Outlet"), "\n\n".join(lines), tuple(blocks), tuple(marks))


class Bench(App[None]):
    """An app with one widget to be measured in it."""

    CSS = "Static { width: 1fr; height: auto; } TextArea { height: 1fr; }"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours of the reader."""
        return variables(DARK)


async def timed(pilot: Pilot[None], step: Step, number: int = 0) -> float:
    """Do a step and give the milliseconds of CPU time until the screen is at rest."""
    began = process_time()
    result = step(number)
    if isinstance(result, Awaitable):
        await result
    await pilot.pause()
    return (process_time() - began) * 1000


async def measured(make: Callable[[], tuple[Widget, dict[str, Step]]]) -> dict[str, float]:
    """Mount a widget in a running app and time what can be done with it."""
    app = Bench()
    figures: dict[str, float] = {}
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        idle = statistics.median([await timed(pilot, lambda _: None) for _ in range(10)])
        began = process_time()
        widget, steps = make()
        await app.screen.mount(widget)
        await pilot.pause()
        figures["mount"] = (process_time() - began) * 1000 - idle
        widget.focus()
        gc.collect()
        gc.freeze()  # as the app does once it stands
        for name, step in steps.items():
            times = [await timed(pilot, step, number) - idle for number in range(1, STEPS)]
            figures[name] = statistics.median(times)
            figures[f"{name} p95"] = sorted(times)[int(len(times) * 0.95)]
        began = process_time()
        await pilot.resize_terminal(100, 36)
        await pilot.pause()
        figures["resize"] = (process_time() - began) * 1000 - idle
    return figures


def reader(reading: Reading) -> tuple[Widget, dict[str, Step]]:
    """Make the reader's view."""
    view = ArticleView()
    view.show(reading)
    spans = [mark.quote.spans[0] for mark in reading.quotes]

    def select(number: int) -> None:
        if not view.selecting:
            view.begin_selecting()
        view.move(view.units.words, 1)

    def quote(number: int) -> None:
        if view.selecting:
            view.select(None)
        view.move(spans, 1, middle=True)

    return view, {"word": lambda _: view.move(view.units.words, 1), "select": select, "quote": quote}


def static(reading: Reading) -> tuple[Widget, dict[str, Step]]:
    """Make one Static with the quotes as styles."""
    styles = [Span(mark.quote.start, mark.quote.end, "underline $primary") for mark in reading.quotes]
    text = Static(Content(reading.text, spans=styles))
    around = VerticalScroll(text)

    def select(number: int) -> None:
        text.screen.selections = {text: Selection(Offset(0, 0), Offset(6 * number, 0))}

    return around, {"select": select}


def area(reading: Reading) -> tuple[Widget, dict[str, Step]]:
    """Make a TextArea, read only."""
    text = TextArea(reading.text, read_only=True)
    return text, {
        "word": lambda _: text.action_cursor_word_right(),
        "select": lambda _: text.action_cursor_word_right(True),
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--quotes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    wanted = parser.parse_args()
    reading = made_up(wanted.words, wanted.quotes)
    print(f"{wanted.words} words, {wanted.quotes} quotes, 120x36, median of {wanted.rounds} rounds, ms of CPU time")
    print(f"Python {platform.python_version()}, Textual {version('textual')}\n")
    columns = ("mount", "word", "word p95", "select", "select p95", "quote", "quote p95", "resize")
    print(f"{'':<12}" + "".join(f"{name:>12}" for name in columns))
    for name, make in (("reader", reader), ("Static", static), ("TextArea", area)):
        rounds = [asyncio.run(measured(lambda made=make: made(reading))) for _ in range(wanted.rounds)]  # type: ignore[misc]
        cells = []
        for column in columns:
            values = [figures[column] for figures in rounds if column in figures]
            cells.append(f"{statistics.median(values):>12.1f}" if values else f"{'-':>12}")
        print(f"{name:<12}" + "".join(cells))


if __name__ == "__main__":
    main()
