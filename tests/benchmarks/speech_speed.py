"""Time speech analysis: python tests/benchmarks/speech_speed.py FILES…

Prints milliseconds for an article and for 5,000 characters (processor time of one process on one core, the best of
three rounds, the model already loaded), the time to load the model and the highest memory.
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


def main() -> None:
    """Run from the command line."""
    texts = [Path(name).read_text("utf-8", "replace") for name in sys.argv[1:]]
    if not texts:
        sys.exit(__doc__)
    before = time.process_time()
    analyse("“We go on,” said Ada Quill.")
    load = time.process_time() - before
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        found = sum(len(analyse(text).quotes) for text in texts)
        best = min(best, time.process_time() - before)
    letters = sum(map(len, texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{ANALYSER}, Python {platform.python_version()}, {len(texts)} articles, {letters} characters, {found} quotes"
    )
    print(f"{1000 * best / len(texts):.1f} ms an article, {5e6 * best / letters:.1f} ms for 5,000 characters")
    print(f"load {load:.2f} s, peak {peak} MiB")


if __name__ == "__main__":
    main()
