"""Time and accuracy of text-dump cleaning on a folder of data, with and without site memory.

    python tests/benchmarks/measure_text.py DATA

The weights that ship were learned from such a folder: on that very folder this says how well they fit, not how good
they are on sites never seen. `cross_text.py DATA` says that. See text_gold.py for the form of DATA.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from intake_speed import loop
from text_gold import Dump, load, memories, table

from store.ingest import SiteMemory, from_text, lexicon
from store.model import Extract


def kept(dump: Dump, extract: Extract) -> list[bool]:
    """Which chunks of the page are in the extract."""
    gone = {(removed.start, removed.end) for removed in extract.removed}
    return [(chunk.start, chunk.end) not in gone for chunk in dump.page.chunks]


def clean(
    data: Path, dumps: Sequence[Dump], memory: Mapping[str, SiteMemory]
) -> tuple[dict[str, Extract], list[float]]:
    """Clean every dump; give what came out of each, and the milliseconds of the processor that each took."""
    found, times = {}, []
    for dump in dumps:
        raw = (data / "text" / f"{dump.path}.txt").read_bytes()
        start = time.process_time()
        found[dump.path] = from_text(raw, dump.path, memory.get(dump.path.partition("/")[0]))
        times.append(1000 * (time.process_time() - start))
    return found, times


def scores(dumps: Sequence[Dump], found: Mapping[str, Extract]) -> str:
    """Give one line of scores: text, title to the word, day of publication and, of those given, the share right."""
    told = [(dump, found[dump.path]) for dump in dumps]
    titles = [lexicon.tokens(f.title or "") == lexicon.tokens(d.gold["title"]) for d, f in told if d.gold["title"]]
    days = [(f.published or "", d.gold["published"][:10]) for d, f in told if d.gold["published"]]
    right, given = sum(day == gold for day, gold in days), sum(bool(day) for day, _ in days)
    text = table(dumps, {dump.path: kept(dump, extract) for dump, extract in told})
    return (
        f"{text}  title {statistics.mean(titles):.3f}  day {right / len(days):.3f} (of those given {right / given:.3f})"
    )


def run(name: str, data: Path, dumps: Sequence[Dump], memory: Mapping[str, SiteMemory]) -> None:
    """Clean every dump and print the scores and the time."""
    found, times = clean(data, dumps, memory)
    print(f"{name:<16} {scores(dumps, found)}")
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
