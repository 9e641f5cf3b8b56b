"""Time speech analysis: python tests/benchmarks/speech_speed.py FILES…

Prints milliseconds for an article and for 5,000 characters (processor time of one process on one core, the best of
three rounds, the model already loaded), the time to load the model and the highest memory; beside it, how long a loop
of a million additions takes, so that figures of two machines, or of one machine's good and bad hours, can be compared.

With `--large` it takes no files and times texts made up to be hard: many characters, quotations, marks, one long line.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import platform
import resource
import sys
import time
from pathlib import Path

from store.speech import ANALYSER, analyse

TOLD = "The river rose over the meadows of Tarn in March, and fell again before the fair came to town. "
SAID = "“The bridge is safe,” said Ada Quill. "
LARGE = {
    "2,000,000 characters": (f"{TOLD}\n{TOLD}{SAID}\n", 2_000_000),
    "40,000 quotations": (f"{SAID}\n", 40_000 * len(f"{SAID}\n")),
    "400,000 unmatched marks": ("“a « b „ ‘c ", 1_200_000),
    "one line of 4 MB": (TOLD + SAID, 4_000_000),
}


def loop() -> float:
    """Give the seconds that a million additions take, the best of seven."""
    best = float("inf")
    for _ in range(7):
        before, total = time.process_time(), 0
        for number in range(1_000_000):
            total += number
        best = min(best, time.process_time() - before)
    return best


def large() -> None:
    """Time the hard texts at a quarter of their size and whole."""
    for name, (piece, size) in LARGE.items():
        spent = []
        for length in (size // 4, size):
            text = (piece * (length // len(piece) + 1))[:length]
            before = time.process_time()
            found = len(analyse(text).quotes)
            spent.append(time.process_time() - before)
        print(f"{name:24} {found:7} quotes {spent[1]:7.1f} s, {spent[1] / spent[0]:.1f} times a quarter of it")


def main() -> None:
    """Run from the command line."""
    if sys.argv[1:] == ["--large"]:
        large()
        return
    texts = [Path(name).read_text("utf-8", "replace") for name in sys.argv[1:]]
    if not texts:
        sys.exit(__doc__)
    before = time.process_time()
    analyse("“We go on,” said Ada Quill.")
    load = time.process_time() - before
    best, beside = float("inf"), loop()
    for _ in range(3):
        before = time.process_time()
        found = sum(len(analyse(text).quotes) for text in texts)
        best, beside = min(best, time.process_time() - before), min(beside, loop())
    letters = sum(map(len, texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{ANALYSER}, Python {platform.python_version()}, {len(texts)} articles, {letters} characters, {found} quotes"
    )
    each = 5e6 * best / letters
    print(f"{1000 * best / len(texts):.1f} ms an article, {each:.1f} ms for 5,000 characters")
    print(
        f"a loop of a million additions {1000 * beside:.1f} ms: {each / (1000 * beside):.2f} of it for 5,000 characters"
    )
    print(f"load {load:.2f} s, peak {peak} MiB")


if __name__ == "__main__":
    main()
