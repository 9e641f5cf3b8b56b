"""Speakers over all articles: one name for the spellings that a person joined, never joined by the machine."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from store.errors import LibraryError, UnknownRecordError
from store.ids import new_id, now, person
from store.keep.change import Change
from store.keep.core import SPEAKERS, Core
from store.model import Speaker, SpeakerKind

LONGEST = 200


def speaker_name(name: str | None) -> str:
    """Write a speaker's name as it is kept: one line, single spaces, "" for nobody. LibraryError for a whole story."""
    tidy = " ".join((name or "").split())
    if len(tidy) > LONGEST:
        raise LibraryError(
            f"“{tidy[:40]}…”: a speaker's name has at most {LONGEST} characters; put the rest into a note"
        )
    return tidy


class SpeakerPart(Core):
    """What a library does with speakers."""

    def speakers(self) -> list[Speaker]:
        """List the speakers that a person named, joined or told apart, also those joined into others, by name."""
        return sorted(self._speakers.all(), key=lambda speaker: speaker.name.casefold())

    def known_as(self, name: str) -> str:
        """Return the name by which the library knows a speaker; the name itself when nobody joined it to another."""
        if self._aliases is None:
            self._aliases = self._read_aliases()
        if not self._aliases:
            return name
        return self._aliases.get(name.casefold(), name)

    def _read_aliases(self) -> dict[str, str]:
        everybody = {speaker.id: speaker for speaker in self._speakers.all()}
        aliases: dict[str, str] = {}
        for speaker in everybody.values():
            root = _root(speaker, everybody)
            for name in (*speaker.aliases, speaker.name):
                aliases[name.casefold()] = root.name
        return aliases

    def _speaker(self, name_or_id: str) -> Speaker | None:
        """Find a speaker's own record by id or name, not whom it was joined with."""
        found = self._speakers.get(name_or_id)
        if found is not None:
            return found
        folded = name_or_id.casefold()
        everybody = self._speakers.all()
        by_name = (s for s in everybody if s.name.casefold() == folded)
        by_alias = (s for s in everybody if folded in (alias.casefold() for alias in s.aliases))
        return next(by_name, None) or next(by_alias, None)

    def _speaker_or_new(self, name: str) -> Speaker:
        found = self._speaker(name)
        if found is not None:
            return found
        if not name.strip():
            raise LibraryError("a speaker needs a name; leave the speaker unnamed instead")
        return Speaker(id=new_id(), name=" ".join(name.split()), created=now(), modified=now(), by=person())

    def rename_speaker(self, name_or_id: str, name: str) -> Speaker:
        """Give a speaker another name everywhere; the old one stays as an alias."""
        speaker = self._speaker_or_new(name_or_id)
        other = self._speaker(name)
        if other is not None and other.id != speaker.id:
            raise LibraryError(f"{name}: another speaker has this name; join the two instead")
        with self._change(f"rename speaker “{speaker.name}” to “{name}”") as change:
            aliases = tuple(dict.fromkeys((*speaker.aliases, speaker.name)))
            new = speaker_name(name)
            aliases = tuple(alias for alias in aliases if alias != new)
            speaker = replace(
                self._speaker_or_new(name_or_id), id=speaker.id, name=new, aliases=aliases, modified=now()
            )
            change.put(SPEAKERS, speaker)
        return speaker

    def describe_speaker(
        self,
        name_or_id: str,
        *,
        kind: SpeakerKind | None = None,
        roles: Sequence[str] | None = None,
        aliases: Sequence[str] | None = None,
    ) -> Speaker:
        """Set what else is known of a speaker; None leaves a field as it is.

        LibraryError when an alias is another speaker's name: join the two.
        """
        before = self._speaker_or_new(name_or_id)
        for alias in aliases or ():
            other = self._speaker(alias)
            if other is not None and other.id != before.id:
                raise LibraryError(f"{alias}: another speaker has this name; join the two instead")
        with self._change(_described(before, kind, roles, aliases)) as change:
            speaker = replace(self._speaker_or_new(name_or_id), id=before.id)
            speaker = replace(
                speaker,
                kind=speaker.kind if kind is None else kind,
                roles=speaker.roles if roles is None else tuple(dict.fromkeys(roles)),
                aliases=speaker.aliases if aliases is None else tuple(dict.fromkeys(aliases)),
                modified=now(),
            )
            change.put(SPEAKERS, speaker)
        return speaker

    def merge_speakers(self, name_or_id: str, into: str) -> Speaker:
        """Join one speaker into another and return that one. A pointer only: `split_speaker` takes it back."""
        _two(name_or_id, into)
        first, second = self._speaker_or_new(name_or_id), self._speaker_or_new(into)
        everybody = {s.id: s for s in self._speakers.all()} | {first.id: first, second.id: second}
        target = _root(second, everybody)
        if target.id == first.id:
            raise LibraryError(f"{first.name}: already one with {second.name}; split them first")
        with self._change(f"join speaker “{first.name}” with “{target.name}”") as change:
            change.put(SPEAKERS, target)
            change.put(SPEAKERS, replace(first, merged_into=target.id, modified=now()))
        return target

    def split_speaker(self, name_or_id: str) -> Speaker:
        """Take back a joining: the speaker stands alone again. UnknownRecordError when nobody joined it."""
        speaker = self._speaker(name_or_id)
        if speaker is None or speaker.merged_into is None:
            raise UnknownRecordError(f"{name_or_id}: no such speaker was joined with another")
        with self._change(f"split speaker “{speaker.name}”") as change:
            speaker = replace(speaker, merged_into=None, modified=now())
            change.put(SPEAKERS, speaker)
        return speaker

    def not_same_speaker(self, name: str, other: str) -> None:
        """Remember that two names are two people, so that it is not suggested again."""
        _two(name, other)
        with self._change(f"“{name}” is not “{other}”") as change:
            for mine, theirs in ((name, other), (other, name)):
                self._told_apart(change, mine, theirs)

    def _told_apart(self, change: Change, name: str, other: str) -> None:
        speaker = self._speaker_or_new(name)
        apart = tuple(dict.fromkeys((*speaker.not_same_as, other)))
        change.put(SPEAKERS, replace(speaker, not_same_as=apart, modified=now()))

    def not_same_as(self, name: str) -> tuple[str, ...]:
        """List the names that a person said are not this speaker."""
        speaker = self._speaker(name)
        return speaker.not_same_as if speaker else ()


