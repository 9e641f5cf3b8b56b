"""What became of a source, in words for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from store.model import Article, Feed

Ending = Literal["added", "updated", "unchanged", "duplicate", "subscribed", "refused"]
Progress = Callable[[int, int, str], None]
"""Told before each source: how many are done, how many are known of, and which one comes now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source; `message` is a line for a person, with the reason when it was refused.

    A `duplicate` is an article that was added and filed under `original`, which tells the same story. `look` counts
    the claims of an updated article whose words are not in the new text as they were. `feed` is what was subscribed.
    """

    source: str
    outcome: Ending
    article: Article | None
    message: str
    original: Article | None = None
    look: int = 0
    feed: Feed | None = None


def refusal(source: str, error: object) -> Outcome:
    """Make the outcome of a source that was refused."""
    return Outcome(source, "refused", None, str(error))


def taken(
    source: str,
    ending: Ending,
    article: Article,
    *,
    original: Article | None = None,
    look: int = 0,
    also: str = "",
    listed: str = "",
) -> Outcome:
    """Make the outcome of a source that is an article.

    `also` names a copy that was filed under it, `listed` says what was taken over from the list that named it.
    """
    extra = ""
    if original is not None:
        where = original.outlet or original.aggregator
        extra = f"; the same story as {original.id[:8]}{f' ({where})' if where else ''}"
    elif also:
        extra = f"; {also} tells the same story and is filed under it"
    if listed:
        extra += f"; {listed}"
    if look:
        extra += f"; {look} claim{'s need' if look > 1 else ' needs'} a look: newsreader search is:altered"
    return Outcome(source, ending, article, f"{ending}: {article.title}{extra}", original, look)
