"""Contradictions by verdict: what one person held for supported and also for disputed or false."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from store.dossier.records import Entry

_AGAINST = frozenset({"disputed", "false"})


class Clash(Struct, frozen=True):
    """Why an entry contradicts others: they say the same words, or stand under the same tag `tag`.

    `others` are places of at most three of them, `count` says how many there are.
    """

    why: Literal["same words", "same tag"]
    others: tuple[int, ...]
    count: int
    tag: str = ""


def clashes(entries: Sequence[Entry], alike: Iterable[Sequence[int]]) -> dict[int, Clash]:
    """Give for each entry with a verdict what contradicts it; `alike` are the groups that say the same words.

    The same words weigh more than the same tag.
    """
    found: dict[int, Clash] = {}
    tagged: defaultdict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if entry.verdict == "supported" or entry.verdict in _AGAINST:
            for tag in entry.tags:
                tagged[tag].append(at)
    for members in alike:
        _oppose(entries, members, found, "same words")
    for tag, members in tagged.items():
        _oppose(entries, members, found, "same tag", tag)
    return found


def _oppose(
    entries: Sequence[Entry],
    members: Sequence[int],
    found: dict[int, Clash],
    why: Literal["same words", "same tag"],
    tag: str = "",
) -> None:
    supported = [at for at in members if entries[at].verdict == "supported"]
    against = [at for at in members if entries[at].verdict in _AGAINST]
    if supported and against:
        for mine, theirs in ((supported, against), (against, supported)):
            for at in mine:
                found.setdefault(at, Clash(why, tuple(theirs[:3]), len(theirs), tag))
