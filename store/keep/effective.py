"""The machine's analysis with a person's corrections on top. Pure: records in, records out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from store.model import Analysis, ArticleSpeaker, Correction, Quote, Span

CONFIRMED = "you: confirmed"
"""Why a quote stands that a person confirmed."""
MATCH = 0.5  # share of the shorter or longer span that has to be common


def common(first: Span, second: Span) -> int:
    """Count the characters that two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def likeness(first: Span, second: Span) -> float:
    """Compare two spans: characters in both over characters in either, 0 to 1."""
    shared = common(first, second)
    either = (first[1] - first[0]) + (second[1] - second[0]) - shared
    return shared / either if either else 0.0


def matching(span: Span, quotes: Sequence[Quote]) -> list[int]:
    """Find the quotes that a correction of `span` is about: the one most alike, else what lies mostly inside it."""
    scores = [likeness(span, (quote.start, quote.end)) for quote in quotes]
    best = max(scores, default=0.0)
    if best >= MATCH:
        return [scores.index(best)]
    inside = [
        number
        for number, quote in enumerate(quotes)
        if common(span, (quote.start, quote.end)) > MATCH * (quote.end - quote.start)
    ]
    if inside:
        return inside
    around = [
        number
        for number, quote in enumerate(quotes)
        if common(span, (quote.start, quote.end)) > MATCH * (span[1] - span[0])
    ]
    return sorted(around, key=lambda number: -scores[number])[:1]


def covering(quotes: Sequence[Quote], span: Span) -> Quote | None:
    """Find the quote that covers most of a span, and of those the shortest; None when none covers half of it."""
    scored = [
        (sum(common(span, part) for part in quote.spans), quote.start - quote.end, number)
        for number, quote in enumerate(quotes)
    ]
    covered, _, number = max(scored, default=(0, 0, -1))
    return quotes[number] if covered and 2 * covered >= span[1] - span[0] else None


def effective(analysis: Analysis, corrections: Iterable[Correction], version: str) -> Analysis:
    """Lay corrections over an analysis of the text with the hash `version`.

    Each finds its quote by its place in the text, never by a machine's id. One whose place is not known in this text
    is passed over; one whose quote the machine no longer finds is shown by itself, so that nothing a person said is
    lost.
    """
    quotes = list(analysis.quotes)
    mine = sorted((c for c in corrections if c.anchor.version == version), key=lambda c: c.id)
    for correction in mine:
        quotes = _apply(correction, quotes)
    if mine:
        quotes.sort(key=lambda quote: (quote.start, quote.end))
    return replace(analysis, quotes=tuple(quotes), speakers=_speakers(analysis, quotes) if mine else analysis.speakers)


def _apply(correction: Correction, quotes: list[Quote]) -> list[Quote]:
    span = (correction.anchor.start, correction.anchor.end)
    found = matching(span, quotes)
    if correction.what == "reject":
        return [quote for number, quote in enumerate(quotes) if number not in found]
    if correction.what in {"add", "span"}:
        alike = [number for number in found if likeness(span, (quotes[number].start, quotes[number].end)) >= MATCH]
        rest = [quote for number, quote in enumerate(quotes) if number not in alike]
        old = quotes[alike[0]] if alike else None
        return [*rest, _placed(correction, span, old)]
    if not found:
        return [*quotes, _placed(correction, span, None)]
    return [_corrected(correction, quote) if number in found else quote for number, quote in enumerate(quotes)]


def _corrected(correction: Correction, quote: Quote) -> Quote:
    if correction.what == "confirm":
        return replace(quote, confidence=1.0, why=CONFIRMED)
    name = correction.value or None
    return replace(quote, speaker=name, confidence=1.0, why=f"you: {name or 'unnamed'}")


def _placed(correction: Correction, span: Span, old: Quote | None) -> Quote:
    """Show a correction that carries its own place."""
    if correction.what == "span":
        spans = (span,)
        if old is None:
            return Quote(kind=correction.speech or "direct", spans=spans, why="you: marked")
        return replace(old, spans=spans, confidence=1.0, why="you: marked")
    name = correction.value or None
    kind = correction.speech or (old.kind if old else "direct")
    why = f"you: {name or 'unnamed'}"
    if old is None:
        return Quote(kind=kind, spans=(span,), speaker=name, why=why)
    return replace(old, kind=kind, spans=(span,), speaker=name, confidence=1.0, why=why)


def _speakers(analysis: Analysis, quotes: Sequence[Quote]) -> tuple[ArticleSpeaker, ...]:
    """Leave out who lost every quote by a correction and add who came in by one."""
    now = {quote.speaker for quote in quotes if quote.speaker}
    before = {quote.speaker for quote in analysis.quotes if quote.speaker}
    kept = [speaker for speaker in analysis.speakers if speaker.name in now or speaker.name not in before]
    known = {speaker.name for speaker in kept}
    new = dict.fromkeys(quote.speaker for quote in quotes if quote.speaker and quote.speaker not in known)
    return (*kept, *(ArticleSpeaker(name=name, kind="person") for name in new))


def renamed(analysis: Analysis, name: Callable[[str], str]) -> Analysis:
    """Give every speaker the name that the library knows them by; those that become one are joined."""
    quotes = tuple(replace(quote, speaker=name(quote.speaker)) if quote.speaker else quote for quote in analysis.quotes)
    joined: dict[str, ArticleSpeaker] = {}
    for speaker in analysis.speakers:
        known = name(speaker.name)
        other = joined.get(known)
        mentions = tuple(sorted({*speaker.mentions, *(other.mentions if other else ())}))
        roles = tuple(dict.fromkeys((*(other.roles if other else ()), *speaker.roles)))
        joined[known] = replace(other or speaker, name=known, mentions=mentions, roles=roles)
    return replace(analysis, quotes=quotes, speakers=tuple(joined.values()))


def by_quotes(analysis: Analysis) -> tuple[str, ...]:
    """List who is quoted, most quoted first, then in order of the text."""
    return tuple(name for name, _ in Counter(quote.speaker for quote in analysis.quotes if quote.speaker).most_common())
