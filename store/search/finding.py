"""Candidates: the rows worth ranking, found in steps from the strict to the lenient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from store.search.cache import Cache
from store.search.conditions import Conditions
from store.search.match import How
from store.search.plan import NEAR, Plan

MOST = 100
"""Rows taken from each table in each step; the newest."""

WIDE = 1_500
"""Rows of each table looked through, for each word, for articles that have all words, but apart; the newest."""

MARKS = ("article", "claim", "speaker", "tag")
_COLUMNS = 'd.n, d.kind, d.article, d.start, d."end", d.body, d.who, d.note, d.labels, d.id'


class Candidate(NamedTuple):
    """A row with its folded words; `folded` are those of body, who, tags and note."""

    n: int
    kind: str
    article: int | None
    start: int
    end: int
    body: str
    who: str
    note: str
    labels: str
    id: str
    folded: tuple[str, ...]


class Finder:
    """Asks the cache for candidates under the conditions of a query's filters."""

    def __init__(self, cache: Cache, conditions: Conditions) -> None:
        self._cache = cache
        self._marks, self._mark_values = conditions.sql(MARKS)
        self._texts, self._text_values = conditions.sql(("text",))
        self._columns = conditions.columns

    def find(self, plan: Plan, enough: int) -> Iterator[Candidate]:
        """Give candidates, the strictly matching first; stop after a step that brings their number to `enough`."""
        seen: set[int] = set()
        for expression in dict.fromkeys(_steps(plan)):
            for candidate in self.match(expression):
                if candidate.n not in seen:
                    seen.add(candidate.n)
                    yield candidate
            if len(seen) >= enough:
                return

    def match(self, expression: str) -> Iterator[Candidate]:
        """Give the newest rows of both tables that a full-text expression finds."""
        if not expression:
            return
        if self._marks != "0":
            yield from self._rows("marks", expression, 4)
        if self._texts != "0" and not (self._columns and not {"body", "who"} & set(self._columns)):
            yield from self._rows("texts", expression, 2)

    def _rows(self, table: str, expression: str, columns: int) -> Iterator[Candidate]:
        names = ("body", "who", "tags", "note")[:columns]
        condition, values = (self._marks, self._mark_values) if table == "marks" else (self._texts, self._text_values)
        wanted = [name for name in self._columns if name in names]
        if wanted:
            expression = f"{{{' '.join(wanted)}}} : ({expression})"
        sql = (
            f"SELECT {_COLUMNS}, {', '.join(f'f.{name}' for name in names)} FROM {table} f CROSS JOIN docs d "
            f"ON d.n = f.rowid WHERE f.{table} MATCH ? AND {condition} ORDER BY f.rowid DESC LIMIT {MOST}"
        )
        for row in self._cache.rows(sql, (expression, *values)):
            yield Candidate._make((*row[:10], tuple(row[10:])))

    def articles(self, expression: str, most: int = -1) -> set[int]:
        """Give the numbers of the articles in which an expression matches, anywhere or in the newest `most` rows."""
        found: set[int] = set()
        for table, condition, values in (
            ("marks", self._marks, self._mark_values),
            ("texts", self._texts, self._text_values),
        ):
            if condition == "0":
                continue
            sql = (
                f"SELECT DISTINCT d.article FROM (SELECT rowid FROM {table} WHERE {table} MATCH ? "
                f"ORDER BY rowid DESC LIMIT ?) f CROSS JOIN docs d ON d.n = f.rowid WHERE {condition}"
            )
            rows = self._cache.rows(sql, (expression, most, *values))
            found.update(number for (number,) in rows if number is not None)
        return found

    def claims(self, expression: str) -> set[str]:
        """Give the ids of the claims in which an expression matches."""
        sql = (
            "SELECT d.id FROM marks f CROSS JOIN docs d ON d.n = f.rowid "
            f"WHERE f.marks MATCH ? AND d.kind = 'claim' AND {self._marks}"
        )
        return {str(one) for (one,) in self._cache.rows(sql, (expression, *self._mark_values))} if expression else set()


def _steps(plan: Plan) -> Iterator[str]:
    yield plan.together(0)
    yield plan.together(NEAR)
    yield plan.all(How.BEGUN)
    yield plan.all(How.SPELLING)
    yield plan.all(How.TYPOS)


def missing_one(plan: Plan) -> Iterator[str]:
    """Give the steps for when nothing has all words: each leaves one of them out, of three words or more."""
    if len(plan.groups) > 2:
        for at in range(len(plan.groups)):
            yield plan.all(How.TYPOS, without=at)
