"""Asking where to export to, and doing it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from textual import on, work
from textual.widgets import Input

from store.errors import NewsreaderError
from tui.screens.ask import Ask
from tui.screens.page import app_of

DEFAULT = "newsreader-export.json"
_NOTE = "All articles, claims and tags as JSON; newsreader import reads it back.   enter export   esc back"
_NOTE_SOME = "The {} articles with hits, with all their claims, as JSON.   enter export   esc back"


class ExportPrompt(Ask):
    """Asks for a path; writes over a file only when that was said once more."""

    def __init__(self, articles: Collection[str] | None = None) -> None:
        """`articles` are the ids to export, nothing for all."""
        self._articles = articles
        self._note_line = _NOTE if articles is None else _NOTE_SOME.format(len(articles))
        super().__init__("export to", f"./{DEFAULT}", self._note_line)
        self._over = ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._over = ""
        if event.value != f"./{DEFAULT}":
            self.tell(_format_of(event.value))

    def entered(self, value: str) -> None:
        """Write to `value`, asking once more before another file is replaced."""
        path = Path(value).expanduser()
        if path.is_dir():
            path /= DEFAULT
        if path.exists() and self._over != str(path):
            self._over = str(path)
            self.tell(f"{path} is there already: enter writes over it, or type another name")
            return
        self.tell("Writing…")
        self._write(path)

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _write(self, path: Path) -> None:
        from store.exchange import Scope, form_of_file, write_export  # noqa: PLC0415 - loaded with the first export

        app = app_of(self)
        form = form_of_file(path.name) or "json"
        try:
            report = write_export(app.library, path, Scope(self._articles), form)
        except NewsreaderError as error:
            app.call_from_thread(self.tell, str(error))
            return
        said = f"Wrote {report.claims} claims of {report.articles} articles to {report.path}"
        if report.lost and form != "json":
            said += f". Not in it: {', '.join(report.lost)}"
        app.call_from_thread(self._done, said)

    def _done(self, said: str) -> None:
        self.dismiss(None)
        app_of(self).say(said)


def _format_of(name: str) -> str:
    """Say which format the name of a file asks for, and how to ask for another."""
    from store.exchange import FORMS, form_of_file  # noqa: PLC0415

    form = FORMS[form_of_file(name.strip()) or "json"]
    endings = " ".join(one.endings[0] for one in FORMS.values())
    return f"{form.title}: {form.about}.   enter export   esc back\nThe ending says which: {endings}"
