"""Saved searches inside a query: `@bases after:2026` is what was saved as `bases`, and after:2026."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.model import SavedSearch

_NAMED = re.compile(r'"[^"]*(?:"|$)|(?<!\S)@(?P<name>[\w./+-]*)')
DEEPEST = 8


def expand(query: str, saved: Iterable[SavedSearch]) -> tuple[str, tuple[str, ...]]:
    """Put the words of saved searches in the place of their names; give hints about names that nobody saved.

    A saved search may name others; one that comes back to itself is left out there.
    """
    if "@" not in query:
        return query, ()
    known = {one.name.casefold(): one.query for one in saved}
    hints: dict[str, None] = {}

    def whole(text: str, inside: tuple[str, ...]) -> str:
        def replaced(found: re.Match[str]) -> str:
            if found["name"] is None:
                return found[0]
            name = found["name"].casefold()
            if not name:
                hints[f"saved searches: {_listed(known)}"] = None
                return ""
            if name in inside or len(inside) > DEEPEST:
                hints[f"@{name} names itself, left out there"] = None
                return ""
            if name not in known:
                hints[f"no saved search “@{name}”, searched as words; known: {_listed(known)}"] = None
                return found[0]
            return _closed(whole(known[name], (*inside, name)))

        return _NAMED.sub(replaced, text)

    return whole(query, ()), tuple(hints)


def names_saved(query: str) -> bool:
    """Tell whether a query names a saved search, or begins to."""
    return any(found["name"] is not None for found in _NAMED.finditer(query))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"@{one}" for one in sorted(names)) or "none are saved yet"


def _closed(query: str) -> str:
    """Let what follows a query not run into it."""
    return f'{query}"' if query.count('"') % 2 else query
