"""Where words, sentences and paragraphs lie, and the way from one to the next. Knows no screen.

Offsets are code points into the article's text; spans are end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from store.model import Block, Span
from tui.layout import lines_of

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[$€£₹₽#@]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
    r"(?:[’'.,:/&\-\u2010\u2011\u200c\u200d]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[\u0300-\u036f\u064b-\u0652\u0900-\u094f])*%?"
)
_STOP = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]]*(?=\s)|[。！？]+[”」』]*")
_start, _end = itemgetter(0), itemgetter(1)
_LAST_WORD = re.compile(r"[\w.]*$")


@cache
def _abbreviations() -> frozenset[str]:
    lines = (Path(__file__).parent / "abbreviations.txt").read_text("utf8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Found:
    """The units of one kind, in order, found paragraph by paragraph when they are first asked for."""

    def __init__(self, paragraphs: Sequence[Span], cut: Callable[[Span], list[Span]]) -> None:
        self._paragraphs, self._cut = paragraphs, cut
        self._known: dict[int, list[Span]] = {}

    def _of(self, number: int) -> list[Span]:
        if number not in self._known:
            self._known[number] = self._cut(self._paragraphs[number])
        return self._known[number]

    def _near(self, offset: int) -> int:
        """Give the number of the last paragraph that begins up to `offset`, or of the first."""
        return max(0, bisect_right(self._paragraphs, offset, key=_start) - 1)

    def __iter__(self) -> Iterator[Span]:
        for number in range(len(self._paragraphs)):
            yield from self._of(number)

    def onward(self, offset: int) -> Iterator[Span]:
        """Give the units from the paragraph at `offset` on."""
        for number in range(self._near(offset), len(self._paragraphs)):
            yield from self._of(number)

    def _backward(self, offset: int) -> Iterator[Span]:
        """Give the units before `offset`, the nearest first."""
        for number in range(min(self._near(offset), len(self._paragraphs) - 1), -1, -1):
            yield from (span for span in reversed(self._of(number)) if span[0] < offset)

    def at(self, offset: int) -> Span:
        """Give the unit at `offset` or the next one after it; at the end, the last; (0, 0) when there is none."""
        for number in range(self._near(offset), len(self._paragraphs)):
            here = self._of(number)
            at = bisect_right(here, offset, key=_end)
            if at < len(here):
                return here[at]
        return next(self._backward(offset + 1), (0, 0))

    def last_in(self, span: Span) -> Span | None:
        """Give the last unit that begins in `span`."""
        last = next(self._backward(span[1]), None)
        return last if last is not None and last[0] >= span[0] else None

    def count(self, span: Span) -> int:
        """Count the units that begin in `span`."""
        found = 0
        for one in self.onward(span[0]):
            if one[0] >= span[1]:
                break
            found += one[0] >= span[0]
        return found

    def beyond(self, offset: int, away: int) -> int:
        """Give where the next unit (`away` 1) or the one before (-1) begins; `offset` itself when there is none.

        Going back from inside a unit goes to its own start first.
        """
        spans = self.onward(offset) if away > 0 else self._backward(offset)
        return next((span[0] for span in spans if away < 0 or span[0] > offset), offset)


class Units:
    """The units of one text, found when they are first asked for."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.lines = lines_of(text, blocks)
        self.paragraphs: list[Span] = [(line.start, line.end) for line, _ in self.lines]
        every = self.paragraphs
        self.words = Found(every, lambda span: [found.span() for found in _WORD.finditer(text, *span)])
        self.sentences = Found(every, lambda span: sentences(text, span))
        self.sentence_heads = Found(every, lambda span: self._heads(sentences(text, span)))
        self.paragraph_heads = Found(every, lambda span: self._heads([span]))
        self.whole_paragraphs = Found(every, lambda span: [span])

    def _heads(self, spans: Sequence[Span]) -> list[Span]:
        """Give the first words of spans; marks before a word are no place for a cursor."""
        return sorted({self.word(start) for start, _ in spans} - {(0, 0)})

    def word(self, offset: int) -> Span:
        """Give the word at `offset` or the next one after it; at the end, the last."""
        return self.words.at(offset)

    def last_word(self, span: Span) -> Span:
        """Give the last word that begins in `span`, or the word at its begin when none does."""
        return self.words.last_in(span) or self.word(span[0])

    def sentence(self, offset: int) -> Span:
        """Give the sentence around `offset`."""
        return self.sentences.at(offset)

    def paragraph(self, offset: int) -> Span:
        """Give the paragraph around `offset`."""
        return self.whole_paragraphs.at(offset)


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
    return not ({word, word.casefold()} & _abbreviations() or (len(word) == 1 and word.isupper()))


def step(spans: Sequence[Span], offset: int, away: int, place: Callable[[Span], int]) -> int:
    """Give the `place` of the span that lies `away` spans on (or, negative, back) from `offset`; the ends stop it.

    Spans are in the order of their places. Going back from inside a span goes to its own place first.
    """
    if not spans:
        return offset
    if away > 0:
        at = bisect_right(spans, offset, key=place) - 1 + away
        return place(spans[at]) if at < len(spans) else max(offset, place(spans[-1]))
    at = bisect_left(spans, offset, key=place) + away
    return place(spans[at]) if at >= 0 else min(offset, place(spans[0]))
