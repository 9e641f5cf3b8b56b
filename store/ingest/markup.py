"""HTML as printed lines with their places in the source, by one pass that no nesting and no broken tag can stop.

It does not say which lines are the article: it finds what a page shows. That serves for what was left out of an
article, for pages no parser takes, and for sources that are all article (books, mails, Markdown).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from store.model import BlockKind
from store.safe_text import clean

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_PLAIN = frozenset(
    ("br", "div", "p", "section", "article", "td", "tr", "meta", "link", "path", "img", "script", "style")
)
_UNREAD = frozenset(["script", "style", "textarea", "title", "noscript", "iframe", "xmp", "template"])
_HIDDEN = frozenset(["svg", "select", "object", "video", "audio", "canvas", "math"])
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:_-]*)")
_START = re.compile(r"<(?=[A-Za-z/!?])")
_ENDS = {name: re.compile(f"</{name}", re.I) for name in _UNREAD}
_SPACE = re.compile(r"\s+")
_LONGEST_TAG = 100_000
_LONGEST_LINE = 3_000_000


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a page: its words with single spaces, its place in the source, its role, its heading's level."""

    text: str
    start: int
    end: int
    kind: BlockKind
    level: int = 0


def printed(source: str) -> list[Printed]:
    """Give what the HTML `source` shows, line by line; text that is no HTML is one line."""
    return list(_Reader(source).lines())


@dataclass(slots=True)
class _Reader:
    """The state of the pass: the pieces of the line at hand and the open tags that matter."""

    source: str
    pieces: list[tuple[int, int]] = field(default_factory=list)
    within: Counter[str] = field(default_factory=Counter)
    hidden: str = ""
    depth: int = 0
    level: int = 0
    level_of_line: int = 0

    def lines(self) -> Iterator[Printed]:
        """Run over the source once."""
        for start, end, name, closing in _tags(self.source):
            if not name:
                if not self.hidden and (self.pieces or not self.source[start:end].isspace()):
                    self.level_of_line = self.level_of_line or self.level
                    self.pieces.append((start, end))
                continue
            if self.hidden:
                self._in_hidden(name, closing)
                continue
            if name in _INLINE:
                continue
            if self.pieces:
                yield from self._line()
            if name not in _PLAIN:
                self._open(name, closing)
        if self.pieces:
            yield from self._line()

    def _in_hidden(self, name: str, closing: bool) -> None:
        if name == self.hidden:
            self.depth += -1 if closing else 1
            if self.depth == 0:
                self.hidden = ""

    def _open(self, name: str, closing: bool) -> None:
        if name in _HIDDEN and not closing:
            self.hidden, self.depth = name, 1
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456":
            self.level = 0 if closing else int(name[1])
        elif name in ("li", "dd", "dt", "blockquote", "figcaption"):
            self.within[name] = max(0, self.within[name] + (-1 if closing else 1))
        elif name in ("ul", "ol", "dl") and closing:
            self.within.update({"li": -self.within["li"], "dd": -self.within["dd"], "dt": -self.within["dt"]})

    def _line(self) -> Iterator[Printed]:
        pieces, self.pieces = self.pieces, []
        level, self.level_of_line = self.level_of_line, 0
        text = clean(unescape("".join(self.source[start:end] for start, end in pieces)[:_LONGEST_LINE]))
        text = _SPACE.sub(" ", text).strip()
        if text:
            first = next(start for start, end in pieces if not self.source[start:end].isspace())
            last = next(end for start, end in reversed(pieces) if not self.source[start:end].isspace())
            yield Printed(text, first, last, self._kind(level), level)

    def _kind(self, level: int) -> BlockKind:
        if self.within["figcaption"]:
            return "caption"
        if level:
            return "subhead"
        if self.within["blockquote"]:
            return "quote"
        return "list" if self.within["li"] or self.within["dd"] or self.within["dt"] else "paragraph"


def _tags(source: str) -> Iterator[tuple[int, int, str, bool]]:
    """Give the source as texts (without a name) and tags (with one), comments and unread elements left out.

    Every search that finds nothing ends the pass, so that it stays linear whatever the source holds.
    """
    at = 0
    while at < len(source):
        start = _START.search(source, at)
        opened = start.start() if start else len(source)
        if opened > at:
            yield at, opened, "", False
        if opened == len(source):
            return
        if source.startswith("<!--", opened):
            at = _after(source, "-->", opened + 4)
            continue
        name = _NAME.match(source, opened)
        if name is None:
            at = _after(source, ">", opened)
            continue
        at = _tag_end(source, name.end())
        word, closing = name[1].lower(), source[opened + 1] == "/"
        yield opened, at, word, closing
        if word in _UNREAD and not closing:
            end = _ENDS[word].search(source, at)
            at = end.start() if end else len(source)


def _after(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return found + len(mark) if found >= 0 else len(source)


def _tag_end(source: str, at: int) -> int:
    """Give where the tag ends whose name ended at `at`; a `>` in a quoted value does not end it."""
    closed = source.find(">", at)
    if closed < 0:
        return len(source)
    inside = source[at:closed]
    for mark in "\"'":
        if inside.count(mark) % 2 and inside.rstrip().count("=" + mark):
            quote = source.find(mark, closed, closed + _LONGEST_TAG)
            later = source.find(">", quote, quote + _LONGEST_TAG) if quote >= 0 else -1
            if later >= 0 and "<" not in source[closed:quote]:
                return later + 1
    return closed + 1
