"""What the tests of the reader have in common: the screen, what it said, and tagging some words of an article."""

from __future__ import annotations

from textual.pilot import Pilot

from store.library import Library
from store.model import Article, Claim
from tui.screens.reader import ReaderScreen


def reader(pilot: Pilot[None]) -> ReaderScreen:
    """Give the reader, which has to be the screen on top."""
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


def said(pilot: Pilot[None]) -> str:
    """Give what is said at the foot of the screen now."""
    return " / ".join(note.message for note in pilot.app._notifications)


def tag(library: Library, article: Article, words: str, *names: str) -> Claim:
    """Tag the first place where an article has these words."""
    start = library.version(article.id).text.index(words)
    return library.tag_span(article.id, start, start + len(words), names)
