"""Records out of a library and back in."""

from __future__ import annotations

from store.exchange.forms import FORMS, Form, form_named, form_of_file
from store.exchange.losses import Tally
from store.exchange.native import export_json
from store.exchange.reading import ImportReport, check_export, import_json
from store.exchange.scope import EVERYTHING, Scope, Selection
from store.exchange.writing import ExportReport, write_export, write_file

__all__ = [
    "EVERYTHING",
    "FORMS",
    "ExportReport",
    "Form",
    "ImportReport",
    "Scope",
    "Selection",
    "Tally",
    "check_export",
    "export_json",
    "form_named",
    "form_of_file",
    "import_json",
    "write_export",
    "write_file",
]
