"""Sources taken into a library, one after the other: read, cleaned, analysed, kept, compared with what is there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit

from msgspec.structs import replace

from store.errors import LibraryError, SourceError
from store.ingest import SiteMemory, read
from store.ingest.addresses import is_address
from store.ingest.listings import listing
from store.ingest.memory import MOST_PAGES
from store.ingest.sources import read_bytes
from store.intake.copies import Copies
from store.intake.downloads import PAUSE, Manners, in_order, usual_limits
from store.intake.guarded import reading
from store.intake.memo import FILE, Memo
from store.intake.outcome import Outcome, Progress, refusal, taken
from store.intake.speaking import Speaking
from store.model import Article, Extract
from store.safe_text import clean
from store.speech import ANALYSER

if TYPE_CHECKING:
    from store.ingest.fetch import Fetched
    from store.ingest.links import Link, Listing
    from store.library import Library
    from store.model import Analysis

SITES = "sites.sqlite"
NEEDS_A_LOOK = frozenset(("altered", "ambiguous", "orphan"))


@dataclass(frozen=True, slots=True)
class Item:
    """A source to take in: a path, `-` or an address, and the list that names it with what that says of it.

    `refused` is why it cannot be taken in, when that is known before it is read.
    """

    name: str
    link: Link | None = None
    listing: Listing | None = None
    refused: str = ""

    @property
    def bare(self) -> bool:
        """Whether it is nowhere but in the feed that lists it."""
        return self.link is not None and not self.link.url

    @property
    def fetched(self) -> bool:
        """Whether it has to be asked for on the web."""
        return is_address(self.name) and not self.refused and not self.bare

    @property
    def followed(self) -> bool:
        """Whether it comes of a feed: then its site is asked whether programs may have it."""
        return self.listing is not None and self.listing.kind == "feed"


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a source, and what was fetched when it is an address."""

    data: bytes
    fetched: Fetched | None = None


