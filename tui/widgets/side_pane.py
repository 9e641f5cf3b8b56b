"""The pane beside the text: who speaks, and what was tagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from store.model import Span
from tui.keys import KEYS, bindings, spelled
from tui.safe import plain
from tui.theme import SPEAKER_COLOURS
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList

LABEL = 4  # cells of the short names


@dataclass(frozen=True, slots=True)
class PaneRow:
    """A row: a heading (no `spans`), or a speaker or a claim with where it is in the text.

    `more` is said behind the words as far as there is room for it.
    """

    words: str
    label: str = ""
    colour: int = 0
    figures: str = ""
    spans: tuple[Span, ...] = ()
    quotes: tuple[int, ...] | None = None
    quiet: bool = False
    more: tuple[str, ...] = ()


class SidePane(LineList[PaneRow]):
    """Speakers and claims of an article."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("move"), *bindings("pane")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pane--label",
        *(f"pane--speaker-{number}" for number in range(1, SPEAKER_COLOURS + 1)),
    }
    DEFAULT_CSS = (
        "SidePane { border-left: solid $rule; padding: 0 0 0 1; "
        "& > .pane--label { color: $alarm; text-style: bold reverse; } "
        + " ".join(
            f"& > .pane--speaker-{number} {{ color: $speaker-{number}; text-style: bold; }}"
            for number in range(1, SPEAKER_COLOURS + 1)
        )
        + " }"
    )

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._labels: dict[int, str] = {}

    @dataclass
    class Go(Message):
        """A person wants to see the words of a row."""

        row: PaneRow

    @dataclass
    class Left(Message):
        """A person wants back to the text."""

        close: bool

    def go_to(self, place: int) -> None:
        """Put the cursor on the row at `place`, or past it where that is a heading."""
        way = -1 if place < self.cursor else 1
        near = range(place, len(self.rows)) if way > 0 else range(place, -1, -1)
        super().go_to(next((at for at in near if 0 <= at < len(self.rows) and self.rows[at].spans), self.cursor))

    def show_rows(self, rows: Sequence[PaneRow], *, top: bool = False) -> None:
        """Show other rows, the cursor on one that leads somewhere."""
        super().show_rows(rows, top=top)
        if self.current is not None and not self.current.spans:
            self.go_to(self.cursor)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.notify_style_update()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.notify_style_update()

    def _draw(self, place: int, part: int, cursor: bool, width: int) -> Strip:
        strip = super()._draw(place, part, cursor and self.has_focus, width)
        label = self._labels.get(place, "")
        if label:
            look = self.visual_style.rich_style + self.look("pane--label")
            cut = strip.divide([len(label), width])
            strip = Strip.join([Strip([Segment(label, look)]), *cut[1:]])
        return strip

    def show_labels(self, labels: dict[int, str]) -> None:
        """Show letters at the begin of rows, by their numbers."""
        self._labels = labels
        self._drawn.clear()
        self.refresh()

    def key_of(self, row: PaneRow) -> object:
        """Tell rows apart by what they say and where."""
        return (row.words, row.label, row.spans[:1])

    def paint(self, row: PaneRow, part: int, width: int) -> list[Piece]:
        """Draw a heading, or label, words and figures."""
        width -= len(self.rows) > self.size.height  # the scrollbar lies over the last cell
        muted = self.look("row--muted")
        figures = f" {row.figures}" if row.figures else ""
        if row.quiet:
            return [(fit(plain(spelled(row.words, getattr(self.app, "keys", KEYS))), width), muted)]
        if not row.spans:
            return [(fit(plain(row.words), width - len(figures)), self.look("row--strong")), (figures, muted)]
        look = self.look(f"pane--speaker-{row.colour}") if row.colour else muted
        label = fit(row.label, LABEL, right=True) + " "
        room, words = max(1, width - LABEL - 1 - cell_len(figures)), plain(row.words)
        for more in map(plain, row.more):
            words += f" · {more}" if cell_len(f"{words} · {more}") <= room else ""
        return [(label, look), (fit(words, room), None), (figures, muted)]

    def action_go(self) -> None:
        """Go to the words of the row; on a speaker again and again, from quote to quote."""
        if self.current is not None and self.current.spans:
            self.post_message(self.Go(self.current))

    def action_leave(self) -> None:
        """Go back to the text."""
        self.post_message(self.Left(close=False))

    def action_close(self) -> None:
        """Close the pane."""
        self.post_message(self.Left(close=True))

    def on_line_list_chosen(self) -> None:
        """Take a second click for enter."""
        self.action_go()
