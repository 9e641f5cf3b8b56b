"""What is marked in an article's text, and where that falls on its rows. Knows no screen."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from store.model import Block, Claim, Quote, Span
from tui.layout import Layout
from tui.safe import plain
from tui.verdicts import SIGNS, told

GLUE = "\u00a0"
"""Stands for the spaces inside a tag's name while rows are cut; it is drawn as a space."""


class QuoteMark(Struct, frozen=True):
    """A quote as it is shown: `colour` 1 to 8, or 0 for nobody's; `label` for the margin; `name` for plain text."""

    quote: Quote
    colour: int
    label: str
    name: str


class ClaimMark(Struct, frozen=True):
    """A claim as it is shown, with the names of its tags."""

    claim: Claim
    tags: tuple[str, ...]


class Reading(Struct, frozen=True):
    """What the view shows: lines at the head (title first), the text, and what is marked in it."""

    head: tuple[str, ...] = ()
    text: str = ""
    blocks: tuple[Block, ...] = ()
    quotes: tuple[QuoteMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()


class Ink(Struct):
    """What is painted over the rows of one layout, by row number: spans with the names of their looks."""

    looks: dict[int, list[tuple[Span, str]]] = {}
    labels: dict[int, tuple[str, str]] = {}
    bars: set[int] = set()
    signs: dict[int, str] = {}

    def put(self, layout: Layout, span: Span, look: str) -> range:
        """Paint a span and give the rows it stands on."""
        rows = range(layout.row_at(span[0]), layout.row_at(max(span[0], span[1] - 1)) + 1)
        for row in rows:
            self.looks.setdefault(row, []).append((span, look))
        return rows

    def name(self, row: int, mark: QuoteMark) -> None:
        """Put a speaker beside a row; where several begin to speak, the first one and `+`."""
        label, look = self.labels.get(row, ("", ""))
        if not label:
            self.labels[row] = (plain(mark.label), f"text--speaker-{mark.colour}" if mark.colour else "text--muted")
        elif label.rstrip("+") != plain(mark.label) and not label.endswith("+"):
            self.labels[row] = (f"{label}+", look)

    @classmethod
    def of(cls, reading: Reading, layout: Layout, found: Iterable[Span], only: frozenset[int] | None) -> Ink:
        """Paint what is marked; of the quotes those with the numbers `only`, or all, the others dimmed."""
        ink = cls()
        for number, mark in enumerate(reading.quotes):
            dim = only is not None and number not in only
            for part, span in enumerate(mark.quote.spans):
                rows = ink.put(layout, span, "text--dim" if dim else "text--quote")
                if mark.colour and not dim:
                    ink.put(layout, span, f"text--speaker-{mark.colour}")
                goes_on = part and "\n" not in reading.text[mark.quote.spans[part - 1][1] : span[0]]
                if not goes_on and not dim:
                    ink.name(rows[0], mark)
        for claim in reading.claims:
            anchor = claim.claim.anchor
            rows = ink.put(layout, (anchor.start, anchor.end), "text--claim")
            ink.bars.update(rows)
            if claim.claim.verdict != "open":
                ink.signs[rows[0]] = SIGNS[claim.claim.verdict]
        for span in found:
            ink.put(layout, span, "text--found")
        return ink


def inserts(reading: Reading, *, names: bool) -> dict[int, str]:
    """Give what is put into the text, by offset: tags behind claims, and with `names` speakers behind quotes."""
    puts: dict[int, list[str]] = {}
    for mark in reading.quotes if names else ():
        puts.setdefault(_after(reading.text, mark.quote.end), []).append(mark.name)
    for claim in reading.claims:
        end = _after(reading.text, claim.claim.anchor.end)
        puts.setdefault(end, []).extend(f"#{tag.replace(' ', GLUE)}" for tag in claim.tags)
        if verdict := told(claim.claim.verdict):
            puts[end].append(verdict.replace(" ", GLUE))
        if claim.claim.note:
            puts[end].append("✎")
    once = {end: plain(" ".join(dict.fromkeys(words))) for end, words in puts.items() if words}
    return {end: f" [{words}]" if names else f" {words}" for end, words in once.items()}


def _after(text: str, end: int) -> int:
    """Give the offset behind the closing marks and stops that follow `end`."""
    while end < len(text) and text[end] in "”\"'’».,;:!?)":
        end += 1
    return end
