"""Where words, sentences and paragraphs lie, and the way from one to the next. Knows no screen.

Offsets are code points into the article's text; spans are end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

from store.model import Block, Span
from tui.layout import lines_of

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[$€£₹₽#@]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
    r"(?:[’'.,:/&\-\u2010\u2011\u200c\u200d]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[\u0300-\u036f\u064b-\u0652\u0900-\u094f])*%?"
)
_STOP = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]]*(?=\s)|[。！？]+[”」』]*")
_LAST_WORD = re.compile(r"[\w.]*$")


@cache
def _abbreviations() -> frozenset[str]:
    lines = (Path(__file__).parent / "abbreviations.txt").read_text("utf8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Units:
    """The units of one text, found when they are first asked for."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.paragraphs: list[Span] = [(line.start, line.end) for line, _ in lines_of(text, blocks)]

    @cached_property
    def words(self) -> list[Span]:
        """All words, in order; a stretch without letters or digits is none."""
        return [found.span() for start, end in self.paragraphs for found in _WORD.finditer(self.text, start, end)]

    @cached_property
    def sentences(self) -> list[Span]:
        """All sentences, in order, without the space around them."""
        return [span for paragraph in self.paragraphs for span in sentences(self.text, paragraph)]

    @cached_property
    def sentence_heads(self) -> list[Span]:
        """The first word of every sentence."""
        return self._heads(self.sentences)

    @cached_property
    def paragraph_heads(self) -> list[Span]:
        """The first word of every paragraph."""
        return self._heads(self.paragraphs)

    def _heads(self, spans: Sequence[Span]) -> list[Span]:
        """Give the first words of spans; marks before a word are no place for a cursor."""
        return sorted({self.word(start) for start, _ in spans} - {(0, 0)})

    def word(self, offset: int) -> Span:
        """Give the word at `offset` or the next one after it; at the end, the last."""
        return _at_or_after(self.words, offset)

    def last_word(self, span: Span) -> Span:
        """Give the last word that begins in `span`, or the word at its begin when none does."""
        place = bisect_left(_Starts(self.words), span[1]) - 1
        return self.words[place] if place >= 0 and self.words[place][0] >= span[0] else self.word(span[0])

    def count(self, span: Span) -> int:
        """Count the words that begin in `span`."""
        starts = _Starts(self.words)
        return max(0, bisect_left(starts, span[1]) - bisect_left(starts, span[0]))

    def sentence(self, offset: int) -> Span:
        """Give the sentence around `offset`."""
        return _at_or_after(self.sentences, offset)

    def paragraph(self, offset: int) -> Span:
        """Give the paragraph around `offset`."""
        return _at_or_after(self.paragraphs, offset)


def sentences(text: str, paragraph: Span) -> list[Span]:
    """Cut a paragraph into sentences; a stop after an abbreviation or an initial ends none."""
    start, end = paragraph
    found: list[Span] = []
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end or not _ends(text, start, stop):
            continue
        found.append((start, stop.end()))
        start = stop.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append((start, end))
    return found


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    rest = text[stop.end() : stop.end() + 3].lstrip()
    if rest[:1].islower():
        return False
    if stop[0] != ".":
        return True
    last = _LAST_WORD.search(text, max(start, stop.start() - 12), stop.start())
    word = last[0] if last else ""
    return not (word.casefold() in _abbreviations() or (len(word) == 1 and word.isupper()))


def step(spans: Sequence[Span], offset: int, away: int) -> int:
    """Give the start of the span that lies `away` spans on (or, negative, back) from `offset`; the end spans stop it.

    Going back from inside a span goes to its own start first.
    """
    if not spans:
        return offset
    starts = [span[0] for span in spans] if len(spans) < 400 else _Starts(spans)
    if away > 0:
        place = bisect_right(starts, offset) - 1 + away
        return spans[place][0] if place < len(spans) else max(offset, spans[-1][0])
    place = bisect_left(starts, offset) + away
    return spans[place][0] if place >= 0 else min(offset, spans[0][0])


class _Starts(Sequence[int]):
    """The starts of spans, read as they are asked for."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, place: int) -> int:  # type: ignore[override]
        return self._spans[place][0]


def _at_or_after(spans: Sequence[Span], offset: int) -> Span:
    if not spans:
        return (0, 0)
    place = bisect_right(_Starts(spans), offset) - 1
    if place >= 0 and offset < spans[place][1]:
        return spans[place]
    return spans[min(place + 1, len(spans) - 1)]
