"""The feeds that are followed: when each was looked at last, what went wrong, and fetching what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from store.model import Feed
from tui import dates
from tui.keys import bindings
from tui.safe import own_markup, plain, put, verbatim
from tui.screens.page import Page, app_of
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList

_NOTHING = """\
[bold $foreground]You follow no feeds yet.[/]

Press [bold $claim]<feeds.add>[/] and give the address of one (RSS, Atom or JSON), or an OPML file with many.
[bold $claim]<feeds.update_all>[/] then fetches their new articles.

[bold $claim]<app.back>[/] goes back"""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed, the day it was looked at last, and what went wrong then."""

    feed: Feed
    looked: str
    wrong: str


class FeedList(LineList[FeedRow]):
    """Feeds in two lines each: name and last look, then the address or what went wrong."""

    def key_of(self, row: FeedRow) -> object:
        """Give the id: a feed stays itself under another name."""
        return row.feed.id

    def paint(self, row: FeedRow, part: int, width: int) -> list[Piece]:
        """Draw a feed."""
        muted = self.look("row--muted")
        if part:
            words = f"! {row.wrong}" if row.wrong else row.feed.url
            return [("  ", None), (fit(plain(words), width - 3), self.look("row--accent") if row.wrong else muted)]
        folder = f"{row.feed.folder}/" if row.feed.folder else ""
        looked = f"  {row.looked or 'never fetched'} "
        return [
            (" ", None),
            (fit(plain(folder + row.feed.title), max(8, width - 1 - len(looked))), self.look("row--strong")),
            (looked, muted),
        ]


class FeedsScreen(Page):
    """The list of feeds."""

    CONTEXTS: ClassVar = ("feeds", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("feeds")
    AUTO_FOCUS = "FeedList"
    DEFAULT_CSS = """
    FeedsScreen > #nothing {
        height: 1fr; content-align: center middle; padding: 0 2; color: $muted; display: none;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._progress = ""
        self.awaited = True

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield TitleBar("Feeds", "reading…", id="title")
        yield FeedList(id="feeds")
        yield Static(id="nothing")
        yield HintBar("feeds", id="hints")

    @property
    def _list(self) -> FeedList:
        return self.query_one(FeedList)

    def on_mount(self) -> None:
        """Show the feeds."""
        self._list.set_row_height(2)
        put(self.query_one("#nothing", Static), own_markup(_NOTHING, app_of(self).keys))
        self.library_changed()

    def library_changed(self) -> None:
        """Read the feeds again, in the background: what is known of their last look lies in a file."""
        self._read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self) -> None:
        from store.intake import last_looks  # noqa: PLC0415

        app = app_of(self)
        looks = last_looks(app.library)
        rows = [_row(feed, *looks.get(feed.url, ("", ""))) for feed in app.library.feeds()]
        app.call_from_thread(self._show, rows)

    def _show(self, rows: list[FeedRow]) -> None:
        self._list.show_rows(rows)
        self._list.display, self.query_one("#nothing").display = bool(rows), not rows
        if rows and self.focused is None:
            self.set_focus(self._list)  # that is lost with the last row
        self.awaited = False
        self._show_figures()

    def _show_figures(self) -> None:
        rows = self._list.rows
        wrong = sum(bool(row.wrong) for row in rows)
        figures = f"{len(rows)} followed" + (f" · {wrong} with errors" if wrong else "")
        self.query_one(TitleBar).show("Feeds", self._progress or (figures if rows else ""))

    def show_progress(self, line: str) -> None:
        """Show how far the fetching is; empty when it is done."""
        self._progress = line
        self._show_figures()
        if not line:
            self._read()

    @on(FeedList.Chosen)
    def action_update(self) -> None:
        """Fetch what is new in the feed under the cursor."""
        if row := self._list.current:
            app_of(self).update_feeds([row.feed])

    def action_update_all(self) -> None:
        """Fetch what is new in all feeds."""
        app_of(self).update_feeds()

    def action_add(self) -> None:
        """Ask for an address to follow."""
        from tui.screens.add import AddPrompt  # noqa: PLC0415

        app_of(self).push_screen(AddPrompt())

    def action_leave_feed(self) -> None:
        """Leave the feed; undo brings it back, and its articles stay."""
        app = app_of(self)
        if row := self._list.current:
            self._list.seek(row.feed.id)
            said = f"Left “{verbatim(row.feed.title)}”; its articles stay   <app.undo> brings it back"
            app.change(lambda: app.library.unfollow(row.feed.id), said)

    def action_copy(self) -> None:
        """Copy the address of the feed."""
        from tui.copying import copy  # noqa: PLC0415

        if row := self._list.current:
            copy(app_of(self), row.feed.url)

    def action_clear(self) -> None:
        """Stop fetching, else go back."""
        app = app_of(self)
        if app.stop_adding():
            app.say("Stopped; what was fetched so far is in the library")
        else:
            app.pop_screen()


def _row(feed: Feed, looked: str, wrong: str) -> FeedRow:
    day = dates.parse(looked)
    return FeedRow(feed, f"{dates.long(day)} {looked[11:16]}" if day else "", wrong)
