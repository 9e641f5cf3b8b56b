"""Articles: taking them in, finding them, their texts and what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from store.anchor import carried, reanchor
from store.errors import LibraryError, UnknownRecordError
from store.ids import article_id as make_article_id
from store.ids import key_of, now, text_sha256
from store.keep.body import Body, body_of
from store.keep.change import Change
from store.keep.core import ARTICLES, CLAIMS, CORRECTIONS, DELETED, bury, excerpt
from store.keep.effective import by_quotes, effective, renamed
from store.keep.speakers import SpeakerPart
from store.model import Added, AddOutcome, Analysis, Article, Claim, Correction, Extract, Version

MIN_PREFIX = 4


class ArticlePart(SpeakerPart):
    """What a library does with articles."""

    def articles(self) -> list[Article]:
        """List every article, newest published (or taken in) first."""
        with self._views:
            return self._listing.newest_first(self._articles, self._known_by)

    def _known_by(self, article: Article) -> Article:
        names = tuple(dict.fromkeys(self.known_as(name) for name in article.speakers))
        return article if names == article.speakers else replace(article, speakers=names)

    def article(self, key: str) -> Article:
        """Find one article by its id, the beginning of its id (4 or more), its path, address, title or a part of that.

        Raises UnknownRecordError when there is none, or more than one.
        """
        whole = self._articles.get(key)
        if whole is not None:
            return self._known_by(whole)
        everything = self._articles.all()
        found = [article for article in everything if key and key in {article.path, article.url, article.title}]
        if not found and len(key) >= MIN_PREFIX:
            begun = key.casefold()
            found = [article for article in everything if article.id.startswith(begun)]
            found = found or [article for article in everything if begun in article.title.casefold()]
        if not found:
            name = key or "(no name)"
            raise UnknownRecordError(f"{name}: no such article in {self.folder}; newsreader list shows them")
        if len(found) > 1:
            some = ", ".join(f"{article.id[:13]} “{excerpt(article.title, 30)}”" for article in found[:4])
            raise UnknownRecordError(f"{key}: {len(found)} articles fit ({some}); name one by its id")
        return self._known_by(found[0])

    def version(self, article_id: str, sha256: str | None = None) -> Version:
        """Return a text of an article: the current one, or the one with this hash."""
        article = self._article(article_id)
        found = self._bodies.read(article.id).version(sha256 or article.version)
        if found is None:
            raise UnknownRecordError(f"{article.id}: no text {sha256 or article.version}; run newsreader check")
        return found

    def versions(self, article_id: str) -> list[Version]:
        """List every text that an article ever had here, oldest first."""
        return list(self._bodies.read(self._article(article_id).id).versions.values())

    def body_documents(self, article_id: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
        """Return every text of an article, and what was found in each by its hash, with all fields they have.

        Fields that this program does not know are there too.
        """
        return self._bodies.documents(self._article(article_id).id)

    def source(self, article_id: str) -> bytes:
        """Return the untouched source of the current text; nothing when none was kept."""
        sha = self.version(article_id).source_sha256
        return self._bodies.read_source(sha) if sha else b""

    def bring_source(self, article_id: str, raw: bytes) -> None:
        """Keep a lost source of the current text again; other bytes change nothing. Raises LibraryError."""
        self._must_be_writable()
        self._bodies.mend_source(raw, self.version(article_id).source_sha256)

    def machine_analysis(self, article_id: str) -> Analysis:
        """Return what the machine found in the current text, without corrections."""
        article = self._article(article_id)
        return self._bodies.read(article.id).analysis(article.version) or Analysis(analyser="")

    def analysis(self, article_id: str) -> Analysis:
        """Return what was said in the current text: the machine's findings with corrections on top.

        A corrected quote has confidence 1.0 and `why` begins with "you:".
        """
        article = self._article(article_id)
        seen = effective(self.machine_analysis(article.id), self._corrections_of(article.id), article.version)
        return renamed(seen, self.known_as) if self._speakers.documents else seen

    def _corrections_after(self, article_id: str, change: Change) -> list[Correction]:
        """List the corrections of an article as a change leaves them."""
        after = {correction.id: correction for correction in self._corrections_of(article_id)}
        for correction in change.records(CORRECTIONS, Correction):
            if correction.anchor.article == article_id:
                after[correction.id] = correction
        gone = change.removed(CORRECTIONS)
        return [correction for correction in after.values() if key_of(correction.id) not in gone]

    def _analysis_after(self, article: Article, change: Change) -> Analysis:
        """Return what `analysis` will give once a change is made."""
        mine = self._corrections_after(article.id, change)
        return effective(self.machine_analysis(article.id), mine, article.version)

    def _derived_fields(self, article: Article, analysis: Analysis, change: Change) -> Article:
        """Count again what the index says of an article's quotes, with the corrections as this change leaves them."""
        seen = effective(analysis, self._corrections_after(article.id, change), article.version)
        return replace(article, quotes=len(seen.quotes), speakers=by_quotes(seen))

    # -- taking in -------------------------------------------------------------------------------------------------

    def add(self, extract: Extract, analysis: Analysis) -> Added:
        """Take in an article. The same text again changes nothing; another text of the same article is a new version.

        Claims and corrections are found again in a new version; those whose words changed keep the old one, which
        stays readable, and say so in their anchor's state.
        """
        self._must_be_writable()
        sha = text_sha256(extract.text)
        with self._change(f"add “{excerpt(extract.title or extract.path)}”", step=False) as change:
            old = self._same_article(extract)
            wanted = _index_entry(extract, sha, old)
            if old is not None and old.version != sha:
                self._reanchor_all(change, wanted.id, sha, extract.text)
            wanted = self._derived_fields(wanted, analysis, change)
            body = self._bodies.rescue(old) if old is not None else None
            if old is not None and old.version != sha and body is not None and (text := body.version(old.version)):
                wanted = replace(wanted, position=carried(text.text, extract.text, old.position))
            outcome = self._outcome(old, wanted, body, analysis)
            if old is not None and outcome == "unchanged" and body is not None:
                text = body.version(old.version)
                self._bodies.mend_source(extract.raw, text.source_sha256 if text else "")
                return Added(self._known_by(old), "unchanged")
            self._write_body(wanted, extract, analysis, body)
            change.put(ARTICLES, wanted)
            change.drop(DELETED, wanted.id)
        return Added(self._known_by(wanted), outcome)

    def _same_article(self, extract: Extract) -> Article | None:
        found = self._articles.get(make_article_id(extract.url, extract.text))
        if found is not None or extract.url or extract.path in {"", "-"}:
            return found
        same_path = [a for a in self._articles.all() if a.path == extract.path and not a.url]
        return next((a for a in same_path if self._same_story(a, extract)), None)

    def _same_story(self, article: Article, extract: Extract) -> bool:
        """Tell a file that was edited from another one that took its name: same title, or half of the lines known."""
        if extract.title and extract.title == article.title:
            return True
        try:
            version = self._bodies.read(article.id).version(article.version)
        except LibraryError:
            return False  # its text cannot be read: nothing tells that it is this story
        if version is None:
            return False
        old, new = set(version.text.splitlines()), set(extract.text.splitlines())
        return 2 * len(old & new) >= min(len(old), len(new))

    def _outcome(self, old: Article | None, wanted: Article, body: Body | None, analysis: Analysis) -> AddOutcome:
        if old is None:
            return "added"
        if body is None or body.version(wanted.version) is None or old.version != wanted.version:
            return "updated"
        if body.analysis(wanted.version) != analysis or replace(wanted, retrieved=old.retrieved) != old:
            return "updated"
        return "unchanged"

    def _write_body(self, article: Article, extract: Extract, analysis: Analysis, body: Body | None) -> None:
        source = self._bodies.write_source(extract.raw)
        version = Version(
            sha256=article.version,
            text=extract.text,
            blocks=extract.blocks,
            removed=extract.removed,
            source_sha256=source,
            extractor=extract.extractor,
            retrieved=article.retrieved,
        )
        others = [v for v in body.versions.values() if v.sha256 != version.sha256] if body else []
        known = body.all_analyses() if body else {}
        self._bodies.write(article.id, body_of(article, [*others, version], known | {article.version: analysis}))

    def _reanchor_all(self, change: Change, article_id: str, sha: str, text: str) -> None:
        for claim in self._claims_of(article_id):
            change.put(CLAIMS, replace(claim, anchor=reanchor(claim.anchor, sha, text)))
        for correction in self._corrections_of(article_id):
            change.put(CORRECTIONS, replace(correction, anchor=reanchor(correction.anchor, sha, text)))

    def set_analysis(self, article_id: str, analysis: Analysis, *, version: str = "") -> Article:
        """Put a new analysis of the current text in the place of the old one; nothing that a person said changes.

        `version` is the hash of the text that was looked at: an article that has another one by now stays as it is.
        """
        self._must_be_writable()
        with self._change("analyse again", step=False) as change:
            article = self._article(article_id)
            if version not in ("", article.version):
                return self._known_by(article)
            body = self._bodies.read(article.id)
            known = body.all_analyses()
            versions = list(body.versions.values())
            self._bodies.write(article.id, body_of(article, versions, known | {article.version: analysis}))
            article = self._derived_fields(article, analysis, change)
            change.put(ARTICLES, article)
        return self._known_by(article)

    # -- reading and removing --------------------------------------------------------------------------------------

    def set_reading(self, article_id: str, *, position: int | None = None, read: bool | None = None) -> Article:
        """Remember how far an article was read. No step of undo."""
        with self._change("reading", step=False) as change:
            article = self._article(article_id)
            article = replace(
                article,
                position=article.position if position is None else max(0, position),
                read=article.read if read is None else read,
            )
            change.put(ARTICLES, article)
        return self._known_by(article)

    def mark_read(self, article_ids: Sequence[str], *, read: bool) -> list[Article]:
        """Mark articles read or unread, all in one step of undo."""
        with self._change(self._told("mark", article_ids, " read" if read else " unread")) as change:
            articles = [replace(self._article(one), read=read) for one in article_ids]
            for article in articles:
                change.put(ARTICLES, article)
        return [self._known_by(article) for article in articles]

    def star(self, article_id: str, on: bool) -> Article:
        """Mark an article, or take the mark off."""
        return self.star_all([article_id], on)[0]

    def star_all(self, article_ids: Sequence[str], on: bool) -> list[Article]:
        """Mark articles, or take the marks off, all in one step of undo."""
        with self._change(self._told("star" if on else "unstar", article_ids)) as change:
            articles = [replace(self._article(one), starred=on) for one in article_ids]
            for article in articles:
                change.put(ARTICLES, article)
        return [self._known_by(article) for article in articles]

    def delete_article(self, article_id: str) -> None:
        """Remove an article with its claims and corrections. Its texts stay on the disk as long as undo may ask."""
        self.delete_articles([article_id])

    def delete_articles(self, article_ids: Sequence[str]) -> None:
        """Remove articles as `delete_article` does, all in one step of undo."""
        with self._change(self._told("delete", article_ids)) as change:
            for article in map(self._article, article_ids):
                change.drop(ARTICLES, article.id)
                for claim in self._claims_of(article.id):
                    change.drop(CLAIMS, claim.id)
                for correction in self._corrections_of(article.id):
                    change.drop(CORRECTIONS, correction.id)
                bury(change, article.id)

    def _told(self, verb: str, article_ids: Sequence[str], after: str = "") -> str:
        if len(article_ids) == 1:
            return f"{verb} “{excerpt(self._article(article_ids[0]).title)}”{after}"
        return f"{verb} {len(article_ids):,} articles{after}"

    def _claims_of(self, article_id: str) -> list[Claim]:
        keys = tuple(self._indexed().articles.get(article_id, ()))
        return [claim for key in sorted(keys) if (claim := self._claims.at(key)) is not None]

    def _check_span(self, text: str, start: int, end: int) -> None:
        if not 0 <= start < end <= len(text):
            raise LibraryError(
                f"no text from {start} to {end}: the article has {len(text)} characters; mark some words"
            )


def _index_entry(extract: Extract, sha: str, old: Article | None) -> Article:
    entry = Article(
        id=old.id if old else make_article_id(extract.url, extract.text),
        title=extract.title or excerpt(extract.text, 80) or extract.path,
        version=sha,
        retrieved=now(),
        outlet=extract.outlet,
        aggregator=extract.aggregator,
        authors=extract.authors,
        url=extract.url,
        published=extract.published,
        published_inferred=extract.published_inferred,
        language=extract.language,
        path=extract.path,
        words=len(extract.text.split()),
    )
    if old is None:
        return entry
    same_text = old.version == sha
    return replace(
        entry,
        path=old.path or extract.path,
        read=old.read and same_text,
        starred=old.starred,
        saved=old.saved,
        position=min(old.position, len(extract.text)),
        copy_of=old.copy_of,
        not_copy_of=old.not_copy_of,
    )
