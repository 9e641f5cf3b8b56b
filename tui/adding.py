"""Adding files from inside the app: a worker that takes one source after the other and says how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from store.intake import Outcome
    from store.library import Library
    from store.model import Feed

MOST_REASONS = 3
PACE_FROM = 2.0
"""Seconds before which nothing is said of the pace."""

WORDS = {
    "added": "added",
    "updated": "updated",
    "unchanged": "there already",
    "duplicate": "filed under the same story",
    "subscribed": "followed",
    "refused": "refused",
}


class Summary(Struct):
    """How many sources came to which end, why some were refused, and the last article taken in."""

    ends: Counter[str] = field(default_factory=Counter)
    reasons: list[str] = []
    article: str = ""
    nothing: str = "Nothing found to add"

    def line(self) -> str:
        """Give one line for a person."""
        parts = [f"{number:,} {WORDS[end]}" for end, number in self.ends.items()]
        text = ", ".join(parts) or self.nothing
        said = " · ".join(self.reasons[:MOST_REASONS])
        more = len(self.reasons) - MOST_REASONS
        rest = f" · and {more:,} more: newsreader add says why of each" if more > 0 else ""
        return f"{text[0].upper()}{text[1:]}" + (f": {said}{rest}" if said else "")


def add_all(
    library: Library,
    sources: Sequence[str],
    progress: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Add all that `sources` name; `progress` gets a line before each, `stopped` is asked whether to go on."""
    from store.intake import take_in_all  # noqa: PLC0415 - what reads sources is loaded with the first one

    progress("adding…")  # a page that is long in coming gives no other sign
    return _summed(take_in_all(library, sources, progress=_told("adding", progress), stopped=stopped))


def update_feeds(
    library: Library,
    feeds: Sequence[Feed] | None,
    progress: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Fetch what is new in these feeds, or in all; `progress` and `stopped` as in `add_all`."""
    from store.intake import update  # noqa: PLC0415

    chosen = None if feeds is None else list(feeds)
    return _summed(update(library, chosen, progress=_told("fetching", progress), stopped=stopped), "Nothing new")


def _told(verb: str, progress: Callable[[str], None]) -> Callable[[int, int, str], None]:
    begun = monotonic()

    def tell(done: int, total: int, _: str) -> None:
        if total <= 1:
            progress(f"{verb}…")
        else:
            progress(f"{verb} {done + 1} of {total}{pace(done, total, monotonic() - begun)}   esc stops")

    return tell


def pace(done: int, total: int, seconds: float) -> str:
    """Say how many come to an end in a second and how long the rest will take; nothing at the beginning."""
    if not done or seconds < PACE_FROM:
        return ""
    left = round((total - done) * seconds / done)
    return f" · {done / seconds:.1f}/s · {left // 60}:{left % 60:02} left"


def _summed(outcomes: Iterable[Outcome], nothing: str = "Nothing found to add") -> Summary:
    summary = Summary(nothing=nothing)
    for outcome in outcomes:
        summary.ends[outcome.outcome] += 1
        if outcome.article is not None:
            summary.article = outcome.article.id
        elif outcome.outcome == "refused":
            summary.reasons.append(outcome.message)
    return summary
