"""Opening the app, after adding what was named."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NewsreaderError, SourceError
from tui.cli.output import Progress, say

if TYPE_CHECKING:
    from store.library import Library
    from tui.cli.parser import Options
    from tui.config import Config, Trouble


def open_library(folder: Path | None, *, create: bool) -> Library:
    """Open the library that was named, or the usual one; say what recovery found. Raises LibraryError."""
    from store.library import Library  # noqa: PLC0415

    if folder is None:
        from store.paths import default_library  # noqa: PLC0415

        folder = default_library()
    library = Library.open(folder, create=create)
    for notice in library.notices:
        say(notice)
    return library


def sign() -> tuple[Config, list[Trouble]]:
    """Read the settings, and let what is changed bear the name that they give, unless the environment gives one."""
    from tui.config import config_file, load  # noqa: PLC0415 - verbs that change nothing do without

    config, troubles = load(config_file())
    if config.person:
        os.environ.setdefault("NEWSREADER_USER", config.person)
    return config, troubles


def open_app(options: Options) -> int:
    """Add the sources and open the app, at the article when only one was added. Raises NewsreaderError."""
    if options.json:
        from tui.cli.parser import UsageError  # noqa: PLC0415

        raise UsageError("--json goes with a verb; see newsreader --help")
    _check_words(options.sources)
    _check_terminal(options.sources)
    config, troubles = sign()
    with open_library(options.library, create=True) as library:
        refused, added = _add(library, options.sources)
        for line in refused:
            say(line)
        if refused and not added:
            return 1
        if "-" in options.sources:
            _keys_from_terminal()
        gc.disable()  # there is nothing to collect while so much is loaded; the app takes it up when it is drawn
        from tui.app import NewsreaderApp  # noqa: PLC0415 - the one place that loads Textual

        first = added[0] if len(added) == 1 else None
        app = NewsreaderApp(library, first, config=config, notices=[trouble.short() for trouble in troubles])
        app.run(mouse=config.mouse)
    for line in refused:  # the app has covered what was said before
        say(line)
    return app.return_code or (1 if refused else 0)


def _check_words(sources: Sequence[str]) -> None:
    """Raise UsageError for a bare word that is no file: a verb was meant, and mistyped."""
    for source in sources:
        if source.isalpha() and not os.path.lexists(source):
            from tui.cli.parser import UsageError  # noqa: PLC0415

            raise UsageError(f"{source}: no such file, and no verb of newsreader; see newsreader --help")


def _check_terminal(sources: Sequence[str]) -> None:
    wanted = [sys.stdout] if "-" in sources else [sys.stdin, sys.stdout]
    if not all(stream is not None and stream.isatty() for stream in wanted):
        raise NewsreaderError("the app needs a terminal; newsreader list and newsreader search work without one")


def _add(library: Library, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Add the sources; give the refusals and the ids of the articles."""
    if not names:
        return [], []
    from store.intake import take_in_all  # noqa: PLC0415

    refused: list[str] = []
    added: dict[str, None] = {}
    progress = Progress()
    for outcome in take_in_all(library, names, progress=progress):
        if outcome.outcome == "refused":
            refused.append(_hint(outcome.source, outcome.message))
        elif outcome.article is not None:
            added[outcome.article.id] = None
    progress.clear()
    return refused, list(added)


def _hint(source: str, message: str) -> str:
    """Ask whether a verb was meant, when a source that does not exist looks like one."""
    if os.path.exists(source) or os.sep in source:
        return message
    from difflib import get_close_matches  # noqa: PLC0415

    from tui.cli.parser import VERBS  # noqa: PLC0415

    close = get_close_matches(source, VERBS, 1, 0.7)
    return f"{message} (did you mean newsreader {close[0]}?)" if close else message


def _keys_from_terminal() -> None:
    """Take the keys from the terminal, standard input being a pipe that was read to its end."""
    try:
        os.dup2(os.open("/dev/tty", os.O_RDWR), 0)
        sys.stdin = os.fdopen(0, closefd=False)
    except OSError as error:
        raise SourceError(
            f"-: there is no terminal to take keys from ({error.strerror}); use newsreader add -"
        ) from None
