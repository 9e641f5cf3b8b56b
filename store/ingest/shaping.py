"""From the parts of an article to its blocks: headline, labels and wrapping out, and what was left out listed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from store.ingest import ends, hidden, live, wrapper
from store.ingest.aligning import folded, places
from store.ingest.html_meta import Meta
from store.ingest.html_tree import Part
from store.ingest.lines import Chunk
from store.ingest.look import Seen, look
from store.ingest.markup import Printed
from store.ingest.people import is_byline
from store.ingest.related import is_related
from store.ingest.signals import Page
from store.ingest.text import join
from store.model import Block, Removed

_HEAD = 8
_ABOVE = 15
_HEADER = 30
_LABEL_WORDS = 25
_NOTICE_WORDS = 14
_BYLINE_WORDS = 14
_PARAGRAPH_WORDS = 12
_DECK_WITHIN = 4
_DECK_WORDS = (7, 45)
_SURE_WORDS = 5


@dataclass(slots=True)
class Shaped:
    """The parts kept, why others were not (by folded words), and who wrote and who republished the article.

    `words` are the folded words of each printed line, `above` some lines printed above the headline, `header` those
    between it and the text, `kept` the indices of the printed lines that stand in the parts.
    """

    words: list[str]
    parts: list[Part] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    outlet: str | None = None
    aggregator: str | None = None
    above: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)


def shape(
    parts: Sequence[Part], meta: Meta, lines: Sequence[Printed], unshown: Collection[str] = frozenset()
) -> Shaped:
    """Leave the headline, labels and an aggregator's wrapping out of `parts`.

    `lines` are all that the page holds, `unshown` those of them, folded, that it does not show.
    """
    page = Shaped([folded(line.text) for line in lines], outlet=meta.outlet)
    page.reasons |= dict.fromkeys(unshown, hidden.REASON)
    captions = {words for words, line in zip(page.words, lines, strict=True) if line.kind == "caption"}
    title = folded(meta.title or "")
    page_of = Page([Chunk(part.text, 0, 0) for part in parts])
    wrapped = _unwrap(page, page_of, meta)
    over = len(parts) if meta.updates or live.is_live(meta.title) else _over(page_of, meta.authors)
    for at, (part, seen, gone) in enumerate(zip(parts, page_of.seen, wrapped, strict=True)):
        words = folded(part.text)
        if at >= over:
            page.reasons[words] = "after the article"
        elif gone:
            page.reasons[words] = gone
        elif len(page.parts) < _HEAD and title and words == title:
            page.reasons[words] = "headline"
        elif part.kind != "list" and _is_label(seen):
            page.reasons[words] = "page furniture"
        elif len(page.parts) < _HEAD and _is_byline(seen):
            page.reasons[words] = "byline"
        elif words:
            caption = part.kind == "paragraph" and words in captions
            page.parts.append(Part("caption", part.text) if caption else part)
    _cut_tail(page)
    _mend(page, meta, lines)
    return page


def _over(page: Page, authors: Sequence[str]) -> int:
    """Give the index of the part from which the article is over, else the number of parts.

    Another story begins there, a digest of others, or what the page says of one of the `authors`.
    """
    story = ends.another_story(page.seen, min(_HEAD, max(0, page.core[0])))
    seen = page.seen[:story]
    digest = ends.digest(seen)
    note = ends.note_on_writer(seen, authors)
    return min(len(seen) if at is None else at for at in (digest, note))


def _is_label(seen: Seen) -> bool:
    """Say whether a part is a button, a notice or a link to another story."""
    known = seen.known
    return (
        bool(seen.offers)
        or is_related(seen)
        or known.get("FU") == "whole"
        or ("FU" in known and seen.words <= _LABEL_WORDS)
        or (("PR" in known or "EN" in known) and seen.words <= _NOTICE_WORDS and "QU" not in seen.marks)
    )


def _is_byline(seen: Seen) -> bool:
    """Say whether a part above the text says who wrote it or when."""
    dated = "DATE" in seen.marks and seen.words <= _BYLINE_WORDS
    return (
        not seen.prose
        and seen.words <= _BYLINE_WORDS
        and (dated or seen.known.get("BY") == "start" or is_byline(seen.text))
    )


def _cut_tail(page: Shaped) -> None:
    """Drop what closes a page, not an article: headings over nothing, calls to subscribe, notes on the writer."""
    while len(page.parts) > 1:
        part = page.parts[-1]
        seen = look(part.text)
        if part.kind != "subhead" and not seen.closing and not {"FU", "PR"} & seen.known.keys():
            return
        page.reasons[folded(page.parts.pop().text)] = "after the article"


def _mend(page: Shaped, meta: Meta, lines: Sequence[Printed]) -> None:
    """Put back what the extraction most often loses: the lines under the headline, and headings between paragraphs."""
    where = places(page.words, [folded(part.text) for part in page.parts])
    page.kept = {at for at, place in enumerate(where) if place is not None}
    if not page.kept:
        return
    first = min(page.kept)
    below = _below_title(lines[:first], page.words, meta)
    page.above = [line.text for line in lines[max(0, below - _ABOVE) : below]]
    page.header = _header(lines[below : first + _HEADER], where[below : first + _HEADER])
    back: list[tuple[int | None, int | None]] = [(_deck_at(lines[:first], below, meta), 0)]
    back += [
        (at, where[at + 1])
        for at, line in enumerate(lines[:-1])
        if at > first and where[at] is None and 2 <= line.level <= 4 and where[at + 1] is not None
    ]
    for at, place in sorted(((at, place) for at, place in back if at is not None and place is not None), reverse=True):
        shown = page.reasons.get(page.words[at]) != hidden.REASON
        if where[at] is None and shown and not look(lines[at].text).known:
            page.kept.add(at)
            page.parts.insert(place, Part("subhead" if at > first else "paragraph", lines[at].text))


def _header(lines: Sequence[Printed], where: Sequence[int | None]) -> list[str]:
    """Give what is printed down to the second paragraph of the text: bylines and dates stand there."""
    header: list[str] = []
    paragraphs = 0
    for line, place in zip(lines, where, strict=True):
        paragraphs += place is not None and len(line.text.split()) >= _PARAGRAPH_WORDS
        if paragraphs > 1:
            break
        header.append(line.text)
    return header[-_HEADER:]


def _below_title(head: Sequence[Printed], words: Sequence[str], meta: Meta) -> int:
    """Give the index of the line below the headline, or that of the text where the headline is not printed.

    A heading that begins with the title is it too, printed longer than it is stated.
    """
    title = folded(meta.title or "")
    last = range(len(head) - 1, -1, -1)
    found = next((at for at in last if title and words[at] == title), None)
    if found is None and title.count(" ") >= _SURE_WORDS:
        found = next((at for at in last if head[at].level and words[at].startswith(title)), None)
    return len(head) if found is None else found + 1


def _deck_at(head: Sequence[Printed], below: int, meta: Meta) -> int | None:
    """Give the index of the deck: the sentence under the headline, most often the page's description too."""
    for at in range(below, min(len(head), below + _DECK_WITHIN)):
        words = folded(head[at].text)
        count = words.count(" ") + 1
        described = count >= _SURE_WORDS and any(words in said or said in words for said in meta.descriptions)
        if head[at].kind != "caption" and (described or (at == below and _DECK_WORDS[0] <= count <= _DECK_WORDS[1])):
            seen = look(head[at].text)
            return at if not seen.known and not {"DATE", "AGO"} & set(seen.marks) else None
    return None


