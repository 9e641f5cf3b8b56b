"""What happens to the library when things go wrong: python tests/benchmarks/store_faults.py [TEST …] [--count N]

Each verdict comes from a fresh process. Tests:
  kill     N × kill -9 while tagging, while compacting, while saving articles
  stock    the same for stock TinyDB, which must break or the test is too weak
  full     a disk that is really full (a small tmpfs; needs the right to mount): in a change, a snapshot, an article
  two      two programs that add and change, one of them writing snapshots; and how soon one sees the other
Prints a table; with --json one object a line. Exits 1 when anything acknowledged was lost or unreadable.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from store_data import Maker

from store.errors import LibraryError
from store.library import Library

Result = dict[str, Any]


def say(text: str) -> None:
    """Acknowledge something to the parent, at once."""
    os.write(1, f"{text}\n".encode())


# -- the programs that are killed ------------------------------------------------------------------------------------


def tagger(folder: Path, start: int, count: int, compact_every: int) -> None:
    """Add claims and change their notes, acknowledging each."""
    with Library.open(folder) as library:
        article = library.articles()[0]
        for number in range(start, start + count):
            claim = library.tag_span(article.id, number % 4000, number % 4000 + 1 + number // 4000, ["kept"])
            say(f"claim {claim.id}")
            if number % 3 == 0:
                library.set_note(claim.id, f"note {number}" * (1 + number % 50))
                say(f"note {claim.id} {number}")
            if compact_every and number % compact_every == 0:
                library.compact()


def saver(folder: Path, start: int, count: int) -> None:
    """Add articles, acknowledging each."""
    maker = Maker(start)
    with Library.open(folder) as library:
        for number in range(start, start + count):
            added = library.add(*maker.extract(number))
            say(f"article {added.article.id}")


def stock(folder: Path, start: int, count: int) -> None:
    """Let stock TinyDB's file grow and shrink, acknowledging each document."""
    from tinydb import TinyDB, where

    db = TinyDB(folder / "stock.json")
    for number in range(start, start + count):
        db.insert({"n": number, "pad": "x" * 3000})
        say(f"n {number}")
        db.update({"pad": ""}, where("n") == number)


def verify(folder: Path) -> None:
    """Print everything that a reopened library has, as one JSON object."""
    with Library.open(folder, create=False) as library:
        articles = library.articles()
        claims = library.claims()
        for article in articles:
            library.analysis(article.id)
        found = {
            "claims": {claim.id: claim.note for claim in claims},
            "articles": [article.id for article in articles],
            "notices": library.notices,
        }
    print(json.dumps(found))


def verify_stock(folder: Path) -> None:
    """Print what stock TinyDB can still read."""
    from tinydb import TinyDB

    print(json.dumps([document["n"] for document in TinyDB(folder / "stock.json")]))


ROLES = {
    "tagger": lambda a: tagger(Path(a[0]), int(a[1]), 10**6, 0),
    "compacting tagger": lambda a: tagger(Path(a[0]), int(a[1]), 10**6, 7),
    "tagger of": lambda a: tagger(Path(a[0]), int(a[1]), int(a[2]), int(a[3])),
    "saver": lambda a: saver(Path(a[0]), int(a[1]), 10**6),
    "stock": lambda a: stock(Path(a[0]), int(a[1]), 10**6),
    "verify": lambda a: verify(Path(a[0])),
    "verify stock": lambda a: verify_stock(Path(a[0])),
    "watch": lambda a: watch(Path(a[0]), int(a[1])),
}


