"""Claims whose words are not what they were when a person marked them. Knows the library, not the screen."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from store.anchor import locate
from store.library import Library
from store.model import Anchor, Claim, Span, Version

WORDS = {
    "edited": "a small change",
    "altered": "a number, a name, a “not” or much else changed",
    "ambiguous": "the same words stand in several places",
    "orphan": "the words are gone",
}


@dataclass(frozen=True, slots=True)
class Stray:
    """A claim to be looked at: its `old` place and words, and the `span` where they may stand now, if anywhere."""

    claim: Claim
    old: Anchor
    span: Span | None


def is_stray(claim: Claim, current: str) -> bool:
    """Say whether a person has to look at a claim, `current` being the hash of the article's text."""
    here = claim.anchor.version == current
    return claim.anchor.state == "edited" if here else claim.anchor.state in {"altered", "ambiguous", "orphan"}


def look(library: Library, claim: Claim, version: Version) -> Stray:
    """Find what a claim stood on and where that would be in `version`. Reads the disk: not for the screen's thread."""
    if claim.anchor.version == version.sha256:
        return Stray(claim, _before(library, claim), (claim.anchor.start, claim.anchor.end))
    place = locate(claim.anchor, version.text)
    return Stray(claim, claim.anchor, (place.start, place.end) if place.start >= 0 else None)


def _before(library: Library, claim: Claim) -> Anchor:
    """Give the anchor that a claim had in the last text before the present one; its own when none is known."""
    for entry in reversed(library.history(claim.id)):
        try:
            old = msgspec.convert((entry.after or {}).get("anchor"), Anchor)
        except msgspec.ValidationError:
            continue
        if old.version != claim.anchor.version:
            return old
    return claim.anchor
