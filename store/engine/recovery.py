"""Reading a library from the disk, whatever happened to it.

The ways to today's state, in this order: the snapshot and its journal; the previous snapshot with its sealed journal
and those after it; every journal since the first; the whole lines of what is left. What is not whole is set aside,
never deleted, and told.
"""

from __future__ import annotations

import contextlib
import os
from binascii import crc32
from pathlib import Path

from msgspec import Struct, field

from store.engine import snapshot
from store.engine.files import reason, write_synced
from store.engine.frames import Record, SnapshotMark, unframe
from store.engine.layout import Layout
from store.engine.past import unpacked
from store.engine.state import State
from store.errors import LibraryError

Identity = tuple[int, int, int]


class Scan(Struct):
    """What stands in a piece of a journal: whole records, damaged lines, and an unfinished last line."""

    records: list[Record] = field(default_factory=list)
    damaged: list[bytes] = field(default_factory=list)
    torn: bytes = b""
    size: int = 0

    @property
    def seal(self) -> int:
        """The generation of the journal that goes on from this one; 0 while this one is open."""
        return self.records[-1].seal if self.records else 0


class Loaded(Struct):
    """A library as it was read.

    `generation` and `offset` say where the next change goes; `rebuilt` asks for a new snapshot at once; `marked` says
    that the journal has to begin with what it knows of the snapshot.
    """

    state: State
    generation: int
    identity: Identity | None
    offset: int = 0
    rebuilt: bool = False
    marked: bool = False
    notices: list[str] = field(default_factory=list)


def identity(stat: os.stat_result) -> Identity:
    """Tell one file from another, and from itself after an edit."""
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def scan(data: bytes) -> Scan:
    """Read the lines of a journal; `size` counts the bytes of the finished ones."""
    end = data.rfind(b"\n") + 1
    found = Scan(torn=data[end:], size=end)
    for line in data[:end].split(b"\n")[:-1]:
        record = unframe(line)
        if record is None:
            found.damaged.append(line + b"\n")
        else:
            found.records.append(record)
    return found


def load(layout: Layout, *, repair: bool) -> Loaded:
    """Read the library; with `repair` a torn last line is cut off and damaged bytes are set aside.

    Raises LibraryError when nothing can be read and going on would hide what is there.
    """
    loaded = _base(layout, repair=repair)
    while True:
        data = _read(layout.journal(loaded.generation))
        found = scan(data)
        _take(layout, loaded, found, repair=repair)
        following = loaded.generation + 1
        if not (found.seal or (loaded.rebuilt and layout.journal(following).exists())):
            return loaded
        if not layout.journal(following).exists():
            loaded.rebuilt = True
            return loaded
        loaded.generation = following


def _take(layout: Layout, loaded: Loaded, found: Scan, *, repair: bool) -> None:
    name = layout.journal(loaded.generation).name
    missing = 0
    for record in found.records:
        if loaded.state.seq and record.s > loaded.state.seq + 1:
            missing += record.s - loaded.state.seq - 1
        loaded.state.apply(record)
    loaded.offset = found.size
    if loaded.marked and not (found.records and found.records[0].snap) and not found.damaged:
        loaded.notices.append(f"{name} is not whole: changes since the last snapshot may be missing")
        loaded.rebuilt = True
    elif missing > len(found.damaged):
        loaded.notices.append(f"{name}: {missing} changes in the middle of it are missing")
        loaded.rebuilt = True
    loaded.marked = False
    if found.damaged:
        count = len(found.damaged)
        kept = set_aside(layout, b"".join(found.damaged), ".jsonl") if repair else None
        loaded.notices.append(
            f"{name}: {count} damaged {'change was' if count == 1 else 'changes were'} left out{_kept(kept)}"
        )
        loaded.rebuilt = True
    if found.torn:
        kept = set_aside(layout, found.torn, ".jsonl") if repair else None
        loaded.notices.append(
            f"{name}: an unfinished last change ({len(found.torn)} bytes) was left out; it had not been "
            f"acknowledged{_kept(kept)}"
        )
        if repair:
            _cut(layout.journal(loaded.generation), found.size)


def _kept(path: Path | None) -> str:
    return f"; its bytes are kept in {path.name}" if path else ""


def _cut(path: Path, size: int) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.ftruncate(fd, size)
        os.fdatasync(fd)
    finally:
        os.close(fd)


def set_aside(layout: Layout, data: bytes, suffix: str) -> Path | None:
    """Keep bytes that could not be used; None when even that fails: a full disk must not stop a recovery."""
    path = layout.new_salvage(suffix)
    with contextlib.suppress(OSError):
        write_synced(path, [data])
        return path
    return None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise LibraryError(f"{path}: cannot be read ({reason(error)}); check the folder's permissions") from error


def _unpacked(path: Path) -> tuple[bytes, bool]:
    data = _read(path)
    return unpacked(data) if path.suffix == ".gz" else (data, True)


