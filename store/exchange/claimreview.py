"""Claims with a verdict as drafts of ClaimReview (https://schema.org/ClaimReview).

A draft says so (`creativeWorkStatus`) and has no address and no date of publication: what is published, and where, is
for its publisher to say. The verdict is a word; no number is made up for it. A day that was inferred stands in the
description of the article, never as its date.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.documents import Document
from store.exchange.addresses import iri
from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection
from store.jsontext import to_json
from store.model import Article

_PERSONS = ("person", "unnamed")


def write(selection: Selection) -> Iterator[bytes]:
    """Give one draft a line, in one JSON-LD graph."""
    yield b'{"@context":"https://schema.org","@graph":['
    comma = b"\n"
    for article in selection.by_date():
        kinds: dict[str, str] | None = None
        for claim in selection.exported(article):
            if claim.verdict != "open":
                kinds = _kinds(selection, article) if kinds is None else kinds
                yield comma + to_json(_draft(claim, kinds.get(claim.speaker or "", "person")))
                comma = b",\n"
    yield b"\n]}\n" if comma == b",\n" else b"]}\n"


def _kinds(selection: Selection, article: Article) -> dict[str, str]:
    return {speaker.name: speaker.kind for speaker in selection.library.analysis(article.id).speakers}


def _draft(claim: ExportedClaim, kind: str) -> Document:
    reviewed: Document = {"@type": "Claim", "appearance": _appearance(claim)}
    if claim.speaker:
        reviewed["author"] = {"@type": "Person" if kind in _PERSONS else "Organization", "name": claim.speaker}
    if day := claim.said_on or _stated(claim):
        reviewed["datePublished"] = day
    made: Document = {
        "@type": "ClaimReview",
        "@id": f"urn:uuid:{claim.id}",
        "creativeWorkStatus": "Draft",
        "claimReviewed": claim.exact,
        "itemReviewed": reviewed,
        "reviewRating": {"@type": "Rating", "alternateName": claim.verdict},
        "dateCreated": claim.created,
        "dateModified": claim.modified,
    }
    if claim.note:
        made["reviewBody"] = claim.note
    if claim.by:
        made["author"] = {"@type": "Person", "name": claim.by}
    return made


def _appearance(claim: ExportedClaim) -> Document:
    made: Document = {"@type": "NewsArticle", "headline": claim.title}
    if claim.url:
        made["url"] = iri(claim.url)
    if claim.outlet or claim.aggregator:
        made["publisher"] = {"@type": "Organization", "name": claim.outlet or claim.aggregator}
    if day := _stated(claim):
        made["datePublished"] = day
    about = [f"published {claim.published} (inferred)"] if claim.published and claim.published_inferred else []
    about += [f"also at {place}" for place in claim.also_at]
    if about:
        made["description"] = "; ".join(about)
    return made


def _stated(claim: ExportedClaim) -> str | None:
    """Give the day on which the article says it was published."""
    return None if claim.published_inferred else claim.published
