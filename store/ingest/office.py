"""Text documents of office programs (DOCX, ODT) in, an Extract out: press releases and statements come as these."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from store.ingest import stamps, xmltext
from store.ingest.html_meta import line
from store.ingest.markup import Printed
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.ingest.sources import MOST_BYTES
from store.ingest.whole import from_lines
from store.model import BlockKind, Extract

EXTRACTOR = "newsreader-office/1"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError)
_WORD, _OPEN = "word/document.xml", "content.xml"
_UNSHOWN = frozenset(
    ("Fallback", "annotation", "del", "instrText", "moveFrom", "note", "pPr", "rPr", "sectPr", "tracked-changes")
)
_BREAKS = {"br": " ", "cr": " ", "line-break": " ", "s": " ", "tab": " ", "noBreakHyphen": "-"}
_DAYS = (("created", "creation-date"), ("modified", "date"))
_ROWS = frozenset(("p", "h"))
_TABLE_ROWS = frozenset(("tr", "table-row"))
_LONGEST_CELL, _MOST_TAGS = 120, 1_000_000
_ITEM: tuple[BlockKind, int] = ("list", 0)
_HEADINGS = ("heading", "title", "subtitle", "berschrift", "titre", "titel", "titolo", "encabezado")


def from_office(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in all paragraphs of a document, with what it says of its title and of the day it was made.

    What was deleted with changes tracked, comments and footnotes stay out. The day counts, marked as inferred, when the
    document was not changed after it: templates and old letters are written over. Who made the file is not its writer.
    Nothing is written to disk and no more than 20 MB are unpacked. Raises SourceError when the file is no such
    document, is protected, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = frozenset(archive.namelist())
            body = _WORD if _WORD in names else _OPEN
            about = _member(archive, "docProps/core.xml" if body == _WORD else "meta.xml", path, names)
            tree = xmltext.parse(_member(archive, body, path, names), path, "this document")
    except _BROKEN:
        raise refuse(path, "this document is damaged or protected", "save it as text or HTML and add that") from None
    said = _stated(xmltext.parse(about, path, "what this document says of itself")) if about else {}
    found = from_lines(
        list(_lines(tree)),
        Extract(text="", blocks=(), raw=raw, path=path, extractor=EXTRACTOR, title=said.get("title") or None),
    )
    made, changed = (said.get(one) or said.get(other) or "" for one, other in _DAYS)
    day = stamps.read(made[:10]) if made[:10] == changed[:10] else None
    if found.published or not day:
        return found
    return replace(found, published=day, published_inferred=True)


def _member(archive: zipfile.ZipFile, name: str, path: str, names: frozenset[str]) -> bytes:
    if name not in names and name not in (_WORD, _OPEN):
        return b""
    with archive.open(name) as file:
        found = file.read(MOST_BYTES + 1)
    if found.count(b"<") > _MOST_TAGS:
        raise refuse(path, f"more than {_MOST_TAGS:,} tags", "save the part you need as text and add that")
    if len(found) > MOST_BYTES:
        raise refuse(path, f"this document unpacks to more than {MOST_BYTES // 1_000_000} MB", "add its parts")
    return found


def _stated(tree: Element) -> dict[str, str]:
    return {xmltext.local(element.tag): line(element.text or "") for element in tree.iter() if element.text}


def _lines(tree: Element) -> Iterator[Printed]:
    """Give the paragraphs, also those in text boxes, in the order of the file, a row of a table as one item.

    Places count in what is shown.
    """
    at = 0
    for row in _shown(tree):
        cells = _cells(row)
        words = " · ".join(cells) if cells else line("".join(_words(row)))
        if words:
            yield Printed(words, at, at + len(words), *(_ITEM if cells else _kind(row)))
            at += len(words) + 1


def _shown(tree: Element) -> Iterator[Element]:
    """Give the paragraphs, and the rows of tables that hold figures or words; a table for the layout is opened."""
    stack = [tree]
    while stack:
        element = stack.pop()
        name = xmltext.local(element.tag)
        if name in _ROWS or _cells(element):
            yield element
        if name not in _TABLE_ROWS or not _cells(element):
            stack += [child for child in reversed(element) if xmltext.local(child.tag) not in _UNSHOWN]


def _cells(row: Element) -> list[str]:
    """Give the words of the cells of a row whose cells hold a line each, nothing for another."""
    if xmltext.local(row.tag) not in _TABLE_ROWS:
        return []
    filled: list[str] = []
    for cell in row:
        lines = 0
        for one in cell.iter():
            if xmltext.local(one.tag) in _TABLE_ROWS:
                return []
            if xmltext.local(one.tag) in _ROWS and (words := line("".join(_words(one)))):
                lines += 1
                filled.append(words)
                if lines > 1 or len(words) > _LONGEST_CELL:
                    return []
    return filled


def _words(row: Element) -> Iterator[str]:
    """Give the words of a paragraph; a paragraph within it (a text box) is one of its own."""
    in_word = "wordprocessingml" in row.tag
    stack: list[Element | str] = [row]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            yield element
            continue
        name = xmltext.local(element.tag)
        if name in _BREAKS:
            yield _BREAKS[name]
        elif (name == "t" or not in_word) and element.text:
            yield element.text
        for child in reversed(element):
            if child.tail and not in_word:
                stack.append(child.tail)
            if xmltext.local(child.tag) not in _UNSHOWN | _ROWS:
                stack.append(child)


def _kind(row: Element) -> tuple[BlockKind, int]:
    """Give the role of a paragraph and its heading's level, by the name of its style."""
    about = [row, *(element for child in row if xmltext.local(child.tag) == "pPr" for element in child.iter())]
    stated = [value for element in about for name, value in element.items() if _is_style(element, name)]
    style = stated[0].casefold() if stated else ""
    if xmltext.local(row.tag) == "h" or any(word in style for word in _HEADINGS):
        level = next((int(letter) for letter in style if letter.isdigit()), 1)
        return "subhead", max(1, level)
    if "quot" in style or "zitat" in style:
        return "quote", 0
    numbered = any(xmltext.local(element.tag) == "numPr" for element in about)
    return _ITEM if numbered or "list" in style else ("paragraph", 0)


def _is_style(element: Element, name: str) -> bool:
    of_word = xmltext.local(element.tag) == "pStyle" and xmltext.local(name) == "val"
    return of_word or (xmltext.local(element.tag) in _ROWS and xmltext.local(name) == "style-name")
