"""A page saved by Safari (webarchive) in, an Extract out: a property list that holds the page and its files."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from xml.parsers.expat import ExpatError

from msgspec.structs import replace

from store.ingest.html import from_html
from store.ingest.links import web_address
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.model import Extract


def from_webarchive(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take the article out of the page of a webarchive; its pictures and frames are left alone.

    Places of what is removed count in that page. Raises SourceError when there is none.
    """
    try:
        said = plistlib.loads(raw)
    except (plistlib.InvalidFileException, ExpatError, ArithmeticError, LookupError, RecursionError, ValueError):
        said = None
    page = said.get("WebMainResource") if isinstance(said, Mapping) else None
    data = page.get("WebResourceData") if isinstance(page, Mapping) else None
    if not isinstance(page, Mapping) or not isinstance(data, bytes) or not data.strip():
        raise refuse(path, "there is no page in this file", "save it from the browser again, as HTML")
    address = web_address(page.get("WebResourceURL"))
    charset = page.get("WebResourceTextEncodingName")
    declared = charset if isinstance(charset, str) else None
    return replace(from_html(data, path, memory, address=address or None, declared=declared), raw=raw)
