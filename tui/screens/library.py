"""The library: all articles, what is new, who speaks in them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize, ScreenResume
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from store.model import Article
from tui.counting import count
from tui.keys import bindings
from tui.ordering import Heading, Row
from tui.safe import own_markup
from tui.screens.library_acts import Acts
from tui.screens.library_filter import Filtering
from tui.screens.page import app_of
from tui.widgets.article_list import NARROW, ArticleList
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.filter_box import FilterBox
from tui.widgets.ink import Reading
from tui.widgets.preview import Preview
from tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from store.dossier.records import Subject

_NOTHING = """\
No title, outlet, author or speaker fits.

[bold $claim]<app.search>[/] searches the texts as well   [bold $claim]<library.clear>[/] shows all"""
HUGE = 160
REST_SECONDS = 0.08
"""How long the cursor has to rest on an article before its text is read."""


class LibraryScreen(Filtering, Acts):
    """The list of articles with a preview of the one under the cursor; `chosen` is the id to begin on."""

    CONTEXTS: ClassVar = ("library", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("library")
    DEFAULT_CSS = """
    LibraryScreen #nothing { height: 1fr; content-align: center middle; padding: 0 2; color: $muted; }
    """

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._begin_on = chosen
        self._unread = self._quotes = 0
        self._progress = self._followed = ""
        self._resting: Timer | None = None
        self._parts: list[Widget] = []

    def compose(self) -> ComposeResult:
        """Lay out the list, its filter and the preview."""
        yield TitleBar("newsreader", id="title")
        yield FilterBox("show only", id="filter")
        with Horizontal(id="shelves"), Vertical(id="shelf"):
            yield ArticleList(app_of(self).today(), id="articles")
            yield Static(id="nothing")
            yield Preview(id="preview")
        yield Welcome(id="welcome")
        yield HintBar("library", id="hints")

    @property
    def chosen(self) -> str:
        """The id of the article under the cursor, or empty."""
        article = self.listed.article
        return article.id if article else ""

    @property
    def _whole(self) -> bool:
        """Whether all parts are there; when the app ends they go one by one."""
        return bool(self._parts) and all(part.is_attached for part in self._parts)

    def on_mount(self) -> None:
        """Show the library, the cursor where it was last time."""
        kinds = (TitleBar, FilterBox, ArticleList, Preview, Welcome, HintBar)
        self._parts = [self.query_one(kind) for kind in kinds]
        self.filter.display = self.query_one("#nothing").display = False
        self.query_one("#nothing", Static).update(own_markup(_NOTHING, app_of(self).keys))
        self.library_changed()
        self.listed.go_to_key(self._begin_on)

    @on(ScreenResume)
    def _follow(self) -> None:
        """Put the cursor on the article that was read meanwhile."""
        read = app_of(self).read_last
        if read != self._followed:
            self._followed = read
            self.listed.go_to_key(read)

    def library_changed(self) -> None:
        """Draw the list again, the cursor staying on its article."""
        if not self._whole:
            return
        app, before = app_of(self), list(self.articles)
        library = app.library
        self.articles = library.articles()
        self._unread = len(self.articles) - sum(map(attrgetter("read"), self.articles))
        self._quotes = sum(map(attrgetter("quotes"), self.articles))
        self.listed.today = app.today()
        self.claims = self.listed.claims = library.claim_counts()
        empty = not self.articles
        self.query_one(Welcome).display = empty
        self.query_one("#shelves").display = not empty
        self.query_one(HintBar).set_class(empty, "-nothing")
        self.show_filtered()
        self.ask_again()
        if empty:
            self.filter.close()
            self.query_one(Welcome).focus()
        elif not self.filter.typing:
            self.set_focus(self.listed)
        app.let_go(before)

    def show_rows(self, shown: Sequence[Article], rows: Sequence[Row], *, top: bool) -> None:
        """Show the articles that the filter lets through, as the rows of the list."""
        self.shown = shown
        self.query_one("#nothing").display = not rows
        self.listed.display = bool(rows)
        if rows and self.focused is None:  # that was lost with the last row
            self.set_focus(self.listed)
        self.listed.show_rows(rows, top=top)
        if top and len(rows) > 1 and isinstance(rows[0], Heading) and not rows[0].folded:
            self.listed.go_to(1)
        self.show_figures()

    def renew_rows(self) -> None:
        """Show the articles that are in the list as they are now, before they are put in order anew."""
        self.listed.renew(self.articles)

    def show_in_order(self, *, anew: bool) -> None:
        """Draw the list again: from its top when it was sorted `anew`, else on the article that the cursor is on."""
        self.show_filtered(top=anew or self.listed.article is None)

    def show_figures(self) -> None:
        """Show the order, and figures or what is going on, in the line at the head; all of it what the filter says."""
        if self.filter_line and not self._progress:
            self.query_one(TitleBar).show(self.filter_line)
            return
        claims = sum(self.listed.claims.values())
        found = f"{len(self.shown):,} of " if len(self.shown) != len(self.articles) else ""
        parts = [f"{found}{count(len(self.articles), 'article')}", f"{self._unread:,} unread"]
        if self.size.width >= NARROW:
            parts.append(count(self._quotes, "quote"))
            parts.append(count(claims, "claim"))
        if self.marked and (marked := sum(map(self.marked.__contains__, map(attrgetter("id"), self.articles)))):
            parts.insert(0, f"{marked:,} marked")
        app = app_of(self)
        title = "   ".join(filter(None, ("Library", app.order.line(), "read only" if app.library.read_only else "")))
        while len(parts) > 1 and len(title) + len(" · ".join(parts)) + 4 > self.size.width:
            parts.pop()  # what the list is ordered by is told whole
        self.query_one(TitleBar).show(title, self._progress or (" · ".join(parts) if self.articles else ""))

    def show_progress(self, line: str) -> None:
        """Show how far something in the background is, in place of the figures; empty when it is done."""
        self._progress = line
        if self._whole:
            self.show_figures()

    @on(Resize)
    def _fit(self) -> None:
        self.listed.set_row_height(2 if self.size.width < NARROW else 1)
        self.show_figures()
        self._show_preview()
        self._show_beside()

    # The filter

    @on(FilterBox.Move)
    def _move_while_typing(self, event: FilterBox.Move) -> None:
        self.listed.go_to(self.listed.cursor + event.rows)

    @on(FilterBox.Done)
    def _filter_done(self, event: FilterBox.Done) -> None:
        self.set_focus(self.listed)
        if event.opened:
            self.open_when_answered()
        else:
            self.show_filtered()

    def action_filter(self) -> None:
        """Show only the articles that match what is typed."""
        if self.articles:
            self.filter.open()

    # The preview, and the text beside the list

    @on(ArticleList.Moved)
    def _moved(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, self._rested)

    def _rested(self) -> None:
        self._show_preview()
        self._show_beside()

    def _show_beside(self) -> None:
        if not self._whole or self.size.width < HUGE:
            return
        from tui.widgets.beside import Beside  # noqa: PLC0415 - loaded where there is room for it

        if not self.query(Beside):
            self.query_one("#shelves").mount(Beside(id="beside"))
            self.call_after_refresh(self._show_beside)
            return
        beside, article = self.query_one(Beside), self.listed.article
        if article is None:
            beside.put(Reading())
            return
        from tui.reading import Open  # noqa: PLC0415

        with app_of(self).guard():
            other = beside.put(Open.read(app_of(self).library, article.id).reading(app_of(self).verdict_names))
            if other:
                beside.scroll_home(animate=False)

    def _show_preview(self) -> None:
        if not self._whole:
            return
        preview, row = self.query_one(Preview), self.listed.article
        preview.set_class(row is None, "-nothing")
        if row is None or self.size.width < 100 or self.size.height < 16:
            return
        app = app_of(self)
        with app.guard():
            names = [name for claim in app.library.claims(row.id) for name in app.library.tag_names(claim)]
            preview.show(row, app.library.analysis(row.id), names)

    # What a person can do

    @on(ArticleList.Chosen)
    def action_open(self) -> None:
        """Open the article under the cursor; fold or unfold the heading."""
        row = self.listed.current
        if isinstance(row, Heading):
            self.action_fold()
        elif row:
            app_of(self).open_reader(row.id)

    def action_fold(self) -> None:
        """Fold or unfold the group that the cursor is in."""
        place = self.listed.cursor
        rows = self.listed.rows
        while place >= 0 and not isinstance(rows[place], Heading):
            place -= 1
        heading = rows[place] if place >= 0 else None
        if not isinstance(heading, Heading):
            app_of(self).say("Nothing is grouped: <library.order> puts headings over the articles")
            return
        self.folded ^= {heading.key}
        self.listed.go_to(place)
        self.show_filtered()

    def action_order(self) -> None:
        """Choose what the list is sorted by, and its headings."""
        from tui.screens.order import OrderScreen  # noqa: PLC0415

        app_of(self).push_screen(OrderScreen())

    def dossier_subject(self) -> Subject | None:
        """Give the search that the filter is, if one is set."""
        from store.dossier.records import Subject  # noqa: PLC0415

        query = self.filter.value.strip()
        return Subject("search", query) if query else None

    def action_clear(self) -> None:
        """Stop adding, else drop the marks, else show all articles again."""
        app = app_of(self)
        if app.stop_adding():
            app.say("Stopped; what was added so far is here")
        elif self.marked:
            self.marked = set()
            self.show_marks()
        else:
            self.filter.close()

    @on(Welcome.Taken)
    def _take_sample(self, event: Welcome.Taken) -> None:
        if event.files:
            app_of(self).add_sources([str(path) for path in event.files], then_open=True)
        else:
            app = app_of(self)
            app.say(app.spelled("The sample is not installed here; <library.add> adds a file of your own"), error=True)

    def action_feeds(self) -> None:
        """Show the feeds that are followed."""
        from tui.screens.feeds import FeedsScreen  # noqa: PLC0415

        app_of(self).push_screen(FeedsScreen())

    def action_update(self) -> None:
        """Fetch what is new in all feeds."""
        app_of(self).update_feeds()

    def action_add(self) -> None:
        """Ask for a file or a folder and add it."""
        from tui.screens.add import AddPrompt  # noqa: PLC0415

        app_of(self).push_screen(AddPrompt())
