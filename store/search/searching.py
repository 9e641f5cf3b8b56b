"""One search: candidates in steps from the strict to the lenient, ranked and shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.search.cache import Cache
from store.search.conditions import Conditions
from store.search.finding import WIDE, Candidate, Finder, missing_one
from store.search.hits import Hit
from store.search.match import How
from store.search.plan import Plan
from store.search.query import Query
from store.search.ranking import Ranked, rank
from store.search.showing import Placed, Shower
from store.search.sync import Sync

if TYPE_CHECKING:
    from store.library import Library

ENOUGH = 24
"""With so many strict candidates no lenient ones are looked for: they would come behind these anyway."""
FEW = 10
"""With fewer hits than this, articles are looked for that have all words, but apart."""


def _settled(query: Query) -> Query:
    """Leave out a last word of which only one letter is typed yet, when there are others: it would match anything."""
    *others, last = query.groups
    unfinished = len(last) == 1 and last[0].prefix and not last[0].phrase and len(last[0].words[0]) == 1
    return replace(query, groups=tuple(others)) if others and unfinished and last[0].words[0].isalpha() else query


class Searcher:
    """One search."""

    def __init__(self, library: Library, cache: Cache, sync: Sync, made: Conditions, limit: int) -> None:
        self._cache = cache
        self._sync = sync
        self._conditions = made
        self._limit = limit
        self._finder = Finder(cache, made)
        self._shower = Shower(library, cache, made, sync.seen)

    def by_words(self, query: Query) -> list[Hit]:
        """Find what answers the words of a query."""
        query = _settled(query)
        typed = len(query.groups)
        plan = Plan(query, self._sync.vocabulary)
        placed = self._placed(plan, self._finder.find(plan, min(self._limit, ENOUGH)))
        if not placed:
            plan = Plan(query, self._sync.vocabulary, eager=True)
            placed = self._placed(plan, self._finder.find(plan, min(self._limit, ENOUGH)))
        hits = self._shower.hits(placed[: self._limit], typed)
        if len(hits) < FEW and typed > 1:
            hits += self._shower.hits(self._apart(plan, placed), typed, "all words, apart")
        if not hits and typed > 2:
            found = (row for expression in missing_one(plan) for row in self._finder.match(expression))
            known = {one.ranked.candidate.n for one in placed}
            more = self._placed(plan, (row for row in found if row.n not in known))
            hits += self._shower.hits(more[: self._limit], typed)
        return hits[: self._limit]

    def _placed(self, plan: Plan, candidates: Iterable[Candidate]) -> list[Placed]:
        columns = self._conditions.columns
        seen: dict[int, Ranked] = {}
        for candidate in candidates:
            ranked = rank(candidate, plan, columns)
            if ranked is not None:
                seen[candidate.n] = ranked
        ranked_rows = sorted(seen.values(), key=lambda one: one.key(one.candidate.kind, 0))
        return self._shower.place(ranked_rows[: self._limit + self._limit // 4 + 10], plan)

    def _apart(self, plan: Plan, placed: Sequence[Placed]) -> list[Placed]:
        """Find the articles that have all words, but not together: one hit each, where most of them stand."""
        shown = {one.ranked.candidate.article for one in placed}
        articles: set[int] | None = None
        rare = sorted(range(len(plan.groups)), key=lambda at: -max(len(one.term.words[0]) for one in plan.groups[at]))
        for at in rare:  # long words are seldom common: most often the first two settle it
            here = self._finder.articles(plan.one(at, How.SPELLING), WIDE)
            articles = here if articles is None else articles & here
            articles -= shown
            if len(articles) <= FEW:
                break
        found: dict[int, list[Ranked]] = {}
        for row in self._finder.rows_of(sorted(articles or ())[-FEW:]):
            ranked = rank(row, plan, self._conditions.columns, len(plan.groups))
            if ranked is not None and row.article is not None:
                found.setdefault(row.article, []).append(ranked)
        whole = [rows for rows in found.values() if len({at for one in rows for at in one.given}) == len(plan.groups)]
        return self._shower.place([min(rows, key=lambda one: one.key("text", 0)) for rows in whole], plan)

    def listed(self, query: Query) -> list[Hit]:
        """List what the filters of a query let through, newest first."""
        made = self._conditions
        plan = Plan(query, self._sync.vocabulary)
        ranked: list[Ranked] = []
        for kind in (kind for kind in made.listed if kind in made.kinds):
            condition, values = made.sql((kind,))
            excluded = ""
            if plan.excluded:
                table = "texts" if kind == "text" else "marks"
                excluded = f" AND d.n NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
                values = [*values, plan.excluded]
            rows = self._cache.rows(
                'SELECT d.n, d.kind, d.article, d.start, d."end", d.body, d.who, d.note, d.labels, d.id '
                f"FROM docs d WHERE {condition}{excluded} ORDER BY d.n DESC LIMIT ?",
                (*values, self._limit),
            )
            ranked += [
                Ranked(Candidate._make((*row, ())), 0, 0, How.SAME, False, 0, "body", (), (), ()) for row in rows
            ]
        placed = self._shower.place(ranked, plan)
        return self._shower.hits(placed[: self._limit], 0, "newest first")

    def articles(self, query: Query) -> set[int]:
        """Give the numbers of the articles that a query finds."""
        made = self._conditions
        if not query.groups:
            condition, values = made.sql(made.listed)
            rows = self._cache.rows(f"SELECT DISTINCT d.article FROM docs d WHERE {condition}", values)
            return {number for (number,) in rows if number is not None}
        plan = Plan(query, self._sync.vocabulary)
        for worst in (How.BEGUN, How.SPELLING, How.TYPOS):
            found: set[int] | None = None
            for at in range(len(plan.groups)):
                here = self._finder.articles(plan.one(at, worst))
                found = here if found is None else found & here
            if found:
                return found
        return set()

    def claims(self, query: Query) -> set[str] | None:
        """Give the ids of the claims that a query finds; None when it shuts claims out."""
        made = self._conditions
        if "claim" not in made.kinds:
            return None
        plan = Plan(query, self._sync.vocabulary)
        if not query.groups:
            condition, values = made.sql(("claim",))
            if plan.excluded:
                condition += " AND d.n NOT IN (SELECT rowid FROM marks WHERE marks MATCH ?)"
                values = [*values, plan.excluded]
            return {str(one) for (one,) in self._cache.rows(f"SELECT d.id FROM docs d WHERE {condition}", values)}
        for worst in (How.BEGUN, How.SPELLING, How.TYPOS):
            if found := self._finder.claims(plan.all(worst)):
                return found
        return set()
