"""Search everything: as you type, over articles, text, quotes, speakers, claims, tags and notes."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize, ScreenResume, ScreenSuspend
from textual.suggester import Suggester
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from store.search.hits import Hit
from tui.counting import count
from tui.indexing import made_ready
from tui.keys import bindings
from tui.safe import safe, verbatim
from tui.screens.page import Page, app_of
from tui.screens.search_acts import SearchActs
from tui.widgets.article_list import WIDE
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.choice_prompt import ChoicePrompt
from tui.widgets.filter_box import FilterBox
from tui.widgets.hit_list import HitList

if TYPE_CHECKING:
    from store.dossier.records import Subject
    from store.library import Library

MOST_HITS = 200
PLACES = ("all", "title", "text", "quote", "claim", "speaker", "tag", "note")

_HOW = """\
Words, or a "phrase in quotes"; misspellings are found too.

[$claim]tag:[/]housing      claims with a tag
[$claim]speaker:[/]lavrov   what somebody said
[$claim]outlet:[/]reuters   [$claim]after:[/]2026-01   [$claim]is:[/]unread
[$claim]-[/]word   [$claim]one,other[/]   [$claim]@saved[/]

[$muted]↑ ↓ move   enter go to the words   tab narrow
esc to the hits: there t tags them, s saves, ? has more[/]"""

_KEYS = "enter go to the words   ↑ ↓ choose   tab narrow   esc {}"


class QueryLine(FilterBox):
    """The line that the words are typed into."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "screen.narrow(1)", show=False),
        Binding("shift+tab", "screen.narrow(-1)", show=False),
        Binding("escape", "screen.leave", show=False),
    ]


class SavedSuggester(Suggester):
    """Completes the name of a saved search while it is typed; → takes it."""

    def __init__(self, library: Library) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._library = library

    async def get_suggestion(self, value: str) -> str | None:
        """Give the line with its last word completed."""
        before, at, begun = value.rpartition("@")
        if not at or (before and not before[-1].isspace()) or not begun or " " in begun:
            return None
        names = (saved.name for saved in self._library.saved_searches())
        found = next((name for name in names if name.casefold().startswith(begun.casefold())), None)
        return None if found is None else value + found[len(begun) :]


