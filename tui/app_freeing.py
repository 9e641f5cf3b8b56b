"""Collecting garbage a little at a time, for the app.

Python stops all else for it, and the more there is to go through, the longer. A screen that was left is garbage as a
whole: its widgets know one another.
"""

from __future__ import annotations

import asyncio
import gc
from contextvars import Context
from typing import Any
from weakref import WeakSet

from textual.app import App
from textual.screen import Screen

NEW, MIDDLE, OLD = 10_000, 6, 400
"""How many new objects are gone through at once, how many times that, and how many times that again.

A smaller portion takes screens that are open for what stays: none of twelve that were left was let go at 5,000 and 2.
"""
FREE_AFTER = 0.7
"""Seconds after a screen was left: for a while yet it is known to what was done on it last."""
MOST_LEFT = 2
"""How many screens that were left may wait until all is collected; one with a long text takes a megabyte and more."""


class FreeingApp(App[None]):
    """An app that collects garbage seldom and in small portions, those of a screen when it was left."""

    _freeing: asyncio.TimerHandle | None = None
    _left: WeakSet[Screen[Any]]

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._left = WeakSet()

    def free_soon(self, screen: Screen[Any]) -> None:
        """Collect what became garbage with `screen`, a moment from now: before it is taken for what stays."""
        self._left.add(screen)
        if self._freeing is not None:
            self._freeing.cancel()
        alone = Context()  # this one would hold on to the screen
        self._freeing = asyncio.get_running_loop().call_later(FREE_AFTER, self._free, context=alone)

    def _free(self) -> None:
        """Collect what is new; everything, when many a screen was open for so long that it is taken for what stays."""
        if gc.isenabled():
            gc.collect(1)
            if len(self._left) > MOST_LEFT:
                gc.collect()


def collect_again() -> None:
    """Collect garbage again when the start did without, leaving out what was loaded for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(NEW, MIDDLE, OLD)
        gc.enable()