def _base(layout: Layout, *, repair: bool) -> Loaded:
    try:
        with layout.snapshot.open("rb") as file:
            now = identity(os.fstat(file.fileno()))
            raw = file.read()
    except FileNotFoundError:
        return _without_snapshot(layout, repair=repair)
    except OSError as error:
        raise LibraryError(
            f"{layout.snapshot}: cannot be read ({reason(error)}); check the folder's permissions"
        ) from error
    try:
        if not raw.strip() and (layout.backup.exists() or layout.all_journals()):
            raise ValueError("it is empty")
        state, meta = snapshot.load(raw) if raw.strip() else (State(), snapshot.Meta())
        loaded = Loaded(state, meta.generation, now, marked=meta.format > 0 and meta.generation > 1)
        _verify(layout, loaded, raw)
    except ValueError as error:
        return _rebuild(layout, raw, f"{layout.snapshot.name} is damaged ({error})", repair=repair)
    return loaded


def _verify(layout: Layout, loaded: Loaded, raw: bytes) -> None:
    """Compare the snapshot with what the first lines of the journals say of it.

    The same time of change but another checksum is rot (ValueError), which may have hit even the number of its
    journal; another time is an edit from outside: taken over.
    """
    checksum = crc32(raw)
    own = _mark(layout, loaded.generation)
    if own is not None and own.crc == checksum:
        return
    marks = (_mark(layout, generation) for generation in layout.generations())
    if any(mark and loaded.identity and mark.mtime == loaded.identity[1] for mark in marks):
        raise ValueError("its checksum differs")
    if own is not None:
        loaded.rebuilt = True
        loaded.notices.append(f"{layout.snapshot.name} was changed by another program; its content was taken over")


def _mark(layout: Layout, generation: int) -> SnapshotMark | None:
    with contextlib.suppress(OSError), layout.journal(generation).open("rb") as file:
        first = unframe(file.readline().rstrip(b"\n"))
        return first.snap if first else None
    return None


def _without_snapshot(layout: Layout, *, repair: bool) -> Loaded:
    if layout.backup.exists() or layout.all_journals():
        return _rebuild(layout, b"", f"{layout.snapshot.name} is missing", repair=repair)
    return Loaded(State(), 1, None)


def _rebuild(layout: Layout, raw: bytes, why: str, *, repair: bool) -> Loaded:
    kept = set_aside(layout, raw, ".json") if raw and repair else None
    why += _kept(kept)
    with contextlib.suppress(OSError, ValueError):
        state, meta = snapshot.load(layout.backup.read_bytes())
        if layout.journal(meta.generation).exists():
            notice = f"{why}; it was rebuilt from the previous snapshot and the journals since"
            return Loaded(state, meta.generation, None, rebuilt=True, notices=[notice])
    replayed = _replay_all(layout)
    if replayed is not None:
        replayed.notices.insert(0, f"{why}; it was rebuilt from all {replayed.generation} journals since the beginning")
        return replayed
    return _last_resort(layout, raw, why)


def load_backup(layout: Layout) -> State:
    """Read today's state from the previous snapshot and the journals since. ValueError or OSError when that fails."""
    state, meta = snapshot.load(layout.backup.read_bytes())
    generation = meta.generation
    while layout.journal(generation).exists():
        for record in scan(layout.journal(generation).read_bytes()).records:
            state.apply(record)
        generation += 1
    return state


def _replay_all(layout: Layout) -> Loaded | None:
    """Replay every journal; only when none is missing since the first."""
    journals = layout.all_journals()
    if list(journals) != list(range(1, len(journals) + 1)):
        return None
    if not journals:
        return None
    loaded = Loaded(State(), len(journals), None, rebuilt=True)
    schemas: set[int] = set()
    for generation, path in journals.items():
        data, whole = _unpacked(path)
        found = scan(data)
        schemas.update(record.snap.schema for record in found.records if record.snap)
        if generation == loaded.generation:
            break
        for record in found.records:
            loaded.state.apply(record)
        if found.damaged or not whole:
            loaded.notices.append(f"{path.name} is damaged: the changes in it that are not whole were left out")
    if len(schemas) != 1 or not layout.journal(loaded.generation).exists():
        return None
    loaded.state.schema = schemas.pop()
    return loaded


def _last_resort(layout: Layout, raw: bytes, why: str) -> Loaded:
    generations = layout.generations()
    state = snapshot.salvage(raw)
    old = snapshot.salvage(_read(layout.backup)) if layout.backup.exists() else State()
    for name, documents in old.tables.items():
        table = state.tables.setdefault(name, {})
        for key, document in documents.items():
            table.setdefault(key, document)
    state.next_ids.clear()
    state.count_ids()
    count = sum(map(len, state.tables.values()))
    if not count and not generations:
        raise LibraryError(
            f"{layout.folder}: {why}; nothing in it can be read and nothing was changed: restore a backup"
        )
    notice = f"{why}; no whole previous snapshot was found: {count} records were picked out line by line"
    return Loaded(state, generations[0] if generations else 1, None, rebuilt=True, notices=[notice])
