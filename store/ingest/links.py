"""What a list of links gives: feeds, subscriptions, and what read-later services export. No article is in them yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from store.ingest.html_meta import line

ListingKind = Literal["feed", "subscriptions", "links"]


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list: where the article is, and what the list says of it.

    `published` and `added` (to the list) are days or RFC 3339 times; `key` is the feed's own id of the entry, else its
    address; `content` is HTML that a feed holds of the article, whole or in part.
    """

    url: str
    title: str = ""
    published: str | None = None
    added: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
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

    `left_out` counts the entries beyond the number asked for.
    """

    kind: ListingKind
    title: str = ""
    home: str | None = None
    links: tuple[Link, ...] = ()
    feeds: tuple[Subscription, ...] = ()
    left_out: int = 0


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
    """Make a listing of `found`, each address once, the first `most` of them."""
    seen: dict[str, Link] = {}
    for link in found:
        seen.setdefault(link.url, link)
    once = list(seen.values())
    return Listing(kind, line(title), home, tuple(once[:most]), left_out=max(0, len(once) - most))
