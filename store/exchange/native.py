"""The native export: everything a library holds, as JSON with one record a line.

The same library always gives the same bytes: records are sorted, and nothing tells when or where the export was made.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from store.engine.files import reason, replace_file
from store.errors import ExchangeError
from store.exchange.jsontext import to_json
from store.exchange.records import FORMAT, VERSION, ExportedArticle, ExportedClaim, exported_claim
from store.ids import key_of
from store.model import Article, Claim, Correction, Feed, SavedSearch, Speaker, Tag

if TYPE_CHECKING:
    from store.library import Library

R = TypeVar("R", Article, Claim, Correction, Feed, SavedSearch, Speaker, Tag)


class ExportReport(Struct, frozen=True):
    """How much was exported, and to which file."""

    claims: int
    articles: int
    path: Path


def export_json(library: Library, article_ids: Collection[str] | None = None) -> Iterator[bytes]:
    """Give the export piece by piece: all articles, or these, with their claims, corrections, tags and speakers.

    Raises LibraryError when a text cannot be read.
    """
    yield from _export(library, _wanted(library, article_ids), article_ids is None)


def exported_claims(library: Library, article_ids: Collection[str] | None = None) -> Iterator[ExportedClaim]:
    """Give the claims in their exported form, all or those of some articles, by article and place."""
    for article in _wanted(library, article_ids):
        yield from _exported(library, article)


def write_export(
    library: Library, path: Path, article_ids: Collection[str] | None = None, form: str = "json"
) -> ExportReport:
    """Export to a file, which is there whole or not at all.

    Raises ExchangeError when it cannot be written, or lies in the library's own folder, whose files it would replace.
    """
    from store.exchange.forms import FORMS  # noqa: PLC0415 - the forms build on this

    _outside(library.folder, path)
    articles = _wanted(library, article_ids)
    write_file(path, FORMS[form].export(library, article_ids))
    return ExportReport(sum(len(library.claims(article.id)) for article in articles), len(articles), path)


def _outside(folder: Path, path: Path) -> None:
    """Raise ExchangeError when `path`, links followed, lies in the library's folder."""
    home = Path(os.path.realpath(folder))
    try:
        target = Path(os.path.realpath(path))
    except (OSError, ValueError):
        return  # writing to it says what is wrong with it
    if target == home or home in target.parents:
        raise ExchangeError(f"{path}: it lies in the library's own folder; name a file outside {folder}")


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file in one step; a pipe or device is written to as it is. Raises ExchangeError."""
    try:
        try:
            special = not stat.S_ISREG(path.stat().st_mode)
        except FileNotFoundError:
            special = False
        if special:
            with path.open("wb") as file:
                file.writelines(pieces)
        else:
            replace_file(Path(os.path.realpath(path)), pieces)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "no file can have this name"
        raise ExchangeError(f"{path}: the export was not written ({why}); name another file") from error


def stored(library: Library, table: str, kind: type[R]) -> Iterator[R]:
    """Give the records of a table as they are kept, without the names that the library knows for speakers."""
    decode = msgspec.json.Decoder(kind).decode
    for document in library.raw(table).values():
        yield decode(document)


def _wanted(library: Library, article_ids: Collection[str] | None) -> list[Article]:
    if article_ids is None:
        articles = list(stored(library, "articles", Article))
    else:
        raw = library.raw("articles")
        keys = dict.fromkeys(key_of(article_id) for article_id in article_ids)
        articles = [msgspec.json.decode(raw[key], type=Article) for key in keys if key in raw]
    return sorted(articles, key=lambda article: article.id)


def _export(library: Library, articles: list[Article], everything: bool) -> Iterator[bytes]:
    ids = {article.id for article in articles}
    corrections = [c for c in stored(library, "corrections", Correction) if c.anchor.article in ids]
    tags = list(stored(library, "tags", Tag))
    if not everything:
        tags = _used(
            tags, {tag_id for article in articles for claim in library.claims(article.id) for tag_id in claim.tags}
        )
    yield f'{{"format":"{FORMAT}","version":{VERSION}'.encode()
    tags.sort(key=lambda tag: tag.id)
    yield from _list("tags", tags)
    speakers = list(stored(library, "speakers", Speaker))
    speakers.sort(key=lambda speaker: speaker.id)
    yield from _list("speakers", speakers)
    yield from _list("articles", (_article(library, article) for article in articles))
    yield from _list("claims", (one for article in articles for one in _exported(library, article)))
    corrections.sort(key=_place)
    yield from _list("corrections", corrections)
    searches = list(stored(library, "searches", SavedSearch)) if everything else []
    searches.sort(key=lambda saved: saved.id)
    yield from _list("searches", searches)
    feeds = list(stored(library, "feeds", Feed)) if everything else []
    feeds.sort(key=lambda feed: feed.id)
    yield from _list("feeds", feeds)
    yield b"}\n"


def _list(name: str, records: Iterable[object]) -> Iterator[bytes]:
    yield f',\n"{name}":['.encode()
    comma = b"\n"
    for record in records:
        yield comma + to_json(record)
        comma = b",\n"
    yield b"\n]" if comma == b",\n" else b"]"


def _place(record: Claim | Correction) -> tuple[str, int, int, str]:
    return (record.anchor.article, record.anchor.start, record.anchor.end, record.id)


def _claims(library: Library, article: Article) -> list[Claim]:
    raw = library.raw("claims")
    kept = (msgspec.json.decode(raw[key_of(claim.id)], type=Claim) for claim in library.claims(article.id))
    return sorted(kept, key=_place)


def _used(tags: list[Tag], ids: set[str]) -> list[Tag]:
    """Keep the tags that are needed, with those that they were merged into."""
    by_id = {tag.id: tag for tag in tags}
    kept: dict[str, Tag] = {}
    wanted = list(ids)
    while wanted:
        tag = by_id.get(wanted.pop())
        if tag is not None and tag.id not in kept:
            kept[tag.id] = tag
            if tag.merged_into:
                wanted.append(tag.merged_into)
    return list(kept.values())


def _article(library: Library, article: Article) -> ExportedArticle:
    versions = sorted(library.versions(article.id), key=lambda version: (version.retrieved, version.sha256))
    analysis = library.machine_analysis(article.id)
    fields = {name: getattr(article, name) for name in Article.__struct_fields__}
    return ExportedArticle(**fields, versions=tuple(versions), analysis=analysis)


def _exported(library: Library, article: Article) -> Iterator[ExportedClaim]:
    claims = _claims(library, article)
    retrieved = {article.version: article.retrieved}
    if any(claim.anchor.version != article.version for claim in claims):  # only these need the texts to be read
        retrieved |= {version.sha256: version.retrieved for version in library.versions(article.id)}
    for claim in claims:
        known = library.known_as(claim.speaker) if claim.speaker else claim.speaker
        when = retrieved.get(claim.anchor.version, article.retrieved)
        yield exported_claim(claim, article, when, library.tag_names(claim), known)
