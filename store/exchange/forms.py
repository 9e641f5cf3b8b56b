"""The forms of an export by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from store.exchange import dossier, tables
from store.exchange.native import export_json

if TYPE_CHECKING:
    from store.library import Library


class Form(NamedTuple):
    """A form: what writes it, what it is in a few words, and what it cannot hold."""

    export: Callable[[Library, Collection[str] | None], Iterator[bytes]]
    about: str
    lost: str


FORMS = {
    "json": Form(export_json, "everything, to be read back", ""),
    "csv": Form(tables.export_csv, "a table of the claims", tables.LOST),
    "md": Form(dossier.export_markdown, "a dossier of the claims, to be read and cited", dossier.LOST),
}