def spawn(role: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a role in a process of its own."""
    command = [sys.executable, __file__, "--role", role, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ask(role: str, folder: Path) -> tuple[Any, str]:
    """Ask a fresh process what it can read: the answer, or why there is none."""
    process = spawn(role, folder)
    out, err = process.communicate()
    if process.returncode:
        return None, err.decode().strip().splitlines()[-1] if err else f"exit {process.returncode}"
    return json.loads(out), ""


# -- kill ------------------------------------------------------------------------------------------------------------


def acknowledged_until_killed(process: subprocess.Popen[bytes], seconds: float) -> list[list[str]]:
    """Read acknowledgements for a while from the first one on, kill, and read the rest."""
    assert process.stdout is not None
    fd, data, deadline = process.stdout.fileno(), b"", 0.0
    while not deadline or time.monotonic() < deadline:
        wait = max(0.0, deadline - time.monotonic()) if deadline else None
        if not select.select([fd], [], [], wait)[0]:
            break
        part = os.read(fd, 1 << 16)
        if not part:
            break
        data += part
        deadline = deadline or time.monotonic() + seconds
    process.send_signal(signal.SIGKILL)
    data += process.stdout.read()
    process.communicate()
    return [line.split() for line in data.decode().split("\n")[:-1]]


def kill(role: str, count: int, folder: Path) -> Result:
    """Kill a writer again and again and look each time for what it had acknowledged."""
    dice = random.Random(5)
    with Library.open(folder) as library:
        library.add(*Maker(1).extract(0))
    claims: set[str] = set()
    notes: dict[str, int] = {}
    articles: set[str] = set()
    result: Result = {"test": f"kill, {role}", "kills": count, "acknowledged": 0, "lost": 0, "unreadable": 0}
    for turn in range(count):
        lines = acknowledged_until_killed(spawn(role, folder, turn * 2000), dice.uniform(0, 0.03))
        result["acknowledged"] += len(lines)
        claims |= {line[1] for line in lines if line[0] == "claim"}
        articles |= {line[1] for line in lines if line[0] == "article"}
        notes.update((line[1], int(line[2])) for line in lines if line[0] == "note")
        found, why = ask("verify", folder)
        if found is None:
            result["unreadable"] += 1
            result["why"] = why
            break
        texts = found["claims"]
        lost = len(claims - texts.keys()) + len(articles - set(found["articles"]))
        lost += sum(1 for claim, number in notes.items() if claim in texts and f"note {number}" not in texts[claim])
        result["lost"] += lost
    return result


def kill_stock(count: int, folder: Path, *, until_broken: bool = False) -> Result:
    """Do the same to stock TinyDB, beginning anew whenever it is broken, or stopping there."""
    dice = random.Random(5)
    result: Result = {"test": "kill, stock TinyDB", "kills": count, "acknowledged": 0, "lost": 0, "unreadable": 0}
    for turn in range(count):
        lines = acknowledged_until_killed(spawn("stock", folder, turn * 2000), dice.uniform(0, 0.03))
        result["acknowledged"] += len(lines)
        found, why = ask("verify stock", folder)
        if found is None:
            result["unreadable"] += 1
            result["why"] = why
            (folder / "stock.json").unlink()
            if until_broken:
                break
        else:
            result["lost"] += len({int(line[1]) for line in lines} - set(found))
    return result


# -- full ------------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a small file system; PermissionError when that is not allowed."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        raise PermissionError(mounted.stderr.decode().strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def full(folder: Path) -> Result:
    """Fill a disk: in changes, in a snapshot, in an article; then make room and go on."""
    result: Result = {"test": "full disk", "acknowledged": 0, "lost": 0, "unreadable": 0, "errors": {}}
    with small_disk(folder / "disk", "2m") as disk:
        spare = disk / "spare"
        spare.write_bytes(b"x" * 300_000)
        where = disk / "library"
        claims: dict[str, str] = {}
        with Library.open(where) as library:
            article = library.add(*Maker(1).extract(0)).article
            for number, size in enumerate([20_000] * 200 + [100] * 2000):
                try:
                    claim = library.tag_span(article.id, number, number + 5, ["kept"], note="x" * size)
                except LibraryError as error:
                    result["errors"]["change"] = str(error)
                else:
                    claims[claim.id] = claim.note
                if size == 100 and result["errors"] and os.statvfs(disk).f_bavail == 0:
                    break
            in_memory = {claim.id for claim in library.claims()}
            result["half done"] = len(in_memory ^ claims.keys())
            for what, work in (
                ("snapshot", library.compact),
                ("article", lambda: library.add(*Maker(2).extract(1))),
            ):
                try:
                    work()
                except LibraryError as error:
                    result["errors"][what] = str(error)
            found, why = ask("verify", where)
            result["unreadable"] += found is None
            result["lost"] += len(claims.keys() - (found or {"claims": {}})["claims"].keys())
            spare.unlink()
            small = library.tag_span(article.id, 0, 3, ["after"])
            claims[small.id] = ""
            added = library.add(*Maker(2).extract(1)).article
        found, why = ask("verify", where)
        result["unreadable"] += found is None
        result["lost"] += len(claims.keys() - (found or {"claims": {}})["claims"].keys())
        result["lost"] += found is not None and added.id not in found["articles"]
        result["acknowledged"] = len(claims) + 1
        left = [path.name for path in where.rglob("*.tmp")]
        result["left behind"] = len(left)
        if why:
            result["why"] = why
    return result


# -- two -------------------------------------------------------------------------------------------------------------


def watch(folder: Path, until: int) -> None:
    """Look every 10 ms for new claims and print when each was seen, on the clock of the machine."""
    seen: set[str] = set()
    with Library.open(folder) as library:
        say("ready")
        while len(seen) < until:
            if library.refresh():
                new = {claim.id for claim in library.claims()} - seen
                moment = time.clock_gettime(time.CLOCK_MONOTONIC)
                seen |= new
                for claim in new:
                    say(f"seen {claim} {moment}")
            select.select([], [], [], 0.01)


def two(count: int, folder: Path) -> Result:
    """Let two programs add and change at once, one of them writing snapshots, and a third one watch."""
    with Library.open(folder) as library:
        article = library.add(*Maker(1).extract(0)).article
    watcher = spawn("watch", folder, 2 * count)
    assert watcher.stdout is not None
    watcher.stdout.readline()
    writers = [spawn("tagger of", folder, 0, count, 0), spawn("tagger of", folder, 100_000, count, 20)]
    written: dict[str, float] = {}
    notes: dict[str, int] = {}
    streams = {w.stdout.fileno(): b"" for w in writers if w.stdout}
    while streams:
        for fd in select.select(list(streams), [], [])[0]:
            part = os.read(fd, 1 << 16)
            moment = time.clock_gettime(time.CLOCK_MONOTONIC)
            *lines, rest = (streams[fd] + part).split(b"\n")
            streams[fd] = rest
            for line in lines:
                words = line.decode().split()
                if words[0] == "claim":
                    written.setdefault(words[1], moment)
                else:
                    notes[words[1]] = int(words[2])
            if not part:
                del streams[fd]
    errors = [w.communicate()[1].decode().strip().splitlines()[-1] for w in writers if w.wait()]
    seen = {line.split()[1]: float(line.split()[2]) for line in watcher.communicate()[0].decode().splitlines() if line}
    found, why = ask("verify", folder)
    texts = (found or {"claims": {}})["claims"]
    delays = sorted((seen[claim] - moment) * 1e3 for claim, moment in written.items() if claim in seen)
    del article
    return {
        "test": "two programs",
        "acknowledged": len(written) + len(notes),
        "lost": len(written.keys() - texts.keys())
        + sum(1 for claim, number in notes.items() if f"note {number}" not in texts.get(claim, "")),
        "unreadable": int(found is None),
        "died": errors,
        "not seen": len(written) - len(delays),
        "seen after ms": [round(delays[len(delays) // 2], 1), round(delays[-1], 1)] if delays else [],
        **({"why": why} if why else {}),
    }


def run(name: str, count: int, root: Path) -> Iterator[Result]:
    """Run one test and give its results."""
    if name == "kill":
        for role in ("tagger", "compacting tagger", "saver"):
            yield kill(role, count, root / role.replace(" ", "-"))
    elif name in {"stock", "stock-until-broken"}:
        (root / "stock").mkdir()
        yield kill_stock(count, root / "stock", until_broken=name != "stock")
    elif name == "full":
        try:
            yield full(root)
        except PermissionError as error:
            yield {"test": "full disk", "skipped": str(error)}
    elif name == "two":
        yield two(count, root / "two")


def main() -> int:
    """Run the tests that are named, all by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tests", nargs="*", default=["kill", "stock", "full", "two"])
    parser.add_argument("--count", type=int, default=200, help="kills of each kind, or changes of each program")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--role", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.role:
        ROLES[options.role[0]](options.role[1:])
        return 0
    bad = 0
    for name in options.tests:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            for result in run(name, options.count, Path(folder)):
                ours = "stock" not in result["test"]
                bad += ours and bool(result.get("lost") or result.get("unreadable") or result.get("died"))
                if options.json:
                    print(json.dumps(result), flush=True)
                else:
                    rest = {key: value for key, value in result.items() if key != "test"}
                    print(
                        f"{result['test']:<26}", ", ".join(f"{key} {value}" for key, value in rest.items()), flush=True
                    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
