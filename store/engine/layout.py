"""The names of a library's files."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from msgspec import Struct

_JOURNAL = re.compile(r"journal-(\d{6,})\.jsonl(\.gz)?$")


class Layout(Struct, frozen=True):
    """Where the files of the library with this snapshot lie; one library a folder."""

    snapshot: Path

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self.snapshot.parent

    @property
    def backup(self) -> Path:
        """The previous snapshot, another file than the present one."""
        return self.snapshot.with_name(self.snapshot.name + ".bak")

    @property
    def lock(self) -> Path:
        """The file that is locked for the moment of a change."""
        return self.folder / "lock"

    @property
    def backups(self) -> Path:
        """The folder of the dated copies of the snapshot."""
        return self.folder / "backups"

    @property
    def past(self) -> Path:
        """The folder of the finished journals: the history of every record."""
        return self.folder / "history"

    def journal(self, generation: int) -> Path:
        """Name the journal of the changes since the snapshot of this generation."""
        return self.folder / f"journal-{generation:06d}.jsonl"

    def past_journal(self, generation: int) -> Path:
        """Name the place of a journal that neither snapshot needs any more."""
        return self.past / f"journal-{generation:06d}.jsonl"

    def packed_journal(self, generation: int) -> Path:
        """Name the place of such a journal once it is packed."""
        return self.past / f"journal-{generation:06d}.jsonl.gz"

    def generations(self) -> list[int]:
        """Which journals lie beside the snapshot, oldest first."""
        return _numbers(self.folder)

    def past_journals(self) -> dict[int, Path]:
        """List the journals that neither snapshot needs any more, by generation, oldest first, packed or not yet."""
        found = {number: self.packed_journal(number) for number in _numbers(self.past, ".gz")}
        found.update((number, self.past_journal(number)) for number in _numbers(self.past))
        return dict(sorted(found.items()))

    def all_journals(self) -> dict[int, Path]:
        """List every journal there is, by generation, oldest first."""
        found = self.past_journals()
        found.update((number, self.journal(number)) for number in _numbers(self.folder))
        return dict(sorted(found.items()))

    def foreign(self) -> list[Path]:
        """List files that are named like the library's, but not by it."""
        own = {self.snapshot.name + suffix for suffix in ("", ".bak", ".bak.new", ".tmp")}
        named = (path for start in (self.snapshot.stem, "journal") for path in self.folder.glob(f"{start}*.json*"))
        return sorted(path for path in named if path.name not in own and not _JOURNAL.fullmatch(path.name))

    def new_salvage(self, suffix: str) -> Path:
        """Find a free name for bytes that recovery sets aside."""
        return self.folder / f"salvage-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{os.urandom(3).hex()}{suffix}"

    def salvaged(self) -> list[Path]:
        """List what recovery has set aside so far, oldest first."""
        return sorted(self.folder.glob("salvage-*"))


def _numbers(folder: Path, suffix: str = "") -> list[int]:
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:
        return []
    found = (_JOURNAL.match(name) for name in names)
    return sorted(int(one[1]) for one in found if one and (one[2] or "") == suffix)
