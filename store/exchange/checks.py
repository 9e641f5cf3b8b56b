"""What a record must fulfil before it is let into a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import LibraryError
from store.exchange.records import Export, ExportedArticle, claim_of
from store.ids import text_sha256
from store.keep.lineage import REMEMBERED
from store.model import (
    Analysis,
    Anchor,
    Article,
    Block,
    Bundle,
    Claim,
    Correction,
    Feed,
    SavedSearch,
    Span,
    Speaker,
    Tag,
    Version,
)
from store.safe_text import clean

if TYPE_CHECKING:
    from store.library import Library

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{16}")
_SHA = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?)?")

T = TypeVar("T", ExportedArticle, Claim, Correction, Feed, SavedSearch, Speaker, Tag)


class RefusedError(Exception):
    """Why one record cannot be let in."""


class Checker:
    """Checks the records of an export; `refused` fills with a line for each that is left out."""

    def __init__(self, library: Library, export: Export) -> None:
        self._library = library
        self._export = export
        self._texts: dict[tuple[str, str], str | None] = {}
        self._tags: set[str] = set()
        self.refused: list[str] = []

    def bundle(self, documents: dict[str, dict[str, Any]]) -> Bundle:
        """Give the records that may go in; `documents` are those with fields not known here."""
        export = self._export
        tags = self._good("tag", export.tags, _check_tag)
        self._tags = {tag.id for tag in (*tags, *self._library.tags(), *self._library.merged_tags())}
        speakers = self._good("speaker", export.speakers, _check_speaker)
        articles = self._good("article", export.articles, _check_article)
        for article in articles:
            self._texts.update({(article.id, version.sha256): version.text for version in article.versions})
        claims = self._good("claim", map(claim_of, export.claims), self._check_claim)
        corrections = self._good("correction", export.corrections, self._check_correction)
        return Bundle(
            articles=tuple(_plain(article) for article in articles),
            versions={article.id: article.versions for article in articles},
            analyses={article.id: article.analysis for article in articles if article.analysis is not None},
            claims=tuple(claims),
            tags=tuple(tags),
            corrections=tuple(corrections),
            speakers=tuple(speakers),
            searches=tuple(self._good("saved search", export.searches, _check_search)),
            feeds=tuple(self._good("feed", export.feeds, _check_feed)),
            documents=documents,
        )

    def _good(self, what: str, records: Iterable[T], check: Callable[[T], None]) -> list[T]:
        good: dict[str, T] = {}
        for number, record in enumerate(records, 1):
            try:
                if not _ID.fullmatch(record.id):
                    raise RefusedError("its id is no UUID")
                if record.id in good:
                    raise RefusedError("its id stands twice")
                check(record)
                _check_earlier(getattr(record, "earlier", ()))
            except RefusedError as wrong:
                name = record.id if _ID.fullmatch(record.id) else f"number {number}"
                self.refused.append(f"{what} {name}: refused, {wrong}")
            else:
                good[record.id] = record
        return list(good.values())

    def _text(self, article: str, sha: str) -> str | None:
        if (article, sha) not in self._texts:
            try:
                self._texts[article, sha] = self._library.version(article, sha).text
            except LibraryError:
                self._texts[article, sha] = None
        return self._texts[article, sha]

    def _check_anchor(self, anchor: Anchor) -> None:
        if not _ID.fullmatch(anchor.article):
            raise RefusedError("its article's id is no UUID")
        text = self._text(anchor.article, anchor.version)
        if text is None:
            raise RefusedError("the text it stands in is neither here nor in the export")
        _check_span((anchor.start, anchor.end), text)
        if text[anchor.start : anchor.end] != anchor.exact:
            raise RefusedError(f"its words are not what the text has from {anchor.start} to {anchor.end}")
        if not text[: anchor.start].endswith(anchor.prefix) or not text[anchor.end :].startswith(anchor.suffix):
            raise RefusedError("its context is not what the text has around it")

    def _check_claim(self, claim: Claim) -> None:
        self._check_anchor(claim.anchor)
        _check_lines(claim.speaker, claim.carrier, claim.by)
        _check_times(claim.created, claim.modified, claim.said_on)
        _check_text(claim.note)
        if unknown := [tag for tag in claim.tags if tag not in self._tags]:
            raise RefusedError(f"its tag {clean(unknown[0])[:40]} is neither here nor in the export")

    def _check_correction(self, correction: Correction) -> None:
        self._check_anchor(correction.anchor)
        _check_lines(correction.value, correction.by)
        _check_times(correction.created, correction.modified)


def _plain(article: ExportedArticle) -> Article:
    return Article(**{name: getattr(article, name) for name in Article.__struct_fields__})


def _check_text(text: str) -> None:
    if clean(text) != text:
        raise RefusedError("it holds control characters")


def _check_lines(*lines: str | None) -> None:
    for line in lines:
        if line:
            _check_text(line)
            if "\n" in line:
                raise RefusedError("a name or title in it has several lines")


def _check_times(*times: str | None) -> None:
    for time in times:
        if time is not None and not _DAY.fullmatch(time):
            raise RefusedError("one of its times is no RFC 3339")


def _check_earlier(earlier: Sequence[str]) -> None:
    if len(earlier) > REMEMBERED or not all(_DIGEST.fullmatch(one) for one in earlier):
        raise RefusedError("the hashes of its earlier contents are none")


def _check_span(span: Span, text: str) -> None:
    if not 0 <= span[0] < span[1] <= len(text):
        raise RefusedError(f"no text from {span[0]} to {span[1]}: the text has {len(text)} characters")


def _check_tag(tag: Tag) -> None:
    _check_lines(tag.name, tag.colour, *tag.synonyms, tag.merged_into, tag.by)
    _check_text(tag.description)
    _check_times(tag.created, tag.modified)
    if not tag.name.strip():
        raise RefusedError("it has no name")


def _check_speaker(speaker: Speaker) -> None:
    _check_lines(speaker.name, *speaker.aliases, *speaker.roles, speaker.merged_into, *speaker.not_same_as, speaker.by)
    _check_times(speaker.created, speaker.modified)
    if not speaker.name.strip():
        raise RefusedError("it has no name")


def _check_search(saved: SavedSearch) -> None:
    from store.keep.searches import search_name  # noqa: PLC0415 - what only prints JSON needs no database

    _check_lines(saved.query, saved.by)
    _check_times(saved.created, saved.modified)
    try:
        tidy = search_name(saved.name)
    except LibraryError:
        tidy = ""
    if tidy != saved.name or not saved.query.strip():
        raise RefusedError("it has no name that can be typed, or no words")


def _check_feed(feed: Feed) -> None:
    _check_lines(feed.url, feed.title, feed.folder, feed.by)
    _check_times(feed.created, feed.modified)
    if not feed.url.startswith(("http://", "https://")) or not feed.title.strip():
        raise RefusedError("it has no web address, or no name")


def _check_article(article: ExportedArticle) -> None:
    _check_lines(article.title, article.outlet, article.aggregator, *article.authors, article.url, article.path)
    _check_lines(article.language, *article.speakers)
    _check_times(article.retrieved, article.published, article.saved)
    if any(not _ID.fullmatch(one) for one in (*filter(None, (article.copy_of,)), *article.not_copy_of)):
        raise RefusedError("the id of an article that it is like is no UUID")
    if min(article.words, article.quotes, article.position) < 0:
        raise RefusedError("a count in it is negative")
    for version in article.versions:
        _check_version(version)
    current = next((version for version in article.versions if version.sha256 == article.version), None)
    if current is None:
        raise RefusedError("its current text is missing")
    if article.analysis is not None:
        _check_analysis(article.analysis, current.text)


def _check_version(version: Version) -> None:
    _check_text(version.text)
    _check_lines(version.extractor)
    _check_times(version.retrieved or None)
    if not _SHA.fullmatch(version.sha256) or text_sha256(version.text) != version.sha256:
        raise RefusedError("a text in it is not the one of its hash")
    if version.source_sha256 and not _SHA.fullmatch(version.source_sha256):
        raise RefusedError("the hash of its source is none")
    _check_blocks(version.blocks, version.text)
    for removed in version.removed:
        _check_text(removed.text)
        _check_lines(removed.reason)


def _check_blocks(blocks: Sequence[Block], text: str) -> None:
    at = 0
    for block in blocks:
        if not at <= block.start <= block.end <= len(text):
            raise RefusedError("its blocks are not in order in the text")
        at = block.end


def _check_analysis(analysis: Analysis, text: str) -> None:
    _check_lines(analysis.analyser)
    for quote in analysis.quotes:
        _check_lines(quote.speaker, quote.carrier, quote.why)
        if not quote.spans or sorted(quote.spans) != list(quote.spans):
            raise RefusedError("the parts of a quote in it are not in order")
        for span in (*quote.spans, quote.cue, quote.source):
            if span is not None:
                _check_span(span, text)
    for speaker in analysis.speakers:
        _check_lines(speaker.name, *speaker.roles)
        for span in speaker.mentions:
            _check_span(span, text)
