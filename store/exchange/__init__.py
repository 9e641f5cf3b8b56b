"""Records out of a library and back in."""

from __future__ import annotations

from store.exchange.forms import FORMS
from store.exchange.native import ExportReport, export_json, write_export
from store.exchange.reading import ImportReport, check_export, import_json

__all__ = ["FORMS", "ExportReport", "ImportReport", "check_export", "export_json", "import_json", "write_export"]
