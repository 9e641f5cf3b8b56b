"""Time and accuracy of text-dump cleaning on a folder of data, with and without site memory.

    python tests/benchmarks/measure_text.py DATA

The weights that ship were learned from such a folder: on that very folder this says how well they fit, not how good
they are on sites never seen. `train_text.py DATA` says that. See text_gold.py for the form of DATA.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from intake_speed import loop
from text_gold import Dump, load, memories, table

from store.ingest import SiteMemory, from_text, lexicon
from store.model import Extract


def kept(dump: Dump, extract: Extract) -> list[bool]:
    """Which chunks of the page are in the extract."""
    gone = {(removed.start, removed.end) for removed in extract.removed}
    return [(chunk.start, chunk.end) not in gone for chunk in dump.page.chunks]


def run(name: str, data: Path, dumps: Sequence[Dump], memory: dict[str, SiteMemory]) -> None:
    """Clean every dump and print one line."""
    times, chosen, titles, days = [], {}, [], []
    for dump in dumps:
        raw = (data / "text" / f"{dump.path}.txt").read_bytes()
        start = time.process_time()
        extract = from_text(raw, dump.path, memory.get(dump.path.partition("/")[0]))
        times.append(1000 * (time.process_time() - start))
        chosen[dump.path] = kept(dump, extract)
        if dump.gold["title"]:
            titles.append(lexicon.tokens(extract.title or "") == lexicon.tokens(dump.gold["title"]))
        if dump.gold["published"]:
            days.append((extract.published or "") == dump.gold["published"][:10])
    print(f"{name:<16} {table(dumps, chosen)}  title {statistics.mean(titles):.3f}  day {statistics.mean(days):.3f}")
    print(
        f"{'':<16} {statistics.mean(times):.1f} ms a page of CPU (median {statistics.median(times):.1f}); "
        f"a loop of a million additions {statistics.median(loop() for _ in range(5)):.0f} ms"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    dumps = load(data)
    print(f"{len(dumps)} dumps of {len({d.host for d in dumps})} sites, Python {platform.python_version()}")
    everything = {dump.path: [True] * len(dump.texts) for dump in dumps}
    print(f"{'keep everything':<16} {table(dumps, everything)}")
    run("alone", data, dumps, {})
    run("with memory", data, dumps, memories(dumps))


if __name__ == "__main__":
    main()
