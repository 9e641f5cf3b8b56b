"""Reading an export back in: nothing of it is trusted until it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

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

    A record that says what cannot be (words that are not in the text, a text that is not the one of its hash, a verdict
    that is none, control characters) is refused and named; the rest goes in. Importing the same again changes nothing.
    Raises ExchangeError when the data is no export at all; the library is unchanged then.
    """
    read = read_export(data)
    checker = Checker(library, read.export)
    bundle = checker.bundle(read.documents)
    refused = (*read.refused, *checker.refused)
    human = (bundle.claims, bundle.tags, bundle.corrections, bundle.speakers, bundle.searches, bundle.feeds)
    if not any((bundle.articles, *human)):
        return ImportReport(refused=refused, notes=read.passed_over)
    report = library.load(bundle)
    return ImportReport(
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=(*refused, *(note for note in report.notes if ": left out" in note)),
        conflicts=report.conflicts,
        notes=(*read.passed_over, *(note for note in report.notes if ": left out" not in note)),
    )


def check_export(data: bytes) -> None:
    """Raise ExchangeError when the data is no export at all."""
    read_export(data)


class ReadExport(NamedTuple):
    """An export as it was read.

    `documents` are those of records with fields not known here, `passed_over` says which tables are not known, and
    `refused` has a line for each record that is none.
    """

    export: Export
    documents: Documents
    passed_over: tuple[str, ...]
    refused: tuple[str, ...]


def read_export(data: bytes) -> ReadExport:
    """Read an export. Raises ExchangeError."""
    try:
        parts = msgspec.json.decode(data, type=dict[str, Raw])
        head = msgspec.convert({name: _value(parts.get(name)) for name in ("format", "version")}, _Head)
        if head.version > VERSION:
            raise ExchangeError(
                f"this export has form {head.version}, this program knows up to {VERSION}; update newsreader"
            )
        documents: Documents = {}
        refused: list[str] = []
        tables = {name: _table(name, parts.pop(name, Raw(b"[]")), documents, refused) for name in _TABLES}
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        said = _line(str(error))
        raise ExchangeError(f"this is no newsreader export ({said}); make one with newsreader export") from None
    except RecursionError:
        raise ExchangeError("this is no newsreader export (nested too deep); make one with newsreader export") from None
    more = sorted(_line(name)[:40] for name in parts if name not in ("format", "version"))
    passed_over = tuple(f"“{name}” is not known to this program and was passed over" for name in more[:10])
    export = Export(format="newsreader", version=head.version, **tables)
    return ReadExport(export, documents, passed_over, tuple(refused))


def _line(words: str) -> str:
    return " ".join(clean(words).split())[:200]


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


def _table(name: str, rows: Raw, documents: Documents, refused: list[str]) -> tuple[Any, ...]:
    """Decode the records of one kind; those that hold more than is known leave their documents."""
    decode = msgspec.json.Decoder(_TABLES[name]).decode
    records = []
    for number, row in enumerate(msgspec.json.decode(rows, type=list[Raw]), 1):
        try:
            record = decode(row)
        except msgspec.ValidationError as error:
            refused.append(f"{name}, number {number}: left out, {_line(str(error))}")
            continue
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
