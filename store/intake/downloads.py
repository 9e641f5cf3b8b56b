"""Many addresses fetched politely: several at a time, never two of one host, with a pause between."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from store.errors import SourceError

if TYPE_CHECKING:
    from store.ingest.fetch import Fetched, Limits
    from store.ingest.robots import Robots

PAUSE = 1.0
"""Seconds between two requests to one host."""

_AHEAD = 8
I = TypeVar("I")  # noqa: E741 - an item
R = TypeVar("R")


def usual_limits() -> Limits:
    """Give the limits of a fetch, with the private hosts that the environment allows, parted by commas."""
    from store.ingest.addresses import PRIVATE_HOSTS  # noqa: PLC0415
    from store.ingest.fetch import DEFAULT  # noqa: PLC0415

    named = os.environ.get(PRIVATE_HOSTS, "").split(",")
    hosts = frozenset(filter(None, (name.strip().casefold() for name in named)))
    return replace(DEFAULT, private=DEFAULT.private | hosts)


class Manners:
    """How hosts are treated: one request at a time, `pause` seconds between two, and robots.txt where it is asked."""

    def __init__(self, limits: Limits, pause: float = PAUSE) -> None:
        self._limits = limits
        self._pause = pause
        self._guard = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._robots: Robots | None = None
        self.over = threading.Event()

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None, *, ask: bool = False) -> Fetched:
        """Fetch an address when its host's turn comes; with `ask` only if its robots.txt lets programs have it.

        Raises SourceError.
        """
        from store.ingest.fetch import fetch  # noqa: PLC0415
        from store.ingest.refusal import refuse  # noqa: PLC0415

        host = urlsplit(url).netloc.casefold()
        with self._guard:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            self.over.wait(max(0.0, self._last.get(host, 0.0) + self._pause - time.monotonic()))
            if self.over.is_set():
                raise refuse(url, "not fetched", "add it again")
            if ask and not self._asked().allowed(url):
                raise refuse(url, "the site asks programs not to fetch this page", "open it in a browser and save it")
            try:
                return fetch(url, etag=etag, last_modified=modified, limits=self._limits)
            finally:
                self._last[host] = time.monotonic()

    def _asked(self) -> Robots:
        from store.ingest.robots import Robots  # noqa: PLC0415

        with self._guard:
            if self._robots is None:
                self._robots = Robots(self._limits)
            return self._robots


class _Work(Generic[I, R]):
    """One item on its way; its thread is left alone when the program ends."""

    def __init__(self, item: I, load: Callable[[I], R], *, apart: bool) -> None:
        self.item = item
        self._load = load
        self._result: R | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True) if apart else None
        if self._thread is not None:
            self._thread.start()

    def _run(self) -> None:
        try:
            self._result = self._load(self.item)
        except Exception as error:  # told where the result is asked for
            self._error = error

    def result(self) -> R | SourceError:
        """Wait for the result. Raises what went wrong, but for a SourceError, which is a result."""
        if self._thread is None:
            self._run()
        else:
            self._thread.join()
        if isinstance(self._error, SourceError):
            return self._error
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result


def in_order(
    items: Iterable[I], load: Callable[[I], R], apart: Callable[[I], bool]
) -> Iterator[tuple[I, R | SourceError]]:
    """Load items and give them in their order; those for which `apart` holds are loaded ahead, beside each other."""
    source = iter(items)
    waiting: deque[_Work[I, R]] = deque()
    more = True
    while more or waiting:
        while more and len(waiting) < _AHEAD:
            try:
                item = next(source)
            except StopIteration:
                more = False
                break
            waiting.append(_Work(item, load, apart=apart(item)))
            if not apart(item) and len(waiting) == 1:
                break
        if waiting:
            work = waiting.popleft()
            yield work.item, work.result()
