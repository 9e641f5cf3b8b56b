"""The library: all articles, what is new, who speaks in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.widgets import Input

from store.model import Article
from tui.keys import bindings
from tui.screens.page import Page, app_of
from tui.widgets.article_list import NARROW, ArticleList
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.filter_box import FilterBox
from tui.widgets.preview import Preview
from tui.widgets.welcome import Welcome


class LibraryScreen(Page):
    """The list of articles with a preview of the one under the cursor; `chosen` is the id to begin on."""

    CONTEXTS: ClassVar = ("library", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("library")

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._begin_on = chosen
        self._articles: list[Article] = []
        self._progress = ""

    def compose(self) -> ComposeResult:
        """Lay out the list, its filter and the preview."""
        yield TitleBar("newsreader", id="title")
        yield FilterBox("show only", id="filter")
        yield ArticleList(app_of(self).today(), id="articles")
        yield Preview(id="preview")
        yield Welcome(id="welcome")
        yield HintBar("library", id="hints")

    @property
    def chosen(self) -> str:
        """The id of the article under the cursor, or empty."""
        row = self._list.current
        return row.id if row else ""

    @property
    def _list(self) -> ArticleList:
        return self.query_one(ArticleList)

    @property
    def _filter(self) -> FilterBox:
        return self.query_one(FilterBox)

    def on_mount(self) -> None:
        """Show the library, the cursor where it was last time."""
        self._filter.display = False
        self.library_changed()
        begin = [at for at, row in enumerate(self._list.rows) if row.id == self._begin_on]
        if begin:
            self._list.go_to(begin[0])

    def library_changed(self) -> None:
        """Draw the list again, the cursor staying on its article."""
        library = app_of(self).library
        self._articles = library.articles()
        self._list.today = app_of(self).today()
        self._list.claims = library.claim_counts()
        empty = not self._articles
        self.query_one(Welcome).display = empty
        self._list.display = self.query_one(HintBar).display = not empty
        self._show_filtered()
        if empty:
            self._filter.close()
            self.query_one(Welcome).focus()
        elif not self._filter.typing:
            self.set_focus(self._list)

    def _show_filtered(self, *, top: bool = False) -> None:
        self._list.show_rows(self._matching(self._filter.value), top=top)
        self._show_figures()

    def _matching(self, query: str) -> Sequence[Article]:
        if not query.strip():
            return self._articles
        from store.search import filter_articles  # noqa: PLC0415 - rapidfuzz is loaded with the first filter

        return filter_articles(query, self._articles)

    def _show_figures(self) -> None:
        rows = self._list.rows
        unread = sum(not row.read for row in self._articles)
        claims = sum(self._list.claims.values())
        found = f"{len(rows)} of " if len(rows) != len(self._articles) else ""
        parts = [f"{found}{_count(len(self._articles), 'article')}", f"{unread} unread"]
        if self.size.width >= NARROW:
            parts.append(f"{sum(row.quotes for row in self._articles):,} quotes")
            parts.append(_count(claims, "claim"))
        read_only = "   read only" if app_of(self).library.read_only else ""
        figures = self._progress or (" · ".join(parts) if self._articles else "")
        self.query_one(TitleBar).show(f"Library{read_only}", figures)

    def show_progress(self, line: str) -> None:
        """Show how far something in the background is, in place of the figures; empty when it is done."""
        self._progress = line
        self._show_figures()

    @on(Resize)
    def _fit(self) -> None:
        self._list.set_row_height(2 if self.size.width < NARROW else 1)
        self._show_figures()
        self._show_preview()

    # The filter

    @on(Input.Changed)
    def _filter_typed(self) -> None:
        self._show_filtered(top=True)

    @on(FilterBox.Move)
    def _move_while_typing(self, event: FilterBox.Move) -> None:
        self._list.go_to(self._list.cursor + event.rows)

    @on(FilterBox.Done)
    def _filter_done(self, event: FilterBox.Done) -> None:
        self.set_focus(self._list)
        if event.opened:
            self.action_open()
        else:
            self._show_filtered()

    def action_filter(self) -> None:
        """Show only the articles that match what is typed."""
        if self._articles:
            self._filter.open()

    def action_clear(self) -> None:
        """Show all articles again."""
        self._filter.close()

    # The preview

    @on(ArticleList.Moved)
    def _moved(self) -> None:
        self.call_later(self._show_preview)

    def _show_preview(self) -> None:
        preview, row = self.query_one(Preview), self._list.current
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
        """Open the article under the cursor."""
        if self._list.current:
            app_of(self).open_reader(self._list.current.id)

    def action_next_unread(self) -> None:
        """Go to the next unread article, from the top again after the last."""
        self._to_unread(1)

    def action_previous_unread(self) -> None:
        """Go to the unread article before."""
        self._to_unread(-1)

    def _to_unread(self, step: int) -> None:
        rows = self._list.rows
        for away in range(1, len(rows) + 1):
            place = (self._list.cursor + away * step) % len(rows)
            if not rows[place].read:
                self._list.go_to(place)
                return
        app_of(self).say("Nothing unread here")

    def action_toggle_read(self) -> None:
        """Mark the article read or unread."""
        if row := self._list.current:
            self._change(lambda: app_of(self).library.set_reading(row.id, read=not row.read))

    def action_toggle_star(self) -> None:
        """Star the article or take its star."""
        if row := self._list.current:
            self._change(lambda: app_of(self).library.star(row.id, not row.starred))

    def action_delete(self) -> None:
        """Delete the article; undo brings it back."""
        if row := self._list.current:
            self._change(
                lambda: app_of(self).library.delete_article(row.id), f"Deleted “{row.title}”   u brings it back"
            )

    def _change(self, change: Callable[[], object], said: str = "") -> None:
        app = app_of(self)
        with app.guard():
            change()
            app.changed()
            if said:
                app.say(said)

    @on(Welcome.Taken)
    def _take_sample(self, event: Welcome.Taken) -> None:
        if event.files:
            app_of(self).add_sources([str(path) for path in event.files], then_open=True)
        else:
            app_of(self).say("The sample is not installed here; a adds a file of your own", error=True)

    def action_add(self) -> None:
        """Ask for a file or a folder and add it."""
        from tui.screens.add import AddPrompt  # noqa: PLC0415

        app_of(self).push_screen(AddPrompt())


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")
