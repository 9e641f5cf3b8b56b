"""A prompt at the foot of the screen: a line to type in over a short list to choose from; the text stays visible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label

from store.model import Span
from tui.safe import plain, safe
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList
from tui.widgets.middle_line import MiddleLine
from tui.widgets.tag_list import NAMES

MOST_ROWS = 6
MOST_ROOMY = 8  # rows, on a screen of 24 lines or more
MOST_NUMBERED = 9  # rows, where digits choose and there is room
DIGITS = frozenset("123456789")
NEW_NAME = "type a name, enter makes it"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: `value` is what taking it gives, `marks` are spans of `words` to mark, `note` stands at the right.

    The parts of a note, with `·` between, give way from the last one on. `colour` is a tag's.
    """

    value: str
    words: str
    marks: tuple[Span, ...] = ()
    note: str = ""
    sure: bool = True
    colour: str = ""


Offer = Callable[[str], Sequence[Choice]]
"""Gives the choices for what was typed; the first one that is `sure` is preselected, else the last."""


class ChoiceList(LineList[Choice]):
    """The choices; keys are the prompt's."""

    can_focus = False

    def paint(self, row: Choice, part: int, width: int) -> list[Piece]:
        """Draw a choice with what was typed marked in it."""
        words, hit = plain(row.words), self.look("row--hit")
        pieces: list[Piece] = []
        if any(choice.colour for choice in self.rows):
            known = row.colour.casefold() in NAMES and not self.app.native_ansi_color
            pieces.append(("■ " if row.colour else "  ", Style(color=row.colour) if known else None))
            width -= 2
        note = plain(row.note)
        while note and cell_len(words) + cell_len(note) + 3 > width:
            note = note.rpartition(" · ")[0]
        room = max(1, width - cell_len(note) - 2)
        at = 0
        for start, end in row.marks if len(words) == len(row.words) and len(words) < room else ():
            pieces += [(words[at:start], None), (words[start:end], hit)]
            at = end
        pieces.append((fit(words[at:], room - len(words[:at])), None))
        return pieces if not note else [*pieces, (f" {note} ", self.look("row--muted"))]


class NameInput(Input):
    """The line to type in. Keys that are the prompt's go to `steer` from here, in the order in which they were typed.

    A binding would overtake letters that still wait to be typed in, when keys come fast.
    """

    steer: Callable[[str], bool] | None = None

    async def _on_key(self, event: events.Key) -> None:
        if self.steer is not None and self.steer(event.key):
            event.stop()
            event.prevent_default()


