"""Asking where to export articles to: those meant, or the whole library."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from store.exchange import Scope, write_export
from tui.screens.export_ask import ExportAsk, summary
from tui.screens.page import app_of

_ALL = "The whole library."


class ExportPrompt(ExportAsk):
    """Exports some articles, or all; where it is some, tab makes it all, and tab again some."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "other_scope", show=False)]

    def __init__(self, articles: Collection[str] | None = None, what: str = "") -> None:
        """`articles` are the ids to export first, told as `what`; nothing for all."""
        self._some, self._what = articles, what
        self._whole = articles is None
        super().__init__("newsreader-export", "json", self._scope())

    def _scope(self) -> str:
        if self._some is None:
            return _ALL
        return (
            f"{_ALL}   tab {self._what}" if self._whole else f"{self._what}, with all claims.   tab the whole library"
        )

    def action_other_scope(self) -> None:
        """Export the whole library in place of some articles, or those again."""
        if self._some is not None:
            self._whole = not self._whole
            self.tell_scope(self._scope())

    def written(self, path: Path, form: str) -> str:
        """Write the articles."""
        scope = Scope(None if self._whole else self._some)
        return summary(write_export(app_of(self).library, path, scope, form), self.named(path))
