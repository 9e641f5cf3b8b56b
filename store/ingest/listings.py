"""Whether a source is a list of links rather than an article, and what it lists."""

from __future__ import annotations

import re

from store.ingest.exports import (
    from_addresses,
    from_bookmarks,
    from_csv,
    from_json,
    is_addresses,
    is_bookmarks,
)
from store.ingest.feeds import MOST_ITEMS, from_feed, is_feed
from store.ingest.links import Listing
from store.ingest.opml import from_opml

_OPML = re.compile(rb"<opml[\s>]", re.I)
_HEAD = 4_096
_TABLE = re.compile(r"[^\n]*\b(?:url|link|href)\b", re.I)


def listing(raw: bytes, path: str, address: str = "", most: int = MOST_ITEMS) -> Listing | None:
    """Give what a source lists, None when it is no list: then it is an article or nothing.

    Known by its bytes: RSS, Atom, JSON Feed, OPML, bookmarks in HTML, addresses one a line; by its name as well: CSV
    and JSON. `address` is where it lay on the web, `most` how many entries of a feed count. Raises SourceError for a
    list that is broken or empty.
    """
    head = raw[:_HEAD].replace(b"\x00", b"")
    name = path.casefold().split("?")[0]
    if _OPML.search(head):
        return from_opml(raw, path)
    if is_feed(raw):
        return from_feed(raw, path, address, most)
    if is_bookmarks(raw):
        return from_bookmarks(raw, path)
    if is_addresses(raw):
        return from_addresses(raw, path)
    if name.endswith(".csv") and _TABLE.match(head.decode("utf-8", "replace").removeprefix("\ufeff")):
        return from_csv(raw, path)
    return from_json(raw, path) if name.endswith(".json") and head.lstrip()[:1] in (b"[", b"{") else None