class ChoicePrompt(Vertical):
    """Asks for one or several names. `ask` opens it; `Taken` and `Left` say how it ended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
    ]
    DEFAULT_CSS = """
    ChoicePrompt {
        height: auto; max-height: 70%; background: $surface; border-top: solid $rule; display: none;
        & > Horizontal { height: 1; padding: 0 1; }
        & > Horizontal > Label { width: auto; color: $muted; padding: 0 1 0 0; }
        & > Horizontal > Input { width: 1fr; border: none; height: 1; padding: 0; background: $surface; }
        & > Horizontal > Input:focus { border: none; }
        & > ChoiceList { height: auto; }
        & > .none { height: 1; padding: 0 1; color: $muted; display: none; }
    }
    """

    @dataclass
    class Taken(Message):
        """Names were chosen for the question `what`."""

        what: str
        names: tuple[str, ...]

    @dataclass
    class Left(Message):
        """The question was left unanswered."""

        what: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._picked, self._shown = False, ""
        self.what = ""
        """What is asked for, or was asked for last."""
        self._several = self._digits = False
        self._offer: Offer = lambda typed: ()

    def compose(self) -> ComposeResult:
        """Lay out what it is about, the line and the choices."""
        yield MiddleLine(classes="about")
        with Horizontal():
            yield Label("", id="asked", markup=False)
            yield NameInput(compact=True, select_on_focus=False)
        yield ChoiceList()
        yield Label("Nothing here is called that", classes="none")

    def on_mount(self) -> None:
        """Take the keys that are not for typing."""
        self.query_one(NameInput).steer = self._steer

    @property
    def is_open(self) -> bool:
        """Whether it is asking now."""
        return bool(self.display)

    @property
    def choices(self) -> ChoiceList:
        """The list of choices."""
        return self.query_one(ChoiceList)

    def ask(self, what: str, about: str, offer: Offer, *, several: bool, digits: bool = False) -> None:
        """Ask for names: `several` lets commas add more, `digits` lets 1 to 9 choose at once while nothing is typed."""
        self.what, self._offer, self._several, self._digits = what, offer, several, digits
        self.query_one(MiddleLine).show(about)
        self.query_one("#asked", Label).update(safe(f"{what} ▸"))
        field = self.query_one(NameInput)
        with field.prevent(Input.Changed):
            field.value = ""
        self._show()
        field.placeholder = "" if self.choices.rows else NEW_NAME
        self.display = True
        self.screen.set_focus(field)  # at once: the next key belongs to it

    def offer_again(self, offer: Offer) -> None:
        """Show anew what `offer` gives now, if it is what is asked with and no row was chosen by hand."""
        if self.is_open and self._offer is offer and not self._picked:
            self._show()

    def turn(self, about: str) -> None:
        """Ask the same about something else: offer anew for what is typed already."""
        self.query_one(MiddleLine).show(about)
        self._show()

    def close(self) -> None:
        """Stop asking."""
        self.display = False

    def _parts(self) -> tuple[list[str], str]:
        """Give the names finished with a comma, and what is being typed."""
        typed = self.query_one(Input).value
        if not self._several:
            return [], typed
        *done, last = typed.split(",")
        return [name.strip() for name in done if name.strip()], last.lstrip()

    def _steer(self, key: str) -> bool:
        """Do what a key does that is not for typing; say whether it was one."""
        self._catch_up()
        if key in {"up", "down"}:
            self._move(-1 if key == "up" else 1)
        elif key == "tab":
            self._complete()
        elif key == "comma" and self._several:
            self._add()
        elif self._digits and key in DIGITS and not self.query_one(Input).value:
            return self._take_numbered(int(key))
        else:
            return False
        return True

    def _catch_up(self) -> None:
        """Offer what belongs to the words in the line now, if they were not answered yet."""
        if self._shown != self.query_one(Input).value:
            self._show()

    def _show(self) -> None:
        self._picked = False  # whether a row was chosen by hand, not by typing
        self._shown = self.query_one(Input).value
        done, typed = self._parts()
        rows = [row for row in self._offer(typed) if row.value not in done]
        self.choices.rest(bool(done) and not typed)  # enter takes the names in the line alone
        self.choices.show_rows(rows, top=True)
        sure = next((at for at, row in enumerate(rows) if row.sure), len(rows) - 1)
        self.choices.go_to(max(0, sure))
        self.choices.display = bool(rows)
        self.query_one(".none").display = bool(typed.strip()) and not rows
        self.fit()

    def fit(self) -> None:
        """Give the choices as many rows as the screen has room for."""
        roomy = MOST_NUMBERED if self._digits else MOST_ROOMY
        most = roomy if self.screen.size.height >= 24 else MOST_ROWS
        self.choices.styles.height = max(1, min(most, len(self.choices.rows)))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._catch_up()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._catch_up()
        self._take()

    def _take(self) -> None:
        done, typed = self._parts()
        chosen = self.choices.current
        if chosen is not None and (typed or not done or self._picked):
            done.append(chosen.value)
        elif typed.strip():
            return
        if done:
            self.close()
            self.post_message(self.Taken(self.what, tuple(dict.fromkeys(done))))

    def _take_numbered(self, number: int) -> bool:
        """Take the choice with a number; say whether there is one."""
        if number > len(self.choices.rows):
            return False
        self.choices.go_to(number - 1)
        self._take()
        return True

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._picked = True
        self._take()

    def _move(self, rows: int) -> None:
        """Go up or down in the list."""
        self._picked = True
        if self.choices.resting:
            self.choices.rest(False)
        else:
            self.choices.go_to(self.choices.cursor + rows)

    def _complete(self) -> None:
        """Put the chosen name into the line."""
        chosen = self.choices.current
        if chosen is None or not chosen.value.strip():
            return
        done, _ = self._parts()
        field = self.query_one(Input)
        field.value = ", ".join([*done, chosen.value])
        field.cursor_position = len(field.value)

    def _add(self) -> None:
        """Take the chosen name and type another one."""
        if self._parts()[1].strip():
            self._complete()
            self.query_one(Input).insert_text_at_cursor(", ")

    def action_leave(self) -> None:
        """Leave the question unanswered."""
        self.close()
        self.post_message(self.Left(self.what))
