"""What a person says in the reader without being asked: quotes that are right or none, edges, days, notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from store.keep.effective import CONFIRMED
from store.model import Claim, Quote, Span
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase
from tui.screens.reader_edits import short
from tui.widgets.text_view import PLAIN_UNDER

NOTE_ROWS, DAY_ROWS, DAY_ROWS_NARROW = 5, 4, 6
"""Rows that are covered while a note or a day is asked for."""


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

        rows = DAY_ROWS_NARROW if self.size.width < PLAIN_UNDER else DAY_ROWS
        self._make_room((claim.anchor.start, claim.anchor.end), rows)
        prompt = SaidOnPrompt(claim.said_on or "", self.opened.article.published, answered)
        app_of(self).push_screen(prompt, lambda _: self._take_room())

    def _make_room(self, span: Span, rows: int) -> None:
        """Let `span` be read while `rows` rows at the foot are covered; at the end of a text it has less room then."""
        view = self.view
        if view.scroll_offset.y + rows <= view.max_scroll_y:
            view.keep_clear(span, rows)
        else:
            view.styles.margin = (0, 0, rows, 0)
            view.call_after_refresh(view.keep_clear, span, 0)

    def _take_room(self) -> None:
        self.view.styles.margin = 0

    def action_note(self) -> None:
        """Ask for a note on the claim under the cursor, or on the target."""
        claim = self.target_claim()
        span = (claim.anchor.start, claim.anchor.end) if claim else self.target()
        self._make_room(span, NOTE_ROWS)
        self._write_note(claim, self.opened.version.text, span, claim.note if claim else "")

    def _write_note(self, claim: Claim | None, text: str, span: Span, written: str) -> None:
        """Ask for a note on `span` of `text`, with `written` in the line; what could not be kept is asked for again."""
        from tui.screens.note import NotePrompt  # noqa: PLC0415 - loaded with the first note

        app, kept = app_of(self), claim.note if claim else ""

        def noted(note: str | None) -> None:
            self._take_room()
            if note is None or note == kept:
                return
            gone = claim is not None and claim.id not in {one.id for one in self.opened.claims}
            here = self.now_at(text, span)
            doing: Callable[[], Claim]
            if claim is not None and not gone:
                doing, told = partial(app.library.set_note, claim.id, note), "Noted" if note else "Note taken away"
            elif note and here:
                doing, told = partial(app.library.tag_span, self.article_id, *here, (), note=note), "Noted"
            elif note:
                app.say("The text was changed, and the words that the note is about are gone", error=True)
                self._write_note(claim, text, span, note)
                return
            else:
                return
            if app.change(doing, f"{told}   <app.undo> undo"):
                self._make_room(here or span, NOTE_ROWS)
                self._write_note(claim, text, span, note)

        app.push_screen(NotePrompt(short(text[slice(*span)]), written, kept), noted)
