"""Who said what about one thing: all sightings of a tag, a speaker or a search, and what they say of one another."""

from __future__ import annotations

from store.dossier.clashes import Clash, clashes
from store.dossier.drift import Difference, drift, told
from store.dossier.elsewhere import elsewhere
from store.dossier.gather import gather
from store.dossier.groups import groups
from store.dossier.records import Dossier, Entry, Subject

__all__ = [
    "Clash",
    "Difference",
    "Dossier",
    "Entry",
    "Subject",
    "clashes",
    "drift",
    "elsewhere",
    "gather",
    "groups",
    "told",
]
