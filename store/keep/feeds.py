"""The feeds that a person follows."""

from __future__ import annotations

from msgspec.structs import replace

from store.errors import UnknownRecordError
from store.ids import article_id, now, person
from store.keep.core import FEEDS, Core, excerpt
from store.model import Feed


class FeedPart(Core):
    """What a library does with subscriptions. Following and leaving are steps of undo."""

    def feeds(self) -> list[Feed]:
        """List the feeds that are followed, by folder and name."""
        return sorted(self._feeds.all(), key=lambda feed: (feed.folder.casefold(), feed.title.casefold(), feed.url))

    def feed(self, key: str) -> Feed:
        """Find a feed by its id, the beginning of its id (4 or more), its address or its name.

        Raises UnknownRecordError when there is none, or more than one.
        """
        everything = self.feeds()
        folded = key.casefold()
        found = [feed for feed in everything if key in {feed.id, feed.url} or feed.title.casefold() == folded]
        if not found and len(key) >= 4:
            found = [feed for feed in everything if feed.id.startswith(folded)]
        if not found:
            raise UnknownRecordError(f"{key}: no such feed is followed; newsreader feeds lists them")
        if len(found) > 1:
            raise UnknownRecordError(f"{key}: {len(found)} feeds fit; name one by its address")
        return found[0]

    def follow(self, url: str, title: str = "", folder: str = "") -> tuple[Feed, bool]:
        """Follow a feed; return it, and whether it is new. One that is followed keeps its name and folder."""
        return self.follow_all([(url, title, folder)])[0]

    def follow_all(self, wanted: list[tuple[str, str, str]]) -> list[tuple[Feed, bool]]:
        """Follow feeds, each an address, a name and a folder, in one step of undo."""
        what = (
            f"follow “{excerpt(wanted[0][1] or wanted[0][0])}”" if len(wanted) == 1 else f"follow {len(wanted)} feeds"
        )
        found: dict[str, tuple[Feed, bool]] = {}
        with self._change(what) as change:
            for url, title, folder in wanted:
                feed_id = article_id(f"feed:{url}", "")
                known = self._feeds.get(feed_id)
                feed = known or Feed(
                    id=feed_id, url=url, title=title or url, folder=folder, created=now(), modified=now(), by=person()
                )
                if feed_id not in found:
                    found[feed_id] = (feed, known is None)
                    change.put(FEEDS, feed)
        return list(found.values())

    def unfollow(self, key: str) -> Feed:
        """Leave a feed and return it; the articles that came by it stay."""
        feed = self.feed(key)
        with self._change(f"leave “{excerpt(feed.title)}”") as change:
            change.drop(FEEDS, feed.id)
        return feed

    def rename_feed(self, key: str, *, title: str | None = None, folder: str | None = None) -> Feed:
        """Give a feed another name or folder; None leaves it as it is."""
        feed = self.feed(key)
        with self._change(f"rename “{excerpt(feed.title)}”") as change:
            feed = replace(
                feed,
                title=feed.title if title is None else " ".join(title.split()) or feed.url,
                folder=feed.folder if folder is None else folder.strip("/"),
                modified=now(),
            )
            change.put(FEEDS, feed)
        return feed
