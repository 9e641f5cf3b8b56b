"""Names and tags as services and catalogues write them into one field, and what only some of them mean by a field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from store.ingest.html_meta import line
from store.ingest.markup import printed

_LABEL = re.compile(r"user/[^/]*/label/(.+)")
_STARRED = re.compile(r"user/[^/]*/state/[^/]*/starred$")


def catalogued(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a row, its columns folded, with the fields renamed that mean something else in one catalogue.

    Zotero's `date` is that of publication and its names stand last name first; Pinboard parts tags by spaces; readers
    that speak as Google Reader did keep labels and stars in `categories`.
    """
    if "itemtype" in said and "key" in said:
        notes = " ".join(row.text for row in printed(str(said.get("notes") or "")))
        tags = [*names_in(str(said.get("manualtags") or ""), ";"), *names_in(str(said.get("automatictags") or ""), ";")]
        return {**said, "published": said.get("date"), "notes": notes, "tags": tags, "author": _turned(said)}
    if "toread" in said and "href" in said:
        return {**said, "tags": str(said.get("tags") or "").split()}
    categories = said.get("categories")
    if isinstance(categories, list) and any(str(one).startswith("user/") for one in categories):
        labels = [found[1] for one in categories if (found := _LABEL.fullmatch(str(one)))]
        starred = any(_STARRED.fullmatch(str(one)) for one in categories)
        return {**said, "tags": labels, "starred": starred}
    return said


def _turned(said: Mapping[str, Any]) -> list[str]:
    return [_forwards(name) for name in names_in(str(said.get("author") or ""), ";")]


def names_in(text: str, mark: str) -> list[str]:
    """Give the names in a text, parted by a mark."""
    return [name for part in text.split(mark) if (name := line(part))]


def _forwards(name: str) -> str:
    """Give "Falk, Ines" as it is spoken."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def written_by(value: object) -> list[object]:
    """Give the writers out of a field; behind a semicolon, and of two words alone, the last name stands first."""
    if isinstance(value, str) and not value.lstrip().startswith("["):
        text = line(value)
        if ";" in text:
            return [_forwards(name) for name in names_in(text, ";")]
        if re.fullmatch(r"[^\s,|]+, [^\s,|]+", text):
            return [_forwards(text)]
    if isinstance(value, Mapping):
        return [value]
    return names(value)


def names(value: object) -> list[object]:
    """Give several names out of a list, the keys of an object, JSON, or a text with bars or commas."""
    if isinstance(value, Mapping):
        return list(value)
    if isinstance(value, list):
        return value
    text = line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if text.startswith("["):
        for written in (text, text.replace("'", '"')):
            try:
                found = json.loads(written)
                return found if isinstance(found, list) else []
            except (ValueError, RecursionError):
                continue
        return []
    return list(re.split(r"\s*[|,;]\s*", text)) if text else []
