"""The reader: one article, its quotes and speakers, and what a person tags in it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus, Resize
from textual.widgets import Static

from store.errors import LibraryError, UnknownRecordError
from tui.config import LEAST_MEASURE, MOST_MEASURE
from tui.counting import count, reading_time
from tui.keys import bindings
from tui.reading import Open
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.screens.reader_edits import Edits, short
from tui.screens.reader_finds import Finds
from tui.screens.reader_jumps import Jumps
from tui.screens.reader_looks import Looks
from tui.screens.reader_marks import Marks
from tui.screens.reader_moves import Moves
from tui.screens.reader_shows import Shows
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.choice_prompt import ChoicePrompt
from tui.widgets.filter_box import FilterBox
from tui.widgets.side_pane import SidePane
from tui.widgets.text_view import PLAIN_UNDER

PANE_FROM, HUGE = 100, 160
SAVE_AFTER = 1.0
SELECTED_KEYS = "<reader.tag> tag · <reader.widen> wider · <reader.correct> speaker · <reader.copy> copy · esc drop"
EDGES_KEYS = "<reader.tag> set · <reader.edges> other end · <reader.shrink> <reader.grow> by character · esc drop"
MOST_COUNTED = 100_000  # characters of a selection whose words are counted
FIND_KEYS = "type what to find   ↓ next   ↑ before   enter keep   esc back"
PANE_KEYS = (
    "<pane.go> go to the words   claim: <reader.tag> tag  "
    "<reader.remove> remove  <reader.note> note  <reader.correct> speaker   esc back"
)


class ReaderScreen(Moves, Finds, Jumps, Looks, Marks, Shows, Edits):
    """Shows the article `article_id`, at `span` when one is given, else where its reader stopped."""

    CONTEXTS: ClassVar = ("reader", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("reader")
    DEFAULT_CSS = """
    ReaderScreen {
        & > #notice { height: 1; padding: 0 1; color: $alarm; text-style: bold; text-wrap: nowrap; }
        & > #page { height: 1fr; layers: beside over; visibility: hidden; }
        & > #page > * { visibility: visible; }
        & SidePane { display: none; width: 36; }
        &.-wide SidePane.-shown { display: block; }
        &.-huge SidePane { width: 46; }
        &.-huge SidePane.-shown { display: block; }
        &.-mid SidePane.-over { display: block; layer: over; dock: right; width: 42; background: $surface; }
        &.-zen TitleBar, &.-zen SidePane.-shown { display: none; }
        &.-narrow SidePane.-over { display: block; width: 1fr; border: none; padding: 0; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the text, the pane beside it, and what opens at the foot."""
        yield TitleBar(id="title")
        yield Static(id="notice")
        with Horizontal(id="page"):
            yield ArticleView(id="text")
            yield SidePane(id="pane", classes="-shown")
        yield FilterBox("find", keys=FIND_KEYS, id="find")
        yield ChoicePrompt(id="prompt")
        yield HintBar("reader", id="hints")

    def on_mount(self) -> None:
        """Show the article where its reader stopped, or at the words asked for."""
        self.query_one("#find").display = False
        self.view.narrow = self.app.size.width < PLAIN_UNDER
        self.view.measure = max(LEAST_MEASURE, min(MOST_MEASURE, app_of(self).measure))
        self.show_article(self.article_id, self.first_span)
        self.set_focus(self.view)

    def library_changed(self) -> None:
        """Draw the article again; when it was deleted elsewhere, leave."""
        if not self.query(ArticleView) or self.open_now is None:
            return
        app = app_of(self)
        try:
            opened = Open.read(app.library, self.article_id, self.open_now)
        except UnknownRecordError:
            app.say(f"“{short(self.opened.article.title)}” is no longer in the library", error=True)
            self.outdated = self.app.screen is not self  # then it is left once what lies over it is
            self.leave()
            return
        except LibraryError as error:
            app.say(str(error), error=True)
            self.leave()
            return
        before, self.open_now = self.open_now, opened
        if not opened.shows_as(before):
            other_text = opened.version.sha256 != before.version.sha256
            at = self._carried(before.version.text) if other_text else None
            self.view.show(opened.reading(app_of(self).verdict_names), at=at)
            if other_text:
                self.view.left = None
                self.ask_on(before.version.text)
            self.show_pane()
            self.show_notice()
        self.show_bar()

    def _carried(self, before: str) -> int:
        """Find where reading goes on in a text that came in place of `before`."""
        from store.anchor import carried  # noqa: PLC0415 - only texts that changed need it

        return carried(before, self.opened.version.text, self.place)

    # The lines at the head and the foot

    def show_bar(self) -> None:
        """Show how far the reading is, and what is selected."""
        if self.open_now is None:
            return
        article = self.open_now.article
        if self.view.display:
            self.seen = self.view.share_seen
        seen = self.seen
        left = "end" if seen >= 1 else f"{reading_time(article.words * (1 - seen))} left"
        wide = self.size.width >= PLAIN_UNDER
        found = f"/ {self.found_place} of {len(self.found)}" if self.found_line() and not wide else ""
        chosen = "" if wide or self.view.selection is None else self._selected_line().split(" · ")[0]
        parts = [
            found,
            chosen,
            article.outlet if wide else "",
            "★" if article.starred else "",
            f"{seen:.0%}",
            left if wide else "",
        ]
        title = article.title if self.view.title_is_above else "newsreader"
        self.query_one(TitleBar).show(title, " · ".join(part for part in parts if part))
        if not self.prompt.is_open:
            pane = PANE_KEYS if self.pane.has_focus else ""
            chosen, found = self._selected_line(), self.found_line()
            again, self._found_told = not chosen and bool(found) and found == self._found_told, found
            self.hint(chosen or found or self._only_line() or pane, again=again)

    def _selected_line(self) -> str:
        if self.view.selection is None:
            return ""
        start, end = self.view.selection
        if end - start > MOST_COUNTED:
            words = f"{(end - start) // 1000:,},000 characters"
        else:
            words = count(self.view.units.words.count(self.view.selection), "word")
        if self.edging is not None:
            return f"EDGES {words} · {EDGES_KEYS}"
        mode = "SELECT" if self.view.selecting else "selected"
        return f"{mode} {words} · {SELECTED_KEYS}"

    def _only_line(self) -> str:
        if self.view.only_quotes is None:
            return ""
        number = next(iter(self.view.only_quotes), None)
        name = self.opened.analysis.quotes[number].speaker if number is not None else None
        who = verbatim(name or "unnamed sources")
        return f"only {who} · <reader.quote_on> <reader.quote_back> next quote, before · esc all"

    @on(DescendantFocus)
    def _focused(self) -> None:
        if self.focused in {self.view, self.pane}:  # the mouse may have gone there from a line that was typed into
            if self.prompt.is_open:
                self.prompt.close()
                self.end_question()
            self.query_one("#find").display = False
        self.show_bar()

    @on(ArticleView.Moved)
    def _moved(self) -> None:
        self.show_bar()
        if self.open_now is None:
            return
        self.place = self.view.cursor
        if self.view.selection is None:
            self.edging = None
        end_seen = self.view.share_seen >= 1
        self.whole = end_seen and self.view.scroll_offset.y == 0
        if end_seen and self.place != self.began and not self.marked and not self.open_now.article.read:
            self.keep(read=True, tell=True)
        else:
            self._save_soon()

    @on(ArticleView.Begun)
    def _begun_anew(self) -> None:
        self.edging = None

    def _save_soon(self) -> None:
        if self.saving is not None:
            self.saving.stop()
        self.saving = self.set_timer(SAVE_AFTER, self.keep)

    def on_unmount(self) -> None:
        """Keep the place."""
        self.leave_article()

    @on(Resize)
    def _fit(self, event: Resize) -> None:
        self.view.narrow = event.size.width < PLAIN_UNDER  # the view lays out anew once it has its new room
        if event.size.width >= PANE_FROM:
            self.pane.remove_class("-over")
        self._share_room(event.size.width)
        self.show_bar()
        if self.prompt.is_open:
            self.prompt.fit()
            self.call_after_refresh(self.hint, self._hinted)

    # The pane

    def action_pane(self) -> None:
        """Show or hide the pane; where it lies over the text, also go to it."""
        self.end_zen()
        if self.size.width >= PANE_FROM:
            self.pane.toggle_class("-shown")
            if not self.pane.display:
                self.set_focus(self.view)
        else:
            self.pane.add_class("-over")
            self._share_room(self.size.width)
            self.set_focus(self.pane)

    def _share_room(self, width: int) -> None:
        """Leave the text out where the pane takes all the room, and show it everywhere else."""
        self.view.display = width >= PLAIN_UNDER or not self.pane.has_class("-over")
        if width >= PANE_FROM and self.pane.has_focus and not self.pane.has_class("-shown"):
            self.set_focus(self.view)

    def action_other_pane(self) -> None:
        """Go to the pane."""
        self.end_zen()
        if self.pane.display:
            self.set_focus(self.pane)
        else:
            self.action_pane()
            self.set_focus(self.pane)

    def close_pane(self) -> None:
        """Close the pane where it lies over the text."""
        self.pane.remove_class("-over")
        self.view.display = True

    @on(SidePane.Left)
    def _pane_left(self, event: SidePane.Left) -> None:
        self.close_pane()
        if event.close and self.size.width >= PANE_FROM:
            self.pane.remove_class("-shown")
        self.set_focus(self.view)

    @on(SidePane.Go)
    def _pane_go(self, event: SidePane.Go) -> None:
        row = event.row
        over = self.pane.has_class("-over")
        starts = sorted(span for span in row.spans)
        later = [span for span in starts if span[0] > self.view.cursor]
        self.close_pane()
        self.view.left = self.view.cursor
        self.view.select(None)
        self.view.go_to((later or starts)[0][0], middle=True)
        self.view.only(row.quotes)
        if over or row.quotes is None:
            self.set_focus(self.view)
        self.show_bar()
