"""What a page's head and marks say of its article: title, outlet, address, authors, date, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from store.ingest import jsonld, lexicon, stamps, titles
from store.ingest.aligning import folded
from store.ingest.bylines import names_of
from store.safe_text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACE = re.compile(r"\s+")
_HOST = re.compile(r"^https?://(?:[^/@]*@)?([^/:?#]+)", re.I)
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_LABELLED = './/*[@rel="author" or @itemprop="author" or contains(@class, "byline") or contains(@class, "author")]'


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a page; None or empty where it says nothing. `published` is a day or an RFC 3339 time.

    `descriptions` are folded (see `aligning.folded`); `body` is the text as the page states it for machines, `updates`
    are the headlines and texts of the entries of a live blog.
    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    descriptions: tuple[str, ...] = ()
    body: str = ""
    updates: tuple[tuple[str, str], ...] = ()


def read(tree: HtmlElement, address: str | None = None) -> Meta:
    """Read the metadata of a parsed page that lay at `address`, when that is known."""
    said = _metas(tree)
    data = jsonld.read(script.text or "" for script in tree.iterfind('.//script[@type="application/ld+json"]'))
    url = _url(tree, said, data, address)
    host = host_of(url or address or "")
    page_title = line(next((e.text_content() for e in tree.iterfind(".//title")), ""))
    sites = [line(name) for name in (*(said.get(key, "") for key in _names("site")), data.site, data.publisher) if name]
    stated = [line(data.headline), line(said.get("og:title", "")), line(said.get("twitter:title", "")), page_title]
    heads = [line(head.text_content()) for head in tree.iterfind(".//h1")]
    title = titles.choose(heads, stated, [*sites, host])
    return Meta(
        title=title,
        outlet=_outlet(sites, page_title, title, host),
        url=url,
        authors=_authors(tree, said, data),
        published=_published(tree, said, data, url or address or ""),
        language=_language(tree, said, data),
        descriptions=tuple({folded(said[key]) for key in _DESCRIPTIONS if key in said} - {""}),
        body=data.body,
        updates=data.updates,
    )


@cache
def _names(what: str) -> tuple[str, ...]:
    """Give the names of the meta tags that state the `date`, `author` or `site` of a page, surest first."""
    return tuple(name for kind, name in lexicon.rows("meta_names.txt") if kind == what)


def line(text: str) -> str:
    """Give `text` as one clean line with single spaces."""
    return _SPACE.sub(" ", clean(text)).strip()


def host_of(url: str) -> str:
    """Give the host of an address without `www.`, empty when it is no web address."""
    found = _HOST.match(url)
    return re.sub(r"^(?:www\d?|m|amp|edition)\.", "", found[1].casefold()) if found else ""


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Give the page's meta tags by folded name, the first that says something; of authors all, with a bar between."""
    said: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().casefold()
        content = (meta.get("content") or "").strip()
        if not name or not content:
            continue
        if name in said and name in ("author", "citation_author", "article:author_name"):
            said[name] += " | " + content
        else:
            said.setdefault(name, content)
    return said


def _url(tree: HtmlElement, said: Mapping[str, str], data: jsonld.Stated, address: str | None) -> str | None:
    """Give the canonical address: what the page states, made absolute; a bare front page is not believed."""
    from urllib.parse import urljoin, urlsplit  # noqa: PLC0415

    canonical = next((e.get("href") or "" for e in tree.iterfind('.//link[@rel="canonical"]')), "")
    for stated in (canonical, said.get("og:url", ""), data.url, address or ""):
        try:
            full = urljoin(address or "", line(stated))
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and (len(parts.path) > 1 or parts.query):
            return full.split("#", 1)[0]
    return address


def _outlet(sites: Sequence[str], page_title: str, title: str | None, host: str) -> str | None:
    """Give the name of the site: as it names itself, else what its title bar adds to the headline, else its host."""
    for name in sites:
        plain = name.removeprefix("@").strip()
        if 1 < len(plain) <= 60 and not plain.startswith(("http:", "https:")):
            return plain
    added = titles.site_in(page_title, title or "")
    return added or host or None


def _authors(tree: HtmlElement, said: Mapping[str, str], data: jsonld.Stated) -> tuple[str, ...]:
    for found in (data.authors, *([said[key]] for key in _names("author") if key in said)):
        names = names_of(map(line, found))
        if names:
            return names
    return names_of(_bylines(tree), loose=False)


def _bylines(tree: HtmlElement) -> Iterable[str]:
    for element in tree.xpath(_LABELLED)[:12]:
        words = line(element.text_content())
        if words and len(words) < 120:
            yield words


def _published(tree: HtmlElement, said: Mapping[str, str], data: jsonld.Stated, url: str) -> str | None:
    for stated in (data.published, *(said.get(key, "") for key in _names("date"))):
        found = stamps.read(stated)
        if found:
            return _local(tree, found)
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        found = stamps.read(element.get("datetime") or element.get("content") or element.text_content())
        if found:
            return found
    return stamps.in_address(url)


def _local(tree: HtmlElement, stamp: str) -> str:
    """Give a time in UTC in the zone in which the page marks the same minute: its day is the one that readers see."""
    if not stamp.endswith("Z"):
        return stamp
    marked = (stamps.read(element.get("datetime") or "") for element in tree.iterfind(".//time"))
    return next((time for time in marked if time and stamps.same_minute(time, stamp)), stamp)


def marked_time(tree: HtmlElement) -> str | None:
    """Give the date of the first element of a page that is marked as a time, which can be that of another story."""
    for element in tree.iterfind(".//time"):
        found = stamps.read(element.get("datetime") or element.text_content())
        if found:
            return found
    return None


def _language(tree: HtmlElement, said: Mapping[str, str], data: jsonld.Stated) -> str | None:
    for stated in (tree.get("lang"), data.language, said.get("og:locale"), said.get("content-language")):
        code = re.match(r"[a-z]{2,3}(?![a-z])", (stated or "").strip().casefold())
        if code:
            return code.group()
    return None
