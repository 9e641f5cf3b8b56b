"""How fast the command answers: medians over many starts, beside a Python that does nothing.

python tests/benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from store.intake import take_in_all
from store.library import Library
from store.paths import sample_files

BAR_SECONDS = 0.15


def seconds(command: list[str], env: dict[str, str]) -> float:
    """Run a command once."""
    began = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main(runs: int) -> None:
    """Print the table; the commands take turns, so that a busy moment is shared."""
    newsreader = str(Path(sys.executable).with_name("newsreader"))
    seed = str(sample_files()[0])
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["NEWSREADER_LIBRARY"] = f"{folder}/library"
        with Library.open(Path(folder) / "library") as library:
            list(take_in_all(library, [seed]))
            article = library.articles()[0]
            text = library.version(article.id).text
            for start in range(0, 400, 40):
                library.tag_span(article.id, start, start + 30, ["sample"])
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "newsreader --help": [newsreader, "--help"],
            "newsreader list": [newsreader, "list"],
            "newsreader show": [newsreader, "show", article.id],
            "newsreader search": [newsreader, "search", "russian bases"],
            "newsreader export": [newsreader, "export"],
            "newsreader inspect": [newsreader, "inspect", seed],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                taken[name].append(seconds(command, env))
    print(f"python {platform.python_version()}, {runs} runs, one article of {len(text)} characters, 10 claims")
    print(f"{'command':<20} {'median':>8} {'best':>8} {'worst':>8}")
    for name, times in taken.items():
        print(f"{name:<20} {statistics.median(times):>6.3f} s {min(times):>6.3f} s {max(times):>6.3f} s")
    print(f"bar: newsreader list ≤ {BAR_SECONDS} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
