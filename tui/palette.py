"""The command palette: everything that the keys of the screen below can do, by name.

Only words from the table of keys are shown in it, never text from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import contexts_of, owner, perform
from tui.keys import Key, merged
from tui.other_words import finds
from tui.screens.page import app_of

_HIDDEN = {"app.palette"}
_BY_OTHER = 0.5
"""What a command counts that is found by its other words alone; one found by its own words has mostly more."""


class KeysProvider(Provider):
    """Finds what a person can do now, with the keys that do it."""

    def _things(self) -> Iterator[tuple[str, Key]]:
        for context in contexts_of(self.screen):
            for names, key in merged(context, app_of(self.screen).keys):
                if key.id not in _HIDDEN and owner(self.screen, key) is not None:
                    yield " ".join(names), key

    async def discover(self) -> Hits:
        """Give everything, before anything is typed."""
        for names, key in self._things():
            yield DiscoveryHit(_shown(Content(key.text), names), partial(perform, self.screen, key), key.text)

    async def search(self, query: str) -> Hits:
        """Give what matches `query`."""
        matcher = self.matcher(query)
        for names, key in self._things():
            score = matcher.match(key.text)
            by_other = _BY_OTHER * finds(query, key.id)
            if score > 0 or by_other:
                shown = _shown(matcher.highlight(key.text) if score > 0 else Content(key.text), names)
                score = max(score, by_other)
                yield Hit(score, shown, partial(perform, self.screen, key), key.text)


def _shown(words: Content, names: str) -> Content:
    return Content.assemble(words, "  ", (names, "$muted"))
