"""What Omnivore's export keeps beside its lists: the pages as HTML, and what was marked in them as Markdown.

The lists are `metadata_0_to_20.json` …; a row's `slug` names `content/SLUG.html` and `highlights/SLUG.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SLUG = re.compile(r"[\w-]{1,200}")
_MOST_BYTES = 2_000_000
_HEADING = re.compile(r"^#{1,6}\s.*$", re.M)


def with_neighbours(row: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Give a row of the list at `path` with the page and the highlights that lie beside it, when any do."""
    slug = row.get("slug")
    if "://" in path or not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        return row
    folder = Path(os.path.dirname(path))
    page = _text(folder / "content" / f"{slug}.html")
    marked = _text(folder / "highlights" / f"{slug}.md")
    return {**({"content": page} if page else {}), **({"highlights": quoted(marked)} if marked else {}), **row}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.stat().st_size <= _MOST_BYTES else ""
    except (OSError, ValueError):
        return ""


def quoted(markdown: str) -> list[dict[str, str]]:
    """Give the block quotes of a Markdown text, each with the text below it as its note."""
    found: list[dict[str, str]] = []
    inside = False
    for line in _HEADING.sub("", markdown).splitlines():
        if line.startswith(">"):
            if not inside:
                found.append({"quote": "", "annotation": ""})
            found[-1]["quote"] += line[1:].strip() + "\n"
        elif line.strip():
            if not found:
                found.append({"quote": "", "annotation": ""})
            found[-1]["annotation"] += line.strip() + "\n"
        inside = line.startswith(">")
    return found
