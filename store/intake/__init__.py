"""From a source to an article in the library: ingest, speech and the library joined.

    for outcome in take_in_all(library, ["news/", "https://example.org/story"], progress=show):
        print(outcome.message)
    for outcome in update(library):
        …

Everything here is a generator that keeps each article before it gives its outcome: whoever stops in the middle keeps
what was given so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from store.errors import SourceError
from store.intake.outcome import Ending, Outcome, Progress, refusal

if TYPE_CHECKING:
    from store.intake.taking import Item
    from store.library import Library
    from store.model import Feed

__all__ = [
    "Ending",
    "Outcome",
    "Progress",
    "last_looks",
    "sources_of",
    "subscribe",
    "take_in",
    "take_in_all",
    "update",
]


def take_in(library: Library, source: str) -> Outcome:
    """Read a source, find what is said in it and keep it; of a list of several the last outcome that failed, or came.

    Never raises for a bad source; LibraryError when the library cannot be written.
    """
    outcomes = list(take_in_all(library, [source]))
    failed = [outcome for outcome in outcomes if outcome.outcome == "refused"]
    return (failed or outcomes)[-1]


def sources_of(names: Iterable[str]) -> Iterator[str | Outcome]:
    """Give every source that some names mean, folders opened, and a refusal for each folder that gives none."""
    from store.ingest import expand  # noqa: PLC0415 - verbs that only look things up need none of this

    for name in names:
        found = False
        try:
            for source in expand([name]):
                found = True
                yield source
        except SourceError as error:
            yield refusal(name, error)
            continue
        if not found:
            yield refusal(name, f"{name}: no articles in this folder; name the files themselves")


def take_in_all(
    library: Library,
    names: Iterable[str],
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    pause: float | None = None,
    workers: int | None = None,
) -> Iterator[Outcome]:
    """Take in every source that some names mean: files, folders, `-`, addresses of articles and feeds, lists of links.

    One that fails never stops the rest. `stopped` is asked between two; `pause` are the seconds between two requests
    to one host; `workers` the most processes that look for speech when there is much to do.
    """
    from store.intake.downloads import PAUSE  # noqa: PLC0415
    from store.intake.taking import Intake  # noqa: PLC0415

    with Intake(library, progress=progress, pause=PAUSE if pause is None else pause, workers=workers) as intake:
        for outcome in intake.run(map(_item, sources_of(names))):
            yield outcome
            if stopped():
                return


def _item(source: str | Outcome) -> Item:
    from store.intake.taking import Item  # noqa: PLC0415

    return Item(source.source, refused=source.message) if isinstance(source, Outcome) else Item(source)


def subscribe(library: Library, url: str) -> Outcome:
    """Follow the feed at an address: see `store.intake.following.subscribe`."""
    from store.intake.following import subscribe as follow  # noqa: PLC0415

    return follow(library, url)


def update(
    library: Library,
    feeds: list[Feed] | None = None,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    pause: float | None = None,
) -> Iterator[Outcome]:
    """Fetch what is new in the feeds that are followed: see `store.intake.following.update`."""
    from store.intake.downloads import PAUSE  # noqa: PLC0415
    from store.intake.following import update as fetch_news  # noqa: PLC0415

    pause = PAUSE if pause is None else pause
    yield from fetch_news(library, feeds, progress=progress, stopped=stopped, pause=pause)


def last_looks(library: Library) -> dict[str, tuple[str, str]]:
    """Say when each feed was last looked at: see `store.intake.following.last_looks`."""
    from store.intake.following import last_looks as looks  # noqa: PLC0415

    return looks(library)
