"""An attribution in the making: what the steps of finding speech hand to each other."""

from __future__ import annotations

from msgspec import Struct

from store.model import Span, SpeechKind
from store.speech.linking import Piece, Scene
from store.speech.tokens import Paragraph


class Draft(Struct, gc=False):
    """One content with what was found for it so far.

    `paragraph` is the number of the content's paragraph; `first` and `last` are its tokens there. `floating` is True
    while nothing in its paragraph says who speaks.
    """

    paragraph: int
    first: int
    last: int
    kind: SpeechKind
    span: Span
    cue: Span | None = None
    source: Span | None = None
    carrier: Span | None = None
    confidence: float = 1.0
    why: str = ""
    floating: bool = False


def span_of(paragraph: Paragraph, piece: Piece) -> Span:
    """Give a piece's span of the text."""
    return paragraph.starts[piece.first], paragraph.ends[piece.last - 1]


def content_span(paragraph: Paragraph, first: int, last: int) -> Span:
    """Give a content's span: marks at its ends left out, the punctuation that closes a quotation taken in."""
    start, end = paragraph.starts[first], paragraph.ends[last - 1]
    k = paragraph.inside[last - 1]
    if k >= 0:
        limit = paragraph.marks[k].inner_end
        for i in range(last, min(len(paragraph.words), last + 3)):
            if paragraph.inside[i] != k or paragraph.ends[i] > limit or paragraph.words[i][0].isalnum():
                break
            end = paragraph.ends[i]
    return start, end


def kind_of(paragraph: Paragraph, first: int, last: int) -> SpeechKind:
    """Say how a content is said: direct where all its words stand in quotation marks, indirect where none do."""
    quoted = [paragraph.inside[i] >= 0 for i in range(first, last) if paragraph.words[i][0].isalnum()]
    return "indirect" if not any(quoted) else "direct" if all(quoted) else "mixed"


def draft(scene: Scene, first: int, last: int) -> Draft:
    """Begin an attribution for the tokens `first` to `last` of a paragraph; a "that" at its start is left out."""
    paragraph = scene.paragraph
    if last - first > 2 and paragraph.words[first].lower() == "that" and paragraph.inside[first] < 0:
        first += 1
    while first < last - 1 and not paragraph.words[first][0].isalnum():
        first += 1
    return Draft(scene.number, first, last, kind_of(paragraph, first, last), content_span(paragraph, first, last))
