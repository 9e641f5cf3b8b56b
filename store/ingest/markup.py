"""HTML as printed lines with their places in the source, by one pass that no nesting and no broken tag can stop.

It does not say which lines are the article: it finds what a page shows. That serves for what was left out of an
article, for pages no parser takes, and for sources that are all article (books, mails, Markdown).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from msgspec import Struct

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
_INLINE_TAGS = frozenset(mark + name for mark in ("<", "</") for name in _INLINE)
_QUIET_TAGS = _INLINE_TAGS.union(mark + name for mark in ("<", "</") for name in _PLAIN)
_UNREAD = ("script", "style", "textarea", "title", "noscript", "iframe", "xmp", "template")
_HIDDEN = frozenset(["svg", "select", "object", "video", "audio", "canvas", "math"])
_LISTS = ("li", "dd", "dt")
_NAME = re.compile(r"</?[A-Za-z][A-Za-z0-9:_-]*")
_TAG = re.compile("<[^>]*>")
_ENDS = {f"<{name}": re.compile(f"</{name}", re.I) for name in _UNREAD}
_LONGEST_TAG = 100_000
_LONGEST_LINE = 3_000_000

# What stands behind the `<` of a plain tag: one whose name begins like that of no unread element, with a `>` that ends
# it beyond doubt, its quotation marks in pairs with neither marks nor brackets between them. Nearly all markup is runs
# of these, each found by one search; any other `<` is looked at by itself.
_REST = (
    r"(?![sS](?:[cC]|[tT][yY])|[tT](?:[eE]|[iI][tT])|[nN][oO]|[iI][fF]|[xX])/?[A-Za-z]"
    r"""[^<>"']*+(?:(?:"[^<>"']*+"|'[^<>"']*+')[^<>"']*+)*+>"""
)
_MARKUP = re.compile(rf"<(?:{_REST}(?:\s*<{_REST})*+|(?=[A-Za-z/!?]))")


class Printed(Struct, frozen=True, gc=False):
    """One line of a page: its words with single spaces, its place in the source, its role, its heading's level."""

    text: str
    start: int
    end: int
    kind: BlockKind
    level: int = 0


def printed(source: str) -> list[Printed]:
    """Give what the HTML `source` shows, line by line; text that is no HTML is one line."""
    return _Reader(source).lines()


@dataclass(slots=True)
class _Reader:
    """The state of the pass: the lines so far, the one at hand and where its words lie, the open tags that matter."""

    source: str
    found: list[Printed] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    within: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*_LISTS, "blockquote", "figcaption"), 0))
    hidden: str = ""
    depth: int = 0
    level: int = 0

    def lines(self) -> list[Printed]:
        """Run over the source once. Every search that finds nothing ends the pass, so that it stays linear."""
        source, at = self.source, 0
        while at < len(source):
            markup = _MARKUP.search(source, at)
            opened = markup.start() if markup else len(source)
            if opened > at and not self.hidden:
                self._shown(at, opened)
            if markup is None:
                break
            run, at = markup.group(), markup.end()
            if run == "<":
                at, tags = _odd(source, opened)
                self._take(tags)
            else:
                self._run(run)
        self._end_line()
        return self.found

    def _shown(self, start: int, end: int) -> None:
        """Take a text of the line at hand; white space begins none."""
        text = self.source[start:end]
        if not text.isspace():
            if not self.pieces:
                self.start = start
            self.end = end
        elif not self.pieces:
            return
        self.pieces.append(text)

    def _run(self, run: str) -> None:
        """Take a run of plain tags; the white space between them is the line's own when none of them ends it."""
        tags = _NAME.findall(run)
        if not _QUIET_TAGS.issuperset(tags):
            self._take(tags)
        elif self.pieces and not _INLINE_TAGS.issuperset(tags):
            self._end_line()
        if self.pieces and len(tags) > 1:
            self.pieces.append(_TAG.sub("", run))

    def _take(self, tags: Sequence[str]) -> None:
        """Take tags one by one, each written down to its name: all but the inline ones end the line."""
        for tag in map(str.lower, tags):
            if self.hidden:
                if tag.endswith(self.hidden):
                    self._hidden_on(tag)
            elif tag not in _INLINE_TAGS:
                if self.pieces:
                    self._end_line()
                if tag not in _QUIET_TAGS:
                    self._open(tag.strip("</"), closing=tag[1] == "/")

    def _hidden_on(self, tag: str) -> None:
        """Take a tag within an element that is not shown: another of its name goes deeper, its own end ends it."""
        if tag.strip("</") == self.hidden:
            self.depth += -1 if tag[1] == "/" else 1
            self.hidden = self.hidden if self.depth else ""

    def _open(self, name: str, *, closing: bool) -> None:
        if name in _HIDDEN and not closing:
            self.hidden, self.depth = name, 1
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456":
            self.level = 0 if closing else int(name[1])
        elif name in self.within:
            self.within[name] = max(0, self.within[name] + (-1 if closing else 1))
        elif name in ("ul", "ol", "dl") and closing:
            self.within.update(dict.fromkeys(_LISTS, 0))

    def _end_line(self) -> None:
        if not self.pieces:
            return
        text = unescape("".join(self.pieces)[:_LONGEST_LINE])
        text = " ".join(clean(text).split())
        self.pieces.clear()
        if text:
            self.found.append(Printed(text, self.start, self.end, self._kind(), self.level))

    def _kind(self) -> BlockKind:
        within = self.within
        if within["figcaption"]:
            return "caption"
        if self.level:
            return "subhead"
        if within["blockquote"]:
            return "quote"
        return "list" if within["li"] or within["dd"] or within["dt"] else "paragraph"


def _odd(source: str, opened: int) -> tuple[int, Sequence[str]]:
    """Give where the markup ends that opens at `opened`, and the tag it is; an unread element ends with its content."""
    if source.startswith("<!--", opened):
        return _after(source, "-->", opened + 4), ()
    tag = _NAME.match(source, opened)
    if tag is None:
        return _after(source, ">", opened), ()
    at = _tag_end(source, tag.end())
    content_end = _ENDS.get(tag.group().lower())
    if content_end:
        end = content_end.search(source, at)
        at = end.start() if end else len(source)
    return at, (tag.group(),)


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
