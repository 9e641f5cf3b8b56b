"""Asking where to export a dossier to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from store.dossier.records import Entry, Subject
from store.exchange import Scope, write_export, write_file
from tui.counting import count
from tui.screens.export_ask import ExportAsk, summary
from tui.screens.page import app_of


class DossierExport(ExportAsk):
    """Exports what a dossier shows: as Markdown the page itself, in all other formats the claims on it."""

    def __init__(self, subject: Subject, entries: Sequence[Entry], markdown: Callable[[], str]) -> None:
        super().__init__(file_name(subject), "markdown", f"{count(len(entries), 'entry')} of this dossier.")
        self._entries, self._markdown = entries, markdown

    def written(self, path: Path, form: str) -> str:
        """Write the page, or the claims with their articles; quotes that nobody tagged are no claims."""
        if form == "markdown":
            write_file(path, [self._markdown().encode("utf-8", "replace")])
            return f"Wrote {count(len(self._entries), 'entry')} to {self.named(path)}"
        claims = {entry.claim for entry in self._entries if entry.claim}
        scope = Scope({entry.article for entry in self._entries}, claims)
        quoted = sum(not entry.claim for entry in self._entries)
        lost = (f"{count(quoted, 'quote')} that nobody tagged",) if quoted else ()
        return summary(write_export(app_of(self).library, path, scope, form), self.named(path), lost)


def file_name(subject: Subject) -> str:
    """Give a name of a file for a dossier: plain letters and digits of any script, never a path."""
    words = re.sub(r"[^\w]+", "-", subject.name.casefold()).strip("-_")[:60]
    return f"dossier-{words}" if words else "dossier"
