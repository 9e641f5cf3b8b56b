"""What became of a record over time, and what was changed last: read from the journals."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Raw, Struct

from store.engine.frames import NULL, payload_of
from store.engine.past import read_journal
from store.errors import UnknownRecordError
from store.ids import key_of
from store.keep.change import STEPS
from store.keep.core import DELETED, ELSEWHERE, excerpt
from store.keep.corrections import CorrectionPart
from store.model import HistoryEntry, LogEntry

MIN_PREFIX = 4
_PIECE = 1 << 20


class _Line(Struct):
    s: int = 0
    t: str = ""
    v: str = ""
    u: str = ""
    w: str = ""
    d: dict[str, dict[str, Raw] | None] = {}


_line = msgspec.json.Decoder(_Line).decode


class PastPart(CorrectionPart):
    """What a library knows of its own past."""

    def history(self, record_id: str) -> list[HistoryEntry]:
        """List every change of a claim (or any other record), oldest first, also of one that was removed."""
        key = key_of(record_id)
        needle = f'"{key}":'.encode()
        entries: dict[int, HistoryEntry] = {}
        with self._storage.exclusive():
            for line in self._lines(newest_first=False):
                if _holds(line, needle) and (payload := payload_of(line)) is not None:
                    entries.update((entry.revision, entry) for entry in _entries(_line(payload), key))
        return [entries[revision] for revision in sorted(entries)]

    def log(self, limit: int) -> list[LogEntry]:
        """List the last changes of the library that were given a name, newest first, at most `limit`."""
        found: list[LogEntry] = []
        with self._storage.exclusive():
            for line in self._lines(newest_first=True):
                payload = payload_of(line)
                change = _line(payload) if payload is not None else _Line()
                if change.w and change.w != "reading":
                    found.append(LogEntry(revision=change.s, at=change.t, by=change.u, device=change.v, what=change.w))
                if len(found) == limit:
                    break
        return found

    def _lines(self, *, newest_first: bool) -> Iterator[bytes]:
        turn = -1 if newest_first else 1
        for path in list(self._storage.layout.all_journals().values())[::turn]:
            yield from _lines_of(read_journal(path)[0], newest_first=newest_first)

    def find_record(self, words: str) -> str:
        """Find the id of a record: any by its id, a tag or speaker by name, a claim by some words, else an article.

        UnknownRecordError when nothing fits, or more than one claim.
        """
        shelves = (self._claims, self._tags, self._speakers, self._articles, self._corrections)
        if any(key_of(words) in shelf.documents for shelf in shelves):
            return words
        named = self._find_tag(words) or self._speaker(words)
        if named is not None:
            return named.id
        folded = words.casefold()
        claims = self._claims.all() if len(words) >= MIN_PREFIX else []
        fitting = [c for c in claims if c.id.startswith(folded) or folded in c.anchor.exact.casefold()]
        if len(fitting) > 1:
            some = ", ".join(f"{claim.id} “{excerpt(claim.anchor.exact, 30)}”" for claim in fitting[:4])
            raise UnknownRecordError(f"{words}: {len(fitting)} claims fit ({some}); name one by its id")
        if fitting:
            return fitting[0].id
        try:
            return self.article(words).id
        except UnknownRecordError:
            if self.history(words):
                return words  # it was removed
        raise UnknownRecordError(
            f"{words}: no claim, tag, speaker or article; newsreader show ARTICLE --json names the claims of an article"
        )


def _lines_of(journal: bytes, *, newest_first: bool) -> Iterator[bytes]:
    """Give the lines one by one: other threads get their turn between two of them."""
    start, end = 0, len(journal)
    while newest_first and end >= 0:
        begin = journal.rfind(b"\n", 0, end) + 1
        yield journal[begin:end]
        end = begin - 1
    while not newest_first and start <= end:
        after = journal.find(b"\n", start)
        after = end if after < 0 else after
        yield journal[start:after]
        start = after + 1


def _holds(line: bytes, needle: bytes) -> bool:
    """Say whether a line, which may be very long, holds some words; other threads get their turn meanwhile."""
    return any(line.find(needle, at, at + _PIECE + len(needle)) >= 0 for at in range(0, len(line), _PIECE))


def _entries(line: _Line, key: str) -> list[HistoryEntry]:
    return [
        HistoryEntry(
            revision=line.s,
            at=line.t,
            by=line.u,
            device=line.v,
            what=line.w,
            after=None if bytes(documents[key]) == NULL else msgspec.json.decode(documents[key]),
        )
        for table, documents in line.d.items()
        if documents and key in documents and table not in {STEPS, DELETED, ELSEWHERE}
    ]
