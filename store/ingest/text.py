"""A text dump of a page in, an Extract out."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import SourceError
from store.ingest import body, dates, headline, language, wrapper
from store.ingest.decode import decode
from store.ingest.lines import Chunk, chunks
from store.model import Block, BlockKind, Extract, Removed

EXTRACTOR = "newsreader-text/1"
MOST_CHARACTERS = 2_000_000


def from_text(raw: bytes, path: str) -> Extract:
    """Clean a text dump: the article's paragraphs and subheads, and what is known about it.

    Everything left out is in `removed`, with the reason and its place in the decoded source. Raises SourceError when
    the bytes are no text, hold no words, or are more than 2,000,000 characters.
    """
    source = decode(raw, path)
    check_size(source, path)
    cut = chunks(source)
    if not cut:
        raise SourceError(f"{path}: there are no words in this file; add one with the article's text")
    return _extract(cut, path, raw)


def check_size(text: str, path: str) -> None:
    """Raise SourceError when `text` is longer than an article may be."""
    if len(text) > MOST_CHARACTERS:
        raise SourceError(
            f"{path}: {len(text):,} characters, and an article may have {MOST_CHARACTERS:,}; split it and add the parts"
        )


def _extract(cut: Sequence[Chunk], path: str, raw: bytes) -> Extract:
    start = body.first_prose(cut)
    title_at = headline.choose(cut, start)
    title = cut[title_at].text if title_at is not None else None
    wrapped = wrapper.recognise(cut, title, start)
    end = wrapped.end if wrapped.end is not None else len(cut)
    kept = [keep and at not in wrapped.reasons for at, keep in enumerate(body.choose(cut, start, end))]
    if not any(kept):
        kept = [at != title_at for at in range(len(cut))]
    text, blocks = join([(kind_of(cut, at, kept), cut[at].text) for at in range(len(cut)) if kept[at]])
    removed = tuple(
        Removed(chunk.text, wrapped.reasons.get(at) or _reason(at, title_at, kept), chunk.start, chunk.end)
        for at, chunk in enumerate(cut)
        if not kept[at]
    )
    stated = dates.published([c.text for c in cut[:start]], dates.day_first(c.text for c in cut))
    said = None if stated else dates.inferred(c.text for at, c in enumerate(cut) if kept[at])
    return Extract(
        path=path,
        text=text,
        blocks=blocks,
        removed=removed,
        title=title,
        outlet=wrapped.outlet,
        aggregator=wrapped.aggregator,
        published=stated or said,
        published_inferred=bool(said),
        language=language.detect(text),
        extractor=EXTRACTOR,
        raw=raw,
    )


def _reason(at: int, title_at: int | None, kept: Sequence[bool]) -> str:
    if at == title_at:
        return "headline"
    first = kept.index(True) if True in kept else 0
    last = len(kept) - 1 - list(reversed(kept)).index(True) if True in kept else 0
    return "before the article" if at < first else "after the article" if at > last else "page furniture"


def kind_of(cut: Sequence[Chunk], at: int, kept: Sequence[bool]) -> BlockKind:
    """Give the kind of a kept chunk; a short line without a full stop is a subhead when a paragraph follows it."""
    chunk = cut[at]
    if chunk.level:
        return "subhead"
    if chunk.bullet:
        return "list"
    words = chunk.text.count(" ") + 1
    follows = next((cut[n].text for n in range(at + 1, len(cut)) if kept[n]), "")
    plain = chunk.text[-1] not in '.!…。,;:”"' and words <= 14
    return "subhead" if plain and body.is_prose(follows) and any(kept[:at]) else "paragraph"


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
        raise SourceError(f"{path}: there are no words in this file; add one with the article's text")
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
