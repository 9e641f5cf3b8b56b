"""Undo and redo."""

from __future__ import annotations

from typing import NoReturn

import msgspec
from msgspec.structs import replace

from store.anchor import STANDS, reanchor
from store.errors import LibraryError, ReadOnlyError
from store.ids import key_of
from store.keep.change import Change, let_go
from store.keep.core import ARTICLES, CLAIMS, CORRECTIONS, DELETED, SPEAKERS, TAGS, bury, excerpt
from store.keep.past import PastPart
from store.keep.step import Step, restored
from store.model import Anchor, Article, Claim, Correction, Tag

Texts = dict[str, tuple[str, str] | None]  # article id → hash and text of its current version


class HistoryPart(PastPart):
    """How a library goes back and forth in its own past."""

    def undo(self) -> str | None:
        """Take back the last change that was not taken back; return what it was, None when there is nothing.

        What another program changed since this one began is never taken back. LibraryError when a change cannot be
        taken back without that; the next call goes past it.
        """
        return self._turn(undone=False)

    def redo(self) -> str | None:
        """Make the change again that was taken back last; return what it was, None when there is nothing.

        LibraryError as with `undo`.
        """
        return self._turn(undone=True)

    def _turn(self, *, undone: bool) -> str | None:
        """Turn over the step next in line: the last that stands, or the first that is undone."""
        if self.read_only:
            raise ReadOnlyError(f"{self._storage.read_only}: nothing was changed")
        with self._storage.exclusive():
            self._absorb()
            number = self._steps.next(undone=undone)
            if number is None:
                return None
            step = self._steps.read(number)
            other = self._steps.changed_since(number, step)
            if other is not None:
                self._refuse(number, step, f"another program changed the same since ({other.what})")
            with self._change(f"{'redo' if undone else 'undo'}: {step.what}", step=number) as change:
                for table, documents in step.was.items():
                    for key, before in documents.items():
                        change.put_document(table, key, restored(before, change.present(table, key)))
                self._keep_what_is_used(change)
                if why := self._left_behind(change) or self._name_taken(change):
                    self._refuse(number, step, why)
                self._settle(change)
            let_go(step.was)
            return step.what

    def _refuse(self, number: int, step: Step, why: str) -> NoReturn:
        self._steps.pass_over(number)
        raise LibraryError(f"left as it is: {step.what}; {why}. The next time goes past it")

    def _keep_what_is_used(self, change: Change) -> None:
        """Let tags and speakers stand that others, who came later, hold on to."""
        for table, shelf in ((TAGS, self._tags), (SPEAKERS, self._speakers)):
            gone = change.removed(table)
            if not gone:
                continue
            after = {key_of(record.id): record.merged_into for record in shelf.all()}
            after |= {key: (change.present(table, key) or {}).get("merged_into") for key in change.keys(table)}
            used = {key_of(pointer) for pointer in after.values() if pointer}
            if table == TAGS:
                used |= {key for key in gone if self._uses_after(key, change)}
            for key in gone & used:
                change.put_document(table, key, change.stored(table, key))

    def _uses_after(self, key: str, change: Change) -> bool:
        """Tell whether a claim has a tag once a change is made."""
        tag_id = (change.stored(TAGS, key) or {}).get("id")
        uses = self._indexed().uses[tag_id] if tag_id else 0
        for claim in change.keys(CLAIMS):
            before, after = change.stored(CLAIMS, claim) or {}, change.present(CLAIMS, claim) or {}
            uses += (tag_id in after.get("tags", ())) - (tag_id in before.get("tags", ()))
        return uses > 0

    def _name_taken(self, change: Change) -> str:
        """Tell whether a tag would come back under a name that another tag has by now."""
        touched = change.keys(TAGS)
        names = {tag.name.casefold() for tag in self.tags() if key_of(tag.id) not in touched}
        taken = (t.name for t in change.records(TAGS, Tag) if t.merged_into is None and t.name.casefold() in names)
        name = next(taken, None)
        return "" if name is None else f"another tag is named “{excerpt(name)}” now"

    def _left_behind(self, change: Change) -> str:
        """Tell whether an article would go from under claims or corrections which stay."""
        gone = change.removed(CLAIMS) | change.removed(CORRECTIONS)
        for key in change.removed(ARTICLES):
            article = self._articles.at(key)
            if article is None:
                continue
            there = set(self._indexed().articles.get(article.id, ())) | {
                key_of(c.id) for c in self._corrections_of(article.id)
            }
            if there - gone:
                return f"claims or corrections of another program stand in “{excerpt(article.title)}”"
        return ""

    def _settle(self, change: Change) -> None:
        """Fit what came back to what is there now: texts may have changed and articles come and gone."""
        for key in change.keys(ARTICLES):
            article = change.present(ARTICLES, key)
            if article is None:
                gone = change.stored(ARTICLES, key)
                if gone is not None and change.present(DELETED, key) is None:
                    bury(change, str(gone["id"]))
            else:
                change.put_document(DELETED, key, None)
        texts: Texts = {}
        for claim in change.records(CLAIMS, Claim):
            tags = tuple(tag_id for tag_id in claim.tags if change.holds(TAGS, key_of(tag_id)))
            anchor = self._settled(claim, change, texts)
            if (tags, anchor) != (claim.tags, claim.anchor):
                change.put(CLAIMS, replace(claim, tags=tags, anchor=anchor))
        touched = {c.anchor.article for c in change.records(CORRECTIONS, Correction)}
        for correction in change.records(CORRECTIONS, Correction):
            anchor = self._settled(correction, change, texts)
            if anchor != correction.anchor:
                change.put(CORRECTIONS, replace(correction, anchor=anchor))
        for key in change.removed(CORRECTIONS):
            document = change.stored(CORRECTIONS, key)
            if document is not None:
                touched.add(document["anchor"]["article"])
        for article_id in touched:
            self._recount(change, article_id)

    def _settled(self, record: Claim | Correction, change: Change, texts: Texts) -> Anchor:
        anchor = record.anchor
        document = change.present(ARTICLES, key_of(anchor.article))
        if document is None or (document["version"] == anchor.version and anchor.state in STANDS):
            return anchor
        if anchor.article not in texts:
            body = self._bodies.find(anchor.article)
            version = body.version(document["version"]) if body else None
            texts[anchor.article] = (version.sha256, version.text) if version else None
        now = texts[anchor.article]
        return anchor if now is None else reanchor(anchor, *now)

    def _recount(self, change: Change, article_id: str) -> None:
        document = change.present(ARTICLES, key_of(article_id))
        body = self._bodies.find(article_id)
        if document is None or body is None:
            return
        article = msgspec.convert(document, Article)
        analysis = body.analysis(article.version)
        if analysis is not None:
            change.put(ARTICLES, self._derived_fields(article, analysis, change), derived=True)

    def next_undo(self) -> str | None:
        """Say what `undo` would take back, None when there is nothing."""
        return self._next(undone=False)

    def next_redo(self) -> str | None:
        """Say what `redo` would make again, None when there is nothing."""
        return self._next(undone=True)

    def _next(self, *, undone: bool) -> str | None:
        number = self._steps.next(undone=undone)
        return None if number is None else self._steps.head(number).what
