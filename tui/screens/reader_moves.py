"""Moving and selecting in the reader."""

from __future__ import annotations

from store.model import Span
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase


class Moves(ReaderBase):
    """The part of the reader that moves and selects."""

    def action_word_left(self) -> None:
        """Go a word back."""
        self.view.move(self.view.units.words, -1)

    def action_word_right(self) -> None:
        """Go a word on."""
        self.view.move(self.view.units.words, 1)

    def action_sentence_back(self) -> None:
        """Go a sentence back."""
        self.view.move(self.view.units.sentence_heads, -1)

    def action_sentence_on(self) -> None:
        """Go a sentence on."""
        if self.view.selecting:
            self.view.move_end(self.view.units.sentences)
        else:
            self.view.move(self.view.units.sentence_heads, 1)

    def action_paragraph_back(self) -> None:
        """Go a paragraph back."""
        self.view.move(self.view.units.paragraph_heads, -1, middle=True)

    def action_paragraph_on(self) -> None:
        """Go a paragraph on."""
        if self.view.selecting:
            self.view.move_end(self.view.units.whole_paragraphs)
        else:
            self.view.move(self.view.units.paragraph_heads, 1, middle=True)

    def action_quote_back(self) -> None:
        """Go to the quote before."""
        self._move_to(self._quotes(), -1, "No quote before this one")

    def action_quote_on(self) -> None:
        """Go to the next quote."""
        self._move_to(self._quotes(), 1, "No quote after this one")

    def _quotes(self) -> list[Span]:
        only = self.view.only_quotes
        quotes = enumerate(self.opened.analysis.quotes)
        return sorted((quote.start, quote.end) for number, quote in quotes if only is None or number in only)

    def action_claim_back(self) -> None:
        """Go to the claim before."""
        self._move_to(self._claims(), -1, "No claim before this one")

    def action_claim_on(self) -> None:
        """Go to the next claim."""
        self._move_to(self._claims(), 1, "No claim after this one")

    def _claims(self) -> list[Span]:
        return [(claim.anchor.start, claim.anchor.end) for claim in self.opened.claims]

    def _move_to(self, spans: list[Span], away: int, nothing: str) -> None:
        view = self.view
        if view.selecting and away > 0:
            moved = view.move_end(spans)
        else:
            if view.selection and not view.selecting:
                view.select(None)
            moved = view.move(spans, away, middle=True)
        if not moved:
            app_of(self).say(nothing)

    def action_next_article(self) -> None:
        """Open the article after this one in the list of the library."""
        self._other_article(1)

    def action_previous_article(self) -> None:
        """Open the article before this one in the list of the library."""
        self._other_article(-1)

    def _other_article(self, away: int) -> None:
        ids = app_of(self).listed
        if self.article_id not in ids:  # the list shows others only
            ids = [article.id for article in app_of(self).library.articles()]
        place = ids.index(self.article_id) + away if self.article_id in ids else -1
        if not 0 <= place < len(ids):
            app_of(self).say("That was the last article" if away > 0 else "That was the first article")
            return
        self.leave_article()
        self.show_article(ids[place])

    # Selecting

    def action_select(self) -> None:
        """Begin to select at the cursor, or stop."""
        if self.view.selecting:
            self.view.selecting = False
            self.show_bar()
        else:
            self.view.begin_selecting()

    def action_edge_back(self) -> None:
        """Move the end that is being selected a character back."""
        self._edge(-1)

    def action_edge_on(self) -> None:
        """Move the end that is being selected a character on."""
        self._edge(1)

    def _edge(self, away: int) -> None:
        if not self.view.selecting:
            self.view.begin_selecting()
        self.view.move_edge(away)

    def action_widen(self) -> None:
        """Select the word; again the sentence, the quote, the paragraph around it; motions go on if they did."""
        view, selecting = self.view, self.view.selecting
        now = view.selection or (view.cursor, view.cursor)
        at = now[0]
        around = [view.units.word(at), view.units.sentence(at), view.units.paragraph(at)]
        around += [(quote.start, quote.end) for quote in self.opened.analysis.quotes if quote.start <= at < quote.end]
        wider = [s for s in around if s[0] <= now[0] and now[1] <= s[1] and s != now]
        if wider:
            view.select(min(wider, key=lambda span: span[1] - span[0]), cursor=view.cursor)
            if selecting:
                view.begin_selecting()

    def action_cancel(self) -> None:
        """Drop the selection; else show what is around the text again; else drop what was found; else dimming."""
        if self.view.selection or self.view.selecting:
            self.edging = None
            self.view.select(None)
        elif self.has_class("-zen"):
            self.end_zen()
        elif self.found_line():
            self.find("")
        elif self.view.only_quotes is not None:
            self.view.only(None)
        else:
            self.close_pane()
        self.set_focus(self.view)
        self.show_bar()
