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
    is_json,
    is_table,
)
from store.ingest.feeds import MOST_ITEMS, from_feed, is_feed
from store.ingest.links import Listing
from store.ingest.opml import from_opml

_OPML = re.compile(rb"<opml[\s>]", re.I)
_HEAD = 4_096


def listing(raw: bytes, path: str, address: str = "", most: int = MOST_ITEMS) -> Listing | None:
    """Give what a source lists, None when it is no list: then it is an article or nothing.

    Known by its bytes: RSS, Atom, JSON Feed, OPML, bookmarks in HTML, addresses one a line, JSON, and CSV that begins
    with the names of its columns; by its name any other CSV. `address` is where it lay on the web, `most` how many
    entries of a feed count. Raises SourceError for a list that is broken or empty.
    """
    head = raw[:_HEAD].replace(b"\x00", b"")
    name = path.casefold().split("?")[0]
    if _OPML.search(head):
        return from_opml(raw, path)
    if is_feed(raw):
        return from_feed(raw, path, address, most)
    if is_bookmarks(raw):
        return from_bookmarks(raw, path)
    if name.endswith((".csv", ".tsv")) or is_table(head.decode("utf-8", "replace")):
        return from_csv(raw, path)
    if is_addresses(raw):
        return from_addresses(raw, path)
    return from_json(raw, path) if name.endswith(".json") or is_json(raw) else None
