"""The list of articles: one line each, two under 60 columns, with headings over them where they are grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from store.model import Article
from tui import dates
from tui.counting import brief, count, reading_time
from tui.ordering import UNDATED, Heading, Row
from tui.safe import plain
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList

NARROW, WIDE, ROOMY = 60, 100, 112


def day_of(article: Article, today: date, room: int = 8) -> str:
    """Give the article's day in short, with `~` before it when it is inferred; in full where `room` cells hold it."""
    day = dates.parse(article.published)
    if day is None:
        return UNDATED
    inferred = "~" * article.published_inferred
    return inferred + dates.short(day, today, room - len(inferred))


class ArticleList(LineList[Row]):
    """Articles with unread mark, date, outlet, title, quotes, claims and length, as the width allows.

    `claims` are the numbers of claims and `marked` the chosen articles, by id.
    """

    def __init__(self, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        self.claims: Mapping[str, int] = Counter()
        self.marked: Collection[str] = ()

    @property
    def article(self) -> Article | None:
        """The article under the cursor; None on a heading."""
        row = self.current
        return row if isinstance(row, Article) else None

    @property
    def articles(self) -> list[Article]:
        """The articles among the rows."""
        return [row for row in self.rows if isinstance(row, Article)]

    def renew(self, articles: Iterable[Article]) -> None:
        """Show the same rows with their articles as they are now, without those that are gone."""
        now = {article.id: article for article in articles}
        rows = [row if isinstance(row, Heading) else now.get(row.id) for row in self.rows]
        self.show_rows([row for row in rows if row is not None])

    def key_of(self, row: Row) -> object:
        """Give the id: an article stays itself through all changes of its record."""
        return row.id

    def keys_of(self, rows: Sequence[Row]) -> set[object]:
        """Give the ids, of 20,000 articles in a few milliseconds."""
        return set(map(attrgetter("id"), rows))

    def paint(self, row: Row, part: int, width: int) -> list[Piece]:
        """Draw an article or a heading."""
        if isinstance(row, Heading):
            return [] if part else self._heading(row, width)
        if self.row_height == 2:
            return self._second(row, width) if part else self._first(row, width)
        return self._wide(row, width) if width >= WIDE - 4 else self._middle(row, width)

    def _heading(self, row: Heading, width: int) -> list[Piece]:
        unread = f" · {row.unread:,} unread" if row.unread else ""
        figures = f"  {count(row.articles, 'article')}{unread} "
        return [
            ("▸ " if row.folded else "▾ ", self.look("row--accent")),
            (fit(plain(row.text), max(8, width - 2 - len(figures))), self.look("row--strong")),
            (figures, self.look("row--muted")),
        ]

    def _marks(self, row: Article) -> list[Piece]:
        accent = self.look("row--accent")
        return [(" " if row.read else "●", accent), ("+" if row.id in self.marked else " ", accent)]

    def _counts(self, row: Article, quotes: int, claims: int) -> list[Piece]:
        tagged = self.claims.get(row.id, 0)
        look = self.look("row--accent" if tagged else "row--muted")
        return [
            (
                fit(f'{brief(row.quotes, quotes - 2)}"' if row.quotes else "-", quotes, right=True),
                self.look("row--muted"),
            ),
            (fit(f"{brief(tagged, claims - 1)}▌" if tagged else "-", claims, right=True), look),
        ]

    def _title(self, row: Article, width: int) -> Piece:
        return fit(plain(row.title), width), None if row.read else self.look("row--strong")

    def _wide(self, row: Article, width: int) -> list[Piece]:
        outlet = 24 if width >= 150 else 18 if width >= ROOMY else 14
        days = 12 if width >= ROOMY else 9
        muted = self.look("row--muted")
        return [
            *self._marks(row),
            (fit(day_of(row, self.today, days), days) + " ", muted),
            (fit(plain(row.outlet or ""), outlet) + "  ", muted),
            self._title(row, width - 2 - days - 1 - outlet - 2 - 6 - 6 - 8 - 3),
            *self._counts(row, 6, 6),
            (fit(reading_time(row.words), 8, right=True), muted),
            (" ★ " if row.starred else "   ", self.look("row--accent")),
        ]

    def _middle(self, row: Article, width: int) -> list[Piece]:
        muted = self.look("row--muted")
        outlet = 14 if width >= 76 else 11
        return [
            *self._marks(row),
            (fit(day_of(row, self.today), 8) + " ", muted),
            (fit(plain(row.outlet or ""), outlet) + " ", muted),
            self._title(row, width - 2 - 9 - outlet - 1 - 5 - 4 - 3),
            *self._counts(row, 5, 4),
            (" ★ " if row.starred else "   ", self.look("row--accent")),
        ]

    def _first(self, row: Article, width: int) -> list[Piece]:
        star = "★ " if row.starred else ""
        return [*self._marks(row), (star, self.look("row--accent")), self._title(row, width - 3 - len(star))]

    def _second(self, row: Article, width: int) -> list[Piece]:
        muted = self.look("row--muted")
        day = fit(day_of(row, self.today), 9) + " "
        outlet = fit(plain(row.outlet or ""), max(0, width - 2 - len(day) - 11))
        return [("  ", None), (day, muted), (outlet, muted), *self._counts(row, 6, 4)]
