"""The native export: everything a library holds, as JSON with one record a line.

The same library always gives the same bytes: records are sorted, and nothing tells when or where the export was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from store.documents import Document, whole
from store.errors import LibraryError
from store.exchange.records import FORMAT, VERSION, claim_document
from store.exchange.scope import EVERYTHING, Scope, Selection
from store.jsontext import to_json
from store.model import Analysis, Article, Version

if TYPE_CHECKING:
    from store.library import Library

_NOTHING = Analysis(analyser="")


def export_json(library: Library, scope: Scope = EVERYTHING) -> Iterator[bytes]:
    """Give the export piece by piece: what is in the scope, with the tags and speakers that belong to it.

    Raises LibraryError when a text cannot be read.
    """
    return write(Selection(library, scope))


def write(selection: Selection) -> Iterator[bytes]:
    """Give the export of a selection piece by piece."""
    yield f'{{"format":"{FORMAT}","version":{VERSION}'.encode()
    yield from _list("tags", (document or tag for tag, document in selection.tags()))
    yield from _list("speakers", (document or one for one, document in selection.speakers()))
    yield from _list("articles", (_article(selection, article) for article in selection.articles))
    claims = (one for article in selection.articles for one in selection.complete(article))
    yield from _list("claims", (claim_document(claim, kept) for claim, kept in claims))
    yield from _list("corrections", (document or one for one, document in selection.corrections()))
    yield from _list("searches", (document or one for one, document in selection.searches()))
    yield from _list("feeds", (document or one for one, document in selection.feeds()))
    yield b"}\n"


def _list(name: str, records: Iterable[object]) -> Iterator[bytes]:
    yield f',\n"{name}":['.encode()
    comma = b"\n"
    for record in records:
        yield comma + to_json(record)
        comma = b",\n"
    yield b"\n]" if comma == b",\n" else b"]"


def _article(selection: Selection, article: Article) -> Document:
    """Give an article with all fields that are kept of it, its texts, and what was found in the current one."""
    versions, analyses = selection.library.body_documents(article.id)
    try:
        texts = [whole(msgspec.convert(one, Version), one) for one in versions]
        found = analyses.get(article.version)
        analysis = whole(_NOTHING, {}) if found is None else whole(msgspec.convert(found, Analysis), found)
    except msgspec.ValidationError as error:
        raise LibraryError(f"{article.id}: its texts are damaged ({error}); run newsreader check") from error
    texts.sort(key=lambda text: (text["retrieved"], text["sha256"]))
    document = selection.article_document(article)
    known = len(Article.__struct_fields__)
    fields = list(document.items())
    return dict([*fields[:known], ("versions", texts), ("analysis", analysis), *fields[known:]])
