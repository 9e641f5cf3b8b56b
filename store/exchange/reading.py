"""Reading an export back in: nothing of it is trusted until it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from store.errors import ExchangeError
from store.exchange.checks import Checker
from store.exchange.records import FORMAT, VERSION, Export

if TYPE_CHECKING:
    from store.library import Library


class ImportReport(Struct, frozen=True, kw_only=True):
    """How many records were new, newer than what was there, or there already.

    `refused` has a line for each record that was left out, with the reason; `notes` are other lines for a person.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Head(Struct):
    format: str = ""
    version: int = 0


def import_json(library: Library, data: bytes) -> ImportReport:
    """Merge an export into a library by the ids of its records, in one step of undo.

    A record that says what cannot be (words that are not in the text, a text that is not the one of its hash, control
    characters) is refused and named; the rest goes in. Importing the same again changes nothing. Raises ExchangeError
    when the data is no export at all; the library is unchanged then.
    """
    checker = Checker(library, _read(data))
    bundle = checker.bundle()
    human = (bundle.claims, bundle.tags, bundle.corrections, bundle.speakers, bundle.searches, bundle.feeds)
    if not any((bundle.articles, *human)):
        return ImportReport(refused=tuple(checker.refused))
    report = library.load(bundle)
    return ImportReport(
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=(*checker.refused, *(note for note in report.notes if ": left out" in note)),
        notes=tuple(note for note in report.notes if ": left out" not in note),
    )


def check_export(data: bytes) -> None:
    """Raise ExchangeError when the data is no export at all."""
    _read(data)


def _read(data: bytes) -> Export:
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format == FORMAT and head.version > VERSION:
            raise ExchangeError(
                f"this export has form {head.version}, this program knows up to {VERSION}; update newsreader"
            )
        return msgspec.json.decode(data, type=Export)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())[:200]
        raise ExchangeError(f"this is no newsreader export ({said}); make one with newsreader export") from None
    except RecursionError:
        raise ExchangeError("this is no newsreader export (nested too deep)") from None
