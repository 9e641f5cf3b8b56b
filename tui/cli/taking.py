"""The verbs that take in: add, update and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from tui.cli.opening import open_library
from tui.cli.output import Out, Progress, measure, one_line, pad, say

if TYPE_CHECKING:
    from collections import Counter

    from store.intake import Outcome
    from store.model import Feed
    from tui.cli.parser import Options

SHORT_ID = 8
_WIDTH = 10


def add(options: Options) -> int:
    """Add sources; one line for each, and no failure stops the rest."""
    from store.intake import take_in_all  # noqa: PLC0415

    out, progress = Out(), Progress()
    with open_library(options.library, create=True) as library:
        return _tell_all(out, progress, take_in_all(library, options.sources, progress=progress), options)


def update(options: Options) -> int:
    """Fetch what is new in the feeds; one line for each article."""
    from store.intake import update as fetch_news  # noqa: PLC0415

    out, progress = Out(), Progress()
    with open_library(options.library, create=False) as library:
        chosen = [library.feed(key) for key in options.sources] or None
        if not library.feeds():
            say("no feeds yet; newsreader add with the address of one follows it")
            return 0
        return _tell_all(out, progress, fetch_news(library, chosen, progress=progress), options)


def _tell_all(out: Out, progress: Progress, outcomes: Iterator[Outcome], options: Options) -> int:
    """Tell what became of each source; the exit code. With ctrl+c what was kept so far stays, and is counted.

    The work is done to its end when nobody reads the lines any more.
    """
    from collections import Counter  # noqa: PLC0415

    ends: Counter[str] = Counter()
    try:
        with closing(outcomes):  # type: ignore[type-var]
            for outcome in outcomes:
                progress.clear()
                ends[outcome.outcome] += 1
                with out.unread():
                    _tell(out, outcome, options.json)
                    out.flush()
    except KeyboardInterrupt:
        import signal  # noqa: PLC0415

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # what is on its way out needs no second word
            signal.signal(number, signal.SIG_IGN)
        progress.clear()
        if ends:
            say(f"stopped; {counted(ends)}: what was taken in is kept, add the rest again")
        raise
    progress.clear()
    if options.verb == "update" and not options.json:
        say(counted(ends) or "nothing new")
    elif sum(ends.values()) > 2 and not options.json:
        say(counted(ends))
    return int(ends["refused"] > 0)


def counted(ends: Counter[str]) -> str:
    """Give how many sources came to which end."""
    return ", ".join(f"{count} {end}" for end, count in ends.items())


def _tell(out: Out, outcome: Outcome, as_json: bool) -> None:
    if outcome.outcome == "refused":
        say(outcome.message)
    if as_json:
        out.json(outcome_facts(outcome))
    elif outcome.article is not None:
        said = outcome.message.removeprefix(f"{outcome.outcome}: ")
        out.line(f"{pad(outcome.outcome, _WIDTH)}  {outcome.article.id[:SHORT_ID]}  {one_line(said)}")
    elif outcome.feed is not None:
        said = outcome.message.removeprefix(f"{outcome.outcome}: ")
        out.line(f"{pad(outcome.outcome, _WIDTH)}  {outcome.feed.id[:SHORT_ID]}  {one_line(said)}")


def outcome_facts(outcome: Outcome) -> dict[str, object]:
    """Give what became of a source, for JSON."""
    facts: dict[str, object] = {
        "source": outcome.source,
        "outcome": outcome.outcome,
        "message": outcome.message,
    }
    article, feed = outcome.article, outcome.feed
    if article is not None:
        facts |= {"id": article.id, "title": article.title, "quotes": article.quotes}
        facts |= {"copy_of": outcome.original.id if outcome.original else None, "need_a_look": outcome.look}
    if feed is not None:
        facts |= {"feed": feed.id, "url": feed.url, "title": feed.title}
    return facts


def feeds(options: Options) -> int:
    """List the feeds that are followed, or leave some."""
    from tui.cli.parser import UsageError  # noqa: PLC0415

    out = Out()
    if options.sources and not options.remove:
        raise UsageError("to follow a feed: newsreader add URL; to leave one: newsreader feeds --remove FEED")
    if options.remove and not options.sources:
        raise UsageError("leave which feed? name it by its address, name or id; newsreader feeds lists them")
    with open_library(options.library, create=False) as library:
        if options.remove:
            found = [library.feed(key) for key in options.sources]
            for feed in found:
                library.unfollow(feed.id)
                out.json(_feed_facts(feed, ("", ""))) if options.json else out.line(f"left  {one_line(feed.title)}")
            return 0
        from store.intake import last_looks  # noqa: PLC0415

        looks = last_looks(library)
        _table(out, library.feeds(), looks, options.json)
    return 0


def _feed_facts(feed: Feed, look: tuple[str, str]) -> dict[str, object]:
    facts: dict[str, object] = {name: getattr(feed, name) for name in feed.__struct_fields__}
    return facts | {"checked": look[0] or None, "problem": look[1] or None}


def _table(out: Out, followed: list[Feed], looks: dict[str, tuple[str, str]], as_json: bool) -> None:
    if not followed:
        say("no feeds yet; newsreader add with the address of one follows it")
    width = min(40, max((measure(one_line(feed.title)) for feed in followed), default=0))
    for feed in followed:
        look = looks.get(feed.url, ("", ""))
        if as_json:
            out.json(_feed_facts(feed, look))
            continue
        when = f"{look[0][:16].replace('T', ' ')} UTC" if look[0] else "never fetched"
        parts = (feed.id[:SHORT_ID], pad(one_line(feed.title)[:40], width), pad(when, 20), one_line(feed.url))
        out.line("  ".join(parts) + (f"  ({one_line(feed.folder)})" if feed.folder else ""))
        if look[1]:
            out.line(f"          {out.style(one_line(look[1]), '2')}")
