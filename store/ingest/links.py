"""What a list of links gives: feeds, subscriptions, and what read-later services export. No article is in them yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

from store.ingest.html_meta import line

ListingKind = Literal["feed", "subscriptions", "links"]


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words that a person marked in an article, with what they said to them and when (a day or RFC 3339).

    Without `words` it is a note on the whole.
    """

    words: str
    note: str = ""
    tags: tuple[str, ...] = ()
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list: where the article is, and what the list says of it.

    `url` is empty for an entry of a feed that is nowhere but there: then `content` is all of it. `published` and
    `added` (to the list) are days or RFC 3339 times; `key` is the feed's own id of the entry, else its address,
    else made of its title and text; `content` is HTML that a list holds of the article, whole or in part.
    """

    url: str
    title: str = ""
    published: str | None = None
    added: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    highlights: tuple[Highlight, ...] = ()
    read: bool = False
    starred: bool = False
    key: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed to follow: its address, its name, and the folders it is filed under, joined by `/`."""

    url: str
    title: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it was read: its kind, its name, its site, and what it lists.

    `left_out` counts the entries beyond the number asked for, `empty` those with neither an address nor a text.
    """

    kind: ListingKind
    title: str = ""
    home: str | None = None
    links: tuple[Link, ...] = ()
    feeds: tuple[Subscription, ...] = ()
    left_out: int = 0
    empty: int = 0


def web_address(stated: object, base: str = "") -> str:
    """Give an http or https address as one clean line, made whole by `base`; empty when it is something else."""
    if not isinstance(stated, str) or not stated.strip():
        return ""
    try:
        full = urljoin(base, line(stated)) if base else line(stated)
        parts = urlsplit(full)
    except ValueError:
        return ""
    plain = parts.scheme.casefold() in ("http", "https") and bool(parts.hostname) and " " not in full
    return full if plain and len(full) <= 4_000 else ""


def listed(kind: ListingKind, found: list[Link], most: int, title: str = "", home: str | None = None) -> Listing:
    """Make a listing of `found`, the first `most` of them; entries of one address, or without one of one key, join."""
    seen: dict[str, Link] = {}
    for link in found:
        name = link.url or link.key
        seen[name] = joined(seen[name], link) if name in seen else link
    once = list(seen.values())
    return Listing(kind, line(title), home, tuple(once[:most]), left_out=max(0, len(once) - most))


def joined(first: Link, other: Link) -> Link:
    """Give two entries of one address as one: the first, with what only the other says."""
    return replace(
        first,
        title=first.title or other.title,
        published=first.published or other.published,
        added=first.added or other.added,
        authors=first.authors or other.authors,
        tags=tuple(dict.fromkeys((*first.tags, *other.tags))),
        note="\n".join(dict.fromkeys(filter(None, (first.note, other.note)))),
        highlights=tuple(dict.fromkeys((*first.highlights, *other.highlights))),
        read=first.read or other.read,
        starred=first.starred or other.starred,
        content=first.content or other.content,
    )
