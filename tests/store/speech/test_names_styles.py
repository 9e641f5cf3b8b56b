"""Small articles of many styles, each with its gold: who said what.

An article in `styles/` is followed by a line `=====` and its gold, one line a stretch of speech:
`speaker | kind | first words … last words | carrier`. The speaker is `-` where the source has no name, the carrier may
be left out, and names (or carriers) joined by `; ` are equally right. A line `not | words` is no speech. What the
analysis does not get right yet stands in `styles/known_failures.txt` (`article | words | reason`) and must be taken out
when it does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from store.model import Quote, Span
from store.speech import analyse

_FOLDER = Path(__file__).parent / "styles"


@dataclass(frozen=True)
class Line:
    article: str
    speakers: tuple[str, ...]
    kind: str
    words: str
    carrier: str = ""


@cache
def article(name: str) -> str:
    return (_FOLDER / f"{name}.txt").read_text("utf-8").partition("\n=====\n")[0]


@cache
def quotes(name: str) -> tuple[Quote, ...]:
    return analyse(article(name)).quotes


def gold() -> list[Line]:
    out = []
    for path in sorted(_FOLDER.glob("*.txt")):
        for row in path.read_text("utf-8").partition("\n=====\n")[2].splitlines():
            cells = [cell.strip() for cell in row.split(" | ")]
            if cells[0] == "not":
                out.append(Line(path.stem, (), "not", cells[1]))
            elif len(cells) >= 3:
                out.append(Line(path.stem, tuple(cells[0].split("; ")), cells[1], *cells[2:]))
    return out


def known_failures() -> dict[tuple[str, str], str]:
    rows = (_FOLDER / "known_failures.txt").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in row.split(" | ")] for row in rows if row and not row.startswith("#")]
    return {(name, words): reason for name, words, reason in cells}


def place(line: Line) -> Span:
    """Where the words of a gold line stand; the text between first and last words is theirs too."""
    text = article(line.article)
    first, _, last = line.words.partition(" … ")
    found = re.search(re.escape(first) + (".*?" + re.escape(last) if last else ""), text, re.S)
    assert found, f"{line.article}: no “{line.words}” in the text"
    return found.span()


def letters(text: str, start: int, end: int) -> set[int]:
    return {index for index in range(start, end) if text[index].isalnum()}


def covering(line: Line) -> tuple[float, Quote | None]:
    """How well a quote, or a part of one, covers the gold's words or is covered by them, and that quote."""
    text = article(line.article)
    want = letters(text, *place(line))
    best: tuple[tuple[float, int], Quote | None] = ((0.0, 0), None)
    for quote in quotes(line.article):
        whole = set().union(*(letters(text, *span) for span in quote.spans))
        for got in (whole, *(letters(text, *span) for span in quote.spans)):
            score = len(got & want) / max(1, min(len(got), len(want)))
            if (score, len(got & want)) > best[0]:
                best = ((score, len(got & want)), quote)
    return best[0][0], best[1]


def cases() -> list[object]:
    known = known_failures()
    out = []
    for line in gold():
        reason = known.get((line.article, line.words))
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        out.append(pytest.param(line, id=f"{line.article}: {line.words}", marks=marks))
    return out


@pytest.mark.parametrize("line", cases())
def test_who_said_what(line: Line) -> None:
    score, quote = covering(line)
    if line.kind == "not":
        assert score < 0.5, f"taken for speech of {quote and quote.speaker}"
        return
    assert quote is not None, "not found"
    assert score >= 0.5, "not found"
    speaker = quote.speaker or "-"
    assert speaker in line.speakers, quote.why
    if line.carrier:
        assert quote.carrier in line.carrier.split("; ")


def test_every_known_failure_is_a_line_of_gold() -> None:
    lines = {(line.article, line.words) for line in gold()}
    assert set(known_failures()) <= lines


def test_there_are_enough_articles() -> None:
    assert len({line.article for line in gold()}) >= 40
