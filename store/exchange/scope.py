"""What of a library goes out, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from store.documents import Document, is_known, whole
from store.exchange.records import ExportedClaim, exported_claim
from store.ids import key_of
from store.model import Article, Claim, Correction, Feed, SavedSearch, Speaker, Tag, Version

if TYPE_CHECKING:
    from store.library import Library

R = TypeVar("R", bound=Struct)
_encode = msgspec.json.Encoder().encode


class Scope(NamedTuple):
    """All of a library, or some articles (by id) with all or some of their claims (by id).

    `paths`: whether the places of local files are told in full; else only their names are.
    """

    articles: Collection[str] | None = None
    claims: Collection[str] | None = None
    paths: bool = False


EVERYTHING = Scope()


class Selection:
    """The records in a scope, read when they are asked for; `articles` are sorted by id."""

    def __init__(self, library: Library, scope: Scope = EVERYTHING) -> None:
        self.library = library
        self.scope = scope
        self.everything = scope.articles is None and scope.claims is None
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._stories: dict[str, tuple[str, ...]] | None = None
        self.shortened = 0
        """How many articles have only the name of their file told."""
        self._claims = None if scope.claims is None else frozenset(scope.claims)
        raw = library.raw("articles")
        if scope.articles is None:
            kept: Iterable[msgspec.Raw] = raw.values()
        else:
            keys = dict.fromkeys(key_of(article_id) for article_id in scope.articles)
            kept = (raw[key] for key in keys if key in raw)
        self.articles: Sequence[Article] = sorted(
            (self._told(msgspec.json.decode(one, type=Article)) for one in kept), key=lambda article: article.id
        )

    def by_date(self) -> list[Article]:
        """Give the articles by date of publication, those without one first."""
        return sorted(self.articles, key=lambda article: (article.published or "", article.id))

    def _told(self, article: Article) -> Article:
        told = article.path if self.scope.paths else name_of(article.path)
        if told == article.path:
            return article
        self.shortened += 1
        return msgspec.structs.replace(article, path=told)

    def article_document(self, article: Article) -> Document:
        """Give an article with all fields that are kept of it."""
        raw = self.library.raw("articles").get(key_of(article.id))
        return whole(article, {} if raw is None else msgspec.json.decode(raw))

    def stored(self, table: str, kind: type[R]) -> Iterator[tuple[R, Document | None]]:
        """Give the records of a table as they are kept, with all their fields where some are not known here."""
        decode = msgspec.json.Decoder(kind).decode
        for raw in self.library.raw(table).values():
            record = decode(raw)
            yield record, _more(record, raw)

    def claims(self, article: Article) -> list[tuple[Claim, Document | None]]:
        """Give the claims of an article as they are kept, by place."""
        kept = self.library.kept_claims(article.id)
        wanted = [one for one in kept if self._claims is None or one[0].id in self._claims]
        return sorted(((claim, _more(claim, raw)) for claim, raw in wanted), key=lambda one: place(one[0]))

    def exported(self, article: Article) -> Iterator[ExportedClaim]:
        """Give the claims of an article complete in themselves."""
        for claim, _ in self.complete(article):
            yield claim

    def complete(self, article: Article) -> Iterator[tuple[ExportedClaim, Document | None]]:
        """Give the claims of an article complete in themselves, with all their fields where some are not known here."""
        claims = self.claims(article)
        retrieved = {article.version: article.retrieved}
        if any(claim.anchor.version != article.version for claim, _ in claims):  # only these need the texts to be read
            retrieved |= {version.sha256: version.retrieved for version in self.library.versions(article.id)}
        for claim, document in claims:
            known = self.library.known_as(claim.speaker) if claim.speaker else claim.speaker
            when = retrieved.get(claim.anchor.version, article.retrieved)
            names = self._names.get(claim.tags)
            if names is None:
                names = self._names[claim.tags] = self.library.tag_names(claim)
            yield exported_claim(claim, article, when, names, known, self.also_at(article)), document

    def also_at(self, article: Article) -> tuple[str, ...]:
        """Say where the story of an article was told too: outlet, republisher or title, and the address."""
        if self._stories is None:
            self._stories = {}
            for original, copies in self.library.all_copies().items():
                story = [self.library.article(original), *copies]
                for one in story:
                    others = (told_at(other) for other in story if other.id != one.id)
                    self._stories[one.id] = tuple(dict.fromkeys(others))
        return self._stories.get(article.id, ())

    def count(self) -> int:
        """Count the claims."""
        if self._claims is not None:
            return sum(len(self.claims(article)) for article in self.articles)
        counts = self.library.claim_counts()
        return sum(counts.get(article.id, 0) for article in self.articles)

    def all_claims(self) -> Iterator[ExportedClaim]:
        """Give every claim complete in itself, by article and place."""
        for article in self.articles:
            yield from self.exported(article)

    def texts(self, article: Article) -> Iterator[tuple[Version, list[ExportedClaim]]]:
        """Give the texts in which claims stand, and the current one, each with its claims by place."""
        standing: dict[str, list[ExportedClaim]] = {article.version: []}
        for claim in self.exported(article):
            standing.setdefault(claim.text_sha256, []).append(claim)
        for version in sorted(self.library.versions(article.id), key=lambda one: (one.retrieved, one.sha256)):
            if version.sha256 in standing:
                yield version, standing[version.sha256]

    def tags(self) -> list[tuple[Tag, Document | None]]:
        """Give all tags, or those that the claims have, with what they were merged into; sorted by id."""
        tags = {tag.id: (tag, document) for tag, document in self.stored("tags", Tag)}
        wanted = list(tags)
        if not self.everything:
            used = {
                tag_id: None for article in self.articles for claim, _ in self.claims(article) for tag_id in claim.tags
            }
            wanted = list(used)
        kept: dict[str, tuple[Tag, Document | None]] = {}
        while wanted:
            one = tags.get(wanted.pop())
            if one is not None and one[0].id not in kept:
                kept[one[0].id] = one
                if one[0].merged_into:
                    wanted.append(one[0].merged_into)
        return sorted(kept.values(), key=lambda one: one[0].id)

    def speakers(self) -> list[tuple[Speaker, Document | None]]:
        """Give the speakers that a person named, sorted by id."""
        return sorted(self.stored("speakers", Speaker), key=lambda one: one[0].id)

    def searches(self) -> list[tuple[SavedSearch, Document | None]]:
        """Give the saved searches, sorted by id; a part of a library has none."""
        found = self.stored("searches", SavedSearch) if self.everything else ()
        return sorted(found, key=lambda one: one[0].id)

    def feeds(self) -> list[tuple[Feed, Document | None]]:
        """Give the feeds that are followed, sorted by id; a part of a library has none."""
        found = self.stored("feeds", Feed) if self.everything else ()
        return sorted(found, key=lambda one: one[0].id)

    def corrections(self) -> list[tuple[Correction, Document | None]]:
        """Give the corrections in the articles, by article and place."""
        ids = {article.id for article in self.articles}
        kept = (one for one in self.stored("corrections", Correction) if one[0].anchor.article in ids)
        return sorted(kept, key=lambda one: place(one[0]))


def place(record: Claim | Correction) -> tuple[str, int, int, str]:
    """Give what claims and corrections are sorted by."""
    return (record.anchor.article, record.anchor.start, record.anchor.end, record.id)


def told_at(article: Article) -> str:
    """Name the place of an article on one line: who published it, else its title, and its address."""
    return " ".join(f"{article.outlet or article.aggregator or article.title} {article.url or ''}".split())


def name_of(path: str) -> str:
    """Leave only the name of a local file, so that no folder of a person is told; an address stays whole."""
    return path if "://" in path else path.rstrip("/\\").replace("\\", "/").rpartition("/")[2]


def _more(record: Struct, raw: msgspec.Raw) -> Document | None:
    """Give all fields of a record when its JSON may hold more than the record."""
    if _encode(record) == bytes(raw):
        return None
    document: Document = msgspec.json.decode(raw)
    return None if is_known(record, document) else whole(record, document)
