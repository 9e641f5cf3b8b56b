"""What cleaning took out of an article and why, and the raw source that it came from."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from store.errors import NewsreaderError
from store.model import Article, Version
from store.safe_text import clean
from tui.counting import count
from tui.keys import bindings
from tui.screens.page import app_of
from tui.screens.scrolled import ScrolledPage
from tui.widgets.pager import Line

MOST_SHOWN = 300_000
"""The most characters of a raw source that are shown."""


class RemovedScreen(ScrolledPage):
    """Shows every line that was taken out; `s` shows the raw source, in which they still are."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("removed", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("removed")
    HINT = "<move.down> <move.up> scroll   <removed.source> raw source   esc back"

    def __init__(self, article: Article, version: Version) -> None:
        super().__init__()
        self._article, self._version = article, version
        self._raw = False

    def begin(self) -> None:
        """Show what was taken out."""
        lines: list[Line] = []
        for reason, those in groupby(self._version.removed, key=lambda one: one.reason):
            words = [line for one in those for line in one.text.split("\n")]
            lines += [[(reason, "strong")], *([(line, "plain")] for line in words), []]
        figures = f"{count(len(self._version.removed), 'line')} · the raw source is kept"
        self.show("Taken out of this article", figures, lines or [[("Nothing was taken out.", "plain")]])
        self.hint()

    def action_source(self) -> None:
        """Show the raw source, or what was taken out again."""
        self._raw = not self._raw
        if not self._raw:
            self.begin()
            return
        self.show("The raw source", "reading…", [])
        self._read()

    @work(thread=True, exit_on_error=False, exclusive=True, description="read")
    def _read(self) -> None:
        app = app_of(self)
        try:
            raw = app.library.source(self._article.id)
        except NewsreaderError as error:
            app.call_from_thread(app.say, str(error), True)
            return
        text = clean(raw[: MOST_SHOWN * 4].decode("utf8", "replace"))[:MOST_SHOWN]
        lines: list[Line] = [[(line, "plain")] for line in text.split("\n")]
        if not raw:
            lines = [[("No raw source was kept.", "plain")]]
        cut = f" · the first {MOST_SHOWN:,} characters" if len(raw) > MOST_SHOWN else ""
        app.call_from_thread(self._show_raw, f"{len(raw):,} bytes{cut}", lines)

    def _show_raw(self, figures: str, lines: list[Line]) -> None:
        if self.is_mounted and self._raw:
            self.show("The raw source", figures, lines)
            self.hint("<move.down> <move.up> scroll   <removed.source> what was taken out   esc back")
