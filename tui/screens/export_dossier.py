"""Asking where to export a dossier to, and doing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from textual import on, work
from textual.widgets import Input

from store.dossier.records import Entry, Subject
from store.errors import NewsreaderError
from tui.screens.ask import Ask
from tui.screens.page import app_of
from tui.widgets.tag_list import count

_NOTE = "The ending says how: .md to read and cite, .json to read back, .csv a table.   enter export   esc back"


class DossierExport(Ask):
    """Asks for a path; writes over a file only when that was said once more."""

    def __init__(self, subject: Subject, entries: Sequence[Entry], markdown: Callable[[], str]) -> None:
        super().__init__("export to", f"./{file_name(subject)}.md", _NOTE)
        self._entries, self._markdown, self._over = entries, markdown, ""

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._over:
            self._over = ""
            self.tell(_NOTE)

    def entered(self, value: str) -> None:
        """Write to `value`, asking once more before another file is replaced."""
        path = Path(value).expanduser()
        from store.exchange import FORMS, form_of_file  # noqa: PLC0415 - loaded with the first export

        form = form_of_file(path.name)
        if form is None:
            endings = ", ".join(one.endings[0] for one in FORMS.values())
            self.tell(f"{path.suffix or path.name}: no ending that is known; known: {endings}")
            return
        if path.exists() and self._over != str(path):
            self._over = str(path)
            self.tell(f"{path} is there already: enter writes over it, or type another name")
            return
        self.tell("Writing…")
        self._write(path, form)

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _write(self, path: Path, form: str) -> None:
        from store.exchange import Scope, write_export, write_file  # noqa: PLC0415

        app = app_of(self)
        try:
            if form == "markdown":
                write_file(path, [self._markdown().encode("utf-8", "replace")])
                said = f"Wrote {count(len(self._entries), 'entry').replace('entrys', 'entries')} to {path}"
            else:
                report = write_export(app.library, path, Scope({entry.article for entry in self._entries}), form)
                said = f"Wrote {count(report.claims, 'claim')} of {count(report.articles, 'article')} to {path}"
        except NewsreaderError as error:
            app.call_from_thread(self.tell, str(error))
            return
        app.call_from_thread(self._done, said)

    def _done(self, said: str) -> None:
        self.dismiss(None)
        app_of(self).say(said)


def file_name(subject: Subject) -> str:
    """Give a name of a file for a dossier: plain letters and digits of any script, never a path."""
    words = re.sub(r"[^\w]+", "-", subject.name.casefold()).strip("-_")[:60]
    return f"dossier-{words}" if words else "dossier"
