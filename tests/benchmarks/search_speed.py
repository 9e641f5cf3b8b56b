"""Search at size: building, opening, each key of a query, taking in a change; and other programs on the same claims.

python tests/benchmarks/search_speed.py [ARTICLES CLAIMS QUERIES] [--keep FOLDER] [--peers]

`fzf` is among the peers when it is installed (`apt install fzf`).
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import rapidfuzz
from rapidfuzz import fuzz, process
from search_data import Asked, Maker, keystrokes, queries

from store.library import Library
from store.search import Index
from store.search.fold import fold

Top = Callable[[str], list[str]]
Claims = list[tuple[str, str, str]]


def timed(work: Callable[[], object]) -> float:
    """Run something and give the seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spread(times: list[float]) -> str:
    """Give median, 95th percentile and worst in milliseconds."""
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    figures = (statistics.median(ordered), high, ordered[-1])
    return "   ".join(
        f"{name} {figure * 1000:7.1f} ms" for name, figure in zip(("median", "p95", "worst"), figures, strict=True)
    )


def fill(folder: Path, articles: int, claims: int) -> None:
    """Make the library; without waiting for the disk, since that is not measured here."""
    fsync, fdatasync = os.fsync, os.fdatasync
    os.fsync = os.fdatasync = lambda _: None  # type: ignore[assignment]
    try:
        with Library.open(folder) as library:
            for bundle in Maker().bundles(articles, claims):
                library.load(bundle)
            library.compact()
    finally:
        os.fsync, os.fdatasync = fsync, fdatasync


class Right:
    """Tells which claims are as right as the one a query was made from: all that hold every word that was meant."""

    def __init__(self, claims: Claims) -> None:
        self._folded = {claim: f" {fold(words)} . {fold(speaker)} " for claim, words, speaker in claims}

    def __call__(self, asked: Asked, claim: str) -> bool:
        """Tell whether a claim found answers what was meant."""
        text = self._folded[claim]
        return all(f" {fold(one)}{'' if one.endswith('…') else ' '}" in text for one in asked.meant)


def relevance(name: str, top: Top, asked: list[Asked], right: Right) -> None:
    """Print speed and recall of one way to search: of the very claim meant, and of claims that are as right."""
    times: list[float] = []
    ranks: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in asked:
        began = time.perf_counter()
        found = top(one.text)
        times.append(time.perf_counter() - began)
        very = found.index(one.claim) if one.claim in found else 99
        ranks[one.kind].append((next((at for at, claim in enumerate(found) if right(one, claim)), 99), very))
    every = [rank for group in ranks.values() for rank in group]
    print(f"{name:<34} {shares(every)}   {spread(times)}   ({len(every)} queries)")
    if name == "newsreader":
        for kind, group in ranks.items():
            print(f"    {kind:<30} {shares(group)}")


def shares(ranks: list[tuple[int, int]]) -> str:
    """Write how often the first and the first ten are right, and how often the very claim is there."""
    one, ten, very_one, very_ten = (
        sum(rank[which] < most for rank in ranks) / len(ranks) for which in (0, 1) for most in (1, 10)
    )
    return f"recall@1 {one:.3f} @10 {ten:.3f} (very claim {very_one:.2f} {very_ten:.2f})"


def ours(index: Index) -> Top:
    """Search as the program does; the ids of the claims among the hits."""
    return lambda text: [hit.claim for hit in index.search(text, 50) if hit.claim][:10]


