"""What the screens of tags and of speakers have in common: a list that is read in a worker, filtered, and changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.widgets import Static
from textual.worker import get_current_worker

from store.dossier.records import Subject
from store.search.filters import answer
from store.search.fold import words
from tui.safe import put, verbatim
from tui.screens.edit import EditLine
from tui.screens.page import app_of
from tui.screens.sifted import Sifted
from tui.widgets.article_list import NARROW
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.choice_prompt import ChoicePrompt, Offer
from tui.widgets.filter_box import FilterBox
from tui.widgets.line_list import LineList

Folded = tuple[str, ...]


def folded(*texts: str) -> Folded:
    """Give the words of some texts as search compares them."""
    return tuple(word.text for text in texts for word in words(text))


class Catalogue(Sifted):
    """A list of everything of a kind. A subclass reads and draws the rows; all that is slow runs in workers."""

    WHAT: ClassVar[str]
    DEFAULT_CSS = """
    Catalogue {
        & > #about { height: auto; max-height: 6; padding: 0 2; border-top: solid $rule; }
        & #nothing { height: 1fr; content-align: center middle; padding: 0 2; color: $muted; }
        &.-narrow > #about, &.-short > #about, & > .-nothing { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.every: Sequence[Any] = ()
        self._folded: dict[int, Folded] = {}
        self._ready = False

    # What a subclass says

    def make_list(self) -> LineList[Any]:
        """Make the list."""
        raise NotImplementedError

    def read(self, stopped: Callable[[], bool]) -> Sequence[Any]:
        """Read all rows; runs in a worker."""
        raise NotImplementedError

    def words_of(self, row: Any) -> Folded:
        """Give the folded words by which a row is found."""
        raise NotImplementedError

    def ordered(self, rows: Sequence[Any], filtered: bool) -> Sequence[Any]:
        """Put rows in the order in which they are shown; runs in a worker."""
        return rows

    def figures(self, shown: int) -> str:
        """Say how many there are."""
        raise NotImplementedError

    def about(self, row: Any) -> Content:
        """Tell more of the row under the cursor."""
        raise NotImplementedError

    def empty(self) -> Content:
        """Say what to do when there is nothing at all."""
        raise NotImplementedError

    def subject_of(self, row: Any) -> Subject | None:
        """Give what the dossier of a row is about."""
        raise NotImplementedError

    # The screen

    def compose(self) -> ComposeResult:
        """Lay out the list, its filter, and what is told of the row under the cursor."""
        yield TitleBar(self.WHAT, id="title")
        yield FilterBox("show only", id="filter")
        with Vertical():
            yield from self.above()
            yield self.make_list()
            yield Static(id="nothing")
        yield Static(id="about")
        yield ChoicePrompt(id="prompt")
        yield HintBar(self.CONTEXTS[0], id="hints")

    def above(self) -> ComposeResult:
        """Lay out what stands over the list."""
        yield from ()

    @property
    def prompt(self) -> ChoicePrompt:
        """The prompt at the foot."""
        return self.query_one(ChoicePrompt)

    def on_mount(self) -> None:
        """Read everything."""
        self.filter.display = self.query_one("#nothing").display = False
        self.set_focus(self.rows)
        self.query_one(TitleBar).show(self.WHAT, "reading…")
        self._load()

    def library_changed(self) -> None:
        """Read everything again."""
        self._load()

    @work(thread=True, exit_on_error=False, exclusive=True, group="load")
    def _load(self) -> None:
        worker = get_current_worker()
        rows = self.read(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.loaded, rows)

    def loaded(self, rows: Sequence[Any], *, top: bool = False) -> None:
        """Show what was read; the cursor stays on its row, or goes to the top."""
        self.every, self._folded, self._ready = rows, {}, True
        self.sift(top)

    def sift(self, top: bool = False) -> None:
        """Show what the filter lets through."""
        if self._ready:
            cursor = self.rows.cursor if top and not self.filter.typing else None
            self._sift(self.filter.value, self.every, self._folded, top, cursor)

    @work(thread=True, exit_on_error=False, exclusive=True, group="sift", description="sift")
    def _sift(self, query: str, rows: Sequence[Any], known: dict[int, Folded], top: bool, cursor: int | None) -> None:
        typed = [word.text for word in words(query)]
        if typed:
            for at in range(len(known), len(rows)):
                known[at] = self.words_of(rows[at])
            kept = [row for at, row in enumerate(rows) if answer(typed, known[at]) is not None]
        else:
            kept = list(rows)
        shown = self.ordered(kept, bool(typed))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, query, shown, top, cursor)

    def _show(self, query: str, rows: Sequence[Any], top: bool, cursor: int | None) -> None:
        if not self.is_mounted or query != self.filter.value:
            return
        moved = cursor not in {None, self.rows.cursor}  # while it was made ready
        self.rows.show_rows(rows, top=top and not moved)
        self.query_one("#about").set_class(not rows, "-nothing")
        self.query_one(TitleBar).show(self.WHAT, self.figures(len(rows)))
        self._tell()
        nothing = Content("Nothing of this name. esc shows all.") if self.every else self.empty()
        self.is_shown(None if rows else nothing)

    @on(Resize)
    def _fit(self) -> None:
        self.rows.set_row_height(2 if self.size.width < NARROW else 1)

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        if event.rows is self.rows:
            self.call_later(self._tell)

    def _tell(self) -> None:
        row = self.under_cursor
        about = self.query_one("#about", Static)
        put(about, self.about(row) if row is not None else Content(""))

    # What a person does

    @property
    def under_cursor(self) -> Any:
        """The row that keys act on, None when there is none."""
        return self.rows.current

    def action_open(self) -> None:
        """Open the dossier of the row under the cursor."""
        subject = self.dossier_subject()
        if subject is not None:
            app_of(self).open_dossier(subject)

    @on(LineList.Chosen, "#rows")
    def _chosen(self) -> None:
        self.action_open()

    def dossier_subject(self) -> Subject | None:
        """Give what the row under the cursor is about."""
        return None if self.under_cursor is None else self.subject_of(self.under_cursor)

    def change(self, doing: Callable[[], object], said: str) -> str:
        """Change the library and say so; give why it could not be changed, or nothing."""
        return app_of(self).change(doing, f"{verbatim(said)}   <app.undo> undo", quiet=True)

    def change_or_say(self, doing: Callable[[], object], said: str) -> None:
        """Change the library and say so, or why not."""
        app_of(self).change(doing, f"{verbatim(said)}   <app.undo> undo")

    def ask_line(
        self, label: str, value: str, told: Callable[[str], str], done: Callable[[str], str], *, empty: bool = False
    ) -> None:
        """Ask for one line at the foot."""
        self.app.push_screen(EditLine(label, value, told, done, empty=empty))

    def ask_choice(self, what: str, about: str, offer: Offer, then: Callable[[str], None]) -> None:
        """Ask for one of some names at the foot."""
        self._then, self._asked_from = then, self.focused
        self.app.clear_notifications()
        self.prompt.ask(what, about, offer, several=False)
        self.query_one(HintBar).say("enter take   tab complete   ↑↓ choose   esc back")

    @on(ChoicePrompt.Taken)
    def _answered(self, event: ChoicePrompt.Taken) -> None:
        self._left()
        if event.names:
            self._then(event.names[0])

    @on(ChoicePrompt.Left)
    def _left(self) -> None:
        self.query_one(HintBar).say("")
        asked_from = self._asked_from
        self.set_focus(asked_from if asked_from is not None and asked_from.display else self.rows)

    @on(DescendantFocus)
    def _gone_elsewhere(self) -> None:
        if self.prompt.is_open and isinstance(self.focused, LineList):  # the mouse went there
            self.prompt.close()
            self.query_one(HintBar).say("")
