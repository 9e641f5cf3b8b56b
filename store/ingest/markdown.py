"""A Markdown file in, an Extract out: all of it is the article; what stands between `---` or `+++` is about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from store.ingest import stamps
from store.ingest.bylines import names_of
from store.ingest.decode import decode
from store.ingest.html_meta import line
from store.ingest.markup import printed
from store.ingest.memory import SiteMemory
from store.ingest.text import check_size
from store.ingest.whole import from_lines
from store.model import Extract

if TYPE_CHECKING:
    from markdown_it.token import Token

EXTRACTOR = "newsreader-markdown/1"
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.{0,20000}?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)$")
_ITEM = re.compile(r"^\s*-\s+(.+)$")
_NAMED = re.compile(r"^(?:name|title|label)[ \t]*:[ \t]*(.+)$")
_OTHER = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|$)")
_PANDOC = re.compile(r"\A\ufeff?%[ \t]*(.*)\r?\n(?:%[ \t]*(.*)\r?\n)?(?:%[ \t]*(.*)\r?\n)?(?=\r?\n|\Z)")
_PLAIN = re.compile(r"\A\ufeff?(?=title[ \t]*:)((?:[A-Za-z][\w ]{0,30}:[ \t]*\S.*\r?\n){2,20})(?=\r?\n)", re.I)
_LINKED = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")


def from_markdown(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in a Markdown file with what its front matter says of title, author, date, source and language.

    Places of what is removed count in the page that the Markdown makes. Raises SourceError when it holds no words.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415

    source = decode(raw, path)
    check_size(source, path)
    fields, start = _front(source)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    html = reader.renderer.render(list(_by_rows(reader.parse(source[start:]))), reader.options, {})
    return from_lines(
        printed(html),
        Extract(
            text="",
            blocks=(),
            raw=raw,
            path=path,
            extractor=EXTRACTOR,
            title=_first(fields, "title", "headline") or None,
            outlet=_first(fields, "outlet", "publisher", "site", "publication") or None,
            authors=names_of(fields.get("author") or fields.get("authors") or fields.get("byline") or ()),
            url=next(
                (u for u in (_first(fields, key) for key in ("url", "source", "link", "canonical")) if "://" in u), None
            ),
            published=next(
                filter(None, (stamps.read(_first(fields, key)) for key in ("published", "date", "pubdate"))), None
            ),
            language=_first(fields, "lang", "language")[:2].casefold() or None,
        ),
    )


def _by_rows(tokens: Iterable[Token]) -> Iterator[Token]:
    """Give the tokens with each row of a table as one item: its cells that say something, a dot between."""
    from markdown_it.token import Token  # noqa: PLC0415

    filled = within = False
    for token in tokens:
        if token.type in ("tr_open", "tr_close"):
            token.tag, filled, within = "li", False, token.type == "tr_open"
        if token.type in ("th_open", "th_close", "td_open", "td_close"):
            continue
        if within and token.type == "inline" and token.content:
            if filled:
                yield Token("html_block", "", 0, content=" · ")
            filled = True
        yield token


def _front(source: str) -> tuple[dict[str, list[str]], int]:
    """Give what the front matter says and where the text begins: YAML, TOML, Pandoc's or MultiMarkdown's; else text."""
    if yaml := _FRONT.match(source):
        return _fields(yaml[1]), yaml.end()
    if toml := _TOML.match(source):
        try:
            said = tomllib.loads(toml[1].replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, 0
        return {name.casefold(): _stated(value) for name, value in said.items()}, toml.end()
    if pandoc := _PANDOC.match(source):
        authors = [line(name) for name in (pandoc[2] or "").split(";") if name.strip()]
        return {"title": [_plain(pandoc[1])], "author": authors, "date": [_plain(pandoc[3] or "")]}, pandoc.end()
    if plain := _PLAIN.match(source):
        return _fields(plain[1]), plain.end()
    return {}, 0


def _stated(value: object) -> list[str]:
    """Give the plain values of a TOML field: texts, numbers, days and times, the names of tables."""
    if isinstance(value, list):
        return [plain for one in value for plain in _stated(one)]
    if isinstance(value, dict):
        return _stated(value.get("name", []))
    return [plain] if (plain := _plain(str(value))) else []


def _first(fields: dict[str, list[str]], *names: str) -> str:
    return next((fields[name][0] for name in names if fields.get(name)), "")


def _fields(front: str) -> dict[str, list[str]]:
    """Read the plain part of YAML that front matter is written in: `name: value`, lists in brackets or on lines."""
    fields: dict[str, list[str]] = {}
    name = ""
    for row in front.splitlines():
        found = _FIELD.match(row)
        item = _ITEM.match(row)
        if found:
            name = found[1].casefold()
            value = found[2].strip()
            values = value[1:-1].split(",") if value.startswith("[") and not value.startswith("[[") else [value]
            fields[name] = [plain for plain in map(_plain, values) if plain]
        elif item and name:
            named = _NAMED.match(item[1])
            if named or not _OTHER.match(item[1]):
                fields[name].append(_plain(named[1] if named else item[1]))
    return fields


def _plain(value: str) -> str:
    """Take quotation marks and wiki brackets off a value."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return line(_LINKED.sub(r"\1", value))
