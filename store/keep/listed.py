"""What people put into the lists of other programs: tags, notes, marked words, and when they saved an article."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from store.anchor import anchor_of
from store.ids import new_id, now
from store.keep.change import Change
from store.keep.claims import ClaimPart
from store.keep.core import ARTICLES, CLAIMS, excerpt
from store.model import Anchor, Article, Claim, Span


class Mark(Struct, frozen=True):
    """Words of the current text that a person marked elsewhere, with tags and a note, and when (RFC 3339, UTC)."""

    span: Span
    tags: tuple[str, ...] = ()
    note: str = ""
    at: str | None = None


class ListedPart(ClaimPart):
    """What a library does with the entries of lists."""

    def take_over(
        self,
        article_id: str,
        marks: Sequence[Mark] = (),
        *,
        read: bool = False,
        starred: bool = False,
        saved: str | None = None,
    ) -> Article:
        """Take over what another program's list says of an article, all in one step of undo.

        Each mark becomes a claim; one that is there on the same words gets tags and note added. Read and starred are
        only ever set. LibraryError for words outside the text, and for a name that no tag can have.
        """
        version = self.version(article_id)
        for mark in marks:
            self._check_span(version.text, *mark.span)
        title = excerpt(self._article(article_id).title)
        with self._change(f"take over what a list says of “{title}”", step=bool(marks)) as change:
            for mark in _together(marks):
                anchor = anchor_of(article_id, version.sha256, version.text, *mark.span)
                self._put_mark(change, mark, anchor)
            article = self._article(article_id)
            article = replace(
                article,
                read=article.read or read,
                starred=article.starred or starred,
                saved=article.saved or saved,
            )
            change.put(ARTICLES, article)
        return self._known_by(article)

    def _put_mark(self, change: Change, mark: Mark, anchor: Anchor) -> None:
        new = Claim(id=new_id(), anchor=anchor, tags=(), created=mark.at or now(), modified="")
        claim = self._claim_at(anchor) or self._new_claim(new)
        tags = tuple(dict.fromkeys((*claim.tags, *self._tag_ids(change, mark.tags))))
        note = _joined(claim.note, mark.note)
        if not claim.modified or (tags, note) != (claim.tags, claim.note):
            change.put(CLAIMS, replace(claim, tags=tags, note=note, modified=now()))


def _together(marks: Sequence[Mark]) -> list[Mark]:
    """Give marks on the same words as one."""
    found: dict[Span, Mark] = {}
    for mark in marks:
        one = found.get(mark.span, mark)
        at = min(filter(None, (one.at, mark.at)), default=None)
        tags = tuple(dict.fromkeys((*one.tags, *mark.tags)))
        found[mark.span] = Mark(mark.span, tags, _joined(one.note, mark.note), at)
    return list(found.values())


def _joined(*notes: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, notes)))
