"""The dossier of a tag, a speaker or a search: who said what, when, where, and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static
from textual.worker import get_current_worker

from store.dossier.gather import gather
from store.dossier.groups import Folded
from store.dossier.records import Dossier, Entry, Subject
from store.errors import UnknownRecordError
from tui.counting import count
from tui.dossier_rows import VIEWS, Asked, Compared, Row, Shown, compare, prepare
from tui.dossier_told import as_markdown, cited, elsewhere_told, entry_told, sightings_of
from tui.keys import bindings
from tui.safe import own_markup, put
from tui.screens.page import Page, app_of
from tui.screens.sifted import Sifted
from tui.widgets.article_list import NARROW, WIDE
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.dossier_head import DossierHead
from tui.widgets.entry_list import EntryList
from tui.widgets.filter_box import FilterBox
from tui.widgets.line_list import LineList

_EMPTY = {
    "tag": "Nothing has this tag.\n\n[bold $claim]<reader.tag>[/] in an article tags a quote.\n"
    "[bold $claim]<app.back>[/] goes back",
    "speaker": "Nothing is quoted of this speaker, and no claim names them.\n\n[bold $claim]<app.back>[/] goes back",
    "search": "Nobody is quoted with these words, and no claim has them.\n\n"
    "[bold $claim]<app.search>[/] searches the whole text   [bold $claim]<app.back>[/] goes back",
}


class DossierScreen(Sifted):
    """Everything on `subject`, read in a worker; first shown, then compared."""

    CONTEXTS: ClassVar = ("dossier", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("dossier")
    DEFAULT_CSS = """
    DossierScreen {
        & > #nothing { height: 1fr; content-align: center middle; padding: 0 2; display: none; }
        & > #more { height: 10; border-top: solid $rule; }
        & > #more > Static { width: 1fr; height: 1fr; padding: 0 1; }
        &.-huge > #more { height: 14; }
        &.-mid > #more { height: 8; }
        &.-mid #elsewhere { display: none; }
        &.-narrow > #more, &.-short > #more, &.-short > DossierHead, & > .-nothing { display: none; }
    }
    """

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.subject = subject
        self.dossier = Dossier(subject=subject)
        self.compared: Compared | None = None
        self.shown = Shown()
        self._view = 0
        self._texts: list[Folded] = []
        self._asked = Asked()

    def compose(self) -> ComposeResult:
        """Lay out the figures, the entries, and more of the one under the cursor."""
        yield TitleBar(id="title")
        yield FilterBox("show only", id="filter")
        yield DossierHead(id="head")
        yield EntryList(app_of(self).today(), id="rows")
        yield Static(id="nothing")
        with Horizontal(id="more"):
            yield Static(id="entry")
            yield Static(id="elsewhere")
        yield HintBar("dossier", id="hints")

    @property
    def entries(self) -> EntryList:
        """The list."""
        return self.query_one(EntryList)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        row = self.entries.current
        return row.entry if row else None

    def on_mount(self) -> None:
        """Read everything."""
        self.filter.display = False
        self.set_focus(self.entries)
        self._title("reading…")
        self._load()

    def library_changed(self) -> None:
        """Read everything again."""
        self._load()

    def _title(self, said: str) -> None:
        name = {"tag": "#", "speaker": "", "search": "search: "}[self.subject.kind] + self.subject.name
        self.query_one(TitleBar).show(f"Dossier   {name}", said)

    @work(thread=True, exit_on_error=False, exclusive=True, group="load")
    def _load(self) -> None:
        app, worker = app_of(self), get_current_worker()

        def stopped() -> bool:
            return bool(worker.is_cancelled)

        try:
            dossier = gather(app.library, app.index, self.subject, stopped)
        except UnknownRecordError as gone:
            app.call_from_thread(self._gone, str(gone))
            return
        if stopped():
            return
        same = [entry.key for entry in dossier.entries] == [entry.key for entry in self.dossier.entries]
        app.call_from_thread(self._read, dossier, same)
        compared = compare(app.library, app.index, dossier, stopped)
        if not stopped():
            app.call_from_thread(self._compared, compared)

    def _gone(self, why: str) -> None:
        if self.is_mounted:
            self._read(Dossier(subject=self.subject), False)
            app_of(self).say(why, error=True)

    def _read(self, dossier: Dossier, same: bool) -> None:
        if self.is_mounted:
            self.dossier, self._texts = dossier, []
            self.compared = self.compared if same else None
            self.sift()

    def _compared(self, compared: Compared) -> None:
        if self.is_mounted:
            self.compared = compared
            self.sift()

    # What is shown

    def sift(self, top: bool = False) -> None:
        """Show what the filter lets through in the view that was chosen, made ready in a worker."""
        kept = self.entry.key if self.entry and not top else None
        self._asked = Asked(self.filter.value, self._view, kept)
        self._prepare(self.dossier, self._texts, self.compared, self._asked)

    @work(thread=True, exit_on_error=False, exclusive=True, group="prepare", description="prepare")
    def _prepare(self, dossier: Dossier, texts: list[Folded], compared: Compared | None, asked: Asked) -> None:
        shown = prepare(dossier, texts, compared, asked)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, shown, compared, asked)

    def _show(self, shown: Shown, compared: Compared | None, asked: Asked) -> None:
        if not self.is_mounted or asked is not self._asked:
            return
        self.shown, self.entries.compared, self.entries.filled = shown, compared, shown.filled
        moved = asked.kept is not None and self.entry is not None and self.entry.key != asked.kept
        if moved:  # while it was made ready
            self.entries.show_rows(shown.rows)
        else:
            self.entries.show_at(shown.rows, shown.place)
        self.query_one(DossierHead).show(shown.figures, shown.open_ends, shown.months)
        for part in ("#more", "#head"):
            self.query_one(part).set_class(not self.dossier.entries, "-nothing")
        self._title(VIEWS[self._view] if self.dossier.entries else "")
        self._tell()
        self.is_shown(None if shown.rows else self._nothing())

    def _nothing(self) -> Content:
        if self.dossier.entries:
            return Content("Nothing here matches. esc shows all.")
        mentions = self.dossier.mentions
        more = (
            f"\n\n{count(mentions, 'place')} in texts mention{'s' if mentions == 1 else ''} them." if mentions else ""
        )
        return Content.assemble(own_markup(_EMPTY[self.subject.kind], app_of(self).keys), more)

    @on(Resize)
    def _fit(self) -> None:
        width = self.size.width
        self.entries.set_row_height(3 if width < NARROW else 2 if width < WIDE else 1)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self.call_later(self._tell)

    def _tell(self) -> None:
        entry = self.entry
        short, names = self.size.width < WIDE, app_of(self).verdict_names
        here = entry_told(entry, self.dossier, self.compared, short=short, names=names) if entry else Content("")
        there = elsewhere_told(entry, self.compared, names) if entry else Content("")
        put(self.query_one("#entry", Static), here)
        put(self.query_one("#elsewhere", Static), there)

    # What a person does

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Open the article at the words; on a speaker's heading, that speaker's dossier."""
        row = self.entries.current
        if row is None:
            return
        if row.entry is not None:
            open_entry(self, row.entry)
        elif row.speaker and row.speaker != self.subject.name:
            app_of(self).open_dossier(Subject("speaker", row.speaker))

    def action_view(self) -> None:
        """Show the entries newest first, as a timeline, or by speaker."""
        self._view = (self._view + 1) % len(VIEWS)
        self.awaited = True
        self.sift()

    def action_next_mark(self) -> None:
        """Go to the next entry that contradicts another or is told differently elsewhere."""
        self._to_mark(1)

    def action_previous_mark(self) -> None:
        """Go to the entry before that contradicts another or is told differently elsewhere."""
        self._to_mark(-1)

    def _to_mark(self, step: int) -> None:
        shown: Sequence[Row] = self.entries.rows
        for away in range(1, len(shown) + 1):
            place = (self.entries.cursor + away * step) % len(shown)
            entry = shown[place].entry
            if entry is not None and self._marked(entry):
                self.entries.go_to(place)
                return
        app_of(self).say("Nothing here contradicts, and nothing is told differently elsewhere")

    def _marked(self, entry: Entry) -> bool:
        differs = any(one.differences for one in sightings_of(entry, self.compared))
        return differs or (self.compared is not None and entry.key in self.compared.clashes)

    def action_compare(self) -> None:
        """Show all of the entry, and the same words elsewhere side by side."""
        from tui.screens.compare import CompareScreen  # noqa: PLC0415

        if self.entry is not None:
            self.app.push_screen(CompareScreen(self.entry, sightings_of(self.entry, self.compared)))

    def dossier_subject(self) -> Subject | None:
        """Give the speaker of the entry under the cursor, or of the heading."""
        row = self.entries.current
        name = (row.entry.speaker if row.entry else row.speaker) if row else None
        return (
            Subject("speaker", name) if name and (self.subject.kind, self.subject.name) != ("speaker", name) else None
        )

    def action_copy(self) -> None:
        """Copy the words with who said them and where."""
        from tui.copying import copy  # noqa: PLC0415

        if self.entry is not None:
            copy(app_of(self), cited(self.entry))

    def action_copy_all(self) -> None:
        """Copy the dossier as Markdown."""
        from tui.copying import copy  # noqa: PLC0415

        copy(app_of(self), self.markdown())

    def markdown(self) -> str:
        """Write what is shown as Markdown."""
        shown = Dossier(subject=self.subject, entries=self.shown.entries, more=self.dossier.more)
        return as_markdown(shown, self.dossier, self.compared)

    def export(self) -> None:
        """Ask for a path and export what is shown."""
        from tui.screens.export_dossier import DossierExport  # noqa: PLC0415

        if self.shown.entries:
            self.app.push_screen(DossierExport(self.subject, self.shown.entries, self.markdown))
        else:
            app_of(self).say("Nothing to export here")


def open_entry(screen: Page, entry: Entry) -> None:
    """Show the words of an entry in the reader."""
    lost = entry.state in {"altered", "ambiguous", "orphan"}
    app_of(screen).open_reader(entry.article, None if lost else (entry.start, entry.end))
    if lost:
        app_of(screen).say(f"The source has changed: these words are {entry.state} in its text now")
