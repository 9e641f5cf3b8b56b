"""How soon the app can be read: from the start of the command to its text on a real pseudo-terminal.

python tests/benchmarks/first_paint.py [RUNS] [ARTICLES]

With the sample, with so many made-up articles (1,000 unless told otherwise), and with nothing in the library. Beside
it, taking turns: the smallest Textual app, which is the floor; the last column tells how many times as long as that it
took in the same turn (median), which a slow or busy machine changes little.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))
from search_data import Maker
from terminal import Terminal

from store.library import Library
from store.paths import sample_files

BAR_SECONDS, SMALLEST_SECONDS = 0.35, 0.194  # both on the reference machine
SMALLEST = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self): yield Static("Syrian transitional President")
Smallest().run()
"""


def painted(command: list[str], env: dict[str, str], words: str, folder: str) -> float:
    """Give the seconds until the terminal shows `words`."""
    began = time.perf_counter()
    with Terminal(command, env, columns=120, rows=36, folder=folder) as screen:
        screen.wait_for(words)
        taken = time.perf_counter() - began
        screen.press("\x11")
        screen.wait_for_end()
    return taken


def fill(folder: str, articles: int) -> None:
    """Make a library of made-up news."""
    maker = Maker()
    with Library.open(Path(folder)) as library:
        for bundle in maker.bundles(articles, 3 * articles):
            library.load(bundle)


def main(runs: int, articles: int) -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env |= {"TERM": "xterm-256color", "NEWSREADER_LIBRARY": f"{folder}/library", "XDG_STATE_HOME": folder}
        newsreader = str(Path(sys.executable).with_name("newsreader"))
        subprocess.run([newsreader, "add", str(sample_files()[0])], env=env, check=True, capture_output=True)
        empty = {**env, "NEWSREADER_LIBRARY": f"{folder}/empty"}
        many = {**env, "NEWSREADER_LIBRARY": f"{folder}/many"}
        fill(f"{folder}/many", articles)
        cases = {
            "smallest Textual app": ([sys.executable, "-c", SMALLEST], env, "Syrian"),
            "newsreader, the library": ([newsreader], env, "Enab Baladi"),
            f"newsreader, {articles:,} articles": ([newsreader], many, f"{articles:,} articles"),
            "newsreader, nothing in it": ([newsreader], empty, "The library is empty"),
        }
        taken: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(runs + 1):
            for name, (command, environment, words) in cases.items():
                taken[name].append(painted(command, environment, words, folder))
    times_it = BAR_SECONDS / SMALLEST_SECONDS
    print(f"{runs} runs after one to warm up, 120×36; bar: {BAR_SECONDS} s, {times_it:.1f} times the smallest there")
    print(f"{'':<28}{'median':>9}{'best':>9}{'worst':>9}{'times':>9}")
    floor = taken["smallest Textual app"][1:]
    for name, all_times in taken.items():
        times = all_times[1:]
        ratio = statistics.median(time / least for time, least in zip(times, floor, strict=True))
        print(f"{name:<28}{statistics.median(times):>7.3f} s{min(times):>7.3f} s{max(times):>7.3f} s{ratio:>9.2f}")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*given, *(15, 1000)[len(given) :])
