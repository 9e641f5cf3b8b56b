"""What a page says of its article in JSON-LD (schema.org NewsArticle and its kin)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_ARTICLES = frozenset(("BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "Review", "WebPage"))
_LONGEST = 1_000_000
_DEEPEST = 8
_MOST = 2_000

Node = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Stated:
    """What the JSON-LD of a page states; empty where it says nothing. `published` is as written there.

    `updates` are the entries of a live blog, each its headline and its text.
    """

    headline: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    site: str = ""
    provider: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    updates: tuple[tuple[str, str], ...] = ()


def read(scripts: Iterable[str]) -> Stated:
    """Read the JSON-LD `scripts` of a page; what is no JSON is passed over."""
    nodes: list[Node] = []
    for script in scripts:
        nodes += _nodes(_parse(script))
    names = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = sorted((node for node in nodes if _rank(node) < 3), key=_rank)
    site = next((node for node in nodes if "WebSite" in _types(node)), {})
    return Stated(
        headline=_first(_text(node.get("headline")) for node in articles),
        published=_first(_text(node.get("datePublished")) for node in articles),
        authors=next((found for node in articles if (found := _authors(node, names))), ()),
        publisher=_first(_name(node.get("publisher"), names) for node in articles),
        site=_text(site.get("name")),
        provider=_first(_name(node.get("provider") or node.get("sourceOrganization"), names) for node in articles),
        url=_first(_address(node) for node in articles),
        language=_first(_text(node.get("inLanguage")) for node in articles),
        body=_first(_text(node.get("articleBody")) for node in articles),
        updates=next(filter(None, map(_updates, articles)), ()),
    )


def _parse(script: str) -> object:
    body = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if not body or len(body) > _LONGEST:
        return None
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> list[Node]:
    """Give every object in `value`, outermost first, to a bounded depth and number."""
    found: list[Node] = []
    level = [value]
    for _ in range(_DEEPEST):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                found.append(item)
                below += [part for part in item.values() if isinstance(part, dict | list)]
            elif isinstance(item, list):
                below += item
        level = below[:_MOST]
        if len(found) > _MOST:
            break
    return found[:_MOST]


def _types(node: Node) -> list[str]:
    kind = node.get("@type")
    return [str(one).rsplit("/", 1)[-1] for one in (kind if isinstance(kind, list) else [kind]) if one]


def _rank(node: Node) -> int:
    """Order nodes by how surely they are the article: 0 an article, 1 kin, 2 a web page, 3 something else."""
    kinds = _types(node)
    if any(kind.endswith("Article") for kind in kinds):
        return 0
    if any(kind in _ARTICLES for kind in kinds):
        return 2 if "WebPage" in kinds else 1
    return 3


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return value.strip() if isinstance(value, str) else ""


def _updates(node: Node) -> tuple[tuple[str, str], ...]:
    stated = node.get("liveBlogUpdate")
    each = stated if isinstance(stated, list) else [stated]
    found = ((_text(one.get("headline")), _text(one.get("articleBody"))) for one in each if isinstance(one, dict))
    return tuple((head, body) for head, body in found if body)[:_MOST]


def _address(node: Node) -> str:
    page = node.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    for value in (node.get("url"), page):
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return ""


def _people(value: object) -> Iterator[object]:
    if isinstance(value, list):
        for part in value[:50]:
            yield from _people(part) if isinstance(part, list) else (part,)
    elif value:
        yield value


def _name(value: object, names: Mapping[str, Node]) -> str:
    one = next(_people(value), None)
    if isinstance(one, dict):
        if "name" not in one and "@id" in one:
            one = names.get(str(one["@id"]), {})
        return _text(one.get("name"))
    return one.strip() if isinstance(one, str) else ""


def _authors(node: Node, names: Mapping[str, Node]) -> tuple[str, ...]:
    found: list[str] = []
    for person in _people(node.get("author") or node.get("creator")):
        several = person.get("name") if isinstance(person, dict) else None
        found += map(str, several) if isinstance(several, list) else [_name(person, names)]
    return tuple(name for name in found if name)
