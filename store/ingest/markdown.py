"""A Markdown file in, an Extract out: all of it is the article; what stands between `---` above it is about it."""

from __future__ import annotations

import re

from store.ingest import stamps
from store.ingest.bylines import names_of
from store.ingest.decode import decode
from store.ingest.html_meta import line
from store.ingest.markup import printed
from store.ingest.memory import SiteMemory
from store.ingest.text import check_size
from store.ingest.whole import from_lines
from store.model import Extract

EXTRACTOR = "newsreader-markdown/1"
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)$")
_ITEM = re.compile(r"^\s*-\s+(.+)$")
_LINKED = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")


def from_markdown(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in a Markdown file with what its front matter says of title, author, date, source and language.

    Places of what is removed count in the page that the Markdown makes. Raises SourceError when it holds no words.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415

    source = decode(raw, path)
    check_size(source, path)
    front = _FRONT.match(source)
    fields = _fields(front[1]) if front else {}
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(source[front.end() if front else 0 :])
    )
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
            fields[name].append(_plain(item[1]))
    return fields


def _plain(value: str) -> str:
    """Take quotation marks and wiki brackets off a value."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return line(_LINKED.sub(r"\1", value))
