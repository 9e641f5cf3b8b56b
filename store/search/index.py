"""Index: one search over everything a library holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, RLock
from typing import TYPE_CHECKING, Any, Self, TypeVar

from store.errors import LibraryError
from store.search.cache import Cache, is_busy, remove
from store.search.conditions import Names, conditions
from store.search.filters import article_test
from store.search.hits import Hit
from store.search.query import Query, parse
from store.search.saved import expand
from store.search.searching import FEW, Searcher
from store.search.sync import Sync

if TYPE_CHECKING:
    from store.library import Library

Progress = Callable[[int, int], None]
Found = TypeVar("Found")
CACHE = "search.cache"
FEW_PAGES, MORE_PAGES = 8, 64
"""How much of the index is put in order when a search finds nothing new to take in, and when it is closed."""
LONGEST_PAUSE = 0.5
"""Seconds that taking in waits for a search at most, step by step."""


class Index:
    """Finds words in articles, texts, quotes, claims, tags, notes and speakers of a library.

    The index lies beside the library as one file that can be deleted at any time. A damaged one is made again; where
    none can be written it is made in memory; `notice` then says so in a line. It follows the library by itself:
    `search` takes in what changed first. One object can be used by several threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = RLock()
        self._count = Condition()
        self._searches = 0
        self._cache: Cache | None = None
        self._sync: Sync | None = None
        self._mended = False
        self._in_memory = False
        self.notice = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index's file; it is opened again when it is needed."""
        with self._lock:
            if self._cache is not None:
                with suppress(sqlite3.Error):
                    self._cache.settle()
                self._tidy(MORE_PAGES)
                with suppress(sqlite3.Error):
                    self._cache.close()
            self._cache = self._sync = None

    def refresh(self, progress: Progress | None = None) -> bool:
        """Take in everything that changed in the library; False when nothing did.

        `progress` is called with how much is done and how much there is to do. The first time over a large library
        this takes long: call it in a worker, searches that do not wait get their turn in between.
        """
        try:
            changed = self._take_in(progress)
            if not changed:
                self._tidy(FEW_PAGES)
            return changed
        finally:
            with self._lock, suppress(sqlite3.Error):
                if self._cache is not None:
                    self._cache.settle()

    def _take_in(self, progress: Progress | None) -> bool:
        changed = False
        while True:
            self._give_way()
            with self._lock:
                try:
                    _, sync = self._ready()
                    changed = sync.look() or changed
                    if not sync.waiting:
                        return changed
                    sync.step()
                    done = sync.progress
                except sqlite3.Error as error:
                    self._recover(error)
                    if is_busy(error):
                        return changed
                    continue
            if progress is not None:
                progress(*done)

    def _tidy(self, pages: int) -> None:
        """Do a little of what makes searches quicker later, while nothing else is to be done."""
        with self._lock, suppress(sqlite3.Error):
            if self._cache is not None:
                self._cache.tidy(pages)

    @property
    def waiting(self) -> int:
        """How many articles and claims a search does not know yet."""
        sync = self._sync
        return 0 if sync is None else sync.waiting

    def search(self, query: str, limit: int = 50, *, wait: bool = True) -> list[Hit]:
        """Give what answers a query, best first. Never raises for what is typed, however unfinished.

        Takes in what changed in the library first. With `wait` off a large change is left to `refresh`, and what is
        `waiting` for it is not found yet.
        """
        parsed = self.read(query)
        if not parsed or limit < 1:
            return []

        def work(searcher: Searcher) -> list[Hit]:
            return searcher.by_words(parsed) if parsed.groups else searcher.listed(parsed)

        return self._answer(lambda cache, sync: work(self._searcher(parsed, cache, sync, limit)), wait)

    def ask(self, sql: str, values: Iterable[str | int] = ()) -> list[tuple[Any, ...]]:
        """Take in what changed and run a statement that reads the tables of `store.search.cache`."""
        return self._answer(lambda cache, _: cache.rows(sql, values), wait=True)

    def articles(self, query: str) -> set[str]:
        """Give the ids of all articles in which something answers a query, typos left out where others do."""
        parsed = self.read(query)
        if not parsed:
            return set()

        def work(searcher: Searcher) -> set[str]:
            names = {number: article for article, number in self._ready()[1].numbers.items()}
            return {names[number] for number in searcher.articles(parsed) if number in names}

        return self._answer(lambda cache, sync: work(self._searcher(parsed, cache, sync, FEW)), wait=True)

    def claims(self, query: str) -> set[str] | None:
        """Give the ids of all claims that answer a query; None when it asks for nothing that only claims have.

        `tag:`, `note:`, `verdict:`, `by:`, `said:`, `speaker:` and the states of claims ask for such.
        """
        parsed = self.read(query)
        if all(article_test(one) is not None for one in parsed.filters):
            return None
        return self._answer(lambda cache, sync: self._searcher(parsed, cache, sync, FEW).claims(parsed), wait=True)

    def read(self, query: str) -> Query:
        """Give a query as it is understood, saved searches put in; its hints say what was not."""
        text, hints = expand(query, self._library.saved_searches())
        parsed = parse(text)
        return Query(parsed.groups, parsed.excluded, parsed.filters, (*hints, *parsed.hints)) if hints else parsed

    # -- turns, and what goes wrong --------------------------------------------------------------------------------

    def _searcher(self, query: Query, cache: Cache, sync: Sync, limit: int) -> Searcher:
        made = conditions(query, self._names(cache, sync))
        return Searcher(self._library, cache, sync, made, limit)

    def _answer(self, work: Callable[[Cache, Sync], Found], wait: bool) -> Found:
        while True:
            if wait:
                self.refresh()
            with self._turn():
                try:
                    self._look()
                    return work(*self._ready())
                except sqlite3.Error as error:
                    self._recover(error)

    def _look(self) -> None:
        try:
            self._ready()[1].look()
        except sqlite3.Error as error:
            self._recover(error)
            if not is_busy(error):
                self._ready()[1].look()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Have the index for a search; a refresh lets go of it for this."""
        with self._count:
            self._searches += 1
        try:
            with self._lock:
                yield
        finally:
            with self._count:
                self._searches -= 1
                self._count.notify_all()

    def _give_way(self) -> None:
        """Let the searches that wait for the index have it first, but not forever."""
        with self._count:
            self._count.wait_for(lambda: not self._searches, timeout=LONGEST_PAUSE)

    def _recover(self, error: sqlite3.Error) -> None:
        """Get ready to go on: with a new file, then with an index in memory. LibraryError when even that fails."""
        if is_busy(error):
            self._sync = None
            self.notice = "another program is writing the search index; the newest changes may not be found yet"
            return
        path = self._cache.path if self._cache is not None else None
        self.close()
        if self._in_memory:
            raise LibraryError(f"search failed ({error}); close other programs and try again") from error
        if path is not None and not self._mended and not isinstance(error, sqlite3.OperationalError):
            self._mended = True
            remove(path)
            self.notice = f"{path.name} was damaged and is made again; nothing else is touched"
        else:
            self._in_memory = True
            self.notice = f"{CACHE} cannot be written ({error}); the index is made in memory this time"

    def _ready(self) -> tuple[Cache, Sync]:
        if self._cache is None:
            self._cache = Cache(self._place())
            if self._cache.path is None and not self.notice:
                self.notice = f"{self._library.folder}: no index can be kept here, so it is made in memory each time"
        if self._sync is None:
            self._sync = Sync(self._library, self._cache)
        return self._cache, self._sync

    def _place(self) -> Path | None:
        folder = self._library.folder
        if self._in_memory or self._library.read_only or not os.access(folder, os.W_OK):
            return None
        return folder / CACHE

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
