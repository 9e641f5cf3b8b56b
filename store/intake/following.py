"""Feeds: following them, and fetching what is new in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store.errors import SourceError
from store.ids import article_id, key_of, seconds_since
from store.ingest.addresses import canonical
from store.ingest.feeds import MOST_ITEMS, article, from_feed, is_feed, named_feeds
from store.ingest.sources import meant
from store.intake.downloads import PAUSE, in_order
from store.intake.outcome import Ending, Outcome, Progress, refusal
from store.intake.taking import Intake, Item, listed_items, without_a_text
from store.model import Feed

if TYPE_CHECKING:
    from store.ingest.fetch import Fetched
    from store.ingest.links import Listing
    from store.intake.memo import Known
    from store.library import Library

MOST_TRIES = 3
"""A page of a feed that could not be fetched so often is asked for once a day, until it was tried MOST_IN_ALL times."""

MOST_IN_ALL = 10
_DAY = 20 * 3600


def subscribed(library: Library, source: str, found: Listing) -> Iterator[Outcome]:
    """Follow the feed that lies at `source`, or all feeds that a list of subscriptions names; one outcome each."""
    if found.kind == "feed":
        ((feed, new),) = library.follow_all([(source, found.title, "")])
        empty = f"; {without_a_text(found)}" if found.empty else ""
        there = f"articles in it: {len(found.links)}; newsreader update fetches them{empty}"
        if not found.links and not found.empty:
            there = "nothing in it yet; newsreader update looks again"
        yield _followed(source, feed, new, f" ({there})" if new else "")
        return
    wanted = [(feed.url, feed.title, feed.folder) for feed in found.feeds]
    for feed, new in library.follow_all(wanted):
        yield _followed(feed.url, feed, new)
    if found.left_out:
        yield refusal(
            source, f"{source}: {found.left_out} feeds beyond the first {len(wanted)} were left out; split it"
        )


def _followed(source: str, feed: Feed, new: bool, count: str = "") -> Outcome:
    ending: Ending = "subscribed" if new else "unchanged"
    return Outcome(source, ending, None, f"{ending}: {feed.title}{count}", feed=feed)


def subscribe(library: Library, url: str) -> Outcome:
    """Follow the feed at an address, looked at first. Never raises for a bad one; LibraryError when it cannot be kept.

    Of a page the first feed that its head names is followed. A page that names none is refused; `take_in` takes that.
    """
    url = meant(url)
    with Intake(library, pause=0) as intake:
        try:
            fetched = intake.manners.fetch(url)
            named = [] if is_feed(fetched.raw) else named_feeds(fetched)
            if named:
                url = named[0].url
                fetched = intake.manners.fetch(url)
            found = from_feed(fetched.raw, url, fetched.url)
        except SourceError as error:
            return refusal(url, error)
        return next(subscribed(library, url, found))


def update(
    library: Library,
    feeds: Sequence[Feed] | None = None,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    most: int = MOST_ITEMS,
    pause: float = PAUSE,
) -> Iterator[Outcome]:
    """Fetch what is new in the feeds that are followed, or in these; at most `most` articles of each.

    A feed that has not changed is not sent again; a page is fetched only if its site lets programs have it, and never
    two of one host at a time. Gives an outcome for every new article and every failure; `stopped` is asked between
    two. What was given is kept.
    """
    wanted = list(library.feeds() if feeds is None else feeds)
    told = progress or (lambda done, total, name: None)
    with Intake(library, progress=told, pause=pause) as intake:

        def load(feed: Feed) -> Fetched:
            known = intake.memo.address(feed.url)
            return intake.manners.fetch(feed.url, known.etag, known.modified)

        for feed, fetched in in_order(wanted, load, lambda feed: True):
            if stopped():
                return
            told(0, 0, feed.title)
            failed = False
            for outcome in _news(intake, feed, fetched, most):
                failed = failed or outcome.outcome == "refused"
                yield outcome
                if stopped():
                    return
            if not isinstance(fetched, SourceError) and not fetched.unchanged:
                stamps = (None, None) if failed else (fetched.etag, fetched.last_modified)
                intake.memo.came(feed.url, "", *stamps)


def _news(intake: Intake, feed: Feed, fetched: Fetched | SourceError, most: int) -> Iterator[Outcome]:
    if isinstance(fetched, SourceError):
        intake.memo.failed(feed.url, str(fetched))
        yield refusal(feed.url, fetched)
        return
    if fetched.unchanged:
        return
    try:
        found = from_feed(fetched.raw, feed.url, fetched.url, most)
    except SourceError as error:
        intake.memo.failed(feed.url, str(error))
        yield refusal(feed.url, error)
        return
    yield from intake.run(new_items(intake, listed_items(feed.url, found)))


def new_items(intake: Intake, items: Iterable[Item]) -> Iterator[Item]:
    """Give the entries whose articles never came and were not removed by the person."""
    deleted = intake.library.raw("deleted")
    here = intake.library.raw("articles")
    for item in items:
        known = intake.memo.address(item.name)
        if known.article or not _worth_a_try(known):
            continue
        key = key_of(_article_id(item))
        if key not in deleted and key not in here:
            yield item


def _worth_a_try(known: Known) -> bool:
    """Say whether a page is asked for again: a site that is out of order for an hour shall cost no article."""
    if known.tries < MOST_TRIES:
        return True
    return known.tries < MOST_IN_ALL and seconds_since(known.at) > _DAY


def _article_id(item: Item) -> str:
    """Give the id that the article of a feed's entry has: of its address, else of its text."""
    if not item.bare:
        return article_id(canonical(item.name), "")
    held = article(item.link, item.listing, item.name) if item.link and item.listing else None
    return article_id(None, held.text if held else item.name)


def last_looks(library: Library) -> dict[str, tuple[str, str]]:
    """Say of each feed's address when it was last looked at (empty: never) and what went wrong then."""
    from store.intake.memo import FILE, Memo  # noqa: PLC0415

    memo = Memo(None if library.read_only else library.folder / FILE)
    try:
        return {feed.url: (known.at, known.why) for feed in library.feeds() if (known := memo.address(feed.url))}
    finally:
        memo.close()
