"""The finished journals: packed, since nobody writes them again, and bounded, so that they never fill the disk.

Nothing in them is needed to open a library or to undo a change: they are the history of each record, and the way back
when both snapshots are lost.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

from store.engine.files import sync_folder, write_synced
from store.engine.layout import Layout
from store.engine.lock import FolderLock
from store.errors import LibraryError

LIMIT = 256 << 20  # bytes of packed journals that are kept: about a million changes
_GZIP = 31  # zlib's number for the gzip format: `zcat` reads the files
_PIECE = 1 << 20


def read_journal(path: Path) -> tuple[bytes, bool]:
    """Read a journal, packed or not: its bytes, and whether they are all there. OSError as ever."""
    raw = path.read_bytes()
    return unpacked(raw) if path.suffix == ".gz" else (raw, True)


def unpacked(raw: bytes) -> tuple[bytes, bool]:
    """Unpack as far as the damage allows; False when that is not to the end."""
    machine = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    with contextlib.suppress(zlib.error):
        parts.extend(machine.decompress(raw[at : at + _PIECE]) for at in range(0, len(raw), _PIECE))
    return b"".join(parts), machine.eof


def pack(layout: Layout, lock: FolderLock) -> None:
    """Pack the finished journals and drop the oldest beyond `LIMIT`. A disk that refuses leaves them as they are.

    The packing itself needs no lock; a journal changes its name only while nobody reads it.
    """
    with contextlib.suppress(OSError, LibraryError):
        for number, path in layout.past_journals().items():
            if path.suffix != ".gz":
                _pack(path, layout.packed_journal(number), lock)
        with lock:
            _drop_oldest(layout)


def _pack(path: Path, packed: Path, lock: FolderLock) -> None:
    temporary = packed.with_name(f".{packed.name}.{os.getpid()}.tmp")
    machine = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    write_synced(temporary, (machine.compress(path.read_bytes()), machine.flush()))
    with lock:
        os.replace(temporary, packed)
        sync_folder(packed.parent)
        path.unlink(missing_ok=True)


def _drop_oldest(layout: Layout) -> None:
    journals = layout.past_journals()
    sizes = {path: path.stat().st_size for path in journals.values()}
    total = sum(sizes.values())
    for path in journals.values():
        if total <= LIMIT:
            return
        path.unlink()
        total -= sizes[path]
