"""What was fetched from an address, taken in as the kind of source it is."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec.structs import replace

from store.ingest import lexicon
from store.ingest.addresses import canonical, same_site
from store.ingest.aligning import folded
from store.ingest.fetch import Fetched
from store.ingest.kinds import Kind, extract, kind_of
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.model import Extract

_FEW_WORDS = 150
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

    A page that names an address on another site is known by its own: nobody may pass for somebody else's article.

    Raises SourceError, also when `fetched` is a list of links (see `listings`), has no bytes because it is unchanged,
    or is a notice that stands before the article or in its place.
    """
    name = urlsplit(fetched.url).path
    kind = kind_of(fetched.raw, name)
    if kind == "text" and not name.casefold().endswith((".txt", ".text")):
        kind = _TYPES.get(fetched.content_type or "", kind)
    if kind == "html":
        from store.ingest.html import from_html  # noqa: PLC0415

        found = from_html(fetched.raw, fetched.url, memory, address=fetched.url, declared=fetched.charset)
    else:
        found = extract(fetched.raw, fetched.url, memory, kind=kind)
    if kind == "html":
        _check_shown(found, fetched.url)
    stated = found.url if found.url and same_site(found.url, fetched.url) else fetched.url
    return replace(found, url=canonical(stated))


def _check_shown(found: Extract, address: str) -> None:
    """Raise SourceError for a page that asks for consent, tests for robots or has nothing: it is no article's version.

    Such pages come with the status of a good one. They have few words, and a title that says what they are.
    """
    title = folded(found.title or "")
    if title in lexicon.words("walls") and len(found.text.split()) < _FEW_WORDS:
        what = f"the site shows a notice (“{found.title}”) and not the article"
        raise refuse(address, what, "open it in a browser, save it and add the file")
