"""The formats of an export by name: what each is for, how its files end, and what it cannot hold."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from store.exchange.scope import Selection


class Form(NamedTuple):
    """A format; its writer is the module's `write`, loaded when it is needed.

    `endings` are of the names of its files, the usual one first; `lost` names what of a library it cannot hold
    (`store.exchange.losses`); `begins` stands before it in a file, and not on standard output.
    """

    module: str
    title: str
    about: str
    endings: tuple[str, ...]
    lost: tuple[str, ...]
    begins: bytes = b""

    def export(self, selection: Selection) -> Iterator[bytes]:
        """Give the export of a selection piece by piece. LibraryError when a text cannot be read."""
        pieces: Iterator[bytes] = import_module(f"store.exchange.{self.module}").write(selection)
        return pieces


_CLAIMS_ONLY = ("texts", "quotes", "corrections", "names", "unused", "tags")

FORMS = {
    "json": Form("native", "JSON", "everything; newsreader import reads it", (".json",), ("sources", "paths")),
    "csv": Form("csv_table", "CSV", "a table of the claims for a spreadsheet", (".csv",), _CLAIMS_ONLY, BOM_UTF8),
    "markdown": Form("dossier", "Markdown", "a dossier of the claims by date", (".md", ".markdown"), _CLAIMS_ONLY),
    "receipt": Form("receipt", "Receipts", "all it takes to check each claim", (".receipt.md",), _CLAIMS_ONLY),
    "webannotation": Form(
        "webannotation", "W3C Web Annotation", "claims for annotation tools", (".jsonld",), _CLAIMS_ONLY
    ),
    "refi": Form(
        "refi", "REFI-QDA project", "texts and claims for MAXQDA, NVivo, ATLAS.ti, QualCoder", (".qdpx",),
        ("quotes", "corrections", "names"),
    ),
    "codebook": Form(
        "codebook", "REFI-QDA codebook", "the tags for MAXQDA, NVivo, ATLAS.ti, QualCoder", (".qdc",),
        ("claims", "texts", "quotes", "corrections", "names"),
    ),
    "brat": Form(
        "brat", "brat", "texts and claims for brat and language research", (".brat.zip", ".zip"),
        ("quotes", "corrections", "names", "unused", "tags", "bare", "facts"),
    ),
    "claimreview": Form(
        "claimreview", "ClaimReview", "drafts for a fact-check's web page", (".claimreview.json",),
        ("undecided", "tagged", "context", *_CLAIMS_ONLY),
    ),
}  # fmt: skip


def form_named(name: str) -> str | None:
    """Find a format by its name, or by an ending of its files written without the dot."""
    wanted = name.strip().lower()
    if wanted in FORMS:
        return wanted
    return next((one for one, form in FORMS.items() if f".{wanted}" in form.endings), None)


def form_of_file(name: str) -> str | None:
    """Find the format that a file's name asks for; the longest ending counts."""
    fitting = [
        (len(ending), one) for one, form in FORMS.items() for ending in form.endings if name.lower().endswith(ending)
    ]
    return max(fitting)[1] if fitting else None
