"""All tags as a tree: name, uses, last use, colour, description."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.style import Style

from store.dossier.tagtree import Branch
from tui import dates
from tui.counting import count
from tui.safe import plain
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList

COLOURS = {
    "blue": "#5b9bd5",
    "orange": "#e08a3c",
    "green": "#5fa858",
    "pink": "#d76aa5",
    "violet": "#9a78d6",
    "teal": "#3fa9a3",
    "yellow": "#c9b13f",
    "red": "#d9635a",
}
"""The colours that are offered for a tag, by name."""
NAMES = {value: name for name, value in COLOURS.items()}


def colour_name(colour: str) -> str:
    """Give the name of a tag's colour, or its code where it has none."""
    return NAMES.get(colour.casefold(), colour)


class TagList(LineList[Branch]):
    """Tags in one line each, two under 60 columns; `flat` shows whole paths in place of a tree."""

    def __init__(self, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        self.flat = False
        self._paths: frozenset[str] = frozenset()

    def show_rows(self, rows: Sequence[Branch], *, top: bool = False) -> None:
        """Show other tags; one whose parent is not among them shows its whole path."""
        self._paths = frozenset(row.path for row in rows)
        super().show_rows(rows, top=top)

    def _whole(self, row: Branch) -> bool:
        return self.flat or row.path.rpartition("/")[0] not in self._paths

    def key_of(self, row: Branch) -> object:
        """Give the tag's id, or the path where there is no tag."""
        return row.tag.id if row.tag else row.path

    def paint(self, row: Branch, part: int, width: int) -> list[Piece]:
        """Draw a tag."""
        muted = self.look("row--muted")
        if self.row_height == 2:
            under = "   " if self._whole(row) else "   " + "  " * row.depth
            facts = [(under, None), (fit(self._facts(row), width - len(under)), muted)]
            return facts if part else self._label(row, width)
        name = min(44, width // 2 - 4) if width >= 96 else width - 35
        pieces = [
            *self._label(row, name),
            (fit(self._uses(row), 20, right=True), self.look("row--accent" if row.under else "row--muted")),
            (fit(self._day(row), 11, right=True), muted),
        ]
        if width >= 96:
            more = " · ".join(part for part in (self._other(row), row.tag.description if row.tag else "") if part)
            pieces.append((fit("  " + plain(more), max(0, width - name - 32)) + " ", muted))
        return pieces

    def _label(self, row: Branch, width: int) -> list[Piece]:
        indent = "" if self._whole(row) else "  " * row.depth
        text = plain(row.path if self._whole(row) else row.name)
        colour = row.tag.colour if row.tag else ""
        return [
            (f" {indent}", None),
            ("■ " if colour else "  ", self._ink(colour)),
            (fit(text, width - len(indent) - 3), self.look("row--strong") if row.tag else self.look("row--muted")),
        ]

    def _ink(self, colour: str) -> Style | None:
        if colour.casefold() not in NAMES or self.app.native_ansi_color:
            return None
        return Style(color=colour)

    def _uses(self, row: Branch) -> str:
        if row.under > row.uses:
            return f"{count(row.uses, 'claim')} + {row.under - row.uses:,} below"
        return count(row.uses, "claim") if row.uses else "not used"

    def _day(self, row: Branch) -> str:
        day = dates.parse(row.last)
        return dates.short(day, self.today) if day else ""

    def _other(self, row: Branch) -> str:
        names = (*(row.tag.synonyms if row.tag else ()), *row.merged)
        return f"also {', '.join(names)}" if names else ""

    def _facts(self, row: Branch) -> str:
        colour = colour_name(row.tag.colour) if row.tag else ""
        return plain(" · ".join(part for part in (self._uses(row), self._day(row), colour, self._other(row)) if part))
