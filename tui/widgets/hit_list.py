"""What a search found, the words found in colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len

from store.model import Span
from store.search.hits import Hit
from tui import dates
from tui.safe import plain
from tui.widgets.article_list import ROOMY
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList

CONTEXT = 24
MOST_TAGS = 24


class HitList(LineList[Hit]):
    """Hits in one line each, or in two under 100 columns: the words, and under them who, where, when."""

    def __init__(self, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        self._tag_room = 0

    def show_rows(self, rows: Sequence[Hit], *, top: bool = False) -> None:
        """Show other hits, with a column for tags when any has one."""
        self._tag_room = max((min(cell_len(_tags(row)), MOST_TAGS) + 1 for row in rows if row.tags), default=0)
        super().show_rows(rows, top=top)

    def paint(self, row: Hit, part: int, width: int) -> list[Piece]:
        """Draw a hit."""
        if self.row_height == 1:
            return self._one_line(row, width)
        return self._about(row, width) if part else [(" ", None), *self._words(row, width - 2)]

    def _one_line(self, row: Hit, width: int) -> list[Piece]:
        muted, accent = self.look("row--muted"), self.look("row--accent")
        outlet, days = (18, 12) if width >= ROOMY else (14, 9)
        room = width - 9 - 20 - outlet - 2 - days - 1 - self._tag_room
        return [
            (fit(f" {row.kind}", 9), muted),
            (fit(_who(row), 18) + "  ", muted if row.kind == "article" else None),
            *self._words(row, room),
            (" ", None),
            (fit(_tags(row), self._tag_room - 1) + " " if self._tag_room else "", accent),
            (fit(plain(row.outlet or ""), outlet) + " ", muted),
            (fit(self._day(row, days), days, right=True), muted),
        ]

    def _about(self, row: Hit, width: int) -> list[Piece]:
        parts = [part for part in (_who(row), plain(row.outlet or ""), self._day(row, width)) if part]
        tags = f" {_tags(row)}" if row.tags else ""
        muted = self.look("row--muted")
        about = fit("".join(f" · {part}" for part in parts), max(0, width - 4 - len(row.kind) - cell_len(tags)))
        return [(f"   {row.kind}", muted), (tags, self.look("row--accent")), (about, muted)]

    def _day(self, row: Hit, room: int) -> str:
        day, inferred = dates.parse(row.published), "~" * row.published_inferred
        return inferred + dates.short(day, self.today, room - len(inferred)) if day else ""

    def _words(self, row: Hit, width: int) -> list[Piece]:
        text, marks = window(row.line, row.marks, width)
        hit = self.look("row--hit")
        pieces: list[Piece] = []
        at = 0
        for start, end in marks:
            pieces += [(text[at:start], None), (text[start:end], hit)]
            at = end
        return [*pieces, (text[at:], None), (" " * max(0, width - cell_len(text)), None)]


def window(text: str, marks: Sequence[Span], width: int) -> tuple[str, list[Span]]:
    """Give a stretch of `text` that fits into `width` cells and shows the first mark, and the marks within it."""
    shown = plain(text)
    if len(shown) != len(text):
        return fit(shown, width).rstrip(), []
    start = 0
    if marks and cell_len(shown[: marks[0][1]]) > width - 2:
        start = max(0, shown.rfind(" ", 0, max(0, marks[0][0] - min(CONTEXT, width // 3))) + 1)
        if cell_len(shown[start : marks[0][1]]) > width - 2:
            start = marks[0][0]
    lead = "…" if start else ""
    cut = fit(lead + shown[start:], width).rstrip()
    end = len(cut) - (1 if cut.endswith("…") and len(cut) < len(lead + shown[start:]) else 0)
    moved = ((max(a - start, 0) + len(lead), min(b - start + len(lead), end)) for a, b in marks if b > start)
    return cut, [(a, b) for a, b in moved if a < b]


def _tags(row: Hit) -> str:
    return plain(" ".join(f"#{tag}" for tag in row.tags))


def _who(row: Hit) -> str:
    """Give who said it; for an article, where the words were found, as its title need not hold them."""
    return plain(row.why if row.kind == "article" and not row.marks else row.speaker or "")
