"""Doing by name what a key would do: for the palette and the help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen

from tui.keys import Key


def contexts_of(screen: Screen[Any]) -> tuple[str, ...]:
    """Give the contexts of the table of keys that hold on `screen`, the screen's own first."""
    return (*getattr(screen, "CONTEXTS", ()), "everywhere")


def owner(screen: Screen[Any], key: Key) -> DOMNode | None:
    """Find who on `screen` does what `key` does: the focused widget and what holds it, then any other, then the app."""
    return next((node for node in _asked(screen, key) if hasattr(node, f"action_{key.action}")), None)


def _asked(screen: Screen[Any], key: Key) -> Iterator[DOMNode]:
    if key.context != "everywhere":
        if screen.focused is not None:
            yield from screen.focused.ancestors_with_self
        yield screen
        yield from screen.walk_children()
    yield screen.app


async def perform(screen: Screen[Any], key: Key) -> None:
    """Do what `key` does on `screen`; nothing when nobody there does it."""
    node = owner(screen, key)
    if node is not None:
        await screen.app.run_action(key.action, node)
