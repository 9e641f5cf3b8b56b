"""Everybody who speaks in a library, with how much they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from store.dossier.records import day_of
from store.errors import LibraryError
from store.model import Article, Speaker, SpeakerKind

if TYPE_CHECKING:
    from store.library import Library
    from store.search import Index

MOST_READ = 12
"""Articles that are read to learn what somebody is called in them."""

_QUOTES = (
    'SELECT speaker, count(*) FROM (SELECT DISTINCT article, start, "end", speaker FROM quotes '
    "WHERE speaker IS NOT NULL) GROUP BY speaker"
)


class Person(Struct, frozen=True, kw_only=True):
    """A speaker by the name that the library knows; `quotes` is None while they are not counted.

    `last` is the day of the newest article they speak in, `inferred` when its source does not say it. `aliases` are
    other names that a person gave or joined; `joined` those of them that were speakers of their own. `kind` is None
    when no person has said it.
    """

    name: str
    quotes: int | None = None
    articles: int = 0
    claims: int = 0
    last: str = ""
    inferred: bool = False
    kind: SpeakerKind | None = None
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


_NO_DAY = "", True
"""A day, and whether a source says it: of two articles of one day the one that is sure of it counts."""


class _Said(Struct, gc=False):
    speaker: str | None = None


_said = msgspec.json.Decoder(_Said).decode


def people(library: Library, quotes: Mapping[str, int] | None = None) -> list[Person]:
    """List everybody who is quoted, whom a claim names, or whom a person named; most quoted first."""
    articles: Counter[str] = Counter()
    last: dict[str, tuple[str, bool]] = {}
    for article in library.articles():
        day = day_of(article), not article.published_inferred
        for name in article.speakers:
            articles[name] += 1
            last[name] = max(last.get(name, _NO_DAY), day)
    claims = _claims(library)
    records = _records(library)
    found = [
        Person(
            name=name,
            quotes=_count(name, articles[name], quotes),
            articles=articles[name],
            claims=claims[name],
            last=last.get(name, _NO_DAY)[0],
            inferred=not last.get(name, _NO_DAY)[1],
            kind=records.get(name, _NOTHING).kind,
            roles=records.get(name, _NOTHING).roles,
            aliases=records.get(name, _NOTHING).aliases,
            joined=records.get(name, _NOTHING).joined,
        )
        for name in {*articles, *claims, *records}
    ]
    return sorted(found, key=lambda one: (-(one.quotes or 0), -one.articles, -one.claims, one.name.casefold()))


def _count(name: str, articles: int, quotes: Mapping[str, int] | None) -> int | None:
    """Give how often somebody is quoted: nobody is without a quote in an article that they speak in."""
    if quotes is None or (articles and name not in quotes):
        return None
    return quotes.get(name, 0)


def renamed(library: Library, quotes: Mapping[str, int]) -> dict[str, int]:
    """Count the quotes by the names that the library has now, without asking the index again."""
    known: Counter[str] = Counter()
    for name, count in quotes.items():
        known[library.known_as(name)] += count
    return known


def quote_counts(index: Index) -> dict[str, int]:
    """Count the quotes of each speaker in the library; takes in what changed first, so call it in a worker."""
    return {str(name): int(count) for name, count in index.ask(_QUOTES)}


def _claims(library: Library) -> Counter[str]:
    spoken: Counter[str] = Counter()
    for document in list(library.raw("claims").values()):
        try:
            speaker = _said(document).speaker
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue  # the library has said what is wrong with it
        if speaker:
            spoken[speaker] += 1
    known: Counter[str] = Counter()
    for name, count in spoken.items():
        known[library.known_as(name)] += count
    return known


class _Fields(Struct):
    kind: SpeakerKind | None = None
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


_NOTHING = _Fields()


def _records(library: Library) -> dict[str, _Fields]:
    """Give what people said of each speaker, all that was joined into one taken together."""
    found: dict[str, _Fields] = {}
    for record in sorted(library.speakers(), key=lambda one: one.merged_into is not None):
        root = library.known_as(record.name)
        known = found.setdefault(root, _Fields(record.kind))
        own = record.name != root
        known.joined += (record.name,) * own
        known.aliases += tuple(name for name in (*(record.name,) * own, *record.aliases) if name not in known.aliases)
        known.roles += tuple(role for role in record.roles if role not in known.roles)
    return found


def seen_as(library: Library, name: str, articles: Iterable[Article]) -> tuple[str, ...]:
    """Give the kind of a speaker and the roles that the newest articles give them, the commonest first."""
    kinds: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    newest = [article for article in articles if name in article.speakers][:MOST_READ]
    for article in newest:
        try:
            here = [one for one in library.analysis(article.id).speakers if one.name == name]
        except LibraryError:
            continue
        for one in here:
            kinds[one.kind] += 1
            roles.update(one.roles)
    kind = [kind for kind, _ in kinds.most_common(1) if kind != "person"]
    return (*kind, *(role for role, _ in roles.most_common(4)))


def record_of(library: Library, name: str) -> Speaker | None:
    """Give the record that stands for a speaker; None when no person has said anything of them."""
    return next((one for one in library.speakers() if one.name == name and one.merged_into is None), None)
