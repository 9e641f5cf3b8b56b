"""Corrections: a person's word over the machine's."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from store.anchor import anchor_of
from store.errors import UnknownRecordError
from store.ids import new_id, now, person
from store.keep.change import Change
from store.keep.claims import ClaimPart
from store.keep.core import ARTICLES, CLAIMS, CORRECTIONS, excerpt
from store.keep.effective import MATCH, common, covering, likeness
from store.keep.speakers import speaker_name
from store.model import Article, Correction, CorrectionKind, Quote, SpeechKind, Version


class CorrectionPart(ClaimPart):
    """What a library does with corrections."""

    def corrections(self, article_id: str | None = None) -> list[Correction]:
        """List the corrections of an article by position, or all by age."""
        if article_id is None:
            return sorted(self._corrections.all(), key=lambda c: c.id)
        return sorted(self._corrections_of(article_id), key=lambda c: (c.anchor.start, c.anchor.end, c.id))

    def correct_speaker(self, article_id: str, quote: Quote, name: str | None) -> Correction:
        """Say who said a quote; None or "" is unnamed.

        Claims on the quote that still have the quote's speaker follow, in the same step.
        """
        return self.correct_speakers(article_id, [quote], name)[0]

    def correct_speakers(self, article_id: str, quotes: Sequence[Quote], name: str | None) -> list[Correction]:
        """Say in one step that the same person said several quotes of an article, of which there is at least one.

        As `correct_speaker` does it for one.
        """
        name = speaker_name(name)
        return self._correct_all("speaker", article_id, quotes, name, f"speaker {name or 'unnamed'} on")

    def confirm_quote(self, article_id: str, quote: Quote) -> Correction:
        """Say that a quote and its speaker are right."""
        return self._correct("confirm", article_id, quote, "", "confirm")

    def set_span(self, article_id: str, quote: Quote, start: int, end: int) -> Correction:
        """Say where a quote begins and ends."""
        text = self.version(article_id).text
        self._check_span(text, start, end)
        moved = replace(quote, spans=((start, end),))
        return self._correct("span", article_id, moved, "", "edges of the quote moved:")

    def reject_quote(self, article_id: str, quote: Quote) -> Correction:
        """Say that something is not a quote; it is shown no more."""
        return self._correct("reject", article_id, quote, "", "no quote:")

    def add_quote(
        self, article_id: str, start: int, end: int, speaker: str | None, kind: SpeechKind = "direct"
    ) -> Correction:
        """Mark words as a quote that the machine did not find."""
        self._check_span(self.version(article_id).text, start, end)
        name = speaker_name(speaker)
        quote = Quote(kind=kind, spans=((start, end),), speaker=name or None)
        return self._correct("add", article_id, quote, name, "add the quote")

    def retract_correction(self, correction_id: str) -> None:
        """Take a correction back: the machine's word counts again."""
        correction = self._corrections.get(correction_id)
        if correction is None:
            raise UnknownRecordError(f"{correction_id}: no such correction in {self.folder}")
        article = self._article(correction.anchor.article)
        with self._change(f"take back the correction of “{excerpt(correction.anchor.exact)}”") as change:
            change.drop(CORRECTIONS, correction.id)
            self._follow(change, article, [correction])

    def _correct(self, what: CorrectionKind, article_id: str, quote: Quote, value: str, verb: str) -> Correction:
        return self._correct_all(what, article_id, [quote], value, verb)[0]

    def _correct_all(
        self, what: CorrectionKind, article_id: str, quotes: Sequence[Quote], value: str, verb: str
    ) -> list[Correction]:
        article = self._article(article_id)
        version = self.version(article.id)
        for quote in quotes:
            self._check_span(version.text, quote.start, quote.end)
        first = excerpt(version.text[quotes[0].start : quotes[0].end])
        told = f"{verb} “{first}”" if len(quotes) == 1 else f"{verb} {len(quotes)} quotes, the first “{first}”"
        with self._change(told) as change:
            corrections = [self._wanted(what, article, version, quote, value) for quote in quotes]
            for correction in corrections:
                change.put(CORRECTIONS, correction)
            self._follow(change, article, corrections)
        return corrections

    def _wanted(self, what: CorrectionKind, article: Article, version: Version, quote: Quote, value: str) -> Correction:
        """Make a correction, or take the one of the same kind that is on this quote already."""
        anchor = anchor_of(article.id, version.sha256, version.text, quote.start, quote.end)
        span = (quote.start, quote.end)
        kinds = {what, "add"} if what == "speaker" else {what}
        for old in self.corrections(article.id):
            here = old.anchor.version == version.sha256
            if here and old.what in kinds and likeness((old.anchor.start, old.anchor.end), span) >= MATCH:
                return replace(old, value=value, anchor=old.anchor if what == "speaker" else anchor, modified=now())
        made = now()
        return Correction(
            id=new_id(),
            what=what,
            anchor=anchor,
            created=made,
            modified=made,
            value=value,
            speech=quote.kind,
            by=person(),
        )

    def _follow(self, change: Change, article: Article, corrections: Sequence[Correction]) -> None:
        """Let the claims on quotes and the article's counts follow corrections of their speakers."""
        counted = self._derived_fields(self._article(article.id), self.machine_analysis(article.id), change)
        change.put(ARTICLES, counted, derived=True)
        told = [correction.anchor for correction in corrections if correction.what in {"speaker", "add"}]
        if not told:
            return
        before, after = self.analysis(article.id), self._analysis_after(article, change)
        for claim in self._claims_of(article.id):
            place = (claim.anchor.start, claim.anchor.end)
            if not any(
                anchor.version == claim.anchor.version
                and 2 * common((anchor.start, anchor.end), place) >= place[1] - place[0]
                for anchor in told
            ):
                continue
            old, new = covering(before.quotes, place), covering(after.quotes, place)
            if new is None or not (claim.speaker_by == "machine" or (old and claim.speaker == old.speaker)):
                continue
            by = "person" if new.why.startswith("you:") else "machine"
            if (claim.speaker, claim.speaker_by) != (new.speaker, by):
                change.put(CLAIMS, replace(claim, speaker=new.speaker, speaker_by=by, modified=now()))
