"""Bringing the search index up to date in a worker, saying how far it is."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.search import Index

OFTEN = 0.7
"""Seconds between two lines about how far it is."""


class NoMoreNeededError(Exception):
    """Taking in was broken off."""


def made_ready(index: Index, stopped: Callable[[], bool], tell: Callable[[str], None]) -> bool | None:
    """Take in what changed, with a line now and then; whether anything did, None when it was stopped.

    What was taken in until then stays.
    """
    last = monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last
        if stopped():
            raise NoMoreNeededError
        if monotonic() - last > OFTEN:
            last = monotonic()
            tell(f"{done:,} of {total:,} searchable")

    try:
        return index.refresh(progress)
    except NoMoreNeededError:
        return None
