"""Dated copies of the snapshot: the last one of each day, of the last few days.

A copy is a second name of the same file where that can be had: a snapshot is never written again, only replaced.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from store.engine import snapshot
from store.engine.files import sync_folder, write_synced
from store.engine.layout import Layout
from store.engine.state import State

KEPT_DAYS = 7


def keep_daily(layout: Layout) -> Path | None:
    """Keep the present snapshot under today's date, in the place of today's earlier one; drop the oldest beyond seven.

    A disk that refuses is no failure: the library itself is written.
    """
    with contextlib.suppress(OSError):
        layout.backups.mkdir(mode=0o700, exist_ok=True)
        stem = layout.snapshot.stem
        path = layout.backups / f"{stem}-{time.strftime('%Y-%m-%d', time.gmtime())}.json"
        new = path.with_name(f".{path.name}.new")
        new.unlink(missing_ok=True)
        try:
            os.link(layout.snapshot, new)
        except OSError:
            write_synced(new, [layout.snapshot.read_bytes()])
        os.replace(new, path)
        new.unlink(missing_ok=True)  # a rename between two names of one file does nothing
        sync_folder(layout.backups)
        for old in sorted(layout.backups.glob(f"{stem}-????-??-??.json"))[:-KEPT_DAYS]:
            old.unlink()
        return path
    return None


def keep_state(layout: Layout, state: State) -> Path:
    """Write the library as it is before a migration, under its schema; raises OSError when that fails."""
    layout.backups.mkdir(mode=0o700, exist_ok=True)
    path = layout.backups / f"{layout.snapshot.stem}-schema-{state.schema}-revision-{state.seq}.json"
    write_synced(path, snapshot.dump(state, 1))
    sync_folder(layout.backups)
    return path
