"""A text as words, sentences and quoted stretches: what naming looks at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from store.model import Span
from store.speech.naming import lists
from store.speech.naming.lists import fold

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'‐‑&-][^\W_]+)*")
_DOUBLE = re.compile(r"[\"“”«»„]|''|``")
_ENDS = re.compile(r"[.!?…]")
_OPENERS = re.compile(r"[\"“«„‘:;•*]|''|``|\s'")
_SHORT = lists.group("shortened")


_FRESH = frozenset(
    {"the", "he", "she", "it", "they", "in", "on", "but", "and", "a", "an", "this", "that", "his", "her"}
)
_ACRONYMS = frozenset({"WHO"})  # in small letters they would be words of grammar


class Reading:
    """The words of a text with what stands around each of them.

    Lists run parallel, one item a word: `starts`, `ends` (offsets; a possessive `'s` is left out), `words`, `low`
    (folded), `para` (index of its paragraph), `sent` (running number of its sentence; sentences inside quotation marks
    are not counted apart), and the flags `opens` (first of a sentence), `quoted`, `possessive`.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span], quoted: Iterable[Span]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.low: list[str] = []
        self.para: list[int] = []
        self.sent: list[int] = []
        self.opens: list[bool] = []
        self.quoted: list[bool] = []
        self.possessive: list[bool] = []
        self.capitals: list[bool] = []  # written as a name
        self.first: list[int] = []  # first word of each paragraph
        marked = sorted(quoted)
        number = -1
        for index, (start, end) in enumerate(paragraphs):
            number = self._read(index, start, end, number + 1)
        self._mark(marked)
        self.small = self._mostly_small()

    def _read(self, index: int, start: int, end: int, number: int) -> int:
        """Take in one paragraph whose first sentence is `number`; gives the number of its last sentence."""
        text, inside, last = self.text, _inside(self.text, start, end), start
        self.first.append(len(self.words))
        position, size = 0, len(inside)
        for match in _WORD.finditer(text, start, end):
            (at, stop), word = match.span(), match.group()
            while position < size and inside[position][1] <= at:
                position += 1
            quoted = position < size and inside[position][0] <= at
            gap = text[last:at]
            last = stop
            fresh = opens = at == start or not self.starts or self.starts[-1] < start
            if not fresh and gap != " ":
                fresh = self._breaks(gap, word)
                opens = fresh or _OPENERS.search(gap) is not None
                if fresh and not quoted:
                    number += 1
            possessive = False
            if word[-1] in "sS":
                if word[-2:-1] in ("’", "'"):
                    word, stop, possessive = word[:-2], stop - 2, True
                else:
                    possessive = text[stop : stop + 2] in ("’ ", "' ")
            self.starts.append(at)
            self.ends.append(stop)
            self.words.append(word)
            self.sent.append(number)
            self.opens.append(opens)
            self.quoted.append(quoted)
            self.possessive.append(possessive)
            self.low.append(word if word in _ACRONYMS else fold(word))
            self.para.append(index)
            self.capitals.append(word[0].isupper() or ("-" in word and _particled(word)))
        return number

    def _breaks(self, gap: str, word: str) -> bool:
        """Tell whether a sentence ends in the `gap` before `word`."""
        if len(gap) < 2 or not _ENDS.search(gap):
            return False
        before = self.words[-1]
        short = self.low[-1] in _SHORT or (len(before) == 1 and before.isupper())
        if short and fold(word) not in _FRESH and gap.startswith(". ") and len(gap) == 2:
            return False
        return not word[0].islower()

    def _mostly_small(self) -> frozenset[str]:
        """Give the words that the text writes small more often than with a capital inside a sentence."""
        small = Counter(word for word in self.words if word.islower())
        large = Counter(
            word.lower() for word, opens in zip(self.words, self.opens, strict=True) if not opens and word[0].isupper()
        )
        return frozenset(word for word, count in small.items() if count >= large[word])

    def _mark(self, spans: Sequence[Span]) -> None:
        """Mark the words in `spans` (direct speech found elsewhere) as quoted."""
        for start, end in spans:
            index = self.at(start)
            while index < len(self.starts) and self.starts[index] < end:
                self.quoted[index] = True
                index += 1

    def at(self, offset: int) -> int:
        """Give the index of the first word that ends after `offset` (the number of words when there is none)."""
        return bisect_right(self.ends, offset)

    def gap(self, index: int) -> str:
        """Give what stands between the word before `index` (its possessive included) and the word at `index`."""
        return self.text[self.ends[index - 1] : self.starts[index]] if index else ""

    def joined(self, index: int) -> bool:
        """Tell whether only a space, or the dot of a short word, stands before the word at `index`."""
        if not index or self.para[index] != self.para[index - 1]:
            return False
        gap = self.gap(index)
        if gap.isspace():
            return "\n" not in gap
        before = self.words[index - 1]
        short = len(before) <= 2 or self.low[index - 1] in _SHORT
        return short and len(gap) <= 3 and gap[0] == "." and (gap[1:].isspace() or gap == ".")

    def span(self, first: int, last: int) -> str:
        """Give the text from word `first` up to and without word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def capital(self, index: int) -> bool:
        """Tell whether the word is written as a name: a capital first, or behind a small particle (al-Sharaa)."""
        return self.capitals[index]


def _particled(word: str) -> bool:
    head, dash, tail = word.partition("-")
    return bool(dash and tail) and tail[0].isupper() and len(head) <= 3 and head.isalpha()


def _inside(text: str, start: int, end: int) -> list[Span]:
    """Give the stretches of a paragraph inside double quotation marks; one left open runs to the paragraph's end."""
    spans: list[Span] = []
    opened: int | None = None
    for match in _DOUBLE.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark not in "”»" or mark == "»":
                opened = match.start()
        elif mark in "”»\"“«''" and not (mark in "“«" and text[match.start() - 1 : match.start()].isspace()):
            spans.append((opened, match.end()))
            opened = None
    if opened is not None and end - opened > 2:
        spans.append((opened, end))
    return spans
