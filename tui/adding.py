"""Adding files from inside the app: a worker that takes one source after the other and says how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.library import Library

WORDS = {
    "added": "added",
    "updated": "updated",
    "unchanged": "there already",
    "duplicate": "filed under the same story",
    "subscribed": "followed",
    "refused": "refused",
}


@dataclass(slots=True)
class Summary:
    """How many sources came to which end, the first refusal's reason, and the last article taken in."""

    ends: Counter[str] = field(default_factory=Counter)
    reason: str = ""
    article: str = ""

    def line(self) -> str:
        """Give one line for a person."""
        parts = [f"{number} {WORDS[end]}" for end, number in self.ends.items()]
        text = ", ".join(parts) or "Nothing found to add"
        return f"{text[0].upper()}{text[1:]}" + (f": {self.reason}" if self.reason else "")


def add_all(
    library: Library,
    sources: Sequence[str],
    progress: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Add all that `sources` name; `progress` gets a line before each, `stopped` is asked whether to go on."""
    from store.intake import take_in_all  # noqa: PLC0415 - what reads sources is loaded with the first one

    def tell(done: int, total: int, _name: str) -> None:
        progress(f"adding {done + 1} of {total}" if total > 1 else "adding…")

    summary = Summary()
    for outcome in take_in_all(library, sources, progress=tell, stopped=stopped):
        summary.ends[outcome.outcome] += 1
        if outcome.article is not None:
            summary.article = outcome.article.id
        elif outcome.outcome == "refused" and not summary.reason:
            summary.reason = outcome.message
    return summary
