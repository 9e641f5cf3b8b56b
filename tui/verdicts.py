"""What a person may hold of a claim, by sign and word. A claim that nothing was said of yet is open and has no sign."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store.model import Verdict

Names = Mapping[str, str]
"""Words by verdict, for those that a person named otherwise."""
NO_NAMES: Names = MappingProxyType({})
SIGNS: dict[Verdict, str] = {"open": " ", "supported": "✓", "disputed": "≠", "false": "✗", "unclear": "~"}


def names_on(app: object) -> Names:
    """Give the words that the settings of an app have for verdicts."""
    return getattr(app, "verdict_names", NO_NAMES)


def name_of(verdict: Verdict, names: Names = NO_NAMES) -> str:
    """Give the word for a verdict: the one that a person chose in the settings, else its own."""
    return names.get(verdict, verdict)


def judged(verdict: Verdict, names: Names = NO_NAMES) -> str:
    """Give the word for a verdict; nothing for an open claim."""
    return "" if verdict == "open" else name_of(verdict, names)


def told(verdict: Verdict, names: Names = NO_NAMES) -> str:
    """Give sign and word; nothing for an open claim."""
    return "" if verdict == "open" else f"{SIGNS[verdict]} {name_of(verdict, names)}"
