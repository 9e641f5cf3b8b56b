"""What the parts of the reader share: the article that is open, what an action is about, and changing it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from operator import itemgetter

from textual.timer import Timer
from textual.widgets import Static

from store.errors import LibraryError
from store.model import Claim, Quote, Span
from tui.reading import Open
from tui.safe import safe
from tui.screens.page import Page, app_of
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import HintBar
from tui.widgets.choice_prompt import ChoicePrompt
from tui.widgets.side_pane import SidePane


class ReaderBase(Page):
    """Shows the article `article_id`, at `span` when one is given, else where its reader stopped."""

    def __init__(self, article_id: str, span: Span | None = None) -> None:
        super().__init__()
        self.article_id = article_id
        self.first_span = span
        self.open_now: Open | None = None
        self.found: list[Span] = []
        self.place = self.kept = self.began = 0
        self.whole = self.marked = False
        self.seen = 0.0
        self.saving: Timer | None = None
        self.edging: Claim | Quote | None = None
        self._hinted = self._found_told = ""

    @property
    def view(self) -> ArticleView:
        """The text."""
        return self.query_one(ArticleView)

    @property
    def pane(self) -> SidePane:
        """The pane beside the text."""
        return self.query_one(SidePane)

    @property
    def prompt(self) -> ChoicePrompt:
        """The prompt at the foot."""
        return self.query_one(ChoicePrompt)

    @property
    def opened(self) -> Open:
        """The article that is shown."""
        if self.open_now is None:
            raise LibraryError(app_of(self).spelled("no article is open; <app.back> goes back to the library"))
        return self.open_now

    def show_article(self, article_id: str, span: Span | None = None) -> None:
        """Show an article in this screen; when it cannot be read, say so, and leave if there is none to stay with."""
        app = app_of(self)
        try:
            opened = Open.read(app.library, article_id)
        except LibraryError as error:
            app.say(str(error), error=True)
            if self.open_now is None:
                self.call_later(self.leave)
            return
        self.article_id, self.open_now, self.edging = opened.article.id, opened, None
        app.read_last = opened.article.id
        self.place = self.began = span[0] if span else opened.article.position
        self.kept, self.whole, self.marked = opened.article.position, False, False
        self.seen = self.place / max(1, len(opened.version.text))
        self.find("")
        self.view.left = None
        self.view.show(opened.reading(app_of(self).verdict_names), at=self.place)
        self.began = self.view.cursor
        if span and span[1] > span[0]:
            self.view.select(span)
        self.show_pane()
        self.show_notice()
        self.show_bar()

    def show_notice(self) -> None:
        """Say at the head that words changed under claims, when some did."""
        count = len(self.opened.strays)
        notice = self.query_one("#notice", Static)
        notice.display = bool(count)
        claims = "1 claim stands" if count == 1 else f"{count} claims stand"
        told = f"! {claims} on words that changed: <reader.altered> shows the old and the new"
        notice.update(safe(app_of(self).spelled(told)))

    def leave(self) -> None:
        """Go back to the screen below."""
        if self.app.screen is self:
            self.app.pop_screen()

    @property
    def found_place(self) -> int:
        """How many of the places found lie up to the cursor's word, those inside it among them."""
        return bisect_left(self.found, self.view.units.word(self.view.cursor)[1], key=itemgetter(0))

    def found_line(self) -> str:
        """Say which of the places found the cursor is on."""
        return ""

    def find(self, wanted: str) -> None:
        """Mark every place that reads like `wanted` and go to the next one."""

    def close_pane(self) -> None:
        """Close the pane where it lies over the text."""

    def action_other_pane(self) -> None:
        """Go to the pane."""

    def set_edges(self) -> None:
        """Let what is being edged begin and end where the selection does."""

    def begin_edges(self, thing: Claim | Quote, span: Span) -> None:
        """Let the motions move where a claim or a quote begins and ends, from `span` on."""

    def end_zen(self) -> None:
        """Bring back what is around the text."""

    def show_bar(self) -> None:
        """Show how far the reading is."""

    def show_pane(self) -> None:
        """Show who speaks and what was tagged."""
        self.pane.show_rows(self.opened.pane(app_of(self).verdict_names))

    def hint(self, text: str, *, again: bool = False) -> None:
        """Say something at the foot in place of the keys; a message that lies over it gives way.

        What only comes back (`again`) leaves a message be.
        """
        if text and text != self._hinted and not again:
            self.app.clear_notifications()
        self._hinted = text
        bar = self.query_one(HintBar)
        bar.say(text)
        narrow = self.has_class("-narrow") and (self.has_class("-short") or self.prompt.is_open)
        if narrow or self.has_class("-zen"):
            bar.display = bool(text)  # there is no line of keys else: this one comes when it is needed
        else:
            bar.styles.clear_rule("display")

    def pane_claim(self) -> Span | None:
        """Give the words of the claim under the pane's cursor while a person is in the pane."""
        row = self.pane.current if self.pane.has_focus else None
        return row.spans[0] if row is not None and row.spans and row.quotes is None else None

    def target(self) -> Span:
        """Give what an action is about: the selection, else the quote under the cursor, else the sentence.

        In the pane it is the claim under its cursor.
        """
        if claim := self.pane_claim():
            return claim
        if self.view.selection:
            return self.view.selection
        quote = self.opened.quote_at(self.view.cursor)
        return (quote.start, quote.end) if quote else self.view.units.sentence(self.view.cursor)

    def now_at(self, before: str, span: Span) -> Span | None:
        """Give where the words at `span` of the text `before` stand in the text that is shown, if they do."""
        from store.anchor import anchor_of, locate  # noqa: PLC0415 - only texts that changed need it

        text = self.opened.version.text
        if text == before:
            return span
        place = locate(anchor_of("", "", before, *span), text)
        same = place.start >= 0 and text[place.start : place.end] == before[slice(*span)]
        return (place.start, place.end) if same else None

    def target_quote(self) -> Quote | None:
        """Give the quote that an action is about: of a stretch, the one that covers most of it."""
        chosen = self.pane_claim() or self.view.selection
        if chosen is None:
            return self.opened.quote_at(self.view.cursor)
        return self.opened.quote_over(chosen)

    def target_claim(self) -> Claim | None:
        """Give the claim that an action is about: the shortest one at the selection or under the cursor."""
        from tui.tagging import claim_at  # noqa: PLC0415 - with it comes the fuzzy search

        start, end = self.pane_claim() or self.view.selection or self.view.units.word(self.view.cursor)
        return claim_at(self.opened.claims, start, end)

    def claim_here(self) -> Claim | None:
        """Give the claim that an action is about, or say that there is none."""
        claim = self.target_claim()
        if claim is None:
            app_of(self).say("No claim here: <reader.claim_on> goes to the next one, <reader.tag> tags")
        return claim

    def quote_here(self) -> Quote | None:
        """Give the quote that an action is about, or say that there is none."""
        quote = self.target_quote()
        if quote is None:
            app_of(self).say("No quote here: <reader.quote_on> goes to the next one")
        return quote

    def keep(self, read: bool | None = None, *, tell: bool = False) -> None:
        """Keep the place that the reading has come to; `read` says that it was read, `tell` redraws every screen."""
        app = app_of(self)
        if self.open_now is None or app.library.read_only or (read is None and self.place == self.kept):
            return
        article, place = self.article_id, self.place
        self.kept = place
        told = app.changed if tell else lambda: None
        app.in_turn(lambda: app.library.set_reading(article, position=place, read=read), lambda _: told())

    def leave_article(self) -> None:
        """Keep the place on the way out; what could be seen as a whole without moving was read."""
        read = self.whole and not self.marked and self.open_now is not None and not self.open_now.article.read
        self.keep(read=True if read else None)

    def change(self, doing: Callable[[], object], said: str = "") -> None:
        """Change the library, redraw, and say so; an error becomes a line."""
        app_of(self).change(doing, said)
