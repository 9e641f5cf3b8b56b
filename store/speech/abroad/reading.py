"""A paragraph as words and quoted stretches, in any language whose words stand apart."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import Struct, field

from store.speech.abroad.language import Language
from store.speech.marks import marked

_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f])*(?:[-‐](?=[^\W_])[^\W_]+)*"
)
_PRONOUN = re.compile(r"-(?:t-)?(?=(?:ils?|elles?|on)\b)", re.I)
_CLOSES = ".!?…。！？।؟"
_END = re.compile(r"[.!?…।؟۔]+[\"”»“)\]]*(?:\s|$)")
_INITIAL = re.compile(r"(?:^|[\s.])(?:[^\W\d_]|[A-Z][a-z]|Sra?|Mme|Prof|Hr|Nr|z|B|т|г|им)\.$")
_LITTLE = 2
_LITTLE_NAME = 5


class Stretch(Struct, gc=False):
    """A quoted stretch: offsets with and without its marks, its words as `first` to `last` of the paragraph's.

    `little` is a name, a title, or one or two words: it stands in its sentence like any other word.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    first: int
    last: int
    little: bool = False


class Line(Struct, gc=False):
    """A paragraph `start` to `end` of `text`, its words with their offsets, and its quoted stretches."""

    text: str
    start: int
    end: int
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)

    def gap(self, at: int) -> str:
        """Give what stands between the word before and the word `at`; both ends of the paragraph count as words."""
        left = self.ends[at - 1] if at > 0 else self.start
        right = self.starts[at] if at < len(self.starts) else self.end
        return self.text[left:right]

    def ends_sentence(self, at: int) -> bool:
        """Say whether a sentence ends right before the word `at`."""
        gap = self.gap(at)
        if not _END.search(gap):
            return False
        if (
            gap.startswith(". ")
            and at
            and _INITIAL.search(self.text[max(self.start, self.ends[at - 1] - 6) : self.ends[at - 1] + 1])
        ):
            return False
        return at >= len(self.words) or not self.words[at][0].islower()


def read(text: str, start: int, end: int, tongue: Language) -> Line:
    """Read one paragraph."""
    line = Line(text, start, end)
    for match in _WORD.finditer(text, start, end):
        word, at = match.group(), match.start()
        inverted = _PRONOUN.search(word) if "-" in word and tongue.code == "fr" else None
        pieces = [(0, inverted.start()), (inverted.end(), len(word))] if inverted else [(0, len(word))]
        for a, b in pieces:
            if a < b:
                line.starts.append(at + a)
                line.ends.append(at + b)
                line.words.append(word[a:b])
    line.low = [word.lower() for word in line.words]
    for mark in marked(plain(text, start, end, tongue), 0, end - start):
        inner_start, inner_end = _bare(text, start + mark.inner_start, start + mark.inner_end)
        if inner_start < inner_end:
            first, last = bisect_left(line.starts, inner_start), bisect_left(line.starts, inner_end)
            made = Stretch(start + mark.start, start + mark.end, inner_start, inner_end, first, last)
            made.little = _little(line, made)
            if first < last:
                line.stretches.append(made)
    return line


def plain(text: str, start: int, end: int, tongue: Language) -> str:
    """Give a paragraph, of the same length, with its marks as the quotation-mark model expects them."""
    piece = text[start:end]
    if not tongue.option("single"):
        piece = piece.replace("'", "-").replace("’", "-").replace("‘", "-")
    if tongue.code in ("zh", "ja"):
        piece = piece.replace("“", "「").replace("”", "」")
    if piece.startswith("»") and "«" not in piece:  # a quotation that goes on from the paragraph before
        piece = "«" + piece[1:]
    return piece


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _little(line: Line, made: Stretch) -> bool:
    """Say whether a quoted stretch is so short, and written such, that it can be a name or a mocking word."""
    count = made.last - made.first
    if line.text[made.inner_end - 1] in _CLOSES:
        return False
    if count <= _LITTLE:
        return True
    return count <= _LITTLE_NAME and line.words[made.first][0].isupper()
