"""Loading, while a person looks at the first screen, what their next keys will need."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.library import Library

SOON = (
    *("tui.screens.reader", "tui.widgets.article_view", "tui.tagging", "tui.palette", "tui.screens.help"),
    *("store.search", "tui.indexing", "tui.screens.search", "tui.finding", "tui.screens.jump"),
    *("tui.screens.tags", "tui.screens.speakers", "tui.screens.dossier", "tui.screens.order", "tui.screens.add"),
    *("tui.screens.export", "tui.screens.themes", "tui.screens.history", "tui.screens.removed", "tui.screens.versions"),
)
"""The modules that are loaded late for the sake of a quick start, those needed first at the beginning."""
REST_SECONDS = 0.01
"""A breath between two modules, so that a key pressed meanwhile is answered."""


NAMES = 100
"""Names of speakers that are taken apart between two breaths."""
MOST_NAMES = 10_000


def warm_up(library: Library, stopped: Callable[[], bool]) -> None:
    """Load them one after the other, then take apart the names that a prompt offers; call it in a worker."""
    for name in SOON:
        if stopped():
            return
        import_module(name)
        sleep(REST_SECONDS)
    from store.search import prepare  # noqa: PLC0415

    names = list(dict.fromkeys(name for article in library.articles() for name in article.speakers))[:MOST_NAMES]
    for at in range(0, len(names), NAMES):
        if stopped():
            return
        prepare(names[at : at + NAMES])
        sleep(REST_SECONDS)
