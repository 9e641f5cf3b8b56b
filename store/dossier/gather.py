"""Gathering a dossier from a library: the claims of a tag, what a speaker said, what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from store.dossier.records import Dossier, Entry, Subject, day_of
from store.errors import LibraryError
from store.keep.effective import common, covering
from store.model import DOUBTFUL, Article, Claim, Quote, Span

if TYPE_CHECKING:
    from store.library import Library
    from store.search import Index

MOST_HITS = 500
"""Hits of a search that are taken into a dossier."""

MOST_TEXTS = 3_000
"""Articles that are read for the quotes of one speaker; the newest."""

Stopped = Callable[[], bool]


class _Keys(Struct, gc=False):
    tags: tuple[str, ...] = ()
    speaker: str | None = None


_keys = msgspec.json.Decoder(_Keys).decode
_claim = msgspec.json.Decoder(Claim).decode


def gather(library: Library, index: Index, subject: Subject, stopped: Stopped = lambda: False) -> Dossier:
    """Read everything that belongs to `subject`; takes long for much, so call it in a worker.

    `stopped` ends it early. Raises UnknownRecordError for a tag that there is not.
    """
    articles = {article.id: article for article in library.articles()}
    if subject.kind == "search":
        return _found(library, index, subject, articles)
    wanted = _tagged(library, subject.name) if subject.kind == "tag" else _said_by(library, subject.name)
    claims = _claims(library, wanted)
    entries = [_of_claim(library, claim, articles[claim.anchor.article]) for claim in claims if _known(claim, articles)]
    more = False
    if subject.kind == "speaker":
        spoken = [article for article in articles.values() if subject.name in article.speakers]
        more = len(spoken) > MOST_TEXTS
        entries += _quoted(library, spoken[:MOST_TEXTS], subject.name, _places(claims), stopped)
    return Dossier(subject=subject, entries=tuple(newest_first(entries)), more=more)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Order entries by day, newest first, undated ones last; those of one article in the text's order."""
    by_place = sorted(entries, key=lambda entry: (entry.article, entry.start, entry.end))
    return sorted(by_place, key=lambda entry: entry.day, reverse=True)


def tags_under(library: Library, name: str) -> set[str]:
    """Give the ids of a tag, of those below it by path, and of those merged into any of them."""
    root = library.tag(name)
    path = f"{root.name.casefold()}/"
    family = {root.id} | {tag.id for tag in library.tags() if tag.name.casefold().startswith(path)}
    return family | {tag.id for tag in library.merged_tags() if library.tag(tag.id).id in family}


def _tagged(library: Library, name: str) -> Callable[[_Keys], bool]:
    family = tags_under(library, name)
    return lambda keys: not family.isdisjoint(keys.tags)


def _said_by(library: Library, name: str) -> Callable[[_Keys], bool]:
    return lambda keys: keys.speaker is not None and library.known_as(keys.speaker) == name


def _claims(library: Library, wanted: Callable[[_Keys], bool]) -> list[Claim]:
    found = []
    for document in list(library.raw("claims").values()):
        try:
            if wanted(_keys(document)):
                found.append(_claim(document))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue  # the library has said what is wrong with it
    return found


def _known(claim: Claim, articles: dict[str, Article]) -> bool:
    return claim.anchor.article in articles


def _places(claims: Iterable[Claim]) -> dict[str, list[Span]]:
    places: dict[str, list[Span]] = {}
    for claim in claims:
        places.setdefault(claim.anchor.article, []).append((claim.anchor.start, claim.anchor.end))
    return places


def _of_claim(library: Library, claim: Claim, article: Article) -> Entry:
    day, said, inferred = claim.said_on or "", bool(claim.said_on), False
    if not said:
        day, inferred = day_of(article), article.published_inferred
    return Entry(
        article=article.id,
        start=claim.anchor.start,
        end=claim.anchor.end,
        words=claim.anchor.exact,
        day=day,
        said=said,
        inferred=inferred,
        speaker=library.known_as(claim.speaker) if claim.speaker else None,
        outlet=article.outlet or article.aggregator or "",
        title=article.title,
        url=article.url,
        speech=claim.speech,
        carrier=claim.carrier,
        claim=claim.id,
        tags=library.tag_names(claim),
        verdict=claim.verdict,
        note=claim.note,
        state=claim.anchor.state,
        unread=not article.read,
    )


def of_quote(article: Article, quote: Quote, text: str) -> Entry:
    """Make the entry of a quote that nobody tagged; `text` is the article's."""
    return Entry(
        article=article.id,
        start=quote.start,
        end=quote.end,
        words=" … ".join(text[start:end] for start, end in quote.spans),
        day=day_of(article),
        inferred=article.published_inferred,
        speaker=quote.speaker,
        outlet=article.outlet or article.aggregator or "",
        title=article.title,
        url=article.url,
        speech=quote.kind,
        carrier=quote.carrier,
        unread=not article.read,
        sure=quote.confidence >= DOUBTFUL,
    )


def _quoted(
    library: Library, articles: Sequence[Article], name: str, tagged: dict[str, list[Span]], stopped: Stopped
) -> Iterator[Entry]:
    """Read the quotes of a speaker that no claim covers."""
    for article in articles:
        if stopped():
            return
        try:
            text, quotes = library.version(article.id).text, library.analysis(article.id).quotes
        except LibraryError:
            continue  # the article's own screen says what is wrong with it
        for quote in quotes:
            if quote.speaker == name and not covered(quote, tagged.get(article.id, ())):
                yield of_quote(article, quote, text)


def covered(quote: Quote, spans: Iterable[Span]) -> bool:
    """Say whether one of `spans` covers half of a quote."""
    return any(2 * common((quote.start, quote.end), span) >= quote.end - quote.start for span in spans)


def _found(library: Library, index: Index, subject: Subject, articles: dict[str, Article]) -> Dossier:
    """Take the claims and quotes that a search finds."""
    hits = [hit for hit in index.search(subject.name, limit=MOST_HITS) if hit.article in articles]
    entries: dict[tuple[str, str, int, int], Entry] = {}
    mentions = 0
    for hit in hits:
        entry = None
        try:
            if hit.claim and hit.kind == "claim":
                entry = _of_claim(library, library.claim(hit.claim), articles[hit.article])
            elif hit.kind == "quote":
                quote = covering(library.analysis(hit.article).quotes, (hit.start, hit.end))
                text = library.version(hit.article).text
                entry = of_quote(articles[hit.article], quote, text) if quote else None
        except LibraryError:
            continue
        if entry is None:
            mentions += hit.kind == "text"
        else:
            entries[entry.key] = entry
    more = len(hits) == MOST_HITS
    return Dossier(subject=subject, entries=tuple(newest_first(entries.values())), more=more, mentions=mentions)
