"""Time and memory of adding a folder of articles in one command, and the time a part of the work takes.

    python tests/benchmarks/intake_speed.py FOLDER

Runs `newsreader add FOLDER` into a library that is thrown away, and prints seconds, processor seconds of all processes,
and the memory of the program after a tenth of the articles and at the end. A plain loop of a million additions says how
fast the machine is at that moment.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = "from tui.cli import command; command()"


def loop() -> float:
    """Give the milliseconds of processor time of a million additions."""
    start, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return 1000 * (time.process_time() - start)


def resident(pid: int) -> float:
    """Give the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    many = sum(1 for path in folder.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as library:
        env = {**os.environ, "NEWSREADER_LIBRARY": f"{library}/library"}
        words = [sys.executable, "-c", COMMAND, "add", str(folder)]
        begun, start = loop(), time.perf_counter()
        with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            sizes = [resident(process.pid) for _ in process.stdout]
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(f"{many} files, {len(sizes)} lines: {seconds:.1f} s, {1000 * seconds / many:.0f} ms a file")
    print(f"processor {cpu:.1f} s, {1000 * cpu / many:.0f} ms a file; the loop {begun:.0f} ms, then {loop():.0f} ms")
    print(f"memory {sizes[len(sizes) // 10]:.0f} MB after a tenth, {sizes[-2]:.0f} MB at the end")


if __name__ == "__main__":
    main()
