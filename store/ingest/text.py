"""A text dump of a page in, an Extract out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from store.ingest import body, dates, ends, headline, language, outlets, related, wrapper
from store.ingest.captions import captions
from store.ingest.decode import decode
from store.ingest.lines import chunks
from store.ingest.look import Seen
from store.ingest.memory import SiteMemory
from store.ingest.people import authors_in
from store.ingest.refusal import refuse
from store.ingest.signals import Page
from store.model import Block, BlockKind, Extract, Removed

EXTRACTOR = "newsreader-text/3"
"""Goes up when the same bytes may be cleaned to another text than before; every version says what made it."""
MOST_CHARACTERS = 2_000_000
MOST_LINES = 50_000
NO_WORDS = ("there are no words in it", "add a file with the article's text")
_SUBHEAD_WORDS = 14
_DATE_WORDS = 24
_HEADER = 15
_CLAIM_WORDS = 14
_DECK_WORDS = (7, 45)
_NO_DECK = frozenset(("DATE", "AGO", "CPR"))


def from_text(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Clean a text dump: the article's paragraphs and subheads, and what is known about it.

    Everything left out is in `removed`, with the reason and its place in the decoded source. With a `memory` the lines
    that other pages of the site hold go too, and this page's lines are learned under `path`. Raises SourceError when
    the bytes are no text, hold no words, or are more than 2,000,000 characters or 50,000 separate lines.
    """
    source = decode(raw, path)
    check_size(source, path)
    cut = chunks(source)
    check_lines(len(cut), path)
    if not cut:
        raise refuse(path, *NO_WORDS)
    return Cleaning(Page(cut), path, memory).extract(raw)


def check_size(text: str, path: str) -> None:
    """Raise SourceError when `text` is longer than an article may be."""
    if len(text) > MOST_CHARACTERS:
        what = f"{len(text):,} characters, and an article may have {MOST_CHARACTERS:,}"
        raise refuse(path, what, "split it and add the parts")


def check_lines(count: int, path: str) -> None:
    """Raise SourceError when a source has more separate lines than a page may have."""
    if count > MOST_LINES:
        what = f"{count:,} separate lines, and a page may have {MOST_LINES:,}"
        raise refuse(path, what, "split it and add the parts")


