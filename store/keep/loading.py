"""Taking in records made elsewhere: an export, a colleague's library."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from store.ids import now
from store.keep.body import body_of
from store.keep.change import Change
from store.keep.core import (
    ARTICLES,
    CLAIMS,
    CORRECTIONS,
    DELETED,
    FEEDS,
    SEARCHES,
    SPEAKERS,
    TAGS,
    never_came,
)
from store.keep.history import HistoryPart, Texts
from store.keep.merging import merge
from store.keep.searches import SearchPart
from store.model import Analysis, Article, Bundle, Claim, Correction, LoadReport, Tag


class LoadingPart(HistoryPart, SearchPart):
    """What a library does with a bundle of records."""

    def load(self, bundle: Bundle) -> LoadReport:
        """Merge records by their ids, in one step of undo.

        The same record changes nothing, a later state of it takes its place, and of two that were both changed both
        are kept (`store.keep.merging`). A record whose article is neither here nor in the bundle, or whose text is
        missing, is left out and named.
        """
        self._must_be_writable()
        counts: Counter[str] = Counter()
        notes: list[str] = []
        own = (bundle.claims, bundle.tags, bundle.corrections, bundle.speakers, bundle.searches, bundle.feeds)
        size = sum(map(len, (bundle.articles, *own)))
        conflicts: list[str] = []
        for raw in bundle.sources.values():
            self._bodies.write_source(raw)
        with self._change(f"import {size} records") as change:
            here = {article.id for article in self._articles.all()}
            for article in bundle.articles:
                counts[self._load_article(change, bundle, article, notes)] += 1
            here |= {article.id for article in change.records(ARTICLES, Article)}
            more = bundle.documents.get
            for tag in bundle.tags:
                counts[merge(change, TAGS, self._own_tag(tag, notes), more(tag.id), conflicts)] += 1
            for speaker in bundle.speakers:
                counts[merge(change, SPEAKERS, speaker, more(speaker.id), conflicts)] += 1
            for saved in bundle.searches:
                counts[merge(change, SEARCHES, self._own_search(saved, notes), more(saved.id), conflicts)] += 1
            for feed in bundle.feeds:
                counts[merge(change, FEEDS, feed, more(feed.id), conflicts)] += 1
            texts: Texts = {}
            for claim in (claim for claim in bundle.claims if _at_home(claim, here, notes)):
                fitted = replace(claim, anchor=self._settled(claim, change, texts))
                counts[merge(change, CLAIMS, fitted, more(claim.id), conflicts)] += 1
            for correction in (c for c in bundle.corrections if _at_home(c, here, notes)):
                placed = replace(correction, anchor=self._settled(correction, change, texts))
                counts[merge(change, CORRECTIONS, placed, more(correction.id), conflicts)] += 1
            for article_id in {c.anchor.article for c in change.records(CORRECTIONS, Correction)}:
                self._recount(change, article_id)
        return LoadReport(
            added=counts["added"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            conflicts=tuple(conflicts),
            notes=tuple(notes),
        )

    def _own_tag(self, tag: Tag, notes: list[str]) -> Tag:
        """Join a new tag with the one of the same name that is here."""
        known = self._tags.get(tag.id)
        if known is not None:
            return known if known.merged_into and known.modified >= tag.modified else tag
        same = None if tag.merged_into else self._find_tag(tag.name)
        if same is None or same.id == tag.id:
            return tag
        notes.append(f"the tag “{tag.name}” was joined with the one here; X among the tags of the app splits them")
        return replace(tag, merged_into=same.id, modified=now())

    def _load_article(self, change: Change, bundle: Bundle, article: Article, notes: list[str]) -> str:
        old = self._articles.get(article.id)
        body = self._bodies.find(article.id)
        versions = {version.sha256: version for version in (body.versions.values() if body else ())}
        given = bundle.versions.get(article.id, ())
        known = body.all_analyses() if body else {}
        if article.version not in versions and article.version not in {version.sha256 for version in given}:
            notes.append(f"{article.id}: left out, its text {article.version[:12]} is missing")
            return "left out"
        keeps_own = old is not None and (
            old.retrieved > article.retrieved or (old.version != article.version and old.retrieved == article.retrieved)
        )
        new_texts = {version.sha256: version for version in given if version.sha256 not in versions}
        for version in new_texts.values():
            if version.source_sha256 and not self._bodies.source_path(version.source_sha256).exists():
                never_came(change, version.source_sha256)
        wanted = dict(known)
        mine, theirs = known.get(article.version), bundle.analyses.get(article.id)
        if theirs is not None and (mine is None or not (keeps_own or _later(mine, theirs))):
            wanted[article.version] = theirs
        entry = _entry(old, article, keeps_own=keeps_own)
        if old is not None and (found := wanted.get(entry.version)) is not None:
            entry = self._derived_fields(entry, found, change)
        if new_texts or wanted != known or body is None:
            texts = [*versions.values(), *new_texts.values()]
            names = [*new_texts, "analysis"]
            more = {name: one for name in names if (one := bundle.documents.get(f"{article.id}/{name}")) is not None}
            self._bodies.write(article.id, body_of(entry, texts, wanted), more)
        elif old == entry:
            return "unchanged"
        change.put(ARTICLES, entry, more=bundle.documents.get(article.id))
        change.drop(DELETED, article.id)
        if old is not None and old.version != entry.version:
            text = (versions | new_texts)[entry.version].text
            self._reanchor_all(change, entry.id, entry.version, text)
        return "added" if old is None else "changed"


def _later(mine: Analysis, theirs: Analysis) -> bool:
    """Say whether mine was made by a later form of the same analyser: their names end in `/` and a number."""
    (name, _, number), (other, _, older) = mine.analyser.rpartition("/"), theirs.analyser.rpartition("/")
    return name == other and number.isdecimal() and older.isdecimal() and int(number) > int(older)


def _entry(old: Article | None, article: Article, *, keeps_own: bool) -> Article:
    if old is None:
        return article
    return replace(
        old if keeps_own else article,
        path=old.path or article.path,
        read=old.read or article.read,
        starred=old.starred or article.starred,
        saved=old.saved or article.saved,
        position=old.position if old.position or keeps_own else article.position,
        copy_of=old.copy_of or (None if article.copy_of in old.not_copy_of else article.copy_of),
        not_copy_of=tuple(dict.fromkeys((*old.not_copy_of, *article.not_copy_of))),
    )


def _at_home(record: Claim | Correction, articles: set[str], notes: list[str]) -> bool:
    if record.anchor.article in articles:
        return True
    notes.append(f"{record.id}: left out, its article {record.anchor.article} is not here")
    return False
