"""A text dump cut into chunks: one paragraph, heading, list item or label each, with its place in the source.

Dumps are wrapped hard by text browsers and torn at links by tag strippers; both are undone here, so that a sentence is
one chunk again. Text is cleaned line by line, so that offsets stay those of the decoded source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from store.safe_text import clean, is_clean

_LINE = re.compile("[^\n\r\x85\u2028\u2029]+")
_LINE_ENDS = ("", "\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")
_BULLET = re.compile(r"(?:[•*·▪●◦‣∙○■–—+o-]|\[?\d{1,2}[.)\]])\s+(?=\S)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,}|[\w-]+(?:\.[\w-]+)+/\S*")
_MARK = re.compile(r"#{1,6}\s+")
_SENTENCE_ENDS = frozenset(".!?…。！？؟।:;")
_SPACES = tuple(c for c in map(chr, range(128, 0x3001)) if c.isspace() and c not in _LINE_ENDS)
_MARKED = frozenset("#•*·▪●◦‣∙○■–—+o-[")
_BYLINE = 5
_CLOSERS = ",.;:!?)]’”»%"
_OPENERS = "(“«[–—-"


class Line(Struct, frozen=True, gc=False):
    """One printed line: its words, its place in the source, and the white space around it."""

    text: str
    start: int
    end: int
    indent: int
    trailing: bool
    after_gap: bool


class Chunk(Struct, frozen=True, gc=False):
    """A stretch of the source that belongs together.

    `text` has single spaces and no bullet; `start` and `end` count code points of the decoded source; `gap` says that
    an empty line stands before it; `bullet` and `level` (of a Markdown heading, else 0) how it was marked.
    """

    text: str
    start: int
    end: int
    gap: bool = False
    indent: int = 0
    bullet: bool = False
    level: int = 0


def split_lines(source: str) -> Iterator[Line]:
    """Give the lines of `source` that hold words, cleaned; a line of white space only counts as a gap."""
    if is_clean(source):
        yield from _split_plain(source)
        return
    before = 0
    gap = True
    for match in _LINE.finditer(source):
        start, end = match.span()
        gap = gap or start - before > 2 or source[before:start] not in _LINE_ENDS
        before = end
        text = clean(match.group())
        bare = text.strip()
        if not bare:
            gap = True
            continue
        yield Line(bare, start, end, len(text) - len(text.lstrip()), text[-1].isspace(), gap)
        gap = False


def _split_plain(source: str) -> Iterator[Line]:
    """Do the same for a source with no line ends but line feeds and nothing to clean."""
    end = -1
    gap = True
    for text in source.split("\n"):
        start, end = end + 1, end + 1 + len(text)
        bare = text.strip()
        if not bare:
            gap = True
            continue
        indent = 0 if bare[0] == text[0] else len(text) - len(text.lstrip())
        yield Line(bare, start, end, indent, len(bare) + indent < len(text), gap)
        gap = False


def chunks(source: str) -> list[Chunk]:
    """Cut the decoded `source` into chunks, in order."""
    printed = list(split_lines(source))
    width = wrap_width(printed)
    groups: list[list[Line]] = []
    for line in printed:
        if groups and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    spaced = not source.isascii() and any(space in source for space in _SPACES)
    return [_chunk(group, spaced) for group in groups]


def wrap_width(printed: Sequence[Line]) -> int:
    """Give the column at which the text was wrapped, 0 when it was not."""
    lengths = sorted(line.indent + len(line.text) for line in printed)
    if len(lengths) < 8:
        return 0
    top = lengths[-1 - len(lengths) // 50]
    full = bisect_right(lengths, top) - bisect_left(lengths, top - 16)
    return lengths[-1] if 40 <= top <= 132 and lengths[-1] <= top + 40 and full >= max(6, len(lengths) // 25) else 0


def _continues(group: Sequence[Line], line: Line, width: int) -> bool:
    """Say whether `line` goes on with the chunk of `group`; an address alone on its line stands for itself."""
    if line.after_gap or _is_address(line.text) or _is_address(group[-1].text):
        return False
    if _may_be_marked(line.text) and (_MARK if line.text[0] == "#" else _BULLET).match(line.text):
        return False
    return _wrapped(group[-1], line, width) or _torn(group, line, width)


def _is_address(text: str) -> bool:
    return "/" in text and _ADDRESS.fullmatch(text) is not None


def _wrapped(last: Line, line: Line, width: int) -> bool:
    """Say whether `last` ends where the text was wrapped: the first word of `line` would not have fitted on it."""
    first_word = line.text.split(" ", 1)[0]
    return width > 0 and last.indent + len(last.text) + 1 + len(first_word) > width - 4


def _torn(group: Sequence[Line], line: Line, width: int) -> bool:
    """Say whether a sentence was torn between `group` and `line`, as tag strippers do at links."""
    last = group[-1]
    if line.text[:3].casefold() in ("by", "by ") and line.text.count(" ") <= _BYLINE:
        return False
    if line.text[0] in _CLOSERS or last.text[-1] in _OPENERS:
        return len(last.text) > 12 or len(line.text) < 3
    ended = last.text.rstrip("\"'”’»)]")[-1:] in _SENTENCE_ENDS
    if last.trailing and not width:
        return not ended or line.text[0].islower()
    if ended or line.text[:3].casefold() in ("by", "by "):
        return False
    if line.indent == 1 and not width:
        return _holds(group, 3)
    return line.text[0].islower() and _holds(group, 4)


def _holds(group: Sequence[Line], least: int) -> bool:
    """Say whether the lines of a chunk hold so many words; each of them holds one, so the first few tell."""
    return sum(part.text.count(" ") + 1 for part in group[:least]) >= least


def _may_be_marked(text: str) -> bool:
    return text[0] in _MARKED or text[0].isdecimal()


def _chunk(group: Sequence[Line], spaced: bool) -> Chunk:
    """Join the lines of a chunk; `spaced` says that the source holds other white space than blanks."""
    first = group[0]
    text = first.text
    for line in group[1:]:
        text += line.text if line.text[0] in _CLOSERS else " " + line.text
    if spaced or "  " in text:
        text = " ".join(text.split())
    marked = _may_be_marked(text)
    mark = _MARK.match(text) if text[0] == "#" else None
    bullet = _BULLET.match(text) if marked and not mark else None
    numbered = bullet is not None and any(map(str.isdigit, bullet.group()))
    lead = mark or (None if numbered else bullet)
    return Chunk(
        text[lead.end() :] if lead else text,
        first.start + min(first.indent, first.end - first.start),  # never beyond the line
        group[-1].end,
        gap=first.after_gap,
        indent=first.indent,
        bullet=bullet is not None,
        level=len(mark.group().strip()) if mark else 0,
    )
