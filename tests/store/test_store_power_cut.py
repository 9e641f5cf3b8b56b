"""Power fails at any moment: what was acknowledged is there, whatever the disk had not been told to keep is gone.

Every call to the file system is recorded, with which data and which names were made durable by then. For each moment
the folder is built again as a disk might have it, at worst: only what was flushed, names in the order in which they
were made up to any of the pending ones, torn last writes. Then a library is opened on it.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from store.library import Library
from store.model import Analysis, Block, Extract, Quote

TEXT = "The minister said the bridge would open. Nobody believed him."


@dataclass
class Disk:
    """What a disk holds: files by number, names in folders; what is durable of both."""

    root: str
    data: dict[int, bytes] = field(default_factory=dict)
    durable: dict[int, bytes] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[str, dict[str, int | None]]] = field(default_factory=list)

    def rename_all(self, folder: str, changed: dict[str, int | None]) -> None:
        """Note that names in a folder changed."""
        self.pending.append((folder, changed))
        _put(self.names, changed)

    def keep_names(self, folder: str) -> None:
        """Make the names in a folder durable, with every change before the last one there: a journal keeps order."""
        last = max((at for at, (where, _) in enumerate(self.pending) if where == folder), default=-1)
        for _, changed in self.pending[: last + 1]:
            _put(self.kept, changed)
        del self.pending[: last + 1]

    def worst(self) -> Iterator[dict[str, bytes]]:
        """Give the folders that may be found after the power fails now."""
        for many in {0, len(self.pending) // 2, len(self.pending)}:
            names = dict(self.kept)
            for _, changed in self.pending[:many]:
                _put(names, changed)
            for volatile in (0.0, 0.5, 1.0):
                yield {name: self._content(number, volatile) for name, number in names.items()}

    def _content(self, number: int, volatile: float) -> bytes:
        safe, now = self.durable.get(number, b""), self.data.get(number, b"")
        if now.startswith(safe):
            return now[: len(safe) + int((len(now) - len(safe)) * volatile)]
        return now if volatile == 1.0 else safe


def _put(names: dict[str, int], changed: dict[str, int | None]) -> None:
    for name, number in changed.items():
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number


class Recorder:
    """Stands before the calls of `os` that change files, makes them, and follows what they do."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.disk = Disk(str(folder))
        self.moments: list[tuple[str, list[dict[str, bytes]], int]] = []
        self.acknowledged = 0
        self._paths: dict[int, str] = {}
        for name in ("open", "write", "fsync", "fdatasync", "ftruncate", "replace", "rename", "link", "unlink"):
            monkeypatch.setattr(os, name, self._watch(name, getattr(os, name)))

    def _watch(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            result = call(*arguments, **options)
            if getattr(self, f"_{name}")(result, *arguments):
                states = [state for state in self.disk.worst() if state]
                self.moments.append((name, states, self.acknowledged))
            return result

        return watched

    def _inside(self, path: Any) -> str | None:
        text = os.fspath(path) if not isinstance(path, int) else ""
        return os.path.abspath(text) if text and os.path.abspath(text).startswith(self.disk.root) else None

    def _open(self, fd: int, path: Any, flags: int, *_: Any) -> bool:
        inside = self._inside(path)
        if inside is None or not stat.S_ISREG(os.fstat(fd).st_mode):
            if inside is not None:
                self._paths[fd] = inside
            return False
        number = os.fstat(fd).st_ino
        self._paths[fd] = inside
        changed = False
        if self.disk.names.get(inside) != number:
            self.disk.data[number], self.disk.durable[number] = b"", b""
            self.disk.rename_all(os.path.dirname(inside), {inside: number})
            changed = True
        if flags & os.O_TRUNC and self.disk.data.get(number):
            self.disk.data[number] = b""
            changed = True
        return changed

    def _number(self, fd: int) -> int | None:
        number = os.fstat(fd).st_ino
        return number if number in self.disk.data else None

    def _write(self, size: int, fd: int, data: Any) -> bool:
        number = self._number(fd)
        if number is None:
            return False
        self.disk.data[number] += bytes(data[:size])
        return True

    def _fsync(self, _: None, fd: int) -> bool:
        number = self._number(fd)
        if number is not None:
            self.disk.durable[number] = self.disk.data[number]
        elif stat.S_ISDIR(os.fstat(fd).st_mode) and fd in self._paths:
            self.disk.keep_names(self._paths[fd])
        return True

    _fdatasync = _fsync

    def _ftruncate(self, _: None, fd: int, size: int) -> bool:
        number = self._number(fd)
        if number is not None:
            self.disk.data[number] = self.disk.data[number][:size]
        return True

    def _replace(self, _: None, old: Any, new: Any) -> bool:
        before, after = self._inside(old), self._inside(new)
        if before is None or after is None or before not in self.disk.names:
            return False
        number = self.disk.names[before]
        self.disk.rename_all(os.path.dirname(after), {before: None, after: number})
        return True

    _rename = _replace

    def _link(self, _: None, old: Any, new: Any) -> bool:
        before, after = self._inside(old), self._inside(new)
        if before is not None and after is not None:
            self.disk.rename_all(os.path.dirname(after), {after: self.disk.names[before]})
        return True

    def _unlink(self, _: None, path: Any) -> bool:
        inside = self._inside(path)
        if inside is not None:
            self.disk.rename_all(os.path.dirname(inside), {inside: None})
        return True


def extract(number: int) -> Extract:
    text = f"{TEXT} {number}"
    blocks = (Block("paragraph", 0, len(text)),)
    return Extract(path=f"{number}.txt", text=text, blocks=blocks, title=str(number), raw=text.encode())


QUOTES = (Quote(kind="indirect", spans=((18, 39),), speaker="The minister"),)


def what_is_there(library: Library) -> tuple[list[str], list[tuple[str, str, int]]]:
    """Describe a library in full: each article with its text, each claim with its tags and note."""
    articles = [f"{a.title} {a.starred} {library.version(a.id).text}" for a in library.articles()]
    claims = [(c.note, " ".join(library.tag_names(c)), c.anchor.start) for c in library.claims()]
    return sorted(articles), sorted(claims)


def work(library: Library) -> Iterator[None]:
    """Do a bit of everything, one acknowledged change at a time."""
    first = library.add(extract(1), Analysis(analyser="x", quotes=QUOTES)).article
    yield
    claim = library.tag_span(first.id, 4, 12, ["people"])
    yield
    library.set_note(claim.id, "who?")
    yield
    library.compact()
    yield
    second = library.add(extract(2), Analysis(analyser="x", quotes=QUOTES)).article
    yield
    library.tag_span(second.id, 0, 3, ["words", "people"])
    yield
    library.compact()
    yield
    library.compact()
    yield
    library.star(second.id, on=True)
    yield
    library.undo()
    yield
    library.remove_claim(claim.id)
    yield


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder where flushing costs nothing, if there is one."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:
        yield Path(name)


def test_whenever_the_power_fails_what_was_acknowledged_is_there(
    tmp_path: Path, in_memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    expected: list[Any] = []
    with monkeypatch.context() as patched:
        recorder = Recorder(folder, patched)
        library = Library.open(folder)
        recorder.moments.clear()
        expected.append(what_is_there(library))
        for _ in work(library):
            expected.append(what_is_there(library))
            recorder.acknowledged += 1
        library.close()
    assert len(recorder.moments) > 80
    seen: set[tuple[int, str]] = set()
    found = in_memory / "library"
    for name, states, acknowledged in recorder.moments:
        for state in states:
            fingerprint = (acknowledged, repr(sorted(state.items())))
            if fingerprint in seen:
                continue
            seen.add(fingerprint)
            shutil.rmtree(found, ignore_errors=True)
            for path, content in state.items():
                place = found / os.path.relpath(path, folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            with Library.open(found, create=False) as library:
                there = what_is_there(library)
            assert there in expected[acknowledged : acknowledged + 2], (name, acknowledged, sorted(state))
    assert len(seen) > 100