def fts5_trigram(claims: Claims, how: str) -> Top:
    """SQLite's own trigram index, all trigrams or any of them ranked by bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'trigram')")
    db.executemany(
        "INSERT INTO t (rowid, x) VALUES (?, ?)", [(n, f"{fold(x)} {fold(w)}") for n, (_, x, w) in enumerate(claims)]
    )

    def top(text: str) -> list[str]:
        words = [word for word in fold(text).split() if len(word) > 2]
        if how == "OR":
            grams = sorted({word[at : at + 3] for word in words for at in range(len(word) - 2)})
            expression = " OR ".join(f'"{gram}"' for gram in grams)
        else:
            expression = " AND ".join(f'"{word}"' for word in words)
        rows = db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (expression or '"???"',))
        return [claims[row][0] for (row,) in rows]

    return top


def plain_rapidfuzz(claims: Claims, scorer: object) -> Top:
    """`process.extract` over every claim."""
    folded = [f"{fold(x)} {fold(w)}" for _, x, w in claims]
    return lambda text: [claims[at][0] for _, _, at in process.extract(fold(text), folded, scorer=scorer, limit=10)]


def fzf(claims: Claims, folder: Path) -> Top:
    """`fzf --filter` over a file with a claim a line."""
    path = folder / "claims.txt"
    path.write_text("".join(f"{n}\t{x} {w}\n" for n, (_, x, w) in enumerate(claims)))

    def top(text: str) -> list[str]:
        with path.open() as lines:
            done = subprocess.run(
                ["fzf", "--delimiter=\t", "--nth=2..", "--filter", text.replace('"', "'", 1).replace('"', "")],
                stdin=lines, capture_output=True, text=True, check=False,
            )  # fmt: skip
        return [claims[int(line.split("\t", 1)[0])][0] for line in done.stdout.splitlines()[:10]]

    return top


def measure(folder: Path, count: int, peers: bool) -> None:
    """Print every figure for the library in a folder."""
    with Library.open(folder) as library:
        claims = [(claim.id, claim.anchor.exact, claim.speaker or "") for claim in library.claims()]
        asked = queries(claims, count)
        index = Index(library)
        cpu = time.process_time()
        built = timed(index.refresh)
        cpu = time.process_time() - cpu
        size = (folder / "search.cache").stat().st_size / 1e6
        made = f"{len(library.articles())} articles, {len(claims)} claims"
        print(f"{made}; index built or checked in {built:.1f} s ({cpu:.1f} s CPU), {size:.0f} MB")
        index.close()
    with Library.open(folder) as library:
        index = Index(library)
        opened, first = timed(index.refresh), timed(lambda: index.search("harbour"))
        print(f"index opened and up to date in {opened * 1000:.0f} ms, first search {first * 1000:.0f} ms")
        keys = [key for one in asked[:60] for key in keystrokes(one.text)]
        times, cpus = [], []
        for key in keys:
            cpu, began = time.process_time(), time.perf_counter()
            index.search(key, 200)
            times.append(time.perf_counter() - began)
            cpus.append(time.process_time() - cpu)
        print(f"{'a key press (' + str(len(keys)) + ' of them)':<34} {spread(times)}")
        print(f"{'    its CPU':<34} {spread(cpus)}")
        slow = sorted(zip(times, keys, strict=True), reverse=True)[:5]
        print("    slowest: " + ", ".join(f"{key!r} {taken * 1000:.0f}" for taken, key in slow))
        source = random.Random(1)
        updates, cpus = [], []
        for number in range(200):
            claim = claims[source.randrange(len(claims))][0]
            library.set_note(claim, f"looked at {time.time_ns()} {number}")
            cpu = time.process_time()
            updates.append(timed(index.refresh))
            cpus.append(time.process_time() - cpu)
        print(f"{'one changed claim taken in':<34} {spread(updates)}")
        print(f"{'    its CPU':<34} {spread(cpus)}")
        right = Right(claims)
        relevance("newsreader", ours(index), asked, right)
        if peers:
            few = asked[:: max(1, len(asked) // 45)]
            relevance("SQLite FTS5 trigram, AND", fts5_trigram(claims, "AND"), asked, right)
            relevance("SQLite FTS5 trigram, OR + bm25", fts5_trigram(claims, "OR"), few, right)
            relevance("rapidfuzz extract, WRatio", plain_rapidfuzz(claims, fuzz.WRatio), few, right)
            relevance("rapidfuzz extract, token_set_ratio", plain_rapidfuzz(claims, fuzz.token_set_ratio), few, right)
            if not shutil.which("fzf"):
                print("fzf is not installed, so it was not asked")
            else:
                relevance("fzf --filter", fzf(claims, folder), few, right)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Read the arguments, make the library, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 450])
    parser.add_argument("--keep", type=Path, help="where to make the library, and to find it the next time")
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    articles, claims, count = options.sizes
    print(f"python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, rapidfuzz {rapidfuzz.__version__}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "library"
        if not folder.exists():
            print(f"made the library in {timed(lambda: fill(folder, articles, claims)):.0f} s")
        measure(folder, count, options.peers)


if __name__ == "__main__":
    main()
