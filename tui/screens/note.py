"""Writing a note on a claim, at the foot of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from store.safe_text import clean
from tui.keys import bindings
from tui.quoting import as_printed
from tui.safe import own_markup
from tui.screens.page import Prompt, app_of
from tui.widgets.middle_line import MiddleLine

_HELP = (
    "[@click='screen.keep']<note.keep> keep[/]   [@click='screen.new_line']<note.line> new line[/]   "
    "[@click='screen.editor']<note.editor> your editor[/]   [@click='screen.leave']<note.leave> back[/]"
)
_UNKEPT = (
    "What you wrote is not kept yet:   [@click='screen.keep']<note.keep> keep[/]   "
    "[@click='screen.leave']<note.leave> again drops it[/]"
)


class NotePrompt(Prompt[str]):
    """Asks for a note on `words`; gives it as typed (empty takes the note away), or nothing when it was left.

    `written` is what stands in the line at first, `kept` the note there is: what differs is dropped only on a second
    wish.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("note", priority=True)
    AUTO_FOCUS = "TextArea"
    DEFAULT_CSS = """
    NotePrompt {
        align: left bottom; background: $background 0%;
        & > Vertical { height: auto; background: $surface; border-top: solid $rule; padding: 0 1; }
        & MiddleLine, & Static { color: $muted; padding: 0; }
        & Static { height: auto; link-color: $muted; link-style: none; }
        & TextArea { height: auto; min-height: 1; max-height: 5; border: none; padding: 0; background: $surface; }
        & TextArea:focus { border: none; }
    }
    """

    def __init__(self, words: str, written: str, kept: str) -> None:
        super().__init__()
        self._words, self._note, self._kept = words, written, clean(kept).strip()
        self._told = ""  # what was written when it was said that it is not kept

    def compose(self) -> ComposeResult:
        """Lay out what it is about, the note and the keys."""
        with Vertical():
            yield MiddleLine(f"note on {as_printed(self._words, 'direct')}")
            yield TextArea(clean(self._note), compact=True, soft_wrap=True, show_line_numbers=False)
            yield Static(own_markup(_HELP, app_of(self).keys), id="keys")

    def on_mount(self) -> None:
        """Begin at the end of the note there is."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def action_new_line(self) -> None:
        """Begin another line."""
        self.query_one(TextArea).insert("\n")

    def action_editor(self) -> None:
        """Write the note in `$VISUAL` or `$EDITOR`; what the editor leaves comes back here."""
        from tui.editing import edit  # noqa: PLC0415 - loaded with the first note written so
        from tui.handing import handed_over  # noqa: PLC0415

        area, app = self.query_one(TextArea), app_of(self)
        try:
            text = handed_over(app, lambda: edit(area.text))
        except SuspendNotSupported:
            app.say("This terminal cannot be handed to an editor", error=True)
            return
        except OSError as error:
            app.say(f"The note stays as it was: {error}", error=True)
            return
        area.text = text
        area.move_cursor(area.document.end)
        app.refresh()

    def action_leave(self) -> None:
        """Leave the note as it was; when something was written, say first that it is not kept."""
        written = self.query_one(TextArea).text.strip()
        if written in {self._kept, self._told}:
            self.dismiss(None)
        else:
            self._told = written
            self.query_one("#keys", Static).update(own_markup(_UNKEPT, app_of(self).keys))

    @on(TextArea.Changed)
    def _written(self) -> None:
        if self._told:
            self._told = ""
            self.query_one("#keys", Static).update(own_markup(_HELP, app_of(self).keys))

    def action_keep(self) -> None:
        """Give the note."""
        self.dismiss(self.query_one(TextArea).text.strip())