def _unwrap(page: Shaped, seen: Page, meta: Meta) -> list[str]:
    """Give for each part why it is an aggregator's wrapping, or nothing; its site is the aggregator, not the outlet."""
    found = wrapper.recognise(seen, meta.title, 0)
    count = len(seen.chunks)
    reasons = [found.reasons.get(at, "") for at in range(count)]
    if found.end is not None and found.end > 0:
        reasons[found.end :] = [reason or "after the article" for reason in reasons[found.end :]]
    if all(reasons):
        return [""] * count
    if found.outlet and meta.outlet and folded(found.outlet) != folded(meta.outlet):
        page.outlet, page.aggregator = found.outlet, found.aggregator or meta.outlet
    elif found.outlet or found.aggregator:
        page.outlet, page.aggregator = found.outlet or meta.outlet, found.aggregator
    return reasons


def join_parts(parts: Sequence[Part]) -> tuple[str, tuple[Block, ...]]:
    """Make the canonical text of an article and its blocks."""
    return join([(part.kind, part.text) for part in parts])


def left_out(lines: Sequence[Printed], page: Shaped) -> tuple[Removed, ...]:
    """Give the lines of a page that are not in its article, each with its reason and its place in the source."""
    first, last = (min(page.kept), max(page.kept)) if page.kept else (len(lines), -1)
    return tuple(
        Removed(line.text, page.reasons.get(page.words[at]) or _where(at, first, last), line.start, line.end)
        for at, line in enumerate(lines)
        if at not in page.kept
    )


def _where(at: int, first: int, last: int) -> str:
    if at < first:
        return "before the article"
    return "after the article" if at > last else "page furniture"
