"""Candidates: the rows worth ranking, found in steps from the strict to the lenient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from store.search.cache import Cache
from store.search.conditions import Conditions
from store.search.match import How
from store.search.plan import NEAR, Plan

MOST = 80
"""Rows taken from each table in each step; the newest."""

WIDE = 1_500
"""Rows of each table looked through, for each word, for articles that have all words, but apart; the newest."""

_KINDS: dict[str, tuple[str, ...]] = {"marks": ("article", "claim", "speaker", "tag"), "texts": ("text",)}
_NAMES = {"marks": ("body", "who", "tags", "note"), "texts": ("body", "who")}
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


def _candidate(row: tuple[Any, ...]) -> Candidate:
    return Candidate._make((*row[:10], row[10:]))


class Finder:
    """Asks the cache for candidates under the conditions of a query's filters."""

    def __init__(self, cache: Cache, conditions: Conditions) -> None:
        self._cache = cache
        self._conditions = {
            table: ("1", []) if conditions.let_all(kinds) else conditions.sql(kinds) for table, kinds in _KINDS.items()
        }
        self._columns = conditions.columns

    def find(self, plan: Plan, enough: int) -> Iterator[Candidate]:
        """Give candidates, the strictly matching first; stop after a step that brings their number to `enough`."""
        seen: set[int] = set()
        asked: set[str] = set()
        for worst in (How.BEGUN, How.SPELLING, How.TYPOS):
            expression = plan.all(worst)
            if expression in asked:
                continue
            asked.add(expression)
            for candidate in self._strict(plan, expression) if worst is How.BEGUN else self.match(expression):
                if candidate.n not in seen:
                    seen.add(candidate.n)
                    yield candidate
            if len(seen) >= enough:
                return

    def _strict(self, plan: Plan, expression: str) -> Iterator[Candidate]:
        """Give the rows with the very words; where these are too many, those that have them together as well."""
        for table in self._tables():
            found = self._rows(table, expression)
            yield from found
            if len(found) == MOST and (together := plan.together(NEAR)):
                near = self._rows(table, together)
                yield from near
                if len(near) == MOST:
                    yield from self._rows(table, plan.together(0))

    def match(self, expression: str) -> Iterator[Candidate]:
        """Give the newest rows of both tables that a full-text expression finds."""
        for table in self._tables():
            yield from self._rows(table, expression)

    def _tables(self) -> Iterator[str]:
        for table, names in _NAMES.items():
            if self._conditions[table][0] != "0" and (not self._columns or set(names) & set(self._columns)):
                yield table

    def _rows(self, table: str, expression: str) -> list[Candidate]:
        names = _NAMES[table]
        condition, values = self._conditions[table]
        wanted = [name for name in self._columns if name in names]
        if wanted:
            expression = f"{{{' '.join(wanted)}}} : ({expression})"
        sql = (
            f"SELECT {_COLUMNS}, {', '.join(f'f.{name}' for name in names)} FROM {table} f CROSS JOIN docs d "
            f"ON d.n = f.rowid WHERE f.{table} MATCH ? AND {condition} ORDER BY f.rowid DESC LIMIT {MOST}"
        )
        return list(map(_candidate, self._cache.rows(sql, (expression, *values))))

    def rows_of(self, articles: Sequence[int]) -> Iterator[Candidate]:
        """Give every row of some articles."""
        for table in self._tables():
            condition, values = self._conditions[table]
            where = f"d.article IN ({', '.join(map(str, articles))}) AND {condition}"
            names = ", ".join(f"f.{name}" for name in _NAMES[table])
            sql = f"SELECT {_COLUMNS}, {names} FROM docs d CROSS JOIN {table} f ON f.rowid = d.n WHERE {where}"
            yield from map(_candidate, self._cache.rows(sql, values))

    def articles(self, expression: str, most: int = -1) -> set[int]:
        """Give the numbers of the articles in which an expression matches, anywhere or in the newest `most` rows."""
        found: set[int] = set()
        for table, (condition, values) in self._conditions.items():
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
        condition, values = self._conditions["marks"]
        sql = (
            "SELECT d.id FROM marks f CROSS JOIN docs d ON d.n = f.rowid "
            f"WHERE f.marks MATCH ? AND d.kind = 'claim' AND {condition}"
        )
        return {str(one) for (one,) in self._cache.rows(sql, (expression, *values))} if expression else set()


def missing_one(plan: Plan) -> Iterator[str]:
    """Give the steps for when nothing has all words: each leaves one of them out, of three words or more."""
    if len(plan.groups) > 2:
        for at in range(len(plan.groups)):
            yield plan.all(How.TYPOS, without=at)
