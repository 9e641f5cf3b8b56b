"""Adding sources and fetching feeds in the background, for the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import App
from textual.worker import get_current_worker

from store.model import Span
from tui.safe import verbatim
from tui.screens.page import Working

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Feed
    from tui.adding import Summary


class AddingApp(Working, App[None]):
    """An app on a library that takes in sources while a person reads on."""

    library: Library

    def changed(self) -> None:
        """Tell every open screen that the library changed."""
        raise NotImplementedError

    def open_reader(self, article_id: str, span: Span | None = None) -> None:
        """Show an article."""
        raise NotImplementedError

    def say(self, text: str, error: bool = False) -> None:
        """Show one line at the foot of the screen."""
        raise NotImplementedError

    def add_sources(self, sources: Sequence[str], *, then_open: bool = False) -> None:
        """Add files and folders in the background, the library showing how far it is; open the last if wanted."""
        self._add(sources, then_open)

    def update_feeds(self, feeds: Sequence[Feed] | None = None) -> None:
        """Fetch in the background what is new in these feeds, or in all."""
        if self.library.feeds():
            self._update(feeds)
        else:
            self.say("No feeds yet: <feeds.add> with the address of one follows it")

    @work(thread=True, exit_on_error=False, group="adding")
    def _add(self, sources: Sequence[str], then_open: bool) -> None:
        from tui.adding import add_all  # noqa: PLC0415 - what reads sources is loaded with the first one

        self._end_adding(partial(add_all, self.library, sources), then_open)

    @work(thread=True, exit_on_error=False, group="adding")
    def _update(self, feeds: Sequence[Feed] | None) -> None:
        from tui.adding import update_feeds  # noqa: PLC0415

        self._end_adding(partial(update_feeds, self.library, feeds), False)

    def _end_adding(self, add: Callable[..., Summary], then_open: bool) -> None:
        worker = get_current_worker()

        def tell(line: str) -> None:
            if not worker.is_cancelled:
                self.call_from_thread(self._show_progress, line)

        try:
            summary = add(tell, lambda: worker.is_cancelled)
        except Exception:
            tell("")
            raise
        if not worker.is_cancelled:
            self.call_from_thread(self._added, summary, then_open)

    def stop_adding(self) -> bool:
        """Stop what is being added after the source at hand; say whether anything was."""
        adding = [worker for worker in self.workers if worker.group == "adding" and worker.is_running]
        for worker in adding:
            worker.cancel()
        if adding:
            self._show_progress("")
        return bool(adding)

    def _show_progress(self, line: str) -> None:
        for screen in self.screen_stack:
            show = getattr(screen, "show_progress", None)
            if show is not None:
                show(line)

    def _added(self, summary: Summary, then_open: bool) -> None:
        self._show_progress("")
        self.changed()
        if then_open and summary.article:
            self.open_reader(summary.article)
        else:
            self.say(verbatim(summary.line()), error=bool(summary.reasons))
