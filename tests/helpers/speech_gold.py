"""Small articles with their gold, who said what; `test_names_styles.py` tells how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from store.model import Analysis, Quote, Span
from store.speech import analyse


@dataclass(frozen=True)
class Line:
    article: str
    speakers: tuple[str, ...]
    kind: str
    words: str
    carrier: str = ""


@dataclass(frozen=True)
class Folder:
    """A folder of articles; `language` gives an article's language by its file's name."""

    path: Path
    language: Callable[[str], str | None] = lambda _: None

    def article(self, name: str) -> str:
        return _read(self.path / f"{name}.txt")[0]

    def quotes(self, name: str) -> tuple[Quote, ...]:
        return _quotes(self.article(name), self.language(name))

    def gold(self) -> list[Line]:
        out = []
        for path in sorted(self.path.glob("*.txt")):
            for row in _read(path)[1].splitlines():
                cells = [cell.strip() for cell in row.split(" | ")]
                if cells[0] == "not":
                    out.append(Line(path.stem, (), "not", cells[1]))
                elif len(cells) >= 3:
                    out.append(Line(path.stem, tuple(cells[0].split("; ")), cells[1], *cells[2:]))
        return out

    def known_failures(self) -> dict[tuple[str, str], str]:
        rows = (self.path / "known_failures.txt").read_text("utf-8").splitlines()
        cells = [[cell.strip() for cell in row.split(" | ")] for row in rows if row and not row.startswith("#")]
        return {(name, words): reason for name, words, reason in cells}

    def place(self, line: Line) -> Span:
        """Where the words of a gold line stand; the text between first and last words is theirs too."""
        text = self.article(line.article)
        first, _, last = line.words.partition(" … ")
        found = re.search(re.escape(first) + (".*?" + re.escape(last) if last else ""), text, re.S)
        assert found, f"{line.article}: no “{line.words}” in the text"
        return found.span()

    def covering(self, line: Line) -> tuple[float, Quote | None]:
        """How well a quote, or a part of one, covers the gold's words or is covered by them, and that quote."""
        text = self.article(line.article)
        want = letters(text, *self.place(line))
        best: tuple[tuple[float, int], Quote | None] = ((0.0, 0), None)
        for quote in self.quotes(line.article):
            whole = set().union(*(letters(text, *span) for span in quote.spans))
            for got in (whole, *(letters(text, *span) for span in quote.spans)):
                score = len(got & want) / max(1, min(len(got), len(want)))
                if (score, len(got & want)) > best[0]:
                    best = ((score, len(got & want)), quote)
        return best[0][0], best[1]

    def cases(self) -> list[object]:
        """Every line of gold as a case of a test; what is known to fail is expected to."""
        known = self.known_failures()
        out = []
        for line in self.gold():
            reason = known.get((line.article, line.words))
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            out.append(pytest.param(line, id=f"{line.article}: {line.words}", marks=marks))
        return out

    def check(self, line: Line) -> None:
        """Fail unless the line's words are found as the gold says, by whom it says."""
        score, quote = self.covering(line)
        if line.kind == "not":
            assert score < 0.5, f"taken for speech of {quote and quote.speaker}"
            return
        assert quote is not None, "not found"
        assert score >= 0.5, "not found"
        speaker = quote.speaker or "-"
        assert speaker in line.speakers, quote.why
        if line.carrier:
            assert quote.carrier in line.carrier.split("; ")


def letters(text: str, start: int, end: int) -> set[int]:
    return {index for index in range(start, end) if text[index].isalnum()}


@cache
def _read(path: Path) -> tuple[str, str]:
    text, _, gold = path.read_text("utf-8").partition("\n=====\n")
    return text, gold


@cache
def _quotes(text: str, language: str | None) -> tuple[Quote, ...]:
    return analyse(text, language=language).quotes


def check_spans(text: str, analysis: Analysis) -> None:
    """Check that every quote holds words, in order, inside the text."""
    for quote in analysis.quotes:
        end = 0
        assert quote.spans
        for start, stop in quote.spans:
            assert end <= start < stop <= len(text)
            assert text[start:stop].strip()
            end = stop
        for span in (quote.cue, quote.source):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert 0 <= quote.confidence <= 1
