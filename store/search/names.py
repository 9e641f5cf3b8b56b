"""The rows of tags and speakers, and the claims that show their names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from store.ids import key_of
from store.model import Speaker
from store.search.cache import Cache
from store.search.rows import LABEL_GAP, Folder, Row, speaker_row, tag_row
from store.search.writing import Writer

if TYPE_CHECKING:
    from store.library import Library


class Names:
    """Keeps the rows of tags and speakers like the library's."""

    def __init__(self, library: Library, cache: Cache, folder: Folder) -> None:
        self._library = library
        self._cache = cache
        self._folder = folder
        self._met: set[str] = set()

    def update(self, *, everything: bool) -> list[str]:
        """Bring the rows of tags and speakers up to date; give the keys of the claims that show an old name."""
        tags = {tag.id: tag for tag in self._library.tags()}
        self._replace("tag", {key: tag_row(tag, self._folder) for key, tag in tags.items()})
        every = [*tags.values(), *self._library.merged_tags()]
        names = {tag.id: self._library.tag(tag.id).name for tag in every}
        speakers = {speaker.id: self._library.known_as(speaker.name) for speaker in self._library.speakers()}
        now = json.dumps([names, speakers], sort_keys=True)
        before_tags, before_speakers = json.loads(self._cache.value("names") or "[{}, {}]")
        renamed = any(names.get(key) != name for key, name in before_tags.items()) or before_speakers != speakers
        self._cache.note("names", now)
        if everything:
            self._every_speaker()
        return self._claims_with_old_names() if renamed else []

    def meet(self, names: Iterable[str], writer: Writer) -> None:
        """Make rows for speakers that are new."""
        for name in sorted(set(names) - self._met):
            if not self._cache.rows("SELECT 1 FROM docs WHERE key = ?", (f"@{name}",)):
                writer.put(speaker_row(name, self._records().get(name), self._folder), None)
            self._met.add(name)

    def _every_speaker(self) -> None:
        found = self._cache.rows(
            "SELECT speaker FROM quotes WHERE speaker IS NOT NULL UNION "
            "SELECT who FROM docs WHERE kind = 'claim' AND who != ''"
        )
        known = self._records()
        self._replace("speaker", {f"@{name}": speaker_row(name, known.get(name), self._folder) for (name,) in found})
        self._met = {name for (name,) in found}

    def _claims_with_old_names(self) -> list[str]:
        shown = {key: (who, labels) for key, who, labels in self._cache.rows(
            "SELECT key, who, labels FROM docs WHERE kind = 'claim'"
        )}  # fmt: skip
        stale = []
        for claim in self._library.each_claim():
            wanted = (claim.speaker or "", LABEL_GAP.join(self._library.tag_names(claim)))
            if shown.get(key_of(claim.id), wanted) != wanted:
                stale.append(key_of(claim.id))
        return stale

    def _records(self) -> dict[str, Speaker]:
        """Give for each name that the library knows the record with every other name of the same speaker."""
        joined: dict[str, Speaker] = {}
        for speaker in self._library.speakers():
            root = self._library.known_as(speaker.name)
            other = joined.get(root)
            aliases = (*(other.aliases if other else ()), *speaker.aliases)
            if speaker.name != root:
                aliases = (*aliases, speaker.name)
            joined[root] = msgspec.structs.replace(other or speaker, aliases=tuple(dict.fromkeys(aliases)))
        return joined

    def _replace(self, kind: str, wanted: dict[str, Row]) -> None:
        known = dict(self._cache.rows("SELECT key, stamp FROM docs WHERE kind = ?", (kind,)))
        writer = Writer(self._cache)
        writer.drop_keys(key for key, stamp in known.items() if key not in wanted or wanted[key].stamp != stamp)
        for key, row in wanted.items():
            if known.get(key) != row.stamp:
                writer.put(row, None)
        writer.flush()
