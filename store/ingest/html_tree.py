"""trafilatura's tree of an article as parts: paragraphs, subheads, quotes, list items, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from store.model import BlockKind
from store.safe_text import clean

_SPACE = re.compile(r"\s+")
_ENDED = re.compile(r"[.!?…。！？؟।:;][\"'”’»)\]]*$")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_CELL_WORDS = 25
_BREAK = "\n"
_BREAKING = frozenset(("lb", "p", "item", "head", "row"))
_INNER = frozenset(("p", "list", "quote", "head", "table"))
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One block of an article before it has a place: its role and its words, with single spaces."""

    kind: BlockKind
    text: str


def parts(body: Any) -> list[Part]:
    """Give the parts of a body tree in order; none for None."""
    return [] if body is None else list(_parts(body, "paragraph"))


def _parts(parent: Any, kind: BlockKind, depth: int = 0) -> Iterator[Part]:
    """Walk the children of `parent`; loose text between them is a part too."""
    if depth > _DEEPEST:
        yield from _texts(_words(parent), kind)
        return
    yield from _texts(parent.text or "", kind)
    for child in parent:
        tag = child.tag
        if tag == "table":
            yield from _rows(child, depth)
        elif tag == "list":
            yield from _items(child, depth)
        elif tag == "quote":
            yield from _quoted(child, depth)
        elif tag == "head":
            yield from _texts(_words(child), "subhead" if kind == "paragraph" else kind)
        elif tag in ("div", "p", "code", "ab") and any(c.tag in _INNER for c in child):
            yield from _parts(child, kind, depth + 1)
        elif tag not in ("graphic", "comments"):
            yield from _texts(_words(child), kind)
        yield from _texts(child.tail or "", kind)


def _quoted(quote: Any, depth: int) -> Iterator[Part]:
    if any(child.tag in _INNER for child in quote):
        yield from _parts(quote, "quote", depth + 1)
    else:
        yield from _texts(_words(quote), "quote")


def _items(parent: Any, depth: int) -> Iterator[Part]:
    for item in parent:
        if any(child.tag in ("list", "table") for child in item):
            yield from _parts(item, "list", depth + 1)
        else:
            yield from _texts(_words(item), "list", one=True)
        yield from _texts(item.tail or "", "list")


def _rows(table: Any, depth: int) -> Iterator[Part]:
    """Give a table's rows, cells apart; cells that hold running text are paragraphs of a page laid out by a table."""
    for row in table.iter("row"):
        if next(row.iterancestors("table"), table) is not table:
            continue
        cells = [cell for cell in row if cell.tag == "cell"]
        words = [" ".join(clean(_words(cell)).split()) for cell in cells]
        filled = [cell for cell in words if cell]
        if any(count_words(cell) > _CELL_WORDS for cell in filled):
            for cell, text in zip(cells, words, strict=True):
                if any(child.tag in _INNER for child in cell):
                    yield from _parts(cell, "paragraph", depth + 1)
                elif text:
                    yield Part("paragraph", text)
        elif filled:
            yield Part("list", " · ".join(filled))


def count_words(text: str) -> int:
    """Count the words of a text; of writing without spaces, two letters count as one."""
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def _words(element: Any) -> str:
    """Give the words of an element; forced line breaks are line feeds, all other white space is a space."""
    if not len(element):
        return _SPACE.sub(" ", element.text or "")
    from lxml.etree import iterwalk  # noqa: PLC0415

    pieces: list[str] = []
    for event, found in iterwalk(element, events=("start", "end")):
        if found.tag in _BREAKING and found is not element:
            pieces.append(_BREAK)
        text = found.text if event == "start" else found.tail if found is not element else None
        if text:
            pieces.append(_SPACE.sub(" ", text))
    return "".join(pieces)


def _texts(words: str, kind: BlockKind, *, one: bool = False) -> Iterator[Part]:
    """Give a text as parts, cut at forced line breaks that end a sentence."""
    lines = [" ".join(clean(line).split()) for line in words.split(_BREAK)]
    whole = ""
    for line in filter(None, lines):
        if whole and not one and _ENDED.search(whole):
            yield Part(kind, whole)
            whole = line
        else:
            whole = f"{whole} {line}" if whole else line
    if whole:
        yield Part(kind, whole)
