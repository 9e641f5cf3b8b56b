"""What a person says in the reader without being asked: quotes that are right or none, edges, days, notes."""

from __future__ import annotations

from store.keep.effective import CONFIRMED
from store.model import Claim, Quote, Span
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase
from tui.screens.reader_edits import short

NOTE_ROWS = 5


class Marks(ReaderBase):
    """The part of the reader that changes claims and quotes."""

    # Quotes

    def action_confirm(self) -> None:
        """Say that the quote under the cursor and its speaker are right."""
        quote = self.quote_here()
        if quote is not None and quote.why == CONFIRMED:
            app_of(self).say(f"Confirmed already: {verbatim(quote.speaker or 'a source without a name')}")
        elif quote is not None:
            told = f"Confirmed: {verbatim(quote.speaker or 'a source without a name')}   <app.undo> undo"
            self.change(lambda: app_of(self).library.confirm_quote(self.article_id, quote), told)

    def action_reject(self) -> None:
        """Say that what is marked under the cursor is no quote."""
        quote = self.quote_here()
        if quote is not None:
            self.change(lambda: app_of(self).library.reject_quote(self.article_id, quote), "No quote   <app.undo> undo")
            self.view.select(None)

    # Edges

    def action_edges(self) -> None:
        """Move the edges of the claim, or else the quote, under the cursor; again: move the other edge."""
        if self.view.selecting:
            self.view.other_end()
            return
        thing = self.target_claim() or self.target_quote()
        if thing is None:
            app_of(self).say("No claim or quote here whose edges could be moved")
            return
        self.begin_edges(thing, (thing.anchor.start, thing.anchor.end) if isinstance(thing, Claim) else thing.spans[-1])

    def begin_edges(self, thing: Claim | Quote, span: Span) -> None:
        """Let the motions move where a claim or a quote begins and ends, from `span` on."""
        self.set_focus(self.view)
        self.edging = thing
        self.view.select(span)
        self.view.begin_selecting()
        self.show_bar()

    def set_edges(self) -> None:
        """Let what is being edged begin and end where the selection does."""
        thing, span, library = self.edging, self.view.selection, app_of(self).library
        self.edging = None
        self.view.select(None)
        if thing is None or span is None:
            return
        self.view.go_to(span[0])
        if isinstance(thing, Claim):
            claim = thing
            self.change(lambda: library.accept_place(claim.id, *span), "Edges moved   <app.undo> undo")
        else:
            quote = thing
            self.change(
                lambda: library.set_span(self.article_id, quote, *span), "Edges of the quote moved   <app.undo> undo"
            )

    # Claims

    def action_remove(self) -> None:
        """Remove the claim under the cursor."""
        claim = self.claim_here()
        if claim is not None:
            names = verbatim(", ".join(self.opened.tags[claim.id]) or "the note")
            self.change(
                lambda: app_of(self).library.remove_claim(claim.id),
                f"Removed {names}   <app.undo> brings it back",
            )

    def action_said_on(self) -> None:
        """Ask for the day on which the claim under the cursor was said."""
        from tui.screens.said_on import SaidOnPrompt  # noqa: PLC0415 - loaded with the first day

        claim, library = self.claim_here(), app_of(self).library
        if claim is None:
            return

        def answered(day: str) -> None:
            if day != (claim.said_on or ""):
                told = f"Said on {verbatim(day)}   <app.undo> undo" if day else "Day taken away   <app.undo> undo"
                self.change(lambda: library.set_said_on(claim.id, day or None), told)

        app_of(self).push_screen(SaidOnPrompt(claim.said_on or "", self.opened.article.published, answered))

    def action_note(self) -> None:
        """Ask for a note on the claim under the cursor, or on the target."""
        from tui.screens.note import NotePrompt  # noqa: PLC0415 - loaded with the first note

        claim, library = self.target_claim(), app_of(self).library
        span = (claim.anchor.start, claim.anchor.end) if claim else self.target()
        words = self.opened.version.text[span[0] : span[1]]

        def noted(note: str | None) -> None:
            if claim is not None and note is not None and note != claim.note:
                self.change(
                    lambda: library.set_note(claim.id, note), "Noted   <app.undo> undo" if note else "Note taken away"
                )
            elif claim is None and note:
                self.change(lambda: library.tag_span(self.article_id, *span, (), note=note), "Noted   <app.undo> undo")

        self.view.keep_clear(span, NOTE_ROWS)
        app_of(self).push_screen(NotePrompt(short(words), claim.note if claim else ""), noted)
