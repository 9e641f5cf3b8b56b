"""What a person does to articles in the library: mark, read, star, delete, go to what is unread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from store.model import Article
from tui.app_changing import AT_ONCE
from tui.counting import count
from tui.ordering import Heading
from tui.origin import source_line
from tui.safe import verbatim
from tui.screens.page import Page, app_of
from tui.widgets.article_list import ArticleList


class Acts(Page):
    """The actions that change articles: those that are marked, else the one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: set[str] = set()

    @property
    def listed(self) -> ArticleList:
        """The list of articles."""
        return self.query_one(ArticleList)

    def show_figures(self) -> None:
        """Show what is marked, in the line at the head."""

    @property
    def meant(self) -> Sequence[Article]:
        """The marked articles among those shown, else the one under the cursor."""
        marked = [article for article in self.listed.articles if article.id in self.marked]
        article = self.listed.article
        return marked or ([article] if article else [])

    def action_mark(self) -> None:
        """Mark the article, or take its mark, and go on to the next."""
        article = self.listed.article
        if article:
            self.marked ^= {article.id}
        self.listed.action_down()
        self.show_marks()

    def action_mark_all(self) -> None:
        """Mark all articles shown; when they are, take all marks."""
        shown = {article.id for article in self.listed.articles}
        self.marked = set() if shown <= self.marked else self.marked | shown
        self.show_marks()

    def show_marks(self) -> None:
        """Draw the marks."""
        self.listed.marked = self.marked
        self.listed.redraw()
        self.show_figures()

    def action_next_unread(self) -> None:
        """Go to the next unread article, from the top again after the last."""
        self._to_unread(1)

    def action_previous_unread(self) -> None:
        """Go to the unread article before."""
        self._to_unread(-1)

    def _to_unread(self, step: int) -> None:
        rows = self.listed.rows
        for away in range(1, len(rows) + 1):
            place = (self.listed.cursor + away * step) % len(rows)
            row = rows[place]
            if not isinstance(row, Heading) and not row.read:
                self.listed.go_to(place)
                return
        app_of(self).say("Nothing unread here")

    def action_toggle_read(self) -> None:
        """Mark the article read or unread; several become read unless all are."""
        articles, library = self.meant, app_of(self).library
        read = not all(article.read for article in articles)
        other = [article.id for article in articles if article.read != read]
        self._change(partial(library.mark_read, other, read=read), other)

    def action_toggle_star(self) -> None:
        """Star the article or take its star; several get one unless all have it."""
        articles, library = self.meant, app_of(self).library
        on = not all(article.starred for article in articles)
        other = [article.id for article in articles if article.starred != on]
        self._change(partial(library.star_all, other, on), other)

    def action_original(self) -> None:
        """Show the address of the original, and open it if wanted."""
        from tui.screens.link import LinkPrompt  # noqa: PLC0415

        article = self.listed.article
        if article and article.url:
            app_of(self).push_screen(LinkPrompt(article.url))
        elif article:
            app_of(self).say(f"No address is known; it came from {verbatim(article.path or 'standard input')}")

    def action_copy(self) -> None:
        """Copy title, outlet, day and address, a paragraph for each article."""
        from tui.copying import copy  # noqa: PLC0415

        if self.meant:
            copy(app_of(self), "\n".join(map(_told, self.meant)))

    def export(self) -> None:
        """Ask where to export the marked articles to, or the whole library."""
        from tui.screens.export import ExportPrompt  # noqa: PLC0415

        known = {article.id for article in app_of(self).library.articles()}
        marked = self.marked & known
        what = "The marked article" if len(marked) == 1 else f"The {count(len(marked), 'article')} marked"
        app_of(self).push_screen(ExportPrompt(marked, what) if marked else ExportPrompt())

    def action_delete(self) -> None:
        """Delete what is marked, else the article under the cursor, in one step of undo."""
        articles, library = self.meant, app_of(self).library
        if not articles:
            return
        self.marked -= {article.id for article in articles}
        what = f"“{verbatim(articles[0].title)}”" if len(articles) == 1 else count(len(articles), "article")
        back = f"<app.undo> brings {'it' if len(articles) == 1 else 'them'} back"
        gone = [article.id for article in articles]
        self.listed.seek(*gone)
        self._change(partial(library.delete_articles, gone), gone, f"Deleted {what}   {back}")

    def _change(self, change: Callable[[], object], articles: Sequence[str], said: str = "") -> None:
        def doing() -> None:
            change()  # what it gives, every article perhaps, is let go where it was made

        if articles:
            app_of(self).change(doing, said, wait=len(articles) <= AT_ONCE)


def _told(article: Article) -> str:
    return "\n".join(part for part in (article.title, source_line(article), article.url) if part) + "\n"
