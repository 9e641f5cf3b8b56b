"""A source in, an Extract out: read, decode, clean, metadata.

Knows nothing of the database and nothing of speech. Every error a person can act on is a SourceError.
"""

from __future__ import annotations

from store.ingest.kinds import extract
from store.ingest.memory import SiteMemory
from store.ingest.sources import expand, read_bytes
from store.ingest.text import from_text
from store.model import Extract

__all__ = ["SiteMemory", "expand", "from_text", "read"]


def read(path: str, raw: bytes | None = None, memory: SiteMemory | None = None) -> Extract:
    """Take in one source: a file of any kind (see `kinds`), or standard input for `-`.

    `raw` are its bytes when the caller has them already; `path` then only names them. `memory` knows the furniture
    of sites from pages seen before, and learns this page. Raises SourceError.
    """
    return extract(read_bytes(path) if raw is None else raw, path, memory)
