"""What was fetched from an address, taken in as the kind of source it is."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec.structs import replace

from store.ingest.fetch import Fetched
from store.ingest.kinds import Kind, extract, kind_of
from store.ingest.memory import SiteMemory
from store.model import Extract

_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
    "application/epub+zip": "epub",
    "application/pdf": "pdf",
}


def article(fetched: Fetched, memory: SiteMemory | None = None) -> Extract:
    """Take the article out of what was fetched; `path` is the address, `url` the canonical one that the page states.

    Raises SourceError, also when `fetched` is a list of links (see `listings`) or has no bytes because it is unchanged.
    """
    name = urlsplit(fetched.url).path
    kind = kind_of(fetched.raw, name)
    if kind == "text" and not name.casefold().endswith((".txt", ".text")):
        kind = _TYPES.get(fetched.content_type or "", kind)
    if kind == "html":
        from store.ingest.html import from_html  # noqa: PLC0415

        return from_html(fetched.raw, fetched.url, memory, address=fetched.url, declared=fetched.charset)
    found = extract(fetched.raw, fetched.url, memory, kind=kind)
    return found if found.url else replace(found, url=fetched.url)
