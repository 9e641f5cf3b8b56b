"""Index: one search over everything a library holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from store.search.cache import Cache
from store.search.conditions import Conditions, Names, conditions
from store.search.finding import WIDE, Candidate, Finder, missing_one
from store.search.hits import Hit
from store.search.match import How
from store.search.plan import Plan
from store.search.query import Query, parse
from store.search.ranking import Ranked, rank
from store.search.showing import Placed, Shower
from store.search.sync import Progress, Sync

if TYPE_CHECKING:
    from store.library import Library

CACHE = "search.cache"
ENOUGH = 60
"""With so many strict candidates no lenient ones are looked for."""
FEW = 10
"""With fewer hits than this, articles are looked for that have all words, but apart."""


class Index:
    """Finds words in articles, texts, quotes, claims, tags, notes and speakers of a library.

    The index lies beside the library as one file that can be deleted at any time; in a folder that cannot be written it
    is made in memory. It follows the library by itself: `search` takes in what changed first. One object can be used
    by several threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = RLock()
        self._cache: Cache | None = None
        self._sync: Sync | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index's file; it is opened again when it is needed."""
        with self._lock:
            if self._cache is not None:
                self._cache.close()
            self._cache = self._sync = None

    def refresh(self, progress: Progress | None = None) -> bool:
        """Take in what changed in the library; False when nothing did.

        `progress` is called with how much is done and how much there is to do. The first time over a large library
        this takes long: call it in a worker.
        """
        with self._lock:
            self._ready()
            return self._refresh(progress)

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """Give what answers a query, best first. Never raises for what is typed, however unfinished."""
        parsed = parse(query)
        if not parsed or limit < 1:
            return []
        with self._lock:
            cache, sync = self._fresh()
            made = conditions(parsed, self._names(cache, sync))
            searcher = _Searcher(self._library, cache, sync, made, limit)
            return searcher.by_words(parsed) if parsed.groups else searcher.listed(parsed)

    def ask(self, sql: str, values: Iterable[str | int] = ()) -> list[tuple[Any, ...]]:
        """Take in what changed and run a statement that reads the tables of `store.search.cache`."""
        with self._lock:
            cache, _ = self._fresh()
            return cache.rows(sql, values)

    def articles(self, query: str) -> set[str]:
        """Give the ids of all articles in which something answers a query, typos left out where others do."""
        parsed = parse(query)
        if not parsed:
            return set()
        with self._lock:
            cache, sync = self._fresh()
            made = conditions(parsed, self._names(cache, sync))
            found = _Searcher(self._library, cache, sync, made, FEW).articles(parsed)
            names = {number: article for article, number in sync.numbers.items()}
        return {names[number] for number in found if number in names}

    def _fresh(self) -> tuple[Cache, Sync]:
        self._ready()
        self._refresh(None)
        return self._ready()

    def _ready(self) -> tuple[Cache, Sync]:
        if self._cache is None or self._sync is None:
            self._cache = Cache(self._place())
            self._sync = Sync(self._library, self._cache)
        return self._cache, self._sync

    def _place(self) -> Path | None:
        folder = self._library.folder
        return None if self._library.read_only or not os.access(folder, os.W_OK) else folder / CACHE

    def _refresh(self, progress: Progress | None) -> bool:
        try:
            return self._ready()[1].run(progress)
        except sqlite3.Error:  # damaged, or on a full disk: what can be made again is made again, in memory
            self.close()
            self._cache = Cache(None)
            self._sync = Sync(self._library, self._cache)
            return self._sync.run(progress)

    def _names(self, cache: Cache, sync: Sync) -> Names:
        def column(sql: str) -> Iterable[str]:
            return [str(name) for (name,) in cache.rows(sql) if name]

        def tags() -> dict[str, str]:
            names = {tag.name: tag.name for tag in self._library.tags()}
            for tag in (*self._library.merged_tags(), *self._library.tags()):
                root = self._library.tag(tag.id).name
                names |= {name: root for name in (tag.name, *tag.synonyms) if name not in names}
            return names

        return Names(
            speakers=lambda: column("SELECT body FROM docs WHERE kind = 'speaker'"),
            tags=tags,
            authors=lambda: column("SELECT DISTINCT author FROM docs WHERE kind = 'claim'"),
            articles=self._library.articles,
            numbers=lambda: sync.numbers,
        )


def _settled(query: Query) -> Query:
    """Leave out a last word of which only one letter is typed yet, when there are others: it would match anything."""
    *others, last = query.groups
    unfinished = len(last) == 1 and last[0].prefix and not last[0].phrase and len(last[0].words[0]) == 1
    return replace(query, groups=tuple(others)) if others and unfinished and last[0].words[0].isalpha() else query


class _Searcher:
    """One search."""

    def __init__(self, library: Library, cache: Cache, sync: Sync, made: Conditions, limit: int) -> None:
        self._cache = cache
        self._sync = sync
        self._conditions = made
        self._limit = limit
        self._finder = Finder(cache, made)
        self._shower = Shower(library, cache, made)

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
            if not articles:
                return []
        best: dict[int, Ranked] = {}
        for at in range(len(plan.groups)):
            for row in self._finder.match(plan.one(at, How.SPELLING)):
                if row.article is not None and row.article in (articles or ()) and row.article not in shown:
                    ranked = rank(row, plan, self._conditions.columns, len(plan.groups))
                    old = best.get(row.article)
                    if ranked is not None and (old is None or ranked.key("text", 0) < old.key("text", 0)):
                        best[row.article] = ranked
        return self._shower.place(list(best.values())[: self._limit], plan)

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
            ranked += [Ranked(Candidate._make((*row, ())), 0, 0, How.SAME, False, 0, "body", (), 0, ()) for row in rows]
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
