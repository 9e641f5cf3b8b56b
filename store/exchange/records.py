"""The form of an export: one JSON object, each claim in it complete in itself.

Only what is written in `Claim` fields of the model is read back; what a claim repeats of its article (title, outlet,
address, dates) and the names of its tags are there for other programs.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from store.documents import Document, plain, unknown
from store.model import (
    Analysis,
    Anchor,
    AnchorState,
    Article,
    By,
    Claim,
    Correction,
    Feed,
    SavedSearch,
    Speaker,
    SpeechKind,
    Tag,
    Verdict,
    Version,
)

FORMAT = "newsreader"
VERSION = 1


class ExportedArticle(Article, frozen=True, kw_only=True):
    """An article with all its texts and what the machine found in the current one."""

    versions: tuple[Version, ...]
    analysis: Analysis | None = None


class ExportedClaim(Struct, frozen=True, kw_only=True):
    """A claim that can be cited without anything else.

    `start` and `end` count Unicode code points of the article's text with the hash `text_sha256`, end exclusive;
    `exact` are the words there, `prefix` and `suffix` at most 32 code points around them. `speaker` is the name the
    library knows; `speaker_recorded` the one kept with the claim, where that is another. `also_at` are the other places
    where the story was told: outlet or title, and the address.
    """

    id: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    state: AnchorState
    text_sha256: str
    tags: tuple[str, ...]
    speaker: str | None
    speaker_by: By
    speech: SpeechKind | None
    carrier: str | None
    said_on: str | None
    verdict: Verdict
    note: str
    title: str
    outlet: str | None
    aggregator: str | None
    url: str | None
    published: str | None
    published_inferred: bool
    retrieved: str
    article: str
    tag_ids: tuple[str, ...]
    created: str
    modified: str
    by: str = ""
    speaker_recorded: str | None = None
    earlier: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()


class Export(Struct, frozen=True, kw_only=True):
    """A whole export. Other fields, here and in all records, are those of later programs; they are handed on."""

    format: Literal["newsreader"]
    version: int
    tags: tuple[Tag, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    articles: tuple[ExportedArticle, ...] = ()
    claims: tuple[ExportedClaim, ...] = ()
    corrections: tuple[Correction, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    feeds: tuple[Feed, ...] = ()


def exported_claim(
    claim: Claim,
    article: Article,
    retrieved: str,
    names: tuple[str, ...],
    known: str | None,
    also_at: tuple[str, ...] = (),
) -> ExportedClaim:
    """Make the exported form of a claim.

    `retrieved` is when its text was, `names` its tags, `known` its speaker as the library knows, `also_at` where the
    article's story was told too.
    """
    anchor = claim.anchor
    return ExportedClaim(
        id=claim.id,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        start=anchor.start,
        end=anchor.end,
        state=anchor.state,
        text_sha256=anchor.version,
        tags=names,
        speaker=known,
        speaker_by=claim.speaker_by,
        speech=claim.speech,
        carrier=claim.carrier,
        said_on=claim.said_on,
        verdict=claim.verdict,
        note=claim.note,
        title=article.title,
        outlet=article.outlet,
        aggregator=article.aggregator,
        url=article.url,
        published=article.published,
        published_inferred=article.published_inferred,
        retrieved=retrieved,
        article=article.id,
        tag_ids=claim.tags,
        created=claim.created,
        modified=claim.modified,
        by=claim.by,
        speaker_recorded=None if claim.speaker == known else claim.speaker,
        earlier=claim.earlier,
        also_at=also_at,
    )


def claim_of(exported: ExportedClaim) -> Claim:
    """Make a claim of its exported form."""
    return Claim(
        id=exported.id,
        anchor=Anchor(
            article=exported.article,
            version=exported.text_sha256,
            start=exported.start,
            end=exported.end,
            exact=exported.exact,
            prefix=exported.prefix,
            suffix=exported.suffix,
            state=exported.state,
        ),
        tags=exported.tag_ids,
        created=exported.created,
        modified=exported.modified,
        note=exported.note,
        verdict=exported.verdict,
        speaker=exported.speaker_recorded or exported.speaker,
        speaker_by=exported.speaker_by,
        speech=exported.speech,
        carrier=exported.carrier,
        said_on=exported.said_on,
        by=exported.by,
        earlier=exported.earlier,
    )


_CLAIM = frozenset(Claim.__struct_fields__)
_ANCHOR = frozenset(Anchor.__struct_fields__)
_EXPORTED = frozenset(ExportedClaim.__struct_fields__)


def claim_document(exported: ExportedClaim, kept: Document | None) -> Document | ExportedClaim:
    """Give the exported form of a claim with the fields that only its kept document has.

    Those of its anchor go by the name `anchor`.
    """
    if kept is None:
        return exported
    more = unknown(kept, _CLAIM | _EXPORTED)
    if anchor := unknown(kept["anchor"], _ANCHOR):
        more["anchor"] = anchor
    return plain(exported) | more if more else exported


def kept_document(claim: Claim, exported: Document) -> Document:
    """Give the document to keep of an exported claim: the claim with the fields that are not known here."""
    more = unknown(exported, _EXPORTED)
    anchor = more.pop("anchor", {})
    document = plain(claim)
    document["anchor"] |= unknown(anchor, _ANCHOR) if isinstance(anchor, dict) else {}
    return document | unknown(more, _CLAIM)
