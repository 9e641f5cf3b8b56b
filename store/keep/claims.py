"""Claims: stretches of text that a person tagged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from msgspec import Raw
from msgspec.structs import replace

from store.anchor import anchor_of
from store.errors import UnknownRecordError
from store.ids import key_of, new_id, now, person
from store.keep.articles import ArticlePart
from store.keep.change import Change
from store.keep.core import CLAIMS, excerpt
from store.keep.effective import covering
from store.keep.speakers import speaker_name
from store.keep.tags import TagPart
from store.model import Anchor, Claim, Span, Verdict


class ClaimPart(ArticlePart, TagPart):
    """What a library does with claims."""

    def claims(self, article_id: str | None = None) -> list[Claim]:
        """List the claims of an article by position, or all claims, newest first."""
        if article_id is not None:
            found = [self._spoken(claim) for claim in self._claims_of(article_id)]
            return sorted(found, key=lambda claim: (claim.anchor.start, claim.anchor.end, claim.id))
        return sorted(map(self._spoken, self._claims.all()), key=lambda claim: (claim.created, claim.id), reverse=True)

    def each_claim(self) -> Iterator[Claim]:
        """Give every claim, one after the other, in no order."""
        return map(self._spoken, self._claims.each())

    def kept_claims(self, article_id: str) -> list[tuple[Claim, Raw]]:
        """List the claims of an article as they are kept, each with its JSON, in no order."""
        documents = self._claims.documents
        kept = (
            (self._claims.at(key), documents.get(key)) for key in tuple(self._indexed().articles.get(article_id, ()))
        )
        return [(claim, raw) for claim, raw in kept if claim is not None and raw is not None]

    def claim_counts(self) -> Mapping[str, int]:
        """Count the claims of each article that has any, by article id."""
        with self._views:
            return self._indexed().counts()

    def claim(self, claim_id: str) -> Claim:
        """Return one claim. UnknownRecordError when there is none."""
        return self._spoken(self._stored_claim(claim_id))

    def _stored_claim(self, claim_id: str) -> Claim:
        claim = self._claims.get(claim_id)
        if claim is None:
            raise UnknownRecordError(f"{claim_id}: no such claim in {self.folder}")
        return claim

    def _spoken(self, claim: Claim) -> Claim:
        """Give a claim's speaker the name that the library knows."""
        if claim.speaker is None:
            return claim
        known = self.known_as(claim.speaker)
        return claim if known == claim.speaker else replace(claim, speaker=known)

    def tag_span(self, article_id: str, start: int, end: int, names: Sequence[str], *, note: str = "") -> Claim:
        """Tag words of the current text; the same words again get the tags added.

        Names that are new become tags. Speaker, kind of speech and carrier come from the quote that covers most of
        the words, when one covers at least half.
        """
        version = self.version(article_id)
        self._check_span(version.text, start, end)
        words = excerpt(version.text[start:end])
        listed = ", ".join(f"“{name}”" for name in names)
        with self._change(f"{f'tag {listed}' if names else 'note'} on “{words}”") as change:
            claim = self._tagged(change, article_id, (start, end), self._tag_ids(change, names), note)
        return self._spoken(claim)

    def tag_spans(self, places: Iterable[tuple[str, Span]], names: Sequence[str]) -> int:
        """Tag words in several articles in one step of undo; give how many places it were."""
        places = list(dict.fromkeys(places))
        for article_id, span in places:
            self._check_span(self.version(article_id).text, *span)
        listed = ", ".join(f"“{name}”" for name in names)
        with self._change(f"tag {listed} on {len(places)} place{'s' if len(places) != 1 else ''}") as change:
            tags = self._tag_ids(change, names)
            for article_id, span in places:
                self._tagged(change, article_id, span, tags)
        return len(places)

    def _tagged(self, change: Change, article_id: str, span: Span, tags: Sequence[str], note: str = "") -> Claim:
        version = self.version(article_id)
        anchor = anchor_of(article_id, version.sha256, version.text, *span)
        claim = self._claim_at(anchor)
        if claim is None:
            claim = self._new_claim(Claim(id=new_id(), anchor=anchor, tags=(), created=now(), modified="", note=note))
        added = [tag_id for tag_id in tags if tag_id not in claim.tags]
        if added or not claim.modified or (note and note != claim.note):
            claim = replace(claim, tags=(*claim.tags, *added), note=note or claim.note, modified=now())
            change.put(CLAIMS, claim)
        return claim

    def _claim_at(self, anchor: Anchor) -> Claim | None:
        """Find the claim with the same bounds in the same version."""
        keys = self._indexed().at(anchor.article, anchor.start, anchor.end)
        found = (self._claims.at(key) for key in keys)
        return next((claim for claim in found if claim and claim.anchor.version == anchor.version), None)

    def _new_claim(self, claim: Claim) -> Claim:
        quote = covering(self.analysis(claim.anchor.article).quotes, (claim.anchor.start, claim.anchor.end))
        if quote is None:
            return replace(claim, by=person())
        by = "person" if quote.why.startswith("you:") else "machine"
        return replace(
            claim, speaker=quote.speaker, speaker_by=by, speech=quote.kind, carrier=quote.carrier, by=person()
        )

    def untag(self, claim_id: str, tag_name: str) -> Claim:
        """Take one tag off a claim; the claim stays, also without tags."""
        claim = self._stored_claim(claim_id)
        tag = self.tag(tag_name)
        with self._change(f"untag “{tag.name}” from “{excerpt(claim.anchor.exact)}”") as change:
            claim = self._stored_claim(claim_id)
            left = tuple(
                tag_id for tag_id in claim.tags if (t := self._tags.get(tag_id)) and self._tag_root(t).id != tag.id
            )
            if left != claim.tags:
                claim = replace(claim, tags=left, modified=now())
                change.put(CLAIMS, claim)
        return self._spoken(claim)

    def remove_claim(self, claim_id: str) -> None:
        """Remove a claim; its tags stay."""
        claim = self._stored_claim(claim_id)
        with self._change(f"remove the claim “{excerpt(claim.anchor.exact)}”") as change:
            change.drop(CLAIMS, claim.id)

    def set_note(self, claim_id: str, text: str) -> Claim:
        """Set a claim's note."""
        return self._set(claim_id, "note", note=text)

    def set_verdict(self, claim_id: str, verdict: Verdict) -> Claim:
        """Set what a person holds of a claim. UnknownRecordError for anything that is no verdict."""
        if verdict not in get_args(Verdict):
            raise UnknownRecordError(f"{verdict}: no verdict; known: {', '.join(get_args(Verdict))}")
        return self._set(claim_id, f"verdict {verdict}", verdict=verdict)

    def set_claim_speaker(self, claim_id: str, name: str | None) -> Claim:
        """Set who said a claim, whatever the quote says; None is unnamed."""
        name = speaker_name(name)
        return self._set(claim_id, f"speaker {name or 'unnamed'}", speaker=name or None, speaker_by="person")

    def set_said_on(self, claim_id: str, day: str | None) -> Claim:
        """Set when a claim was said (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), which need not be when it was published."""
        return self._set(claim_id, f"said on {day or 'an unknown day'}", said_on=day or None)

    def _set(self, claim_id: str, what: str, **fields: object) -> Claim:
        claim = self._stored_claim(claim_id)
        with self._change(f"{what} on “{excerpt(claim.anchor.exact)}”") as change:
            claim = self._stored_claim(claim_id)
            if any(getattr(claim, name) != value for name, value in fields.items()):
                claim = replace(claim, modified=now(), **fields)
                change.put(CLAIMS, claim)
        return self._spoken(claim)

    def accept_place(self, claim_id: str, start: int, end: int) -> Claim:
        """Say where a claim stands in the current text, after its words changed."""
        claim = self._stored_claim(claim_id)
        version = self.version(claim.anchor.article)
        self._check_span(version.text, start, end)
        anchor = anchor_of(claim.anchor.article, version.sha256, version.text, start, end)
        moved = claim.anchor.version == version.sha256 and claim.anchor.state == "exact"
        return self._set(claim_id, "edges moved" if moved else "stands on the new words", anchor=anchor)

    def keep_place(self, claim_id: str, anchor: Anchor | None = None) -> Claim:
        """Say that a claim is right where it stands, or where `anchor` has it, be that an older text.

        Its state is `exact` from then on, until the article's text changes again.
        """
        claim = self._stored_claim(claim_id)
        return self._set(claim_id, "stands on the old words", anchor=replace(anchor or claim.anchor, state="exact"))

    def claim_key(self, claim_id: str) -> str:
        """Name the document of a claim in TinyDB's table `claims`."""
        return key_of(claim_id)
