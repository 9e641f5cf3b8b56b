"""What is marked in an article's text, and what of that falls on a row. Knows no screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter

from msgspec import Struct

from store.model import Block, Claim, Quote, Span
from tui.safe import plain
from tui.verdicts import SIGNS
from tui.widgets.cells import fit_middle

MOST_OF_TAG = 36  # cells
GLUE = "\u00a0"
"""Stands for the spaces inside a tag's name while rows are cut; it is drawn as a space."""


class QuoteMark(Struct, frozen=True, gc=False):
    """A quote as it is shown: `colour` 1 to 8, or 0 for nobody's; `label` for the margin; `name` for plain text."""

    quote: Quote
    colour: int
    label: str
    name: str


class ClaimMark(Struct, frozen=True):
    """A claim as it is shown, with the names of its tags."""

    claim: Claim
    tags: tuple[str, ...]
    verdict: str = ""
    """Its sign and word; empty for an open claim."""


class Reading(Struct, frozen=True):
    """What the view shows: lines at the head (title first), the text, and what is marked in it."""

    head: tuple[str, ...] = ()
    text: str = ""
    blocks: tuple[Block, ...] = ()
    quotes: tuple[QuoteMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()


class Stroke(Struct, frozen=True, gc=False):
    """A span with the names of its looks, and what it puts beside the row it begins on: a name, or a verdict's sign."""

    start: int
    end: int
    looks: tuple[str, ...]
    name: str = ""
    claim: bool = False
    sign: str = ""


class RowInk(Struct, frozen=True):
    """What is painted on one row, in this order, and beside it: a name with its look, a sign, a claim's bar."""

    looks: tuple[tuple[Span, str], ...] = ()
    label: str = ""
    label_look: str = "text--muted"
    sign: str = ""
    bar: bool = False


class Layer:
    """Strokes, in the order in which they are painted; a row asks for what falls on it when it is drawn."""

    def __init__(self, strokes: Sequence[Stroke] = ()) -> None:
        self._strokes = strokes
        self._order = sorted(range(len(strokes)), key=self._start)
        self._reach = list(accumulate((strokes[at].end for at in self._order), max))

    def _start(self, at: int) -> int:
        return self._strokes[at].start

    def over(self, start: int, end: int) -> list[Stroke]:
        """Give what is painted on some of the text from `start` to `end`, in the order in which it is painted."""
        upto = bisect_left(self._order, end, key=self._start)
        here = self._order[bisect_right(self._reach, start, hi=upto) : upto]
        return [self._strokes[at] for at in sorted(here) if self._strokes[at].end > start]


class FoundLayer(Layer):
    """The places that a search found, apart and in order: their strokes are made for the rows that are drawn."""

    def __init__(self, found: Sequence[Span] = ()) -> None:
        self._found = found

    def over(self, start: int, end: int) -> list[Stroke]:
        """Give the strokes on some of the text from `start` to `end`."""
        first = bisect_right(self._found, start, key=itemgetter(1))
        upto = bisect_left(self._found, end, key=itemgetter(0))
        return [Stroke(*span, ("text--found",)) for span in self._found[first:upto]]


class Ink:
    """What is painted over a text: layers, each over those before, so that a text may be of any length."""

    def __init__(self, *layers: Layer) -> None:
        self._layers = layers

    def on(self, start: int, end: int) -> RowInk:
        """Give what is painted on the row that stands for the text from `start` to `end`, and beside it.

        Where several begin to speak on a row, the first one is named with `+`.
        """
        strokes = [stroke for layer in self._layers for stroke in layer.over(start, end)]
        looks = tuple(((one.start, one.end), look) for one in strokes for look in one.looks)
        names = [(one.name, one.looks[-1]) for one in strokes if one.name and one.start >= start]
        label, look = names[0] if names else ("", "text--muted")
        label += "+" if any(name != label for name, _ in names) else ""
        sign = next((one.sign for one in reversed(strokes) if one.sign and one.start >= start), "")
        look = look if look.startswith("text--speaker") else "text--muted"
        return RowInk(looks, label, look, sign, any(one.claim for one in strokes))


def quote_strokes(reading: Reading, only: frozenset[int] | None) -> Iterator[Stroke]:
    """Give the strokes of the quotes with the numbers `only`, or of all, the others dimmed."""
    for number, mark in enumerate(reading.quotes):
        dim = only is not None and number not in only
        colour = (f"text--speaker-{mark.colour}",) if mark.colour and not dim else ()
        looks = ("text--dim",) if dim else ("text--quote", *colour)
        for part, span in enumerate(mark.quote.spans):
            goes_on = part and "\n" not in reading.text[mark.quote.spans[part - 1][1] : span[0]]
            yield Stroke(*span, looks, "" if goes_on or dim else plain(mark.label))


def claim_strokes(reading: Reading) -> Iterator[Stroke]:
    """Give the strokes of the claims."""
    for claim in reading.claims:
        anchor = claim.claim.anchor
        sign = "" if claim.claim.verdict == "open" else SIGNS[claim.claim.verdict]
        yield Stroke(anchor.start, anchor.end, ("text--claim",), claim=True, sign=sign)


def inserts(reading: Reading, *, names: bool) -> dict[int, str]:
    """Give what is put into the text, by offset: tags behind claims, and with `names` speakers behind quotes."""
    puts: dict[int, list[str]] = {}
    for mark in reading.quotes if names else ():
        puts.setdefault(_after(reading.text, mark.quote.end), []).append(mark.name)
    for claim in reading.claims:
        end = _after(reading.text, claim.claim.anchor.end)
        puts.setdefault(end, []).extend(f"#{shortened(tag).replace(' ', GLUE)}" for tag in claim.tags)
        if claim.verdict:
            puts[end].append(claim.verdict.replace(" ", GLUE))
        if claim.claim.note:
            puts[end].append("✎")
    once = {end: plain(" ".join(dict.fromkeys(words))) for end, words in puts.items() if words}
    return {end: (f" [{words}]" if names else f" {words}") + _gap(reading.text, end) for end, words in once.items()}


def shortened(tag: str) -> str:
    """Give a tag's name as it stands among other words: of a very long one the begin and the end."""
    return fit_middle(tag, MOST_OF_TAG, 1 / 2)


def _gap(text: str, end: int) -> str:
    """Give the space that parts what is put in from a text that goes on without one."""
    return "" if end >= len(text) or text[end].isspace() else " "


def _after(text: str, end: int) -> int:
    """Give the offset behind the closing marks and stops that follow `end`."""
    while end < len(text) and text[end] in "”\"'’».,;:!?)":
        end += 1
    return end
