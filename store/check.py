"""Verify a library: what `newsreader check [--repair]` does."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from store.engine import recovery
from store.engine.layout import Layout
from store.engine.lock import FolderLock
from store.keep.checking import Checker
from store.library import SNAPSHOT, Library
from store.model import CheckReport


def check(folder: Path, repair: bool = False) -> CheckReport:
    """Look over the library in `folder`; with `repair` mend what can be mended without guessing.

    Opening a library always mends what a crash left (and the report says so). Without `repair` the damage is looked
    at first, under the lock, so that the report names it, and records are left as they are. Raises LibraryError when
    there is no library or nothing in it can be read.
    """
    folder = Path(folder)
    with Library.open(folder, create=False) as library:
        report = Checker(library, repair=repair).check()
        way = _second_way(Layout(folder / SNAPSHOT), library.revision)
        if way and repair and not library.read_only:
            library.compact()
            way = _second_way(Layout(folder / SNAPSHOT), library.revision)
    return replace(report, remarks=(*report.remarks, *way))


def _second_way(layout: Layout, revision: int) -> list[str]:
    """Say what is wrong with the way to today's state over the previous snapshot; nothing when it is open."""
    lock = FolderLock(layout.lock)
    try:
        with lock:
            if not layout.backup.exists():
                return ["there is no previous snapshot yet, the second way to today's state"]
            state = recovery.load_backup(layout)
    except (OSError, ValueError):
        return [f"{layout.backup.name} cannot be read; the next snapshot, or --repair, replaces it"]
    finally:
        lock.close()
    if state.seq < revision:
        return [f"{layout.backup.name} leads to revision {state.seq} of {revision}; the next snapshot replaces it"]
    return []
