"""One search over articles, text, quotes, speakers, claims and tags.

What stands here is loaded when it is asked for: the app starts without the index.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.search.filters import filter_articles, needs_index
    from store.search.hits import Hit
    from store.search.index import Index
    from store.search.query import parse
    from store.search.suggest import prepare

__all__ = ["Hit", "Index", "filter_articles", "needs_index", "parse", "prepare"]

_ROOMS = {
    "Hit": "hits",
    "Index": "index",
    "filter_articles": "filters",
    "needs_index": "filters",
    "parse": "query",
    "prepare": "suggest",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