class Intake:
    """A library at work: what it needs to take in many sources, open as long as there are any.

    `pause` are the seconds between two requests to one host, `workers` the most processes beside this one.
    """

    def __init__(
        self, library: Library, *, progress: Progress | None = None, pause: float = PAUSE, workers: int | None = None
    ) -> None:
        self.library = library
        folder = None if library.read_only else library.folder
        self.memo = Memo(folder and folder / FILE)
        self.manners = Manners(usual_limits(), pause)
        self._memory = SiteMemory(folder and folder / SITES, naming=kept_path)
        self._copies = Copies(library, self.memo)
        self._speaking: Speaking[tuple[Item, Raw, Extract]] = Speaking(workers)
        self._on_their_way: set[str] = set()
        self._progress = progress or (lambda done, total, name: None)
        self._done = self._total = 0

    def __enter__(self) -> Self:
        self.memo.catch_up(self.library, lambda left: self._progress(0, left, "looking through the library"))
        if not len(self._memory):
            self._remember_sites()
        return self

    def __exit__(self, *_: object) -> None:
        self.manners.over.set()
        self._speaking.close()
        self._memory.close()
        self.memo.close()

    def _remember_sites(self) -> None:
        """Make the memory of sites again: from what was kept and left out of the pages cleaned line by line."""
        newest = sorted(self.library.articles(), key=lambda article: (article.retrieved, article.id))[-MOST_PAGES:]
        for article in newest:
            with contextlib.suppress(LibraryError):  # a damaged text is for newsreader check to tell
                version = self.library.version(article.id)
                if version.extractor.startswith("newsreader-text") or "lines" in version.extractor:
                    lines = [version.text[block.start : block.end] for block in version.blocks]
                    self._memory.learn(article.path, [*lines, *(removed.text for removed in version.removed)])

    def run(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """Take in sources in their order; one that fails never stops the rest. LibraryError when nothing can be kept.

        What was given is kept, whatever happens afterwards.
        """
        everything = list(items)
        self._total += len(everything)
        for item, raw in in_order(everything, self._load, lambda item: item.fetched):
            self._progress(self._done, self._total, item.name)
            self._done += 1
            try:
                if isinstance(raw, SourceError):
                    raise raw
                yield from self._take(item, raw)
            except SourceError as error:
                yield from self._kept()
                yield self._failed(item, error)
        yield from self._kept()

    def _load(self, item: Item) -> Raw:
        """Read or fetch a source. Raises SourceError."""
        if item.refused:
            raise SourceError(item.refused)
        if item.bare:
            raise SourceError(f"{item.name}: there is no text in it that can be taken in")
        if not is_address(item.name):
            return Raw(read_bytes(item.name))
        known = self.memo.address(item.name)
        stamps = (known.etag, known.modified) if self._there(known.article) else (None, None)
        fetched = self.manners.fetch(item.name, *stamps, ask=item.followed)
        return Raw(fetched.raw, fetched)

    def _there(self, article_id: str) -> bool:
        """Say whether an article is in the library, its text whole."""
        try:
            return bool(article_id) and bool(self.library.version(article_id))
        except LibraryError:
            return False

    def _take(self, item: Item, raw: Raw) -> Iterator[Outcome]:
        if raw.fetched is not None and raw.fetched.unchanged:
            yield from self._kept()
            article, listed = self._as_listed(item, self.library.article(self.memo.address(item.name).article))
            yield taken(item.name, "unchanged", article, listed=listed)
            return
        with reading(item.name):
            found = listing(raw.data, item.name, raw.fetched.url if raw.fetched else "")
        if found is not None:
            yield from self._kept()
            yield from self._open(item, raw, found)
            return
        sha = sha256(raw.data).hexdigest()
        if sha in self._on_their_way:
            yield from self._kept()
        known = self._known(item, raw, sha)
        if known is not None:
            yield from self._kept()
            yield self._again(item, raw, known)
            return
        with reading(item.name):
            extract = self._extract(item, raw)
        self._on_their_way.add(sha)
        for (carried, came, cleaned), analysis in self._speaking.put((item, raw, extract), extract):
            yield self._keep(carried, came, cleaned, analysis)

    def _known(self, item: Item, raw: Raw, sha: str) -> Article | None:
        """Give the article that came of these very bytes (a page: from this address) as its source."""
        article_id = self.memo.by_source(sha)
        if article_id is None or not self._there(article_id):
            return None
        if raw.fetched is not None and self.memo.address(item.name).article != article_id:
            return None
        same = self.library.version(article_id).source_sha256 == sha
        return self.library.article(article_id) if same else None

    def _again(self, item: Item, raw: Raw, article: Article) -> Outcome:
        """Keep the text of an article; bring back a lost source, and find speech as this program does."""
        try:
            there = sha256(self.library.source(article.id)).digest() == sha256(raw.data).digest()
        except LibraryError:
            there = False
        if not there:
            self.library.bring_source(article.id, raw.data)
        if raw.fetched is not None:
            self.memo.came(item.name, article.id, raw.fetched.etag, raw.fetched.last_modified)
        current = self.library.machine_analysis(article.id).analyser == ANALYSER
        if not current:
            from store.intake.renewing import renew  # noqa: PLC0415 - only after a change of the program

            article = next(renew(self.library, [article]))
        article, listed = self._as_listed(item, article)
        return taken(item.name, "unchanged" if current else "updated", article, listed=listed)

    def _extract(self, item: Item, raw: Raw) -> Extract:
        """Clean a source. Raises SourceError."""
        if raw.fetched is None:
            extract = read(item.name, raw.data, self._memory)
            return replace(extract, path=kept_path(item.name))
        from store.ingest.arrivals import article  # noqa: PLC0415

        return with_facts(replace(article(raw.fetched, self._memory), path=kept_path(item.name)), item.link)

    def _open(self, item: Item, raw: Raw, found: Listing) -> Iterator[Outcome]:
        """Take in what a list lists, or follow the feeds, also one that a list of links names.

        Raises SourceError for another list in a list.
        """
        from store.intake.following import subscribed  # noqa: PLC0415

        if item.listing is not None and (item.followed or found.kind != "feed"):
            raise SourceError(f"{item.name}: a list in a list; add it by itself")
        if found.kind == "subscriptions" or (found.kind == "feed" and raw.fetched is not None):
            yield from subscribed(self.library, item.name, found)
            return
        yield from self.run(listed_items(kept_path(item.name), found))
        if found.empty or (found.kind == "feed" and not found.links):
            nothing = (
                without_a_text(found) if found.empty else "a feed with nothing in it; add its address to follow it"
            )
            yield refusal(item.name, f"{item.name}: {nothing}")

    def _failed(self, item: Item, error: SourceError) -> Outcome:
        """Say why a source was not taken in; an entry that holds its article whole needs no page."""
        if item.link is not None and item.listing is not None and item.link.content:
            from store.ingest.feeds import article  # noqa: PLC0415
            from store.speech import analyse  # noqa: PLC0415

            extract = article(item.link, item.listing, kept_path(item.name))
            if extract is not None:
                return self._keep(
                    item, Raw(extract.raw), extract, analyse(extract.text, extract.blocks, extract.language)
                )
        if is_address(item.name) and not item.refused:
            self.memo.failed(item.name, str(error))
        return refusal(item.name, f"{error}{self._not_kept(item)}")

    def _not_kept(self, item: Item) -> str:
        """Say what a person put into the list about a page that could not be had."""
        if item.link is None or item.followed:
            return ""
        from store.intake.marking import put_in  # noqa: PLC0415

        said = put_in(item.link)
        return f"; not taken over from the list: {said}" if said else ""

    def _kept(self) -> Iterator[Outcome]:
        """Keep what is on its way."""
        for (item, raw, extract), analysis in self._speaking.done():
            yield self._keep(item, raw, extract, analysis)
        self._on_their_way.clear()

    def _keep(self, item: Item, raw: Raw, extract: Extract, analysis: Analysis) -> Outcome:
        added = self.library.add(extract, analysis)
        article, ending = added.article, added.outcome
        if is_address(item.name):
            stamps = (raw.fetched.etag, raw.fetched.last_modified) if raw.fetched else (None, None)
            self.memo.came(item.name, article.id, *stamps)
        article, listed = self._as_listed(item, article)
        listed = listed or _feed_of(raw)
        if ending == "unchanged":
            return taken(item.name, ending, article, listed=listed)
        original, copy = self._copies.settle(article)
        if original is not None and ending == "added":
            return taken(item.name, "duplicate", self.library.article(article.id), original=original, listed=listed)
        look = sum(claim.anchor.state in NEEDS_A_LOOK for claim in self.library.claims(article.id))
        also = copy.outlet or copy.title if copy else ""
        return taken(item.name, ending, article, look=look, also=also, listed=listed)

    def _as_listed(self, item: Item, article: Article) -> tuple[Article, str]:
        """Take over what a person put into the list that an article came from, and say what that was."""
        if item.link is None or item.followed:
            return article, ""
        from store.intake.marking import take_over  # noqa: PLC0415 - only lists of links need it

        return take_over(self.library, article, item.link)


def _feed_of(raw: Raw) -> str:
    """Say where the feed of a site is whose front page was added."""
    from store.ingest.feeds import named_feeds  # noqa: PLC0415

    front = raw.fetched is not None and urlsplit(raw.fetched.url).path in ("", "/")
    named = named_feeds(raw.fetched) if front and raw.fetched is not None else []
    return f"a front page; to follow its feed: newsreader add {named[0].url}" if named else ""


def with_facts(extract: Extract, link: Link | None) -> Extract:
    """Fill in what a page does not say of itself and the list that names it does."""
    if link is None:
        return extract
    stated = extract.published and not extract.published_inferred
    return replace(
        extract,
        title=extract.title or link.title or None,
        authors=extract.authors or link.authors,
        published=extract.published if stated else link.published or extract.published,
        published_inferred=extract.published_inferred and not link.published,
    )


def listed_items(source: str, found: Listing) -> Iterator[Item]:
    """Give what is listed in `source`; an entry without an address goes by its id behind that of the list."""
    for link in found.links:
        yield Item(link.url or f"{source}#{quote(link.key, safe=' ,:@', errors='replace')}", link, found)


def without_a_text(found: Listing) -> str:
    """Say how many entries of a feed have nothing that could be taken in."""
    count = f"{found.empty} entries have" if found.empty > 1 else "1 entry has"
    return f"{count} neither an address nor a text and cannot be taken in"


def kept_path(source: str) -> str:
    """Give the path of a source as the library keeps it: absolute and safe; `-` and addresses as they are."""
    if source != "-" and "://" not in source:
        source = os.path.abspath(source)
    return " ".join(clean(source.encode("utf-8", "replace").decode()).split("\n"))
