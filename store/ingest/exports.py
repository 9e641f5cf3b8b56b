"""What read-later services and browsers give out: lists of links in CSV, JSON, HTML, or one address a line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from store.ingest.decode import decode
from store.ingest.entries import links
from store.ingest.links import Listing, listed
from store.ingest.neighbours import with_neighbours
from store.ingest.refusal import refuse

MOST_LINKS = 50_000
_ADDRESS = re.compile(r"https?://\S+", re.I)
_MARKS = re.compile(rb"<!DOCTYPE\s+NETSCAPE-Bookmark-file|<title>\s*Pocket Export", re.I)
_HEAD = 4_096
_NEXT_ROW = re.compile(r"\n[^\n]*https?://")
_LONG_COLUMN = re.compile(r"note|highlight|selection|content|excerpt|description|summary|text|html|comment", re.I)
_FIELD_LIMIT = 5_000_000
_LEAST_COLUMNS = 2
_PARTS = frozenset(("a", "dd", "dl", "dt", "h1", "h2", "h3", "li", "ol", "p", "ul"))
_OWN_FOLDERS = frozenset(("personal_toolbar_folder", "unfiled_bookmarks_folder"))


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
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = list(_table(io.StringIO(decode(raw, path), newline=None).readlines()))
    except csv.Error:
        raise refuse(path, "this table cannot be read", "export it again as CSV") from None
    return _all(rows, path)


def _table(lines: Sequence[str]) -> Iterator[Mapping[Any, Any]]:
    """Give the rows of a table by the names in its first; a quote that nothing closes ends with its line."""
    head, at = _record(lines, 0, 0)
    while at < len(lines):
        fields, end = _record(lines, at, len(head))
        row = _named(head, fields)
        if _swallowed(row):
            yield from (_named(head, next(csv.reader([line]), [])) for line in lines[at:end])
        elif fields:
            yield row
        at = end


def _record(lines: Sequence[str], at: int, width: int) -> tuple[list[str], int]:
    """Give the fields of the row at line `at` and the line below it: one line, or, in quotes, more of them.

    Where a row of `width` fields stands inside a quote, nothing closed that quote: the row is its first line.
    """
    end = at

    def while_open() -> Iterator[str]:
        nonlocal end
        while end < len(lines):
            if end > at and _is_row(lines[end], width):
                end = -1
                return
            end += 1
            yield lines[end - 1]

    fields = next(csv.reader(while_open()), [])
    return (fields, end) if end >= 0 else (next(csv.reader([lines[at]]), []), at + 1)


def _is_row(line: str, width: int) -> bool:
    """Say whether a line is a whole row by itself: as many fields as the head has, an address among them."""
    if width < _LEAST_COLUMNS or "://" not in line or line.count('"') % 2:
        return False
    fields = next(csv.reader([line]), [])
    return len(fields) == width and any(map(_ADDRESS.fullmatch, fields))


def _named(head: Sequence[str], fields: Sequence[str]) -> Mapping[Any, Any]:
    return dict(zip(head, fields, strict=False)) | ({"rest": fields[len(head) :]} if len(fields) > len(head) else {})


def _swallowed(row: Mapping[Any, Any]) -> bool:
    """Say whether a quote that nothing closes made other rows part of a column that never holds lines of its own."""
    short = (value for name, value in row.items() if isinstance(value, str) and not _LONG_COLUMN.search(str(name)))
    return any(_NEXT_ROW.search(value) for value in short)


def from_json(raw: bytes, path: str) -> Listing:
    """Read a JSON list of links (Omnivore, wallabag, Readwise, Pinboard, …): any list of objects with addresses.

    Raises SourceError when there is none.
    """
    try:
        said = json.loads(decode(raw, path))
    except (ValueError, RecursionError):
        raise refuse(path, "this JSON is damaged", "export it again") from None
    return _all([with_neighbours(row, path) for row in _longest_list(said)], path)


def _longest_list(said: object) -> list[Mapping[str, Any]]:
    """Give the longest list of objects at the top, or one or two levels below it."""
    level, found = [said], [said] if isinstance(said, list) else []
    for _ in range(2):
        level = [value for item in level if isinstance(item, dict) for value in item.values()]
        found += [value for value in level if isinstance(value, list)]
    rows = max(found, key=len, default=[])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _all(rows: Iterable[Mapping[Any, Any]], path: str) -> Listing:
    found = links(rows)
    if not found:
        raise refuse(path, "no web addresses are listed in it", "export the list with the addresses of its pages")
    return listed("links", found, MOST_LINKS)


class _Bookmarks(HTMLParser):
    """Collects the links of a list of bookmarks as rows, each with its folder, and what was noted below it.

    A heading names a folder; folders lie in each other as the lists do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._folders: list[str] = []
        self._opened: list[bool] = []
        self._heading: str | None = None
        self._whole = False
        self._into = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row with a link, a folder with a heading."""
        said = {name: value or "" for name, value in attrs}
        self._into = "" if tag in _PARTS else self._into
        if tag == "a" and said.get("href"):
            url = said.pop("href")
            self.found.append({"folder": "/".join(self._folders), "note": "", **said, "url": url, "title": ""})
            self._into = "title"
        elif tag == "dd" and self.found:
            self._into = "note"
        elif tag in ("h1", "h2", "h3"):
            self._heading = ""
            self._whole = tag == "h1"
            self._into = "heading" if not said.keys() & _OWN_FOLDERS else ""
        elif tag in ("dl", "ul", "ol"):
            named = bool(self._heading) and not (tag == "dl" and self._whole)
            self._folders += [" ".join((self._heading or "").split())] if named else []
            self._opened.append(named)
            self._heading = None

    def handle_endtag(self, tag: str) -> None:
        """End a title, or a folder."""
        if tag in ("a", "h1", "h2", "h3"):
            self._into = ""
        elif tag in ("dl", "ul", "ol") and self._opened:
            self._into = ""
            if self._opened.pop():
                self._folders.pop()

    def handle_data(self, data: str) -> None:
        """Take words where they belong."""
        if self._into == "heading":
            self._heading = (self._heading or "") + data
        elif self._into:
            self.found[-1][self._into] += data
