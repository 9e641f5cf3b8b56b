"""The entries of exports as links: each service names the same facts in its own way (`lexicon/export_columns.txt`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from store.ingest import lexicon, stamps
from store.ingest.catalogues import catalogued, names, written_by
from store.ingest.html_meta import line
from store.ingest.links import Highlight, Link, web_address
from store.safe_text import clean

Row = Mapping[Any, Any]
_PLACES = frozenset(
    (
        "unread",
        "archive",
        "archived",
        "starred",
        "liked",
        "later",
        "new",
        "feed",
        "shortlist",
        "read archive",
        "unsorted",
    )
)
_DONE = frozenset(("archive", "archived", "read", "read archive", "succeeded_archived"))
_LIKED = frozenset(("starred", "favorite", "favourite", "liked"))
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MARKED = re.compile(r"^(?:Highlight|Quote):\s*", re.M)
_NOTED = re.compile(r"\n+Note:\s*")


def links(rows: Iterable[Row]) -> list[Link]:
    """Give the rows that have a web address as links; a row that belongs to another row is a highlight of it."""
    facts = [catalogued(_folded(row)) for row in rows]
    children: dict[str, list[Mapping[str, Any]]] = {}
    for said in facts:
        if parent := _text(said.get("parentid")):
            children.setdefault(parent, []).append(said)
    ids = {_text(said.get("id")) for said in facts}
    whole = (said for said in facts if _text(said.get("parentid")) not in ids - {""})
    return [link for said in whole if (link := _link(said, children.get(_text(said.get("id")), ()))) is not None]


def has_address(row: Row) -> bool:
    """Say whether a row states the address of a page."""
    usual = row.get("url")
    return (isinstance(usual, str) and usual.startswith("http")) or bool(_first(_folded(row), "url", _place))


def _folded(row: Row) -> Mapping[str, Any]:
    return {_name_of(str(key)): value for key, value in row.items()}


@lru_cache(maxsize=5_000)
def _name_of(column: str) -> str:
    return re.sub(r"[\W_]+", "", column.casefold())


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    """Give the names, folded, that each fact goes by, the surest first."""
    names: dict[str, tuple[str, ...]] = {}
    for fact, name in lexicon.rows("export_columns.txt"):
        names[fact] = (*names.get(fact, ()), name)
    return names


def _first(said: Mapping[str, Any], fact: str, take: Callable[[object], Any]) -> Any:
    return next((found for name in _columns()[fact] if name in said and (found := take(said[name]))), None)


def _every(said: Mapping[str, Any], fact: str, take: Callable[[object], Iterable[Any]]) -> list[Any]:
    return [one for name in _columns()[fact] if name in said for one in take(said[name])]


def _link(said: Mapping[str, Any], children: Sequence[Mapping[str, Any]]) -> Link | None:
    url = _first(said, "url", _place)
    if not url:
        return None
    state = str(_first(said, "state", _text) or "").casefold()
    marked = [*_every(said, "highlights", _highlights), *(one for child in children for one in _highlights([child]))]
    notes = [*_every(said, "note", _several), *(one.note for one in marked if not one.words)]
    return Link(
        url=url,
        title=_untitled(_first(said, "title", _text) or "", url),
        published=_first(said, "published", _time),
        added=_first(said, "added", _time),
        authors=tuple(_parts(_first(said, "author", written_by) or [])),
        tags=tuple(dict.fromkeys(_parts(_every(said, "tags", names)))),
        note="\n".join(dict.fromkeys(filter(None, notes))),
        highlights=tuple(one for one in marked if one.words),
        read=state in _DONE or _first(said, "read", _yes) is not None,
        starred=state in _LIKED or _first(said, "starred", _yes) is not None,
        key=url,
        content=_page(_first(said, "content", _whole) or ""),
    )


def _highlights(value: object) -> list[Highlight]:
    """Give what was marked: a list of texts or of objects, or a text with one or more."""
    if isinstance(value, str):
        return [_written(part) for part in _MARKED.split(value) if part.strip()]
    if not isinstance(value, list):
        return []
    return [found for one in value if (found := _highlight(one)) is not None]


def _written(text: str) -> Highlight:
    words, *notes = _NOTED.split(text)
    return Highlight(_lines(words), "\n".join(map(_lines, notes)))


def _highlight(value: object) -> Highlight | None:
    if isinstance(value, str):
        return Highlight(_lines(value)) if value.strip() else None
    if not isinstance(value, Mapping):
        return None
    said = _folded(value)
    words = _first(said, "words", _lines) or ""
    notes = [_lines(said.get(name)) for name in _columns()["said"]]
    if not words or (said.get("category") == "note"):
        words, notes = "", [words, *notes]
    found = Highlight(
        words,
        "\n".join(dict.fromkeys(note for note in notes if note and note != words)),
        tuple(_parts(_every(said, "tags", names))),
        _first(said, "marked", _time),
    )
    return found if found.words or found.note else None


def _page(content: str) -> str:
    return content if "<" in content else ""


def _whole(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("content") or value.get("htmlContent")
    return value if isinstance(value, str) else ""


def _place(value: object) -> str:
    """Give the address that is stated, or the first of objects that hold one."""
    if isinstance(value, list):
        return next(filter(None, map(_place, value[:10])), "")
    if isinstance(value, Mapping):
        value = value.get("href") or value.get("url")
    return web_address(value)


def _untitled(title: str, url: str) -> str:
    return "" if title == url else title


def _text(value: object) -> str:
    return line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _lines(value: object) -> str:
    """Give a text made safe, its paragraphs kept apart."""
    if not isinstance(value, str):
        return _text(value)
    rows = (_SPACES.sub(" ", row).strip() for row in clean(value).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(rows)).strip()


def _several(value: object) -> list[str]:
    return [text for one in (value if isinstance(value, list) else [value]) if (text := _lines(one))]


def _time(value: object) -> str | None:
    if isinstance(value, Mapping):  # of CSL: {"date-parts": [[2026, 3, 4]]}
        parts = value.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else []
        value = "-".join(_text(part).zfill(2) for part in first) if isinstance(first, list) else ""
    return stamps.read(_text(value))


def _yes(value: object) -> bool | None:
    return True if value in (True, 1, "1") or str(value).casefold() in ("true", "yes") else None


def _name(value: Mapping[str, Any]) -> str:
    stated = value.get("name") or value.get("label") or value.get("literal")
    return _text(stated) or f"{_text(value.get('given'))} {_text(value.get('family'))}".strip()


def _parts(values: Iterable[object]) -> list[str]:
    names = [_name(value) if isinstance(value, Mapping) else _text(value) for value in values]
    return list(dict.fromkeys(name for name in names if name and name.casefold() not in _PLACES))[:100]