def _described(
    speaker: Speaker, kind: SpeakerKind | None, roles: Sequence[str] | None, aliases: Sequence[str] | None
) -> str:
    """Say what is set of a speaker, in the words in which undo names it."""
    new = [name for name in aliases or () if name not in speaker.aliases]
    left = [name for name in speaker.aliases if aliases is not None and name not in aliases]
    facts = [*((kind,) if kind else ()), *((", ".join(roles) or "no role",) if roles is not None else ())]
    said = f"{speaker.name}: {'; '.join(facts)}" if facts else speaker.name
    said += f", also {', '.join(new)}" if new else ""
    gone = f"{', '.join(left)} is no name of {speaker.name} now" if left else ""
    return gone if gone and said == speaker.name else "; ".join(part for part in (said, gone) if part)


def _root(speaker: Speaker, everybody: dict[str, Speaker]) -> Speaker:
    """Follow the pointers of joinings to the one that stands for all."""
    seen = {speaker.id}
    while speaker.merged_into and speaker.merged_into in everybody and speaker.merged_into not in seen:
        seen.add(speaker.merged_into)
        speaker = everybody[speaker.merged_into]
    return speaker


def _two(name: str, other: str) -> None:
    """Raise LibraryError when two names are one: two new speakers would get it."""
    if " ".join(name.split()).casefold() == " ".join(other.split()).casefold():
        raise LibraryError(f"{name}: this is one name; name two speakers")
