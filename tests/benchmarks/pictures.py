"""Draws the pictures of the README and more to look at, from the sample article, by the keys a person would press.

python tests/benchmarks/pictures.py [FOLDER]      (default: docs/pictures; with a folder, every screen at every width)
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from contextlib import chdir
from datetime import date
from pathlib import Path

from store.intake import take_in_all
from store.library import Library
from store.model import Block, Extract
from store.paths import sample_files
from store.speech import analyse
from tui.app import NewsreaderApp
from tui.widgets.article_list import ArticleList

AROUND = (
    (
        "Port workers call off strike after night of talks",
        "Harbour Daily",
        "2026-01-29",
        "The strike at the northern port is over. “We have a deal that our members can live with,” union leader "
        "Ada Voss said on Thursday.\n\nHarbour master Jon Brandt said the first ships would be unloaded on Friday. "
        "“Nobody won this,” he said. “But the cranes will move again.”",
    ),
    (
        "Hospital waiting list falls for a third month, minister says",
        "City News",
        "2026-01-28",
        "Fewer people wait for an operation than at any time in two years, according to the health ministry.\n\n“The "
        "list is shorter, and it will be shorter still in spring,” Health Minister Mara Lind told reporters.\n\n"
        "“Nobody told the wards,” said nurse Petra Osei.",
    ),
    (
        "Central bank holds its rate as growth slows",
        "The Evening Post",
        "2026-01-27",
        "The central bank kept its main rate at 3.5 per cent.\n\n“We are not there yet, but we can see the shore,” "
        "Governor Erik Lindholm said. Mo Hale of the tenants’ union said families were paying for the bank’s caution.",
    ),
    (
        "Budget: « aucune hausse d’impôt », promet le ministre",
        "Le Phare",
        "2026-01-26",
        "Le ministre a promis « aucune hausse d’impôt » pour l’année qui vient.",
    ),
)
"""Made-up news around the sample: title, outlet, day, text."""

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
OPENED = ["1", "enter"]
QUOTE = "right_square_bracket"
TAG = [*OPENED, *[QUOTE] * 4, "t", *"Russian", "space", *"bases", "enter"]
TAGGED = [*TAG, *[QUOTE] * 3, "full_stop", QUOTE, "t", *"economy/trade", "enter"]
JUDGED = [*TAGGED, "left_curly_bracket", "V", "2"]
SCREENS = {
    "library": ["1"],
    "reader": [*JUDGED, QUOTE],
    "tagging": [*TAGGED, QUOTE, "t", *"rus"],
    "search": [*TAGGED, "ctrl+f", *"rusian", "space", *"base"],
    "dossier": [*JUDGED, "3", "G", "enter"],
    "speakers": [*TAGGED, "4"],
    "tags": [*JUDGED, "3", "G"],
    "speaker": [*OPENED, QUOTE, "c"],
    "help": [*OPENED, "question_mark"],
    "export": ["E"],
    "select": [*OPENED, QUOTE, "w", "w"],
    "removed": [*OPENED, "R"],
    "pane": [*OPENED, "s"],
    "order": ["1", "S"],
}
SIZES = [(120, 36), (80, 24)]
MORE = [("reader", (50, 20)), ("library", (50, 20)), ("reader", (200, 50)), ("library", (200, 50))]
README = {"reader": (120, 36), "search": (80, 24)}


def filled(library: Library) -> None:
    """Fill a library with the sample article, and made-up ones around it."""
    for title, outlet, day, text in AROUND:
        blocks, at = [], 0
        for line in text.split("\n\n"):
            blocks.append(Block("paragraph", at, at + len(line)))
            at += len(line) + 2
        extract = Extract(
            path=f"{title}.txt", text=text, blocks=tuple(blocks), title=title, outlet=outlet, published=day
        )
        library.add(extract, analyse(text, tuple(blocks)))
    list(take_in_all(library, [str(path) for path in sample_files()]))


async def draw(name: str, size: tuple[int, int], folder: Path) -> None:
    """Press the keys of one screen in an app on a new library and save what is seen; no folder of this machine is."""
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place) / "library") as library, chdir("/"):
        filled(library)
        first = next(article for article in library.articles() if article.quotes > 10)
        app = NewsreaderApp(library, state=Path(place) / "app.json")
        app.today = lambda: date(2026, 1, 29)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            rows = app.screen.query_one(ArticleList).rows
            app.screen.query_one(ArticleList).go_to(next(at for at, row in enumerate(rows) if row == first))
            for key in SCREENS[name]:
                await pilot.press(key)
                await app.workers.wait_for_complete()
            app.clear_notifications()
            await pilot.pause(0.2)
            await app.workers.wait_for_complete()
            await pilot.pause()
            drawn = app.export_screenshot(title="newsreader")
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    (folder / f"{name}-{size[0]}x{size[1]}.svg").write_text(drawn, "utf8")


def main(folder: Path, every: bool) -> None:
    """Draw all pictures into `folder`, or those of the README."""
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [*((name, size) for name in SCREENS for size in SIZES), *MORE] if every else list(README.items())
    for name, size in wanted:
        asyncio.run(draw(name, size, folder))
        print(f"{name} {size[0]}×{size[1]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS, len(sys.argv) > 1)
