"""Asking for the file and the format of an export: the ending of the name and the list of formats go together."""

from __future__ import annotations

import re
from os.path import exists, isdir
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.errors import NewsreaderError
from store.exchange import FORMS, ExportReport, Form, form_of_file
from store.paths import named_folder, told
from tui.counting import exported
from tui.keys import KEYS
from tui.safe import plain, verbatim
from tui.screens.ask import Ask
from tui.screens.page import app_of
from tui.widgets.cells import Piece, fit, fit_middle
from tui.widgets.line_list import LineList

NARROW = 60
WIDE = 100
_ENDING = 18  # cells for the longest ending and a gap
_TITLE = 21
_AROUND = 7  # lines of the prompt that are not the list, and some of the screen below
_MARGIN = 5  # cells around the note, and its gap
_ENDED = re.compile(r"[^/]\.[A-Za-z][A-Za-z0-9]{0,4}$")
"""A name with an ending of its own, as `notes.txt`; `2026.11` and `St. Ives` have none."""
_KEYS = "↑ ↓ format   enter export   esc back"


class FormList(LineList[str]):
    """The formats by name; keys are the prompt's."""

    can_focus = False

    def paint(self, row: str, part: int, width: int) -> list[Piece]:
        """Draw a format: its ending, its title and what it is for; one of these where there is no room for both."""
        form = FORMS[row]
        pieces: list[Piece] = [(fit(form.endings[0], _ENDING), self.look("row--strong"))]
        if self.app.size.width >= WIDE:
            pieces.append((fit(form.title, _TITLE), None))
        words = form.title if self.app.size.width < NARROW else form.about
        return [*pieces, (words, None)]


class ExportAsk(Ask):
    """Asks for a path and a format; writes over a file only when that was said once more."""

    REPLACED = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key.keys, f"move({1 if key.action == 'down' else -1})", id=key.id, show=False)
        for key in KEYS
        if key.id in ("move.arrow_up", "move.arrow_down")
    ]
    DEFAULT_CSS = """
    ExportAsk {
        & FormList { height: auto; background: $surface; scrollbar-background: $surface; }
    }
    """

    def __init__(self, stem: str, form: str, about: str) -> None:
        """`stem` is the file's name without its ending; `about` says what is exported."""
        super().__init__("export to", f"{here()}/{stem}{FORMS[form].endings[0]}", "")
        self._stem, self._form, self._about = stem, form, about
        self._over = ""

    def under_line(self) -> ComposeResult:
        """Give the list of formats."""
        yield FormList()

    def on_mount(self) -> None:
        """Show the formats."""
        self._point(self._form)
        self._lay_out()

    def on_resize(self) -> None:
        """Give the list as many lines as there is room for."""
        self._lay_out()

    def _lay_out(self) -> None:
        self.forms.styles.height = max(1, min(len(FORMS), self.app.size.height - _AROUND))
        self._explain()

    @property
    def forms(self) -> FormList:
        """The list of formats."""
        return self.query_one(FormList)

    @property
    def form(self) -> Form:
        """The format that is chosen."""
        return FORMS[self._form]

    def tell_scope(self, about: str) -> None:
        """Say that something else is exported now."""
        self._about = about
        self._explain()

    def _explain(self) -> None:
        width = self.app.size.width
        if width < NARROW:
            self.tell(f"{self.form.about}\n{self._about}\n{_KEYS}")
        else:
            title = "" if width >= WIDE else f"{self.form.title}\n"
            fits = len(self._about) + len(_KEYS) + _MARGIN <= width
            self.tell(f"{title}{self._about}{'   ' if fits else chr(10)}{_KEYS}")

    def _point(self, form: str) -> None:
        """Put the cursor on a format without touching the line."""
        self._form = form
        with self.forms.prevent(FormList.Moved):
            self.forms.show_rows(tuple(FORMS))
            self.forms.go_to(tuple(FORMS).index(form))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        form = form_of_file(event.value.strip())
        if form is not None and form != self._form:
            self._point(form)
        self._over = ""
        self._explain()

    def action_move(self, rows: int) -> None:
        """Choose the format above or below."""
        self.forms.go_to(self.forms.cursor + rows)

    @on(FormList.Moved)
    def _chosen(self) -> None:
        """Give the name the ending of the format that was chosen."""
        if self.forms.current in {None, self._form}:
            return
        self._form = self.forms.current or self._form
        line = self.query_one(Input)
        untouched = line.selected_text == line.value
        line.value = with_ending(line.value, self.form)
        if untouched:
            line.action_select_all()  # what is typed still takes its place
        else:
            line.cursor_position = len(line.value.removesuffix(self.form.endings[0]))
        self._explain()

    @on(FormList.Chosen)
    async def _clicked(self) -> None:
        await self.query_one(Input).action_submit()

    def entered(self, value: str) -> None:
        """Write to `value`, asking once more before another file is replaced."""
        ended = form_of_file(value) is not None or _ENDED.search(value)
        path = named_folder(value if ended else with_ending(value, self.form))
        if isdir(path):
            path /= f"{self._stem}{self.form.endings[0]}"
        if exists(path) and self._over != str(path):
            self._over = str(path)
            self.tell(f"{self.named(path)} is there already: enter writes over it, or type another name")
            return
        self.tell("Writing…")
        self.awaited = True
        self._write(path, self._form)

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _write(self, path: Path, form: str) -> None:
        app = app_of(self)
        try:
            said = self.written(path, form)
        except NewsreaderError as error:
            app.call_from_thread(self._failed, str(error))
            return
        app.call_from_thread(self._done, said)

    def written(self, path: Path, form: str) -> str:
        """Write the export, away from the screen's thread, and say what was written. Raises NewsreaderError."""
        raise NotImplementedError

    def named(self, path: Path) -> str:
        """Say where a file lies, on one line of this screen."""
        return fit_middle(plain(told(path)), self.app.size.width - _MARGIN)

    def _failed(self, why: str) -> None:
        self.awaited = False
        self.tell(why)

    def _done(self, said: str) -> None:
        self.dismiss(None)
        app_of(self).say(verbatim(said))


def here() -> str:
    """Give the folder that the program was started in, as it is told and typed: with `~` for the home folder."""
    try:
        folder = told(Path.cwd()).rstrip("/")
    except OSError:  # it is gone
        return "."
    return folder if plain(folder) == folder else "."


def with_ending(name: str, form: Form) -> str:
    """Give a file's name the ending of a format in the place of another's; a folder stays as it is."""
    if form_of_file(name) is not None:
        endings = [ending for one in FORMS.values() for ending in one.endings if name.lower().endswith(ending)]
        name = name[: -max(map(len, endings))]
    elif not name.strip() or name.endswith("/") or isdir(named_folder(name)):
        return name
    return name + form.endings[0]


def summary(report: ExportReport, where: str, also_lost: tuple[str, ...] = ()) -> str:
    """Say how much was written where, and what is not in it; the advice in brackets is for the command line."""
    said = f"Wrote {exported(report)} to {where}"
    lost = (*also_lost, *(one.partition(" (")[0] for one in report.lost))
    return f"{said}. Not in it: {', '.join(lost)}" if lost else said
