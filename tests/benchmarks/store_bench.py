"""The store beside stock TinyDB and SQLite, in one run: python tests/benchmarks/store_bench.py [--scales 100:1000,…]

Prints a table in milliseconds: median (95th of 100) of tagging and adding a claim, opening with the first read, memory
that opening adds, bytes written for a tag. Each measurement runs in its own process. SQLite: WAL, synchronous=FULL.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from store_data import MOMENT, TAGS, Maker, uuid

KINDS = ("tinydb", "sqlite", "newsreader")


def memory() -> float:
    """Read the resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def timed(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """Run `work` and give the median and the 95th of 100, in milliseconds."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1e3)
    taken.sort()
    return statistics.median(taken), taken[min(times - 1, int(times * 0.95))]


def made(articles: int, claims: int) -> tuple[Maker, list[Any], list[dict[str, Any]]]:
    """Make the records of a scale; claims as plain dictionaries."""
    import msgspec

    maker = Maker()
    records = [maker.article(number) for number in range(articles)]
    places = [(article.id, version.sha256, version.text) for article, version, _ in records]
    return maker, records, [msgspec.to_builtins(claim) for claim in maker.claims(places, claims)]


class Stock:
    """Plain TinyDB: everything in one JSON file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "library.json"

    def fill(self, articles: int, claims: int) -> None:
        """Write the file as TinyDB would, at once."""
        import msgspec

        _, records, documents = made(articles, claims)
        whole = {
            str(n): msgspec.to_builtins(article) | msgspec.to_builtins(version) | msgspec.to_builtins(found)
            for n, (article, version, found) in enumerate(records, 1)
        }
        tables = {"articles": whole, "claims": {str(n): claim for n, claim in enumerate(documents, 1)}}
        self.path.write_text(json.dumps(tables))

    def open(self) -> int:
        """Open and read something."""
        from tinydb import TinyDB

        self.db = TinyDB(self.path)
        self.claims = self.db.table("claims")
        return len(self.claims)

    def tag(self, number: int) -> None:
        """Give a claim another tag."""
        tag = uuid(1, number % 2)
        self.claims.update({"tags": [tag], "modified": MOMENT}, doc_ids=[number + 1])

    def insert(self, number: int) -> None:
        """Add a claim."""
        document = dict(self.claims.get(doc_id=number + 1))
        self.claims.insert(document | {"id": uuid(3, number)})

    def written(self) -> int:
        """Count the bytes that a change writes."""
        return self.path.stat().st_size

    def close(self) -> None:
        """Close."""
        self.db.close()


class Lite:
    """SQLite with one JSON document a row."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "library.sqlite"

    def fill(self, articles: int, claims: int) -> None:
        """Write the database."""
        import msgspec

        _, records, documents = made(articles, claims)
        self.open()
        self.db.execute("begin")
        for article, version, found in records:
            whole = msgspec.to_builtins(article) | msgspec.to_builtins(version) | msgspec.to_builtins(found)
            self.db.execute("insert into articles(doc) values(?)", (json.dumps(whole),))
        self.db.executemany("insert into claims(doc) values(?)", [(json.dumps(claim),) for claim in documents])
        self.db.execute("commit")
        self.db.close()

    def open(self) -> int:
        """Open and read something."""
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        for table in ("articles", "claims"):
            self.db.execute(f"create table if not exists {table}(id integer primary key, doc text)")
        return int(self.db.execute("select count(*) from claims").fetchone()[0])

    def tag(self, number: int) -> None:
        """Give a claim another tag."""
        tags = json.dumps([uuid(1, number % 2)])
        self.db.execute("update claims set doc=json_set(doc,'$.tags',json(?)) where id=?", (tags, number + 1))

    def insert(self, number: int) -> None:
        """Add a claim."""
        row = self.db.execute("select doc from claims where id=?", (number + 1,)).fetchone()
        self.db.execute(
            "insert into claims(doc) values(?)", (json.dumps(json.loads(row[0]) | {"id": uuid(3, number)}),)
        )

    def written(self) -> int:
        """Count what the log holds."""
        return (self.path.with_name(self.path.name + "-wal")).stat().st_size

    def close(self) -> None:
        """Close."""
        self.db.close()


class Ours:
    """The library, through its own door: the body is read, the quote found, a step of undo written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, articles: int, claims: int) -> None:
        """Build the library without waiting for the disk at each article, then write the snapshot."""
        from msgspec import convert

        from store.engine import files
        from store.keep import bodies
        from store.keep.body import body_of
        from store.library import Library
        from store.model import Claim

        maker, records, documents = made(articles, claims)
        with Library.open(self.folder) as library:
            bodies.replace_file = files_without_sync  # type: ignore[attr-defined]
            for article, version, found in records:
                library._bodies.write(article.id, body_of(article, [version], {version.sha256: found}))
            bodies.replace_file = files.replace_file  # type: ignore[attr-defined]
            with library._change("fill", step=False) as change:
                for article, _, _ in records:
                    change.put("articles", article)
                for tag in maker.tags:
                    change.put("tags", tag)
                for document in documents:
                    change.put("claims", convert(document, Claim))
            library.compact()

    def open(self) -> int:
        """Open and read something."""
        from store.library import Library

        self.library = Library.open(self.folder)
        self.articles = self.library.articles()
        return len(self.library.db.table("claims"))

    def prepare(self, times: int) -> None:
        """Choose the claims and places that are going to be tagged."""
        step = max(1, len(self.articles) // times)
        of_each = [self.library.claims(article.id) for article in self.articles[::step]]
        self.chosen = [claims[turn] for turn in range(2) for claims in of_each]

    def tag(self, number: int) -> None:
        """Give a claim another tag."""
        claim = self.chosen[number % len(self.chosen)]
        name = TAGS[number // len(self.chosen)]
        self.library.tag_span(claim.anchor.article, claim.anchor.start, claim.anchor.end, [name])

    def insert(self, number: int) -> None:
        """Add a claim."""
        article = self.articles[number * 31 % len(self.articles)]
        self.library.tag_span(article.id, 10 + number, 130 + number, [TAGS[0], TAGS[1]])

    def written(self) -> int:
        """Count the bytes in the journal."""
        return self.library.journal_size

    def close(self) -> None:
        """Close."""
        self.library.close()


def files_without_sync(path: Path, chunks: Any) -> None:
    """Write a file the quick way, for filling only."""
    path.write_bytes(b"".join(chunks))


MAKE: dict[str, Callable[[Path], Any]] = {"tinydb": Stock, "sqlite": Lite, "newsreader": Ours}


def child(kind: str, folder: Path, articles: int, claims: int, phase: str) -> None:
    """Measure one kind in this process and print the result as JSON."""
    import msgspec  # noqa: F401 - importing is measured elsewhere
    import tinydb  # noqa: F401

    import store.library  # noqa: F401

    peer = MAKE[kind](folder)
    if phase == "fill":
        peer.fill(articles, claims)
        return
    gc.collect()
    before, start = memory(), time.perf_counter()
    peer.open()
    out: dict[str, Any] = {"open": (time.perf_counter() - start) * 1e3, "memory": memory() - before}
    if phase == "work":
        times = 20 if claims <= 1000 else 3
        out["tag"] = timed(peer.tag, times)
        out["bytes"] = peer.written()
        out["insert"] = timed(peer.insert, times)
    print(json.dumps(out))


def side_by_side(root: Path, scales: list[tuple[int, int]], rounds: int) -> None:
    """Let SQLite and the library, small and large, change something in turn, so that the disk's moods hit all alike."""
    peers = {}
    for scale in scales:
        for kind in ("sqlite", "newsreader"):
            peers[f"{kind} {scale[0]}:{scale[1]}"] = peer = MAKE[kind](root / place(kind, scale))
            peer.open()
            if kind == "newsreader":
                peer.prepare(min(rounds, scale[0]))
    result: dict[str, dict[str, Any]] = {name: {} for name in peers}
    for what in ("tag", "insert"):
        taken: dict[str, list[float]] = {name: [] for name in peers}
        sizes = {name: peer.written() for name, peer in peers.items()}
        for number in range(rounds):
            for name, peer in peers.items():
                start = time.perf_counter()
                getattr(peer, what)(number)
                taken[name].append((time.perf_counter() - start) * 1e3)
        for name, peer in peers.items():
            times = sorted(taken[name])
            result[name][what] = (statistics.median(times), times[int(rounds * 0.95)])
            result[name].setdefault("bytes", (peer.written() - sizes[name]) / rounds)
    print(json.dumps(result))


def place(kind: str, scale: tuple[int, int]) -> str:
    """Name the folder of one kind and scale."""
    return f"{kind}-{scale[0]}-{scale[1]}"


def run(kind: str, folder: Path, scale: tuple[int, int], phase: str) -> dict[str, Any]:
    """Run one phase in a process of its own."""
    return ask("--child", kind, str(folder), *map(str, scale), phase)


def ask(*words: str) -> dict[str, Any]:
    """Run this script in another process and read what it prints."""
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else {}
    return found


def long_journal(folder: Path, lines: int) -> None:
    """Leave a journal of so many changes behind, as a crash would."""
    code = (
        "import os,sys;sys.path.insert(0,sys.argv[3]);from pathlib import Path;from store_bench import Ours;"
        "p=Ours(Path(sys.argv[1]));p.open();s=p.library._storage;a=list(s.tables['claims'].items());import os as o;"
        "o.fdatasync=lambda fd:None\n"
        "for n in range(int(sys.argv[2])):\n k,d=a[n%len(a)];s.commit({'claims':{k:d}},'tag')\n"
        "o._exit(0)"
    )
    command = [sys.executable, "-c", code, str(folder), str(lines), str(Path(__file__).parent)]
    subprocess.run(command, check=True)


def opened(kind: str, folder: Path, scale: tuple[int, int]) -> dict[str, Any]:
    """Open three times, each in its own process, and take the one in the middle."""
    return sorted((run(kind, folder, scale, "open") for _ in range(3)), key=lambda found: float(found["open"]))[1]


def opened_with_journal(folder: Path, scale: tuple[int, int]) -> dict[str, Any]:
    """The same for a library with a long journal; closing would shorten it, so each gets a copy."""
    found = []
    for _ in range(3):
        copy = folder.with_name(folder.name + "-copy")
        shutil.copytree(folder, copy, copy_function=os.link)
        (copy / "lock").unlink()
        found.append(run("newsreader", copy, scale, "open"))
        shutil.rmtree(copy)
    return sorted(found, key=lambda one: float(one["open"]))[1]


def table(scales: list[tuple[int, int]], rounds: int, lines: int, root: Path) -> None:
    """Measure everything and print it."""
    rows: dict[str, dict[str, Any]] = {}
    for scale in scales:
        for kind in KINDS:
            folder = root / place(kind, scale)
            folder.mkdir()
            run(kind, folder, scale, "fill")
            rows[f"{kind} {scale[0]}:{scale[1]}"] = opened(kind, folder, scale)
        stock = root / place("tinydb", scale)
        rows[f"tinydb {scale[0]}:{scale[1]}"] |= run("tinydb", stock, scale, "work")
        shutil.rmtree(stock)
    for name, found in ask("--side-by-side", str(root), str(rounds), *(f"{a}:{c}" for a, c in scales)).items():
        rows[name] |= found
    print(f"{'':<26}{'tag':>18}{'insert':>18}{'open':>9}{'MB':>6}{'bytes a tag':>13}")
    for name, row in rows.items():
        tag, insert = (f"{row[what][0]:.2f} ({row[what][1]:.2f})" for what in ("tag", "insert"))
        print(f"{name:<26}{tag:>18}{insert:>18}{row['open']:>9.1f}{row['memory']:>6.0f}{row['bytes']:>13.0f}")
    small, large = (f"{a}:{c}" for a, c in (scales[0], scales[-1]))
    print()
    if lines:
        folder = root / place("newsreader", scales[-1])
        long_journal(folder, lines)
        row = opened_with_journal(folder, scales[-1])
        share = row["open"] / rows[f"tinydb {large}"]["open"]
        print(
            f"open with {lines} changes in the journal: {row['open']:.0f} ms, {row['memory']:.0f} MB; "
            f"{share:.2f} of stock TinyDB"
        )
    share = rows[f"newsreader {large}"]["open"] / rows[f"tinydb {large}"]["open"]
    print(f"open and first read: {share:.2f} of stock TinyDB")
    for what in ("tag", "insert"):
        ours, theirs = rows[f"newsreader {large}"][what][0], rows[f"sqlite {large}"][what][0]
        print(f"{what}: {ours / rows[f'newsreader {small}'][what][0]:.2f} of {small}, {ours / theirs:.2f} of SQLite")


def main() -> None:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="100:1000,1000:10000,10000:100000", help="articles:claims, …")
    parser.add_argument("--journal", type=int, default=20000, help="lines of the long journal")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--child", nargs=5, help=argparse.SUPPRESS)
    parser.add_argument("--side-by-side", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        kind, folder, articles, claims, phase = options.child
        child(kind, Path(folder), int(articles), int(claims), phase)
        return
    if options.side_by_side:
        root, rounds, *texts = options.side_by_side
        side_by_side(Path(root), [(int(t.split(":")[0]), int(t.split(":")[1])) for t in texts], int(rounds))
        return
    versions = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("tinydb", "msgspec"))
    print(f"Python {platform.python_version()}, {versions}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    print("milliseconds: median (95th of 100); changes of SQLite and the library in turn\n", flush=True)
    scales = [(int(text.split(":")[0]), int(text.split(":")[1])) for text in options.scales.split(",")]
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        table(scales, options.rounds, options.journal, Path(name))


if __name__ == "__main__":
    main()