class Cleaning:
    """The steps from the chunks of one page to its Extract; `title` is the headline when it is known already."""

    def __init__(self, page: Page, path: str, memory: SiteMemory | None, title: str | None = None) -> None:
        self.page = page
        self.path = path
        elsewhere = memory.meet(path, page) if memory is not None else frozenset()
        self.first = 0
        self.kept = body.choose(page, elsewhere)
        start = body.opening(page, self.kept)
        self.title_at = headline.find(page, start, title) if title else headline.choose(page, start)
        self.title = title or (page.chunks[self.title_at].text if self.title_at is not None else None)
        self.wrapped = wrapper.recognise(page, self.title, start)
        self.title = headline.tidy(self.title, page, self.wrapped.outlet) if self.title and not title else title
        self._end(start)
        self._drop(start)
        self._keep_deck(start, elsewhere)
        self._read_header()

    def _end(self, start: int) -> None:
        """Leave out captions, another story below the article, and what only leads to others."""
        self.captions = captions(self.page.seen, self.page.credited)
        self.kept = [keep and at not in self.captions for at, keep in enumerate(self.kept)]
        others = related.others(self.page, self.kept)
        self.kept = [keep and at not in others for at, keep in enumerate(self.kept)]
        seen = self.page.seen
        last = max((at for at, keep in enumerate(self.kept) if keep and not _is_claim(seen[at])), default=-1)
        if last >= 0:
            self.kept = [keep and at <= last for at, keep in enumerate(self.kept)]
        over = ends.another_story(seen[: last + 1], start)
        bottom = last + 2 if over is None else over
        whole = [at for at in range(start, min(bottom, len(seen))) if self.kept[at] or ends.is_more(seen[at])]
        led = ends.digest([seen[at] for at in whole])
        over = over if led is None else whole[led]
        if over is not None:
            self.kept = [keep and at < over for at, keep in enumerate(self.kept)]

    def _drop(self, start: int) -> None:
        """Take the headline and the wrapping out of what is kept, unless nothing would be left."""
        end = self.wrapped.end if self.wrapped.end is not None else len(self.kept)
        out = set(self.wrapped.reasons) | set(range(end, len(self.kept)))
        if self.title_at is not None:
            out |= {at for at in range(self.title_at + 1) if at < start}
        left = [keep and at not in out for at, keep in enumerate(self.kept)]
        self.kept = left if any(left) else [at != self.title_at for at in range(len(left))]
        if not any(self.kept):
            self.kept, self.title_at = [True] * len(left), None

    def _keep_deck(self, start: int, elsewhere: Collection[int]) -> None:
        """Keep the sentence right under the headline, if it is no label and no other page of the site has it."""
        at = start if self.title_at is None else self.title_at + 1
        if at < start and at not in elsewhere and _is_deck(self.page.seen[at]) and at not in self.captions:
            self.kept[at] = True

    def _read_header(self) -> None:
        """Find what the lines at the headline say of writers and day, and end the text where it speaks of a writer."""
        start = body.opening(self.page, self.kept)
        seen = self.page.seen[: start + _HEADER]
        self.header = [s.text for at, s in enumerate(seen) if at < start or _may_date(s)]
        self.head = start if self.title_at is None else min(start, self.title_at)
        self.authors = authors_in(self.header[max(0, self.head - 3) :])
        chosen = [at for at, keep in enumerate(self.kept) if keep]
        note = ends.note_on_writer([self.page.seen[at] for at in chosen], self.authors) if self.authors else None
        if note is not None:
            self.kept = [keep and at < chosen[note] for at, keep in enumerate(self.kept)]

    def extract(self, raw: bytes) -> Extract:
        """Put together what was found."""
        chosen = [at for at, keep in enumerate(self.kept) if keep]
        self.first = chosen[0]
        text, blocks = join([(self._kind(at), self.page.chunks[at].text) for at in chosen])
        stated = dates.published(self.header, self.head, dates.day_first(chunk.text for chunk in self.page.chunks))
        said = None if stated else dates.inferred(self.page.chunks[at].text for at in chosen)
        return Extract(
            path=self.path,
            text=text,
            blocks=blocks,
            removed=self._removed(chosen),
            title=self.title,
            outlet=self.wrapped.outlet or outlets.outlet_in(self.page.seen, self.kept),
            aggregator=self.wrapped.aggregator,
            authors=self.authors,
            published=stated or said,
            published_inferred=bool(said),
            language=language.detect(text),
            extractor=EXTRACTOR,
            raw=raw,
        )

    def _removed(self, chosen: Sequence[int]) -> tuple[Removed, ...]:
        gone = (at for at in range(len(self.kept)) if not self.kept[at])
        return tuple(
            Removed(chunk.text, self._reason(at, chosen), chunk.start, chunk.end)
            for at, chunk in ((at, self.page.chunks[at]) for at in gone)
        )

    def _reason(self, at: int, chosen: Sequence[int]) -> str:
        if at in self.wrapped.reasons:
            return self.wrapped.reasons[at]
        if at == self.title_at:
            return "headline"
        if at in self.captions:
            return "caption"
        if at < chosen[0]:
            return "before the article"
        return "after the article" if at > chosen[-1] else "page furniture"

    def _kind(self, at: int) -> BlockKind:
        """Give the kind of a kept chunk; a short line without a full stop above a paragraph is a subhead."""
        chunk, seen = self.page.chunks[at], self.page.seen[at]
        if chunk.level:
            return "subhead"
        if chunk.bullet:
            return "list"
        if "CR" in seen.known and not seen.prose:
            return "caption"
        below = next((self.page.seen[n] for n in range(at + 1, len(self.kept)) if self.kept[n]), None)
        plain = seen.last in "-?" and seen.words <= _SUBHEAD_WORDS and chunk.text[-1] not in '”"»'
        return "subhead" if plain and below is not None and below.prose and at > self.first else "paragraph"


def _is_deck(line: Seen) -> bool:
    """Say whether a line under the headline can be the deck: a sentence or two without a date or a label."""
    plain = not line.known and _NO_DECK.isdisjoint(line.marks)
    return plain and _DECK_WORDS[0] <= line.words <= _DECK_WORDS[1] and line.last in '.?!"'


def _is_claim(line: Seen) -> bool:
    """Say whether a line does nothing but claim rights."""
    return "CPR" in line.marks and not line.prose and line.words <= _CLAIM_WORDS


def _may_date(line: Seen) -> bool:
    """Say whether a line below the opening can be a byline or the time of publishing: a deck may stand above it."""
    dated = "DATE" in line.marks and line.known.get("BY") == "start"
    return not line.prose and line.words <= (_DATE_WORDS if dated else _SUBHEAD_WORDS)


def join(parts: Sequence[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """Make the canonical text of its parts, an empty line between two, and the blocks that say where they stand."""
    blocks = []
    at = 0
    for kind, words in parts:
        blocks.append(Block(kind, at, at + len(words)))
        at += len(words) + 2
    return "\n\n".join(words for _, words in parts), tuple(blocks)


def verbatim_text(raw: bytes, path: str) -> Extract:
    """Take a text as it is: nothing cleaned, nothing left out, each line with words a paragraph."""
    text = decode(raw, path)
    check_size(text, path)
    if not text.strip():
        raise refuse(path, *NO_WORDS)
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare[0])
            blocks.append(Block("paragraph", start, start + len(bare)))
        at += len(line)
    return Extract(
        path=path, text=text, blocks=tuple(blocks), language=language.detect(text), extractor="verbatim/1", raw=raw
    )
