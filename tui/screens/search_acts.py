"""What can be done with the hits of a search: tag them all, save the search, export the articles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import Input

from store.model import Span
from store.search.hits import Hit
from tui.counting import count
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.widgets.bars import HintBar
from tui.widgets.choice_prompt import ChoicePrompt

if TYPE_CHECKING:
    from store.library import Library
    from tui.widgets.hit_list import HitList

_TAG_HELP = "enter take   , adds another   tab complete   ↑↓ choose   esc back"


class SearchActs(Screen[None]):
    """The part of the search screen that changes or writes something."""

    _places: Sequence[tuple[str, Span]] = ()

    @property
    def hits(self) -> HitList:
        """The list of hits."""
        raise NotImplementedError

    @property
    def query_text(self) -> str:
        """The whole query."""
        raise NotImplementedError

    def action_tag_hits(self) -> None:
        """Ask for tags, and put them on every claim, quote and sentence that is shown."""
        app = app_of(self)
        app.in_turn(partial(targets, app.library, list(self.hits.rows)), self._ask_tags)

    def _ask_tags(self, places: Sequence[tuple[str, Span]]) -> None:
        from tui.tagging import TagOffer  # noqa: PLC0415 - with it comes the fuzzy search

        app = app_of(self)
        if not places:
            app.say("No claims, quotes or texts among the hits: nothing to tag")
            return
        self._places = places
        offer = TagOffer(app.library, "", "", None, (), app.today())
        app.clear_notifications()
        self.query_one(ChoicePrompt).ask("tag", f"{count(len(places), 'place')} of the hits", offer, several=True)
        self.query_one(HintBar).say(_TAG_HELP)

    @on(ChoicePrompt.Taken)
    def _tag(self, event: ChoicePrompt.Taken) -> None:
        self._not_tagged()
        app, places = app_of(self), self._places
        if names := [name for name in event.names if name.strip()]:
            said = f"Tagged {count(len(places), 'place')} {verbatim(', '.join(names))}   <app.undo> undo"
            app.change(lambda: app.library.tag_spans(places, names), said)

    @on(ChoicePrompt.Left)
    def _not_tagged(self) -> None:
        self.query_one(HintBar).say("")
        self.hits.focus()

    @on(DescendantFocus)
    def _gone_elsewhere(self) -> None:
        prompt = self.query_one(ChoicePrompt)
        if prompt.is_open and prompt not in (self.focused or self).ancestors:  # the mouse went there
            prompt.close()
            self.query_one(HintBar).say("")

    def action_save(self) -> None:
        """Ask for a name and keep the search under it."""
        from tui.screens.edit import EditLine  # noqa: PLC0415

        app, query = app_of(self), self.query_text
        if not query:
            app.say("Nothing typed yet: nothing to save")
            return
        known = {saved.name.casefold() for saved in app.library.saved_searches()}

        def told(name: str) -> str:
            there = name.removeprefix("@").casefold() in known
            return f"{query}   {'enter replaces the one of this name' if there else 'enter save'}   esc back"

        def done(name: str) -> str:
            saving = partial(app.library.save_search, name, query)
            return app.change(
                saving, lambda saved: f"Saved: @{verbatim(saved.name)} stands for it   <app.undo> undo", quiet=True
            )

        app.push_screen(EditLine("save as @", "", told, done))

    def action_saved(self) -> None:
        """Begin a query with a saved search: list them, and type the `@`."""
        saved = app_of(self).library.saved_searches()
        line = self.query_one(Input)
        line.focus()
        line.value = f"@{saved[0].name}" if len(saved) == 1 else "@"
        line.cursor_position = len(line.value)
        if not saved:
            app_of(self).say("No search is saved yet: <search.save> saves one")

    def action_export_hits(self) -> None:
        """Ask where to export the articles with hits to."""
        from tui.screens.export import ExportPrompt  # noqa: PLC0415

        ids = {hit.article for hit in self.hits.rows if hit.article}
        if ids:
            app_of(self).push_screen(ExportPrompt(ids, f"{count(len(ids), 'article')} with hits"))
        else:
            app_of(self).say("No hits: nothing to export")


def targets(library: Library, hits: Sequence[Hit]) -> list[tuple[str, Span]]:
    """Give what tagging the hits would tag: claims, the quotes with the words, else the sentences with them."""
    from tui.motions import Units  # noqa: PLC0415 - loaded with the first tag on hits

    places: dict[tuple[str, Span], None] = {}
    for hit in hits:
        if not hit.article or hit.kind not in {"claim", "quote", "text"}:
            continue
        span = (hit.start, hit.end)
        if hit.kind == "claim" and hit.claim:
            claim = library.claim(hit.claim)
            if claim.anchor.version != library.article(hit.article).version:
                continue  # its words stand in an older text
            span = (claim.anchor.start, claim.anchor.end)
        elif hit.kind == "quote":
            quotes = library.analysis(hit.article).quotes
            span = next(((q.start, q.end) for q in quotes if q.start <= hit.start and hit.end <= q.end), span)
        else:
            version = library.version(hit.article)
            span = Units(version.text, version.blocks).sentence(hit.start)
        places[hit.article, span] = None
    return list(places)
