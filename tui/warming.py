"""Loading, while a person looks at the first screen, what their next keys will need."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from time import sleep

SOON = (
    *("tui.screens.reader", "tui.widgets.article_view", "tui.tagging", "tui.palette", "tui.screens.help"),
    *("store.search", "tui.indexing", "tui.screens.search", "tui.finding", "tui.screens.jump"),
    *("tui.screens.tags", "tui.screens.speakers", "tui.screens.dossier", "tui.screens.order", "tui.screens.add"),
)
"""The modules that are loaded late for the sake of a quick start, those needed first at the beginning."""
REST_SECONDS = 0.01
"""A breath between two modules, so that a key pressed meanwhile is answered."""


def warm_up(stopped: Callable[[], bool]) -> None:
    """Load them one after the other; call it in a worker."""
    for name in SOON:
        if stopped():
            return
        import_module(name)
        sleep(REST_SECONDS)
