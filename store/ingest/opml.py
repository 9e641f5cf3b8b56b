"""OPML: the feeds somebody follows, out of one reader and into another."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from store.ingest import xmltext
from store.ingest.html_meta import line
from store.ingest.links import Listing, Subscription, web_address
from store.ingest.refusal import refuse

MOST_FEEDS = 5_000
_DEEPEST = 20


def from_opml(raw: bytes, path: str) -> Listing:
    """Read the feeds of an OPML file, each once, with the folders they lie in.

    Raises SourceError when it is broken, defines entities of its own, or lists no feed.
    """
    root = xmltext.parse(raw, path, "this OPML file")
    found: dict[str, Subscription] = {}
    stack: list[tuple[Element, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folders = stack.pop()
        url = web_address(_said(element, "xmlUrl"))
        name = line(_said(element, "title") or _said(element, "text"))
        if url:
            found.setdefault(url, Subscription(url, name, "/".join(folders)))
        elif xmltext.local(element.tag) == "outline" and name:
            folders = (*folders, name.replace("/", " "))[:_DEEPEST]
        stack += [(child, folders) for child in reversed(element)]
    if not found:
        raise refuse(path, "no feeds are listed in it", "export the subscriptions of your reader as OPML")
    title = next((line(e.text or "") for e in root.iter() if xmltext.local(e.tag) == "title"), "")
    feeds = tuple(found.values())
    return Listing("subscriptions", title, feeds=feeds[:MOST_FEEDS], left_out=max(0, len(feeds) - MOST_FEEDS))


def to_opml(feeds: Iterable[Subscription], title: str = "newsreader") -> bytes:
    """Write subscriptions as OPML 2.0 that other readers open."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    folders: dict[str, Element] = {"": body}
    for feed in feeds:
        parent = body
        path = ""
        for name in filter(None, feed.folder.split("/")):
            path += f"/{name}"
            if path not in folders:
                folders[path] = SubElement(parent, "outline", text=name, title=name)
            parent = folders[path]
        name = feed.title or feed.url
        SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _said(element: Element, name: str) -> str:
    """Give an attribute whatever the case it is written in."""
    return next((value for key, value in element.attrib.items() if key.casefold() == name.casefold()), "")
