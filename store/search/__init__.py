"""One search over articles, text, quotes, speakers, claims and tags."""

from __future__ import annotations

from store.search.filters import filter_articles, needs_index
from store.search.hits import Hit
from store.search.index import Index
from store.search.query import parse
from store.search.suggest import suggest

__all__ = ["Hit", "Index", "filter_articles", "needs_index", "parse", "suggest"]
