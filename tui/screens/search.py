"""Search everything: as you type, over articles, text, quotes, speakers, claims, tags and notes."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize, ScreenResume
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from store.search.hits import Hit
from tui.screens.page import Page, app_of
from tui.widgets.article_list import WIDE
from tui.widgets.bars import TitleBar
from tui.widgets.filter_box import FilterBox
from tui.widgets.hit_list import HitList

if TYPE_CHECKING:
    from store.dossier import Subject

MOST_HITS = 200

_HOW = """\
Words, or a "phrase in quotes"; misspellings are found too.

[$claim]tag:[/]housing      claims with a tag
[$claim]speaker:[/]lavrov   what somebody said
[$claim]outlet:[/]reuters   [$claim]after:[/]2026-01   [$claim]is:[/]unread
[$claim]-[/]word            without it

[$muted]↑ ↓ move   enter go to the words   esc back[/]"""


class SearchScreen(Page):
    """A line to type in and what it finds; enter opens the article at the words."""

    CONTEXTS: ClassVar = ("move",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", "back"),
        Binding("enter,l,right", "open", "go to the words"),
        Binding("slash", "type", "change the words"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answered = ""
        self._open_soon = False

    def compose(self) -> ComposeResult:
        """Lay out the line, the hits and how to search."""
        yield TitleBar("Search everything", id="title")
        yield FilterBox("search", id="query")
        yield HitList(app_of(self).today(), id="hits")
        yield Static(Content.from_markup(_HOW), id="how")

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)

    def on_mount(self) -> None:
        """Type at once; the index is made ready meanwhile."""
        self._hits.display = False
        self.query_one(FilterBox).open()
        self._search("")

    def library_changed(self) -> None:
        """Search again, since the answers may be others now."""
        self._search(self.query_one(FilterBox).value)

    @on(ScreenResume)
    def _back_here(self) -> None:
        line = self.query_one(Input)
        line.focus()
        line.action_select_all()

    @on(Resize)
    def _fit(self) -> None:
        self._hits.set_row_height(1 if self.size.width >= WIDE else 2)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._open_soon = False
        self._search(event.value)

    @work(thread=True, exit_on_error=False, exclusive=True, group="search")
    def _search(self, query: str) -> None:
        index = app_of(self).index
        began = perf_counter()
        hits: Sequence[Hit] = ()
        if query.strip():
            hits = index.search(query, limit=MOST_HITS)
        else:
            index.refresh()
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, query, hits, perf_counter() - began)

    def _show(self, query: str, hits: Sequence[Hit], seconds: float) -> None:
        if not self.is_mounted or query != self.query_one(FilterBox).value:
            return
        self._answered = query
        asked = bool(query.strip())
        self._hits.show_rows(hits, top=True)
        self._hits.display = bool(hits)
        how = self.query_one("#how", Static)
        how.display = not hits
        how.update(Content("Nothing found. Fewer words find more.") if asked else Content.from_markup(_HOW))
        self.query_one(TitleBar).show("Search everything", figures(hits, seconds) if asked else "")
        if self._open_soon:
            self._open_soon = False
            self.action_open()

    @on(FilterBox.Move)
    def _move(self, event: FilterBox.Move) -> None:
        self._hits.go_to(self._hits.cursor + event.rows)

    @on(FilterBox.Done)
    async def _typed_out(self, event: FilterBox.Done) -> None:
        if event.opened:
            self._open_soon = self._answered != self.query_one(FilterBox).value
            if not self._open_soon:
                self.action_open()
        elif not self.query_one(FilterBox).display:
            await app_of(self).action_back()
        elif self._hits.display:
            self._hits.focus()

    def action_type(self) -> None:
        """Go back to the line."""
        self.query_one(Input).focus()

    def dossier_subject(self) -> Subject | None:
        """Give the tag or the speaker under the cursor, else what was typed."""
        from store.dossier.records import Subject  # noqa: PLC0415

        hit, query = self._hits.current, self.query_one(FilterBox).value.strip()
        if hit is not None and hit.kind in {"tag", "speaker"}:
            return Subject("tag" if hit.kind == "tag" else "speaker", hit.line)
        return Subject("search", query) if query else None

    @on(HitList.Chosen)
    def action_open(self) -> None:
        """Open the article of the hit under the cursor at its words."""
        hit = self._hits.current
        if hit is None:
            return
        if hit.article:
            span = None if hit.kind == "article" else (hit.start, hit.end)
            app_of(self).open_reader(hit.article, span)
        else:
            app_of(self).say("It stands in no article now")


def figures(hits: Sequence[Hit], seconds: float) -> str:
    """Say how many hits there are, in how many articles, and how long it took."""
    more = "+" if len(hits) == MOST_HITS else ""
    articles = len({hit.article for hit in hits if hit.article})
    return f"{len(hits)}{more} in {articles} article{'' if articles == 1 else 's'} · {max(1, round(seconds * 1000))} ms"
