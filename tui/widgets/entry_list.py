"""The entries of a dossier: when, who, the words, where, the verdict, and what contradicts or differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store.dossier.records import Entry
from tui import dates
from tui.dossier_rows import Compared, Row, mark
from tui.ordering import UNDATED
from tui.quoting import as_printed
from tui.safe import plain
from tui.verdicts import judged, names_on
from tui.widgets.article_list import ROOMY
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList

MARGIN = 1
"""Cells left free at the right, where the bar of a long list stands."""


class EntryList(LineList[Row]):
    """Entries in one line each; in two under 100 columns, in three under 60."""

    def __init__(self, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        self.compared: Compared | None = None
        self.filled: frozenset[str] = frozenset()

    def key_of(self, row: Row) -> object:
        """Tell rows apart by the entry, or by the heading."""
        return row.entry.key if row.entry else row.heading

    def show_at(self, rows: Sequence[Row], place: int) -> None:
        """Show other rows with the cursor on the one at `place`."""
        self.show_rows(rows, top=True)
        self.go_to(place)

    def paint(self, row: Row, part: int, width: int) -> list[Piece]:
        """Draw an entry or a heading."""
        if row.entry is None:
            if part != self.row_height - 1:
                return []
            return [
                (f"─ {plain(row.heading)} ", self.look("row--strong")),
                (row.figures, self.look("row--muted")),
            ]
        if self.row_height == 1:
            return self._one_line(row.entry, width)
        if part < self.row_height - 1:
            return [(" " + self._part_of_words(row.entry, part, width - 2), None)]
        return self._about(row.entry, width)

    def _one_line(self, entry: Entry, width: int) -> list[Piece]:
        muted = self.look("row--muted")
        word, grave = mark(entry, self.compared)
        who, outlet, tags = (22, 18, 20) if width >= 150 else (18, 14, 0)
        tags = tags if "tags" in self.filled else 0
        verdict = 12 if "verdict" in self.filled else 2 if "note" in self.filled else 0
        marks = 12 if "mark" in self.filled else 0
        days = 12 if width >= ROOMY else 9
        room = width - MARGIN - days - 1 - who - outlet - verdict - marks - tags - 3
        return [
            (fit(f" {day_of(entry, self.today, days - 1)}", days + 1), muted),
            (fit(plain(entry.who), who) + " ", None if entry.speaker else muted),
            (fit(_words(entry), room) + " ", None),
            (fit(plain(entry.where), outlet) + " ", muted),
            (fit(plain(" ".join(f"#{tag}" for tag in entry.tags)), tags), self.look("row--accent")),
            (
                fit(f"{judged(entry.verdict, names_on(self.app))}{' ✎' if entry.note else ''}".lstrip(), verdict),
                self.look("row--strong"),
            ),
            (fit(word, marks), self.look("row--accent") if grave else muted),
        ]

    def _part_of_words(self, entry: Entry, part: int, width: int) -> str:
        words = _words(entry)
        if self.row_height == 2:
            return fit(words, width)
        first = fit(words, width)
        if not first.rstrip().endswith("…") or words == first.rstrip():
            return first if part == 0 else ""
        cut = words.rfind(" ", 0, len(first.rstrip()) - 1)
        cut = cut if cut > width // 2 else len(first.rstrip()) - 1
        return fit(words[:cut], width) if part == 0 else fit(words[cut:].lstrip(), width)

    def _about(self, entry: Entry, width: int) -> list[Piece]:
        muted = self.look("row--muted")
        word, grave = mark(entry, self.compared)
        strong = " · ".join(part for part in (judged(entry.verdict, names_on(self.app)), word) if part)
        facts = [day_of(entry, self.today, width), plain(entry.who), plain(entry.where)]
        about = "   " + " · ".join(part for part in facts if part)
        if entry.note:
            about += " ✎"
        room = width - len(strong) - 2 - MARGIN
        look = self.look("row--accent") if grave else self.look("row--strong")
        return [(fit(about, room), muted), (" ", None), (strong, look)]


def _words(entry: Entry) -> str:
    return as_printed(plain(entry.words), entry.speech) + ("" if entry.sure else " ?")


def day_of(entry: Entry, today: date, room: int = 8) -> str:
    """Give the day of an entry in short, with `~` when it is inferred; in full where `room` cells hold it.

    "undated" where there is none.
    """
    day = dates.parse(entry.day)
    inferred = "~" * (entry.inferred and not entry.said)
    return inferred + (dates.short(day, today, room - len(inferred)) if day else dates.full(entry.day) or UNDATED)
