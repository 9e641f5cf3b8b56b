"""Feeds: RSS and Atom by feedparser, JSON Feed; what they list, and the article an entry holds."""

from __future__ import annotations

import io
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import islice
from typing import TYPE_CHECKING, Any

from store.errors import SourceError
from store.ids import text_sha256
from store.ingest import stamps
from store.ingest.bylines import names_of
from store.ingest.extras import feeds as need_feeds
from store.ingest.html_meta import line
from store.ingest.links import Link, Listing, Subscription, listed, web_address
from store.ingest.markup import Printed, printed
from store.ingest.refusal import refuse
from store.ingest.whole import from_lines
from store.model import Extract

if TYPE_CHECKING:
    from store.ingest.fetch import Fetched

EXTRACTOR = "newsreader-feed/1"
MOST_ITEMS = 200
MOST_BYTES, MOST_READ = 5_000_000, 5_000
_FEED = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|RDF|channel)[\s>]")
_PAGE = re.compile(rb"<(?:html|body|!doctype\s+html)[\s>]", re.I)
_SUBSET = re.compile(rb"<!DOCTYPE[^\[>]*\[.*?\]\s*>", re.S | re.I)
_ENTRY = rb"(?:[A-Za-z][\w.-]*:)?(?:item|entry)"
_BEGIN = re.compile(rb"<" + _ENTRY + rb"(?=[\s/>])", re.I)
_END = re.compile(rb"</" + _ENTRY + rb"\s*>|<" + _ENTRY + rb"(?:\s[^<>]*)?/>", re.I)
_LONGEST_END = 2_000
_HEAD = 4_096
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_WHOLE_WORDS = 150


def is_feed(raw: bytes) -> bool:
    """Say whether some bytes begin as an RSS or Atom feed does, or are a JSON Feed."""
    head = raw[:_HEAD].replace(b"\x00", b"")
    first = _FEED.search(head)
    page = _PAGE.search(head)
    if first and head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return page is None or first.start() < page.start()
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b"jsonfeed.org/version" in head


def from_feed(raw: bytes, path: str, address: str = "", most: int = MOST_ITEMS) -> Listing:
    """Read a feed that lay at `address`: its newest `most` entries in its own order.

    The first 5,000 entries of the first 5 MB are read.
    Entities that a feed defines are left alone, since they can hide a bomb. Raises SourceError when it is broken beyond
    reading, or when feedparser is not installed.
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _from_json(raw, path, address, most)
    if b"<!ENTITY" in raw[:100_000].replace(b"\x00", b""):
        raw = _SUBSET.sub(b"", raw, count=1)
    if b"<!ENTITY" in raw.replace(b"\x00", b""):
        raise refuse(
            path, "this feed defines entities of its own, which can hide a bomb", "add the articles themselves"
        )
    raw, beyond = _cut(raw, path)
    need_feeds(path)
    import feedparser  # noqa: PLC0415

    # A stream, never the bytes themselves: feedparser opens bytes and text that happen to name a file. It is not told
    # the address, since it would make addresses out of names.
    found = feedparser.parse(io.BytesIO(raw), sanitize_html=True)
    if not found.entries and not (found.get("version") and _is_sound(found)):
        raise _broken(path)
    about: Mapping[str, Any] = found.feed
    home = web_address(about.get("link"), address) or None
    links = [_link(entry, address) for entry in found.entries]
    listing = _listed(links, most, plain(str(about.get("title") or "")), home)
    return replace(listing, left_out=listing.left_out + beyond)


def _cut(raw: bytes, path: str) -> tuple[bytes, int]:
    """Give the part of a large feed that is read, ended as the whole, and how many entries are not in it."""
    begun = sum(1 for _ in islice(_BEGIN.finditer(raw.replace(b"\x00", b"")), MOST_READ + 1))
    if len(raw) <= MOST_BYTES and begun <= MOST_READ:
        return raw, 0
    ends = [found.end() for found in _END.finditer(raw)]
    read = bisect_right(ends[:MOST_READ], MOST_BYTES)
    if not read:
        what = "entries that do not end" if begun else f"an entry larger than {MOST_BYTES // 1_000_000} MB"
        raise refuse(path, what, "add the articles themselves")
    tail = raw[ends[-1] :]
    return raw[: ends[read - 1]] + (tail if len(tail) <= _LONGEST_END else b""), len(ends) - read


def _is_sound(found: Mapping[str, Any]) -> bool:
    """Say whether a feed could be parsed; what was said of its type and encoding is the server's fault."""
    from feedparser.exceptions import ThingsNobodyCaresAboutButMe  # noqa: PLC0415

    return not found["bozo"] or isinstance(found.get("bozo_exception"), ThingsNobodyCaresAboutButMe)


def _listed(links: Sequence[Link], most: int, title: str, home: str | None) -> Listing:
    """Make a listing of the newest entries that lead to an article or hold a text; count the others."""
    there = [link for link in links if link.url or printed(link.content)]
    found = listed("feed", there, len(there), title, home)
    left_out = max(0, len(found.links) - most)
    return replace(found, links=_newest(found.links, most), left_out=left_out, empty=len(links) - len(there))


