"""How a source is refused: one line that names it, says what is wrong, and what to do."""

from __future__ import annotations

from store.errors import SourceError
from store.safe_text import clean


def refuse(path: str, what: str, way_out: str) -> SourceError:
    """Make the error to raise about the source `path`; the line stays one line, and text, whatever they hold."""
    return SourceError(f"{shown(path)}: {shown(what)}; {way_out}")


def shown(path: str) -> str:
    """Give a path or address as it may stand in a line for people."""
    return clean(path).replace("\n", " ") or "(no name)"
