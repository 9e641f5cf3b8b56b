"""A page saved as one file (MHTML) in, an Extract out."""

from __future__ import annotations

from email.message import EmailMessage

from msgspec.structs import replace

from store.ingest.eml import header
from store.ingest.html import from_html
from store.ingest.memory import SiteMemory
from store.ingest.mime import parse
from store.ingest.refusal import refuse
from store.model import Extract


def from_mhtml(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take the article out of a page that a browser saved with all its files: the first HTML part is the page.

    Places of what is removed count in that part. Raises SourceError when there is none.
    """
    saved = parse(raw, path)
    page = next((part for part in saved.walk() if _is_page(part)), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes) or not payload.strip():
        raise refuse(path, "there is no page in this file", "save it from the browser again, as HTML")
    address = header(saved, "Snapshot-Content-Location") or header(page, "Content-Location")
    address = address if address.startswith(("http://", "https://")) else ""
    try:
        declared = page.get_content_charset()
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        declared = None
    return replace(from_html(payload, path, memory, address=address or None, declared=declared), raw=raw)


def _is_page(part: object) -> bool:
    return isinstance(part, EmailMessage) and part.get_content_type() in ("text/html", "application/xhtml+xml")
