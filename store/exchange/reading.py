"""Reading an export back in: nothing of it is trusted until it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Raw, Struct

from store.documents import Document, plain, whole
from store.errors import ExchangeError
from store.exchange.checks import Checker
from store.exchange.records import VERSION, Export, ExportedArticle, ExportedClaim, claim_of, kept_document
from store.jsontext import to_json
from store.model import Correction, Feed, SavedSearch, Speaker, Tag
from store.safe_text import clean

if TYPE_CHECKING:
    from store.library import Library

Documents = dict[str, Document]


class ImportReport(Struct, frozen=True, kw_only=True):
    """How many records were new, later than what was there, or there already.

    `refused` has a line for each record that was left out, with the reason; `conflicts` one for each that was changed
    on both sides, with what became of it; `notes` are other lines for a person.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def import_json(library: Library, data: bytes) -> ImportReport:
    """Merge an export into a library by the ids of its records, in one step of undo.

    A record that says what cannot be (words that are not in the text, a text that is not the one of its hash, control
    characters) is refused and named; the rest goes in. Importing the same again changes nothing. Raises ExchangeError
    when the data is no export at all; the library is unchanged then.
    """
    export, documents, passed_over = read_export(data)
    checker = Checker(library, export)
    bundle = checker.bundle(documents)
    human = (bundle.claims, bundle.tags, bundle.corrections, bundle.speakers, bundle.searches, bundle.feeds)
    if not any((bundle.articles, *human)):
        return ImportReport(refused=tuple(checker.refused), notes=passed_over)
    report = library.load(bundle)
    return ImportReport(
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=(*checker.refused, *(note for note in report.notes if ": left out" in note)),
        conflicts=report.conflicts,
        notes=(*passed_over, *(note for note in report.notes if ": left out" not in note)),
    )


def check_export(data: bytes) -> None:
    """Raise ExchangeError when the data is no export at all."""
    read_export(data)


def read_export(data: bytes) -> tuple[Export, Documents, tuple[str, ...]]:
    """Read an export: its records, the documents of those with fields not known here, and what was passed over.

    Raises ExchangeError.
    """
    try:
        parts = msgspec.json.decode(data, type=dict[str, Raw])
        head = msgspec.convert({name: _value(parts.get(name)) for name in ("format", "version")}, _Head)
        if head.version > VERSION:
            raise ExchangeError(
                f"this export has form {head.version}, this program knows up to {VERSION}; update newsreader"
            )
        documents: Documents = {}
        tables = {name: _table(parts.pop(name, Raw(b"[]")), kind, documents) for name, kind in _TABLES.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        said = " ".join(clean(str(error)).split())[:200]
        raise ExchangeError(f"this is no newsreader export ({said}); make one with newsreader export") from None
    except RecursionError:
        raise ExchangeError("this is no newsreader export (nested too deep); make one with newsreader export") from None
    more = sorted(" ".join(clean(name).split())[:40] for name in parts if name not in ("format", "version"))
    passed_over = tuple(f"“{name}” is not known to this program and was passed over" for name in more[:10])
    return Export(format="newsreader", version=head.version, **tables), documents, passed_over


_TABLES: dict[str, type[Struct]] = {
    "tags": Tag,
    "speakers": Speaker,
    "articles": ExportedArticle,
    "claims": ExportedClaim,
    "corrections": Correction,
    "searches": SavedSearch,
    "feeds": Feed,
}


class _Head(Struct):
    format: Literal["newsreader"]
    version: int


def _value(raw: Raw | None) -> object:
    return None if raw is None else msgspec.json.decode(raw)


def _table(rows: Raw, kind: type[Struct], documents: Documents) -> tuple[Any, ...]:
    """Decode the records of one kind; those that hold more than is known leave their documents."""
    decode = msgspec.json.Decoder(kind).decode
    records = []
    for row in msgspec.json.decode(rows, type=list[Raw]):
        record = decode(row)
        records.append(record)
        if to_json(record) != bytes(row):  # written by another program, or by a later one
            _note(record, msgspec.json.decode(row), documents)
    return tuple(records)


def _note(record: Any, document: Document, documents: Documents) -> None:
    if isinstance(record, ExportedClaim):
        kept = claim_of(record)
        document = kept_document(kept, document)
        if document != plain(kept):
            documents[record.id] = document
        return
    known = plain(record)
    if whole(record, document) == known:
        return
    if not isinstance(record, ExportedArticle):
        documents[record.id] = document
        return
    versions = document.pop("versions")
    analysis = document.pop("analysis", None)
    documents[record.id] = document
    documents |= {f"{record.id}/{one['sha256']}": one for one in versions}
    if isinstance(analysis, dict):
        documents[f"{record.id}/analysis"] = analysis
