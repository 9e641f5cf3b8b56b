"""What a person may hold of a claim, by sign and word. A claim that nothing was said of yet is open and has no sign."""

from __future__ import annotations

from store.model import Verdict

SIGNS: dict[Verdict, str] = {"open": " ", "supported": "✓", "disputed": "≠", "false": "✗", "unclear": "~"}


def told(verdict: Verdict) -> str:
    """Give sign and word; nothing for an open claim."""
    return "" if verdict == "open" else f"{SIGNS[verdict]} {verdict}"
