"""What read-later services and browsers give out: lists of links in CSV, JSON, HTML, or one address a line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

from store.ingest import lexicon, stamps
from store.ingest.decode import decode
from store.ingest.html_meta import line
from store.ingest.links import Link, Listing, listed, web_address
from store.ingest.refusal import refuse

MOST_LINKS = 50_000
_ADDRESS = re.compile(r"https?://\S+", re.I)
_MARKS = re.compile(rb"<!DOCTYPE\s+NETSCAPE-Bookmark-file|<title>\s*Pocket Export", re.I)
_HEAD = 4_096
_FIELD_LIMIT = 5_000_000
_PLACES = frozenset(("unread", "archive", "archived", "starred", "later", "new", "feed"))
_DONE = frozenset(("archive", "archived", "read", "succeeded_archived"))


def is_bookmarks(raw: bytes) -> bool:
    """Say whether a page is a list of bookmarks as browsers and Pocket write it."""
    return bool(_MARKS.search(raw[:_HEAD]))


def is_addresses(raw: bytes) -> bool:
    """Say whether a text is nothing but web addresses, one a line, at least two; a line with `#` is a note."""
    rows = [row.strip() for row in raw[:_HEAD].splitlines()[:40]]
    filled = [row for row in rows if row and not row.startswith(b"#")]
    whole = filled if len(raw) <= _HEAD else filled[:-1]
    return len(whole) > 1 and all(re.fullmatch(rb"https?://[^\s<>]+", row, re.I) for row in whole)


def from_bookmarks(raw: bytes, path: str) -> Listing:
    """Read bookmarks in HTML (Pocket, Instapaper, browsers). Raises SourceError when there are none."""
    reader = _Bookmarks()
    reader.feed(decode(raw, path))
    reader.close()
    return _all(reader.found, path)


def from_addresses(raw: bytes, path: str) -> Listing:
    """Read a text of addresses, one a line. Raises SourceError when there are none."""
    rows = (row.strip() for row in decode(raw, path).splitlines())
    return _all([{"url": row} for row in rows if _ADDRESS.fullmatch(row)], path)


def from_csv(raw: bytes, path: str) -> Listing:
    """Read a CSV with a column of addresses (Pocket, Instapaper, Readwise, Raindrop, …).

    Columns are known by their names, in any order. Raises SourceError when no column holds addresses.
    """
    text = decode(raw, path)
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = list(csv.DictReader(io.StringIO(text), restkey="rest", strict=False))
    except csv.Error:
        raise refuse(path, "this table cannot be read", "export it again as CSV") from None
    return _all(rows, path)


def from_json(raw: bytes, path: str) -> Listing:
    """Read a JSON list of links (Omnivore, wallabag, Readwise, Pinboard, …): any list of objects with addresses.

    Raises SourceError when there is none.
    """
    try:
        said = json.loads(decode(raw, path))
    except (ValueError, RecursionError):
        raise refuse(path, "this JSON is damaged", "export it again") from None
    return _all(_longest_list(said), path)


def _longest_list(said: object) -> list[Mapping[str, Any]]:
    """Give the longest list of objects at the top, or one or two levels below it."""
    level, found = [said], [said] if isinstance(said, list) else []
    for _ in range(2):
        level = [value for item in level if isinstance(item, dict) for value in item.values()]
        found += [value for value in level if isinstance(value, list)]
    rows = max(found, key=len, default=[])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _all(rows: Iterable[Mapping[Any, Any]], path: str) -> Listing:
    links = [link for link in map(_link, rows) if link is not None]
    if not links:
        raise refuse(path, "no web addresses are listed in it", "export the list with the addresses of its pages")
    return listed("links", links, MOST_LINKS)


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    """Give the names, folded, that each fact goes by, the surest first."""
    names: dict[str, tuple[str, ...]] = {}
    for fact, name in lexicon.rows("export_columns.txt"):
        names[fact] = (*names.get(fact, ()), name)
    return names


def _link(row: Mapping[Any, Any]) -> Link | None:
    said = {re.sub(r"[\W_]+", "", str(key).casefold()): value for key, value in row.items()}

    def first(fact: str, take: Callable[[object], Any]) -> Any:
        return next((found for name in _columns()[fact] if (found := take(said.get(name)))), None)

    url = first("url", web_address)
    if not url:
        return None
    state = str(first("state", _text) or "").casefold()
    return Link(
        url=url,
        title=_untitled(first("title", _text) or "", url),
        published=first("published", _time),
        added=first("added", _time),
        authors=tuple(_parts(first("author", _names) or [])),
        tags=tuple(_parts(first("tags", _names) or [])),
        note=(first("note", _text) or "")[:2_000],
        read=state in _DONE or first("read", _yes) is not None,
        starred=state in ("starred", "favorite", "liked") or first("starred", _yes) is not None,
        key=url,
    )


def _untitled(title: str, url: str) -> str:
    return "" if title == url else title


def _text(value: object) -> str:
    return line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _time(value: object) -> str | None:
    return stamps.read(_text(value))


def _yes(value: object) -> bool | None:
    return True if value in (True, 1, "1") or str(value).casefold() in ("true", "yes") else None


def _names(value: object) -> list[object]:
    """Give several names out of a list, a list written as JSON, or a text with bars or commas."""
    if isinstance(value, list):
        return value
    text = _text(value)
    if text.startswith("["):
        for written in (text, text.replace("'", '"')):
            try:
                found = json.loads(written)
                return found if isinstance(found, list) else []
            except (ValueError, RecursionError):
                continue
        return []
    return list(re.split(r"\s*[|,;]\s*", text)) if text else []


def _parts(values: Iterable[object]) -> list[str]:
    names = [
        _text(value.get("name") or value.get("label")) if isinstance(value, dict) else _text(value) for value in values
    ]
    return list(dict.fromkeys(name for name in names if name and name.casefold() not in _PLACES))[:100]


class _Bookmarks(HTMLParser):
    """Collects the links of a list of bookmarks as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row with a link."""
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href"):
            self.found.append({"url": said.pop("href"), "title": "", **said})
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        """End a row."""
        self._open = self._open and tag != "a"

    def handle_data(self, data: str) -> None:
        """Take the words of a link as its title."""
        if self._open:
            self.found[-1]["title"] += data
