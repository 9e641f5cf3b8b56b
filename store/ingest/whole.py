"""From lines to an Extract, for the kinds that are no web page: cleaned as a text dump is, or all of them kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from store.ingest import dates, language
from store.ingest.aligning import folded
from store.ingest.html_tree import Part
from store.ingest.lines import Chunk
from store.ingest.markup import Printed
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.ingest.shaping import join_parts
from store.ingest.signals import Page
from store.ingest.text import NO_WORDS, Cleaning, check_lines, check_size
from store.model import Extract, Removed


def clean_chunks(
    cut: Sequence[Chunk], raw: bytes, path: str, memory: SiteMemory | None = None, title: str | None = None
) -> Extract:
    """Clean the chunks of a source that is no text dump as if it were one; `title` is its headline when known.

    Raises SourceError when there are none or too many, or too much text in them.
    """
    if not cut:
        raise refuse(path, *NO_WORDS)
    check_lines(len(cut), path)
    found = Cleaning(Page(cut), path, memory, title or None).extract(raw)
    check_size(found.text, path)
    return found


def from_lines(lines: Sequence[Printed], facts: Extract) -> Extract:
    """Make an Extract of all `lines` that hold words; `facts` holds everything but its text.

    The first line is the headline, and left out of the text, when it is the title, or, without one, a heading. The
    language stated in `facts` counts when the text does not show it. Raises SourceError when no words are left or they
    are too many, or in too many lines.
    """
    said = [line for line in lines if any(map(str.isalnum, line.text))]
    check_lines(len(said), facts.path)
    headline = said[0] if len(said) > 1 and _is_headline(said[0], facts.title) else None
    parts = [Part(line.kind, line.text) for line in (said[1:] if headline else said)]
    if not parts:
        raise refuse(facts.path, *NO_WORDS)
    text, blocks = join_parts(parts)
    check_size(text, facts.path)
    inferred = None if facts.published else dates.inferred(part.text for part in parts)
    gone = (Removed(headline.text, "headline", headline.start, headline.end),) if headline else ()
    return replace(
        facts,
        text=text,
        blocks=blocks,
        removed=gone,
        title=facts.title or (headline.text if headline else None),
        published=facts.published or inferred,
        published_inferred=bool(inferred),
        language=language.detect(text) or facts.language,
    )


def _is_headline(line: Printed, title: str | None) -> bool:
    return folded(line.text) == folded(title) if title else line.level == 1
