"""The filter of the library: plain words are answered from the list, all else by the search index in a worker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from threading import Lock

from textual import on, work
from textual.widgets import Input
from textual.worker import Worker, get_current_worker

from store.errors import NewsreaderError
from store.model import Article
from tui.ordering import Order, Row
from tui.screens.page import Page, app_of
from tui.widgets.filter_box import FilterBox

AT_ONCE = 1000
"""Articles that are filtered and put in order while the screen waits."""


class Filtering(Page):
    """Which articles the filter lets through; while the index is asked, those that were shown before stay."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: Collection[str] = ()
        self._answered: str | None = None
        self._open_soon = False
        self._one_at_a_time, self._sifting = Lock(), Lock()
        self.articles: Sequence[Article] = ()
        self.claims: Mapping[str, int] = {}
        self.shown: Sequence[Article] = ()
        self.folded: set[str] = set()
        self.filter_line = ""

    @property
    def filter(self) -> FilterBox:
        """The line of the filter."""
        return self.query_one(FilterBox)

    def show_rows(self, shown: Sequence[Article], rows: Sequence[Row], *, top: bool) -> None:
        """Show the articles that the filter lets through, as the rows of the list."""

    def renew_rows(self) -> None:
        """Show the articles that are in the list as they are now, before they are put in order anew."""

    def show_figures(self) -> None:
        """Show how many that are, and `filter_line`."""

    def action_open(self) -> None:
        """Open the article under the cursor."""

    def show_filtered(self, *, top: bool = False) -> None:
        """Show what the filter lets through, in the order chosen; where that takes long, as soon as a worker has it."""
        app = app_of(self)
        self.workers.cancel_group(self, "sift")
        usual = app.order == Order() and not self.filter.value.strip()
        wanted = partial(self._sifted, self.filter.value, app.order, self.articles, self.shown, frozenset(self.folded))
        if usual or len(self.articles) <= AT_ONCE:
            self.show_rows(*wanted(), top=top)
        else:
            if not top:
                self.renew_rows()
            self._sift(wanted, top)

    def _sifted(
        self,
        query: str,
        order: Order,
        articles: Sequence[Article],
        shown: Sequence[Article],
        folded: Collection[str],
    ) -> tuple[Sequence[Article], Sequence[Row]]:
        kept = self._matching(query, articles, shown)
        return kept, order.rows(kept, self.claims, app_of(self).today(), folded)

    @work(thread=True, exit_on_error=False, exclusive=True, group="sift", description="sift")
    def _sift(self, wanted: Callable[[], tuple[Sequence[Article], Sequence[Row]]], top: bool) -> None:
        worker = get_current_worker()
        with self._sifting:
            if worker.is_cancelled:
                return
            shown, rows = wanted()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_sifted, worker, shown, rows, top)

    def _show_sifted(self, worker: Worker[None], shown: Sequence[Article], rows: Sequence[Row], top: bool) -> None:
        if not self.is_mounted or worker.is_cancelled:
            return
        self.show_rows(shown, rows, top=top)
        if self._open_soon and not self._asking:
            self._open_soon = False
            self.action_open()

    def _matching(self, query: str, articles: Sequence[Article], shown: Sequence[Article]) -> Sequence[Article]:
        """Keep the articles that the filter lets through; those `shown` until the index has answered."""
        if not query.strip():
            return articles
        from store.search import filter_articles, needs_index  # noqa: PLC0415 - rapidfuzz comes with the first filter

        if not needs_index(query):
            return filter_articles(query, articles)
        ids = self._ids if self._answered == query else {article.id for article in shown}
        return [article for article in articles if article.id in ids]

    def ask_again(self) -> None:
        """Have the index answer the filter if only it can; the answer is shown when it comes."""
        query = self.filter.value
        self._put_line("")
        self.workers.cancel_group(self, "filter")
        if query.strip():
            from store.search import needs_index, parse  # noqa: PLC0415

            if needs_index(query):
                self._ask(query)
            elif hints := parse(query).hints:
                self._put_line(hints[0])

    @work(thread=True, exit_on_error=False, exclusive=True, group="filter")
    def _ask(self, query: str) -> None:
        from tui.indexing import made_ready  # noqa: PLC0415

        index, worker = app_of(self).index, get_current_worker()

        def tell(line: str) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._put_line, line)

        with self._one_at_a_time:
            if worker.is_cancelled:  # something else was typed meanwhile
                return
            try:
                if made_ready(index, lambda: worker.is_cancelled, tell) is None:
                    return
                ids, hints = index.articles(query), index.read(query).hints
            except NewsreaderError as error:
                tell(str(error))
                return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_answer, query, ids, hints)

    def _show_answer(self, query: str, ids: Collection[str], hints: Sequence[str]) -> None:
        if not self.is_mounted or query != self.filter.value:
            return
        again, self._answered, self._ids = self._answered == query, query, ids
        self._put_line(hints[0] if hints else "")
        self.show_filtered(top=not again)
        if self._open_soon and not self._at_work("sift"):
            self._open_soon = False
            self.action_open()

    def _put_line(self, line: str) -> None:
        if self.is_mounted and line != self.filter_line:
            self.filter_line = line
            self.show_figures()

    @on(Input.Changed)
    def _filter_typed(self) -> None:
        self._open_soon = False
        self.ask_again()
        self.show_filtered(top=bool(self.filter.value.strip()))  # else the cursor stays on what was found

    def open_when_answered(self) -> None:
        """Open the article under the cursor, once the filter is answered."""
        if self._asking or self._at_work("sift"):
            self._open_soon = True
        else:
            self.action_open()

    @property
    def _asking(self) -> bool:
        """Whether the index has still to answer what the filter says now."""
        return self._at_work("filter") and self._answered != self.filter.value

    def _at_work(self, group: str) -> bool:
        return any(one.group == group and one.node is self and not one.is_finished for one in self.workers)
