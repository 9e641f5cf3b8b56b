"""How soon a key is answered: from the key to the first byte on a real pseudo-terminal.

python tests/benchmarks/key_latency.py [KEYS]

Beside it, taking turns: Textual's own list of options with as many rows.
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
from terminal import Terminal

from store.paths import sample_files

BAR_MS = 15.0
QUIET_SECONDS = 0.12
ARTICLES = 60
OPTIONS = f"""
from textual.app import App
from textual.widgets import OptionList
class Options(App):
    BINDINGS = [("j", "down"), ("k", "up")]
    def compose(self): yield OptionList(*(f"Option number {{at}}" for at in range({ARTICLES})))
    def action_down(self): self.query_one(OptionList).action_cursor_down()
    def action_up(self): self.query_one(OptionList).action_cursor_up()
Options().run()
"""


def latency(screen: Terminal, key: str) -> float:
    """Press a key once the screen has been still for a moment; give the milliseconds until it is answered."""
    while True:
        before = len(screen.written)
        screen.listen(QUIET_SECONDS)
        if len(screen.written) == before:
            break
    began = time.perf_counter()
    screen.press(key)
    while len(screen.written) == before:
        screen.listen(1.0)
    return 1000 * (time.perf_counter() - began)


def main(keys: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env |= {"TERM": "xterm-256color", "NEWSREADER_LIBRARY": f"{folder}/library", "XDG_STATE_HOME": folder}
        newsreader = str(Path(sys.executable).with_name("newsreader"))
        made = []
        for at in range(ARTICLES):
            path = Path(folder) / f"{at}.txt"
            path.write_text(f"Bridge {at} stays closed\n\n“We cannot risk it,” said Ann Lee, the mayor of town {at}.\n")
            made.append(str(path))
        seed = str(sample_files()[0])
        subprocess.run([newsreader, "add", seed, *made], env=env, check=True, capture_output=True)
        cases = {
            "Textual's list of options": ([sys.executable, "-c", OPTIONS], "Option number 3", "jk"),
            "library: next, previous": ([newsreader], "Bridge", "jk"),
            "reader: next line, previous": ([newsreader, seed], "Syrian transitional", "jk"),
            "reader: next quote, previous": ([newsreader, seed], "Syrian transitional", "]["),
        }
        print(f"{keys} keys each, 120×36, milliseconds to the first byte; bar: {BAR_MS} at p95")
        print(f"{'':<32}{'median':>8}{'p95':>8}{'worst':>8}")
        for name, (command, words, pair) in cases.items():
            with Terminal(command, env, columns=120, rows=36, folder=folder) as screen:
                screen.wait_for(words)
                latency(screen, pair[0])
                times = sorted(latency(screen, pair[at % 2]) for at in range(1, keys + 1))
                screen.press("\x11")
                screen.wait_for_end()
            p95 = times[int(0.95 * (len(times) - 1))]
            print(f"{name:<32}{statistics.median(times):>8.1f}{p95:>8.1f}{times[-1]:>8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
