"""Writing a new snapshot, so that a crash at any step leaves two ways to today's state.

The order is proven by a test that crashes at each step and then damages a file. The new `.bak` takes its name only
after the commit point: a hard link is not a second copy, so until then the older one and its journal are the fallback.
"""

from __future__ import annotations

import contextlib
import errno
import os
from binascii import crc32
from collections.abc import Callable, Iterator
from pathlib import Path

from store.engine import snapshot
from store.engine.files import sync_folder, write_all, write_synced
from store.engine.frames import Record, SnapshotMark, encode, frame
from store.engine.layout import Layout
from store.engine.state import State

Step = Callable[[str], None]


def compact(layout: Layout, state: State, generation: int, journal_fd: int, step: Step) -> int:
    """Write the snapshot of `state` as the generation after `generation`; return that.

    `journal_fd` is the open journal, sealed at the end. The caller holds the lock. Raises OSError with the old
    snapshot untouched, or with the new one in force; either is whole.
    """
    new = generation + 1
    temporary = layout.snapshot.with_name(layout.snapshot.name + ".tmp")
    try:
        _write_snapshot(layout, state, new, step)
        step("new journal")
        _keep_previous(layout, step)
        os.replace(temporary, layout.snapshot)  # the commit point
        step("renamed")
    except OSError:
        for path in (temporary, layout.backup.with_name(layout.backup.name + ".new")):
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    _finish(layout, generation, new, journal_fd, step)
    return new


def _write_snapshot(layout: Layout, state: State, new: int, step: Step) -> None:
    temporary = layout.snapshot.with_name(layout.snapshot.name + ".tmp")
    checksum = 0

    def counted() -> Iterator[bytes]:
        nonlocal checksum
        for chunk in snapshot.dump(state, new):
            checksum = crc32(chunk, checksum)
            yield chunk
        step("snapshot")

    write_synced(temporary, counted())
    stat = temporary.stat()
    mark = Record(snap=SnapshotMark(stat.st_size, stat.st_mtime_ns, checksum, state.schema))
    write_synced(layout.journal(new), [frame(encode(mark))])


def _keep_previous(layout: Layout, step: Step) -> None:
    """Give the present snapshot a second name, when it is worth keeping."""
    keep = layout.backup.with_name(layout.backup.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        keep.unlink()
    with contextlib.suppress(FileNotFoundError):
        if layout.snapshot.stat().st_size:
            _second_name(layout, keep)
    step("second name")


def _second_name(layout: Layout, keep: Path) -> None:
    try:
        os.link(layout.snapshot, keep)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}:
            raise
        write_synced(keep, [layout.snapshot.read_bytes()])  # a file system without hard links


def _finish(layout: Layout, old: int, new: int, journal_fd: int, step: Step) -> None:
    """Everything after the commit point: none of it can lose anything, so an error here is no failure."""
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileNotFoundError):
            os.replace(layout.backup.with_name(layout.backup.name + ".new"), layout.backup)
        sync_folder(layout.folder)
        step("previous kept")
        if journal_fd >= 0:
            write_all(journal_fd, frame(encode(Record(seal=new))))
            os.fdatasync(journal_fd)
        step("sealed")
    with contextlib.suppress(OSError):
        older = [generation for generation in layout.generations() if generation < old]
        if older:
            layout.past.mkdir(mode=0o700, exist_ok=True)
        for generation in older:
            os.replace(layout.journal(generation), layout.past_journal(generation))
