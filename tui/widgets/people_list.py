"""Everybody who speaks, and above it who may be the same person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.cells import cell_len

from store.dossier.namesakes import Namesake
from store.dossier.people import Person
from tui import dates
from tui.counting import count
from tui.safe import plain
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList


class PeopleList(LineList[Person]):
    """Speakers in one line each, two under 60 columns."""

    def __init__(self, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today

    def key_of(self, row: Person) -> object:
        """Give the name."""
        return row.name

    def paint(self, row: Person, part: int, width: int) -> list[Piece]:
        """Draw a speaker."""
        muted, accent = self.look("row--muted"), self.look("row--accent")
        if self.row_height == 2:
            if part:
                facts = " · ".join(
                    part for part in (quotes(row), count(row.claims, "claim") if row.claims else "", more(row)) if part
                )
                return [("   ", None), (fit(plain(facts), width - 4), muted)]
            return [(" " + fit(plain(row.name), width - 2), self.look("row--strong"))]
        articles = 15 if width >= 96 else 13
        name = min(36, width // 3) if width >= 96 else width - 32 - articles
        pieces = [
            (" " + fit(plain(row.name), name), self.look("row--strong")),
            (fit(quotes(row), 11, right=True), None if row.quotes else muted),
            (fit(f"{row.claims:,}▌" if row.claims else "-", 7, right=True), accent if row.claims else muted),
            (fit(count(row.articles, "article"), articles, right=True), muted),
            (fit(self._day(row), 11, right=True), muted),
        ]
        if width >= 96:
            pieces.append((fit("   " + plain(more(row)), max(0, width - name - 45)), muted))
        return pieces

    def _day(self, row: Person) -> str:
        day = dates.parse(row.last)
        return ("~" if row.inferred else "") + dates.short(day, self.today) if day else ""


def quotes(row: Person) -> str:
    """Say how often somebody is quoted; dots while that is counted."""
    return "…" if row.quotes is None else count(row.quotes, "quote")


def more(row: Person) -> str:
    """Say what else a person said of a speaker."""
    aliases = f"also {', '.join(row.aliases)}" if row.aliases else ""
    kind = row.kind if row.kind and row.kind != "person" else ""
    return " · ".join(part for part in (kind, ", ".join(row.roles), aliases) if part)


class SuggestionList(LineList[Namesake]):
    """Names that may be one person's, in one line each, two under 60 columns."""

    MOST_ROWS: ClassVar = 4
    DEFAULT_CSS = """
    SuggestionList { border-bottom: solid $rule; }
    """

    def show_rows(self, rows: Sequence[Namesake], *, top: bool = False) -> None:
        """Show other suggestions, with room for a few of them."""
        super().show_rows(rows, top=top)
        self._fit_height()

    def set_row_height(self, height: int) -> None:
        """Give every row so many lines."""
        super().set_row_height(height)
        self._fit_height()

    def _fit_height(self) -> None:
        most = self.MOST_ROWS if self.row_height == 1 else 2
        self.styles.height = min(most, len(self.rows)) * self.row_height + 1

    def key_of(self, row: Namesake) -> object:
        """Give the two names."""
        return (row.name, row.into)

    def paint(self, row: Namesake, part: int, width: int) -> list[Piece]:
        """Draw a suggestion; the last cell is the scrollbar's."""
        muted = self.look("row--muted")
        name, into, why = plain(row.name), plain(row.into), plain(row.why)
        names = f" {name} = {into}?"
        if self.row_height == 2:
            return [(fit(f"   {why}", width - 1), muted)] if part else [(fit(names, width - 1), None)]
        room = max(24, min(cell_len(names), width - cell_len(why) - 3, 70))
        return [(fit(names, room), None), (fit(f"  {why}", width - room - 1).rstrip(), muted)]
