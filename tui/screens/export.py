"""Asking where to export the library, or the articles of a search, to."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from store.exchange import Scope, write_export
from tui.counting import count
from tui.screens.export_ask import ExportAsk, summary
from tui.screens.page import app_of


class ExportPrompt(ExportAsk):
    """Exports all articles, or some."""

    def __init__(self, articles: Collection[str] | None = None) -> None:
        """`articles` are the ids to export, nothing for all."""
        self._articles = articles
        what = "The whole library."
        if articles is not None:
            what = f"{count(len(articles), 'article')} with hits, with all claims."
        super().__init__("newsreader-export", "json", what)

    def written(self, path: Path, form: str) -> str:
        """Write the articles."""
        return summary(write_export(app_of(self).library, path, Scope(self._articles), form))