class SearchScreen(SearchActs, Page):
    """A line to type in and what it finds; enter opens the article at the words."""

    CONTEXTS: ClassVar = ("search", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    DEFAULT_CSS = """
    SearchScreen {
        & > #places { height: 1; padding: 0 1; color: $muted; link-color: $muted; link-style: none; }
        & > #about { height: 1; padding: 0 1; color: $muted; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-short > #places { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: tuple[str, str] = ("", "")
        self.awaited = False
        self._hint = ""
        self._ready = ""
        self._figures = ""
        self._one_at_a_time = Lock()
        self.place = PLACES[0]
        self.typing_next = True

    def compose(self) -> ComposeResult:
        """Lay out the line, the hits and how to search."""
        yield TitleBar("Search everything", id="title")
        yield QueryLine("search", keys=_KEYS.format("back"), id="query")
        yield Static(id="places")
        yield HitList(app_of(self).today(), id="hits")
        yield Static(Content.from_markup(_HOW), id="how")
        yield Static(id="about")
        yield ChoicePrompt(id="prompt")
        yield HintBar("search")

    @property
    def hits(self) -> HitList:
        """The list of hits."""
        return self.query_one(HitList)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one(FilterBox).value.strip()

    @property
    def query_text(self) -> str:
        """The whole query: what is typed, in the place chosen."""
        return self.words if self.place == PLACES[0] or not self.words else f"in:{self.place} {self.words}"

    def on_mount(self) -> None:
        """Type at once; the index is made ready meanwhile."""
        self.hits.display = False
        self.query_one(Input).suggester = SavedSuggester(app_of(self).library)
        self._show_places()
        self._take_in()

    def library_changed(self) -> None:
        """Search again, since the answers may be others now."""
        self._take_in()
        self._search(*self._now())

    @on(ScreenResume)
    def _back_here(self) -> None:
        if self.typing_next or not self.hits.display:
            self.query_one(FilterBox).open()
            self.query_one(Input).action_select_all()
        else:
            self.hits.focus()
        self.typing_next = False

    @on(Resize)
    def _fit(self) -> None:
        self.hits.set_row_height(1 if self.size.width >= WIDE else 2)

    # Searching

    def _now(self) -> tuple[str, str]:
        return self.place, self.query_one(FilterBox).value

    @on(Input.Changed)
    def _typed(self) -> None:
        self.awaited = False
        self._search(*self._now())

    @work(thread=True, exit_on_error=False, exclusive=True, group="index")
    def _take_in(self) -> None:
        """Bring the index up to date; searches go on meanwhile and find more and more."""
        index, worker = app_of(self).index, get_current_worker()
        changed = made_ready(
            index, lambda: worker.is_cancelled, lambda line: self.app.call_from_thread(self._show_ready, line)
        )
        if changed is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._taken_in, changed, index.notice)

    def _show_ready(self, ready: str) -> None:
        if self.is_mounted:
            self._ready = ready
            self._show_title()
            self._search(*self._now())

    def _taken_in(self, changed: bool, notice: str) -> None:
        if not self.is_mounted:
            return
        if notice:
            app_of(self).say(verbatim(notice))
        self._ready = ""
        self._show_title()
        if changed and self.words:
            self._search(*self._now())

    @work(thread=True, exit_on_error=False, exclusive=True, group="search")
    def _search(self, place: str, typed: str) -> None:
        index, worker = app_of(self).index, get_current_worker()
        query = typed if place == PLACES[0] or not typed.strip() else f"in:{place} {typed}"
        with self._one_at_a_time:
            if worker.is_cancelled:  # something else was typed meanwhile
                return
            began = perf_counter()
            hits: Sequence[Hit] = index.search(query, limit=MOST_HITS, wait=False) if typed.strip() else ()
            hints = index.read(query).hints if typed.strip() else ()
            seconds = perf_counter() - began
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, (place, typed), hits, hints, seconds)

    def _show(self, asked: tuple[str, str], hits: Sequence[Hit], hints: Sequence[str], seconds: float) -> None:
        if not self.is_mounted or asked != self._now():
            return  # the answer to something that is asked no more
        again, self._asked = asked == self._asked, asked
        self._hint = hints[0] if hints else ""
        self.hits.show_rows(hits, top=not again)
        self.hits.display = bool(hits)
        self.query_one(FilterBox).show_keys(_KEYS.format("to the hits" if hits else "back"))
        how = self.query_one("#how", Static)
        how.display = not hits
        how.update(Content("Nothing found. Fewer words find more.") if self.words else Content.from_markup(_HOW))
        self._figures = figures(hits, seconds) if self.words else ""
        self._show_title()
        self._show_about()
        if not hits and self.focused is self.hits:
            self.action_type()
        if self.awaited:
            self.awaited = False
            self.action_open()

    @on(ScreenSuspend)
    def _left(self) -> None:
        self.awaited = False

    # What is shown around the hits

    def _show_title(self) -> None:
        self.query_one(TitleBar).show(
            "Search everything", " · ".join(part for part in (self._figures, self._ready) if part)
        )

    def _show_places(self) -> None:
        named = [
            f"[@click=screen.narrow_to('{place}')]{f'[reverse] {place} [/]' if place == self.place else place}[/]"
            for place in PLACES
        ]
        self.query_one("#places", Static).update(Content.from_markup(" ".join(named)))

    @on(HitList.Moved)
    def _show_about(self) -> None:
        hit = self.hits.current if self.hits.display else None
        parts = [self._hint] if self._hint else []
        if hit is not None and not parts:
            parts = [hit.why, hit.title if hit.kind != "article" else ""]
        self.query_one("#about", Static).update(safe(" · ".join(part for part in parts if part)))

    # Keys

    @on(FilterBox.Move)
    def _move(self, event: FilterBox.Move) -> None:
        self.hits.go_to(self.hits.cursor + event.rows)

    @on(FilterBox.Done)
    def _typed_out(self, event: FilterBox.Done) -> None:
        if event.opened:
            self.awaited = self._asked != self._now()
            if not self.awaited:
                self.action_open()

    async def action_leave(self) -> None:
        """Go from the line to the hits, and from those, or when there are none, back."""
        if self.query_one(FilterBox).typing and self.hits.display:
            self.hits.focus()
        else:
            await app_of(self).action_back()

    def action_type(self) -> None:
        """Go back to the line."""
        self.query_one(Input).focus()

    def action_narrow(self, step: int) -> None:
        """Look into the next place only."""
        self.action_narrow_to(PLACES[(PLACES.index(self.place) + step) % len(PLACES)])

    def action_narrow_to(self, place: str) -> None:
        """Look into one place only."""
        self.place = place
        self._show_places()
        self._search(*self._now())

    def dossier_subject(self) -> Subject | None:
        """Give the tag or the speaker under the cursor, else what was typed."""
        from store.dossier.records import Subject  # noqa: PLC0415

        hit, query = self.hits.current, self.words
        if hit is not None and hit.kind in {"tag", "speaker"}:
            name = hit.line.rpartition(" (")[0] if hit.line.endswith(")") and "also" in hit.why else hit.line
            return Subject("tag" if hit.kind == "tag" else "speaker", name)
        return Subject("search", query) if query else None

    @on(HitList.Chosen)
    def action_open(self) -> None:
        """Open the article of the hit under the cursor at its words."""
        hit = self.hits.current
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
    found = f"{len(hits)}{more} hit{'s' if len(hits) != 1 else ''} in {count(articles, 'article')}"
    return f"{found} · {max(1, round(seconds * 1000))} ms"
