"""The order of the library: articles sorted, and put under headings. Knows no screen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from msgspec import Struct

from store.model import Article
from tui import dates


class Heading(Struct, frozen=True):
    """The line over some articles: `key` tells it from the others, `folded` says that they are not shown."""

    key: str
    text: str
    articles: int
    unread: int
    folded: bool = False

    @property
    def id(self) -> tuple[str, str]:
        """What tells it from other headings and from every article."""
        return "heading", self.key


Row = Article | Heading
Claims = Mapping[str, int]
SortKey = Callable[[Article, Claims], object]


class Sort(Struct, frozen=True):
    """A way to sort: its name, what comes first and what when it is reversed, its key, whether the highest is first."""

    name: str
    first: str
    reverse: str
    key: SortKey
    falling: bool = True

    def words(self, turned: bool) -> str:
        """Say it in words: `date, newest first`."""
        return f"{self.name}, {self.reverse if turned else self.first}"


SORTS = (
    Sort("date", "newest first", "oldest first", lambda article, _: _day(article)),
    Sort("outlet", "A to Z", "Z to A", lambda article, _: _outlet(article).casefold(), falling=False),
    Sort("title", "A to Z", "Z to A", lambda article, _: article.title.casefold(), falling=False),
    Sort("quotes", "most first", "fewest first", lambda article, _: article.quotes),
    Sort("claims", "most first", "fewest first", lambda article, claims: claims.get(article.id, 0)),
    Sort("unread", "first", "last", lambda article, _: not article.read),
    Sort("length", "longest first", "shortest first", lambda article, _: article.words),
)
GROUPS = ("nothing", "outlet", "day", "story")


class Order(Struct, frozen=True):
    """How the list is ordered: a name of `SORTS`, reversed (`turned`) or not, and one of `GROUPS`."""

    sort: str = SORTS[0].name
    turned: bool = False
    group: str = GROUPS[0]

    def line(self) -> str:
        """Say it in a few words; nothing for the usual order."""
        parts = [f"by {self._sort.words(self.turned)}"] if self.sort != SORTS[0].name or self.turned else []
        parts += [f"grouped by {self.group}"] if self.group != GROUPS[0] else []
        return " · ".join(parts)

    @property
    def _sort(self) -> Sort:
        return next((one for one in SORTS if one.name == self.sort), SORTS[0])

    def sorted(self, articles: Sequence[Article], claims: Claims) -> list[Article]:
        """Sort articles; those that are alike stay in the order given (a library gives the newest first).

        Those without an outlet come last when they are sorted by it, either way round.
        """
        sort = self._sort
        if sort.name == SORTS[0].name:
            return list(reversed(articles)) if self.turned else list(articles)
        keyed: Callable[[Article], object] = lambda article: sort.key(article, claims)  # noqa: E731
        found = sorted(articles, key=keyed, reverse=sort.falling is not self.turned)  # type: ignore[arg-type]
        return sorted(found, key=lambda article: not _outlet(article)) if sort.name == "outlet" else found

    def rows(self, articles: Sequence[Article], claims: Claims, today: date, folded: Collection[str] = ()) -> list[Row]:
        """Give the rows of the list: the articles sorted and, when grouped, headings over them in the same order."""
        in_order = self.sorted(articles, claims)
        if self.group not in GROUPS[1:]:
            return list(in_order)
        names = self._names(articles, today)
        members: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
        for article in in_order:
            members[names[article.id]].append(article)
        rows: list[Row] = []
        for (key, text), inside in sorted(members.items(), key=lambda item: item[0][0] == ALONE):
            shut = key in folded
            rows.append(Heading(key, text, len(inside), sum(not article.read for article in inside), shut))
            rows += [] if shut else inside
        return rows

    def _names(self, articles: Sequence[Article], today: date) -> dict[str, tuple[str, str]]:
        if self.group == "outlet":
            return {article.id: (_outlet(article), _outlet(article) or "no outlet") for article in articles}
        if self.group == "day":
            days = {day: (day, _day_name(day, today)) for day in set(map(_published, articles))}
            return {article.id: days[_published(article)] for article in articles}
        from tui.stories import stories  # noqa: PLC0415 - loaded when stories are first asked for

        told = stories(articles)
        sizes = Counter(told.values())
        by_id = {article.id: article for article in articles}
        return {
            key: (first, by_id[first].title) if sizes[first] > 1 else (ALONE, "told by one article")
            for key, first in told.items()
        }


UNDATED = "undated"
ALONE = ""
"""The key of the heading over the articles that share their story with no other; it comes last."""


def _outlet(article: Article) -> str:
    return article.outlet or article.aggregator or ""


def _day(article: Article) -> str:
    return (article.published or article.retrieved)[:10]


def _published(article: Article) -> str:
    return (article.published or "")[:10]


def _day_name(printed: str, today: date) -> str:
    day = dates.parse(printed)
    if day is None:
        return UNDATED
    short, long = dates.short(day, today), dates.long(day)
    return long if short == long or not 0 <= (today - day).days < 7 else f"{short.split()[0]}, {long}"
