"""Draws the pictures of the README and more to look at, from the sample article, by the keys a person would press.

python tests/benchmarks/pictures.py [FOLDER]      (default: docs/pictures; with a folder, every screen at every width)
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from store.intake import take_in_all
from store.library import Library
from store.paths import sample_files
from tui.app import NewsreaderApp

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
TAG = ["right_square_bracket"] * 4 + ["t", *"Russian", "space", *"bases", "enter"]
TAGGED = [*TAG, "right_square_bracket", "right_square_bracket", "right_square_bracket", "full_stop"]
SCREENS = {
    "library": ["escape", "q"],
    "reader": [*TAGGED, "right_square_bracket"],
    "tagging": [*TAGGED, "right_square_bracket", "t", *"rus"],
    "speaker": ["right_square_bracket", "c"],
    "search": [*TAGGED, "ctrl+f", *"rusian", "space", *"base"],
    "help": ["question_mark"],
    "export": ["E"],
    "select": ["right_square_bracket", "w", "w"],
    "removed": ["R"],
    "pane": ["s"],
}
SIZES = [(120, 36), (80, 24), (50, 20)]
README = {"reader": (120, 36), "search": (80, 24)}


async def draw(name: str, size: tuple[int, int], folder: Path) -> None:
    """Press the keys of one screen in an app on a new library and save what is seen."""
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place) / "library") as library:
        list(take_in_all(library, [str(path) for path in sample_files()]))
        app = NewsreaderApp(library, library.articles()[0].id, state=Path(place) / "app.json")
        app.today = lambda: date(2026, 1, 29)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in SCREENS[name]:
                await pilot.press(key)
            await app.workers.wait_for_complete()
            app.clear_notifications()
            await pilot.pause()
            drawn = app.export_screenshot(title="newsreader")
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    (folder / f"{name}-{size[0]}x{size[1]}.svg").write_text(drawn, "utf8")


def main(folder: Path, every: bool) -> None:
    """Draw all pictures into `folder`, or those of the README."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(name, size) for name in SCREENS for size in SIZES] if every else list(README.items())
    for name, size in wanted:
        asyncio.run(draw(name, size, folder))
        print(f"{name} {size[0]}×{size[1]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS, len(sys.argv) > 1)
