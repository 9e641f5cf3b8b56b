"""Adding files from inside the app: a worker that takes one source after the other and says how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.errors import NewsreaderError

if TYPE_CHECKING:
    from store.library import Library

WORDS = {"added": "added", "updated": "updated", "unchanged": "there already", "refused": "refused"}


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
    """Add every file of `sources`; `progress` gets a line before each, `stopped` is asked whether to go on."""
    from store.ingest import expand  # noqa: PLC0415 - what reads sources is loaded with the first one
    from store.intake import take_in  # noqa: PLC0415

    summary = Summary()
    try:
        files = list(expand(sources))
    except NewsreaderError as error:
        return Summary(Counter(refused=1), str(error))
    for at, name in enumerate(files, 1):
        if stopped():
            break
        progress(f"adding {at} of {len(files)}" if len(files) > 1 else "adding…")
        outcome = take_in(library, name)
        summary.ends[outcome.outcome] += 1
        if outcome.article is not None:
            summary.article = outcome.article.id
        elif not summary.reason:
            summary.reason = outcome.message
    return summary