def _newest(links: Sequence[Link], most: int) -> tuple[Link, ...]:
    """Give the newest of some entries in their order: by their days where all state one, else the first."""
    if len(links) <= most or not all(link.published for link in links):
        return tuple(links[:most])
    days = [str(link.published)[:10] for link in links]
    newest = sorted(range(len(links)), key=days.__getitem__, reverse=True)[:most]
    return tuple(links[at] for at in sorted(newest))


def article(link: Link, feed: Listing, path: str) -> Extract | None:
    """Give the article that a feed's entry holds itself, None when it holds no more than a teaser.

    For entries whose page cannot be fetched, and for feeds that give their articles whole. What has no address is no
    teaser of anything, however short.
    """
    lines = printed(link.content)
    if link.url and not _is_whole(lines):
        return None
    facts = Extract(
        path=path,
        text="",
        blocks=(),
        title=link.title or None,
        outlet=feed.title or None,
        authors=link.authors,
        url=link.url or None,
        published=link.published,
        extractor=EXTRACTOR,
        raw=link.content.encode("utf-8", "replace"),
    )
    try:
        return from_lines(lines, facts)
    except SourceError:
        return None


def _is_whole(lines: Sequence[Printed]) -> bool:
    return sum(len(row.text.split()) for row in lines) >= _WHOLE_WORDS


def plain(html: str) -> str:
    """Give marked-up words as one clean line."""
    return line(" ".join(row.text for row in printed(html)))


def named_feeds(page: Fetched) -> list[Subscription]:
    """Give the feeds that a fetched page names in its head, each once, in order."""
    finder = _Finder()
    finder.feed(page.raw[:500_000].decode("utf-8", "replace"))
    found = (Subscription(web_address(url, page.url), line(title)) for url, title in finder.found)
    return list({feed.url: feed for feed in found if feed.url}.values())


class _Finder(HTMLParser):
    """Collects the addresses and titles of feeds that link elements name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one link element."""
        said = {name: value or "" for name, value in attrs}
        kind = said.get("type", "").split(";")[0].strip().casefold()
        if tag == "link" and kind in _TYPES and "alternate" in said.get("rel", "").casefold().split():
            self.found.append((said.get("href", ""), said.get("title", "")))


def _broken(path: str) -> SourceError:
    return refuse(path, "this is no feed that can be read", "check the address, or add the articles themselves")


def _link(entry: Mapping[str, Any], address: str) -> Link:
    said = entry.get("feedburner_origlink") or entry.get("link")
    name = str(entry.get("id") or "")
    own = said != name or "://" in name or name.startswith("/")  # a bare guid is no address, though by RSS it should be
    url = web_address(said, address if own else "") or web_address(entry.get("id"))
    bodies = [str(part.get("value") or "") for part in entry.get("content") or []]
    content = max([*bodies, str(entry.get("summary") or "")], key=len)
    if said and own and not url and not _is_whole(printed(content)):
        content = ""  # a teaser of an article whose address is none
    title = plain(str(entry.get("title") or ""))
    people: Iterable[Mapping[str, Any]] = entry.get("authors") or []
    return Link(
        url=url,
        title=title,
        published=stamps.read(str(entry.get("published") or "")) or stamps.read(str(entry.get("updated") or "")),
        authors=names_of(line(str(person.get("name") or "")) for person in people),
        tags=tuple(filter(None, (line(str(tag.get("term") or "")) for tag in entry.get("tags") or []))),
        note=plain(str(entry.get("summary") or ""))[:500],
        key=_key(entry, url, title, content),
        content=content,
    )


def _from_json(raw: bytes, path: str, address: str, most: int) -> Listing:
    try:
        feed = json.loads(raw)
    except (ValueError, RecursionError):
        raise _broken(path) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise _broken(path)
    links = [_json_link(item, address) for item in items[:MOST_READ] if isinstance(item, dict)]
    home = web_address(feed.get("home_page_url"), address) or None
    listing = _listed(links, most, line(str(feed.get("title") or "")), home)
    return replace(listing, left_out=listing.left_out + len(items[MOST_READ:]))


def _json_link(item: Mapping[str, Any], address: str) -> Link:
    stated = (web_address(item.get(name), address) for name in ("url", "external_url"))
    url = next(filter(None, stated), "") or web_address(item.get("id"))
    title = line(str(item.get("title") or ""))
    content = str(item.get("content_html") or "") or _marked_up(str(item.get("content_text") or ""))
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [line(str(one.get("name") or "")) for one in authors or [] if isinstance(one, dict)]
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    return Link(
        url=url,
        title=title,
        published=stamps.read(str(item.get("date_published") or ""))
        or stamps.read(str(item.get("date_modified") or "")),
        authors=names_of(names),
        tags=tuple(filter(None, (line(str(tag)) for tag in tags or []))),
        note=line(str(item.get("summary") or ""))[:500],
        key=_key(item, url, title, content),
        content=content,
    )


def _key(entry: Mapping[str, Any], url: str, title: str, content: str) -> str:
    """Give the id of an entry: its own, else its address, else its title and a hash of that and its text."""
    made = text_sha256("\n".join((title, content)))[:16]
    return line(str(entry.get("id") or url)) or f"{title} {made}".strip()


def _marked_up(text: str) -> str:
    """Give a plain text as HTML: empty lines part its paragraphs, or, when it has none, its lines."""
    rows = re.split(r"\n\s*\n" if re.search(r"\n\s*\n", text.strip()) else r"\n", text)
    return "".join(f"<p>{escape(row)}</p>" for row in rows if row.strip())
