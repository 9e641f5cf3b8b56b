"""Who said what, found for one text or for many: worker processes take over when there are many."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from store.model import Analysis, Block, Extract

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

MANY = 12
"""After so many texts worker processes are started: they cost a second to start."""

_WORKERS = 2
T = TypeVar("T")


def _quiet() -> None:
    """Leave ctrl+c to the program that asked, and the other cores to the other workers."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that do not hear ctrl+c from their first moment on: a terminal tells everyone in it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _analyse(text: str, blocks: tuple[Block, ...], language: str | None) -> Analysis:
    from store.speech import analyse  # noqa: PLC0415

    return analyse(text, blocks, language)


class Speaking(Generic[T]):
    """Texts go in with something to carry along, and come out in the same order with what was said in them."""

    def __init__(self, workers: int | None = None) -> None:
        """Take the most worker processes to use; none means that all is done here."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._workers = (min(_WORKERS, cores) if cores > 1 else 0) if workers is None else workers
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[T, Extract, Future[Analysis] | None]] = deque()
        self._count = 0

    def put(self, carried: T, extract: Extract) -> Iterator[tuple[T, Analysis]]:
        """Put in a text; give those that are done and next in line."""
        self._count += 1
        if self._pool is None and self._workers and self._count > MANY:
            self._start()
        self._waiting.append((carried, extract, self._sent(extract)))
        yield from self.done(most=2 * self._workers + 2 if self._pool else 0)

    def done(self, most: int = 0) -> Iterator[tuple[T, Analysis]]:
        """Give what is done and next in line, waiting until no more than `most` are on their way."""
        while self._waiting and (len(self._waiting) > most or _ready(self._waiting[0][2])):
            carried, extract, future = self._waiting.popleft()
            yield carried, self._result(extract, future)

    def _start(self) -> None:
        with contextlib.suppress(OSError, ImportError):  # no semaphores here: all is done in this process
            import multiprocessing  # noqa: PLC0415
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
            from multiprocessing import resource_tracker  # noqa: PLC0415

            with contextlib.redirect_stderr(sys.__stderr__):  # it is handed on, and a screen's is no file
                resource_tracker.ensure_running()
            context = multiprocessing.get_context("spawn")  # the program may have threads
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_quiet)

    def _sent(self, extract: Extract) -> Future[Analysis] | None:
        if self._pool is None:
            return None
        try:
            with _deaf():  # the first submit starts the workers
                return self._pool.submit(_analyse, extract.text, extract.blocks, extract.language)
        except RuntimeError:  # a worker was killed
            self._give_up()
            return None

    def _result(self, extract: Extract, future: Future[Analysis] | None) -> Analysis:
        if future is not None:
            from concurrent.futures import CancelledError  # noqa: PLC0415
            from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

            try:
                return future.result()
            except (BrokenProcessPool, CancelledError):
                self._give_up()
        return _analyse(extract.text, extract.blocks, extract.language)

    def _give_up(self) -> None:
        self.close()
        self._workers = 0

    def close(self) -> None:
        """Let the workers go; what was not given yet is dropped."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _ready(future: Future[Analysis] | None) -> bool:
    return future is not None and future.done()
