"""What read-later services and browsers give out: lists of links in CSV, JSON, HTML, or one address a line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from store.ingest.decode import decode
from store.ingest.entries import has_address, links
from store.ingest.links import Listing, listed
from store.ingest.neighbours import with_neighbours
from store.ingest.refusal import refuse

MOST_LINKS, MOST_ROWS = 50_000, 100_000
_ADDRESS = re.compile(r"https?://\S+", re.I)
_CELL = re.compile(r"(?:^|[,;\t])[\s\"\ufeff]*(?:source |given |original )?(?:url|link|href)[\s\"]*(?:$|[,;\t])", re.I)
_MARKS = re.compile(rb"<!DOCTYPE\s+NETSCAPE-Bookmark-file|<title>\s*(?:Pocket Export|Instapaper: Export)", re.I)
_HEAD = 4_096
_DEEPEST = 12
_COMMAS = ",;\t"
_NO_ROWS = (b'"query:', b'"exec:', b'"filter:')
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
    """Say whether a text is nothing but web addresses, one a line; a line with `#` is a note.

    Something may stand behind an address, a title or tags, when there are several: newsboat keeps its feeds so.
    """
    rows = [row.strip() for row in raw[:_HEAD].removeprefix(b"\xef\xbb\xbf").splitlines()[:40]]
    filled = [row for row in rows if row and not row.startswith((b"#", *_NO_ROWS))]
    whole = filled if len(raw) <= _HEAD else filled[:-1]
    bare = re.compile(rb"https?://[^\s<>]+" + (rb"(?:\s.*)?" if len(whole) > 1 else b""), re.I)
    return bool(whole) and all(map(bare.fullmatch, whole))


def from_bookmarks(raw: bytes, path: str) -> Listing:
    """Read bookmarks in HTML (Pocket, Instapaper, browsers). Raises SourceError when there are none."""
    reader = _Bookmarks()
    reader.feed(decode(raw, path))
    reader.close()
    return _all(reader.found, path)


def from_addresses(raw: bytes, path: str) -> Listing:
    """Read a text of addresses, one a line. Raises SourceError when there are none."""
    rows = (row.split() for row in decode(raw, path).splitlines())
    return _all([{"url": row[0]} for row in rows if row and _ADDRESS.fullmatch(row[0])], path)


def is_table(head: str) -> bool:
    """Say whether a text begins as a table of links: a row of names with one of an address, then a row with one."""
    first, _, rest = head.partition("\n")
    several = any(mark in first for mark in _COMMAS)
    return several and bool(_CELL.search(first)) and bool(_ADDRESS.search(rest.partition("\n")[0]))


def from_csv(raw: bytes, path: str) -> Listing:
    """Read a CSV with a column of addresses (Pocket, Instapaper, Readwise, Raindrop, …).

    Columns are known by their names, in any order; what parts them is a comma, a semicolon or a tab; a table whose
    first row is no row of names has addresses and titles. Raises SourceError when no column holds addresses.
    """
    text = decode(raw, path)
    csv.field_size_limit(_FIELD_LIMIT)
    first = text.partition("\n")[0]
    if _ADDRESS.search(first):
        text = f"url,title\n{text}"
    comma = max(_COMMAS, key=first.count)
    try:
        rows = list(islice(_table(io.StringIO(text, newline=None).readlines(), comma), MOST_ROWS))
    except csv.Error:
        raise refuse(path, "this table cannot be read", "export it again as CSV") from None
    return _all(rows, path)


def _table(lines: Sequence[str], comma: str) -> Iterator[Mapping[Any, Any]]:
    """Give the rows of a table by the names in its first; a quote that nothing closes ends with its line."""
    head, at = _record(lines, 0, 0, comma)
    while at < len(lines):
        fields, end = _record(lines, at, len(head), comma)
        row = _named(head, fields)
        if end - at > 1 and _swallowed(row):
            yield from (_named(head, _fields(line, comma)) for line in lines[at:end])
        elif fields:
            yield row
        at = end


def _record(lines: Sequence[str], at: int, width: int, comma: str) -> tuple[list[str], int]:
    """Give the fields of the row at line `at` and the line below it: one line, or, in quotes, more of them.

    Where a row of `width` fields stands inside a quote, nothing closed that quote: the row is its first line.
    """
    if at < len(lines) and '"' not in lines[at]:
        return _fields(lines[at], comma), at + 1
    end = at

    def while_open() -> Iterator[str]:
        nonlocal end
        while end < len(lines):
            if end > at and _is_row(lines[end], width, comma):
                end = -1
                return
            end += 1
            yield lines[end - 1]

    fields = next(csv.reader(while_open(), delimiter=comma), [])
    return (fields, end) if end >= 0 else (_fields(lines[at], comma), at + 1)


def _fields(line: str, comma: str) -> list[str]:
    return next(csv.reader([line], delimiter=comma), [])


def _is_row(line: str, width: int, comma: str) -> bool:
    """Say whether a line is a whole row by itself: as many fields as the head has, an address among them."""
    if width < _LEAST_COLUMNS or "://" not in line or line.count('"') % 2:
        return False
    fields = _fields(line, comma)
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
    return _all([with_neighbours(row, path) for row in _rows(said)], path)


def is_json(raw: bytes) -> bool:
    """Say whether some bytes are JSON as programs write it, a list or an object."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return False
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _rows(said: object) -> list[Mapping[str, Any]]:
    """Give the objects of every list that holds one with an address, also of lists in objects without one."""
    found: list[Mapping[str, Any]] = []
    level = [said]
    for _ in range(_DEEPEST):
        further: list[object] = []
        for item in level:
            rows = [row for row in item[:MOST_ROWS] if isinstance(row, dict)] if isinstance(item, list) else []
            others = [row for row in rows if not has_address(row)]
            found += rows if len(others) < len(rows) else []
            parents = [item] if isinstance(item, dict) else others
            further += [value for parent in parents for value in parent.values() if isinstance(value, dict | list)]
        level = further
    return found


def _all(rows: Iterable[Mapping[Any, Any]], path: str) -> Listing:
    found = links(islice(rows, MOST_ROWS))
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
