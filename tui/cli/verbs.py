"""What each verb does. Each takes the options, writes its results and returns the exit code."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import SourceError
from tui.cli.exchanging import export, import_file
from tui.cli.keeping import backup, check
from tui.cli.opening import open_library
from tui.cli.output import Out, one_line, pad, say
from tui.cli.past import history
from tui.cli.searching import SHORT_ID, article_facts, list_articles, search
from tui.cli.taking import add, feeds, update

if TYPE_CHECKING:
    from store.library import Library
    from tui.cli.parser import Options


def show(options: Options) -> int:
    """Print an article."""
    from tui.cli.reading import article_text, shown_facts  # noqa: PLC0415

    out = Out()
    with open_library(options.library, create=False) as library:
        key = options.sources[0]
        article = library.article(os.path.abspath(key) if _is_added_path(library, key) else key)
        if options.json:
            out.json(shown_facts(library, article))
        else:
            out.text(article_text(library, article, out))
    return 0


def _is_added_path(library: Library, key: str) -> bool:
    """Tell whether a path written in another way than it was added is that of an article."""
    return os.path.exists(key) and any(article.path == os.path.abspath(key) for article in library.articles())


def apart(options: Options) -> int:
    """Take articles out from under those that they were filed under as the same story."""
    out = Out()
    with open_library(options.library, create=False) as library:
        for found in [library.article(key) for key in options.sources]:
            alone = library.tell_apart(found.id)
            if options.json:
                out.json(article_facts(alone))
            else:
                out.line(f"{pad('apart', 9)}  {alone.id[:SHORT_ID]}  {one_line(alone.title)}")
    return 0


def inspect(options: Options) -> int:
    """Analyse sources without storing anything; a JSON object a line."""
    from store.ingest import SiteMemory  # noqa: PLC0415
    from store.intake.looking import look  # noqa: PLC0415
    from store.model import Extract  # noqa: PLC0415
    from tui.cli.reading import inspected, listed_facts  # noqa: PLC0415

    out = Out()
    failed = False
    memory = SiteMemory() if options.sites else None
    for source, seen in look(options.sources, verbatim=options.verbatim, memory=memory):
        if isinstance(seen, SourceError):
            failed = True
            say(str(seen))
        elif isinstance(seen, Extract):
            out.json(inspected(source, seen))
        else:
            out.json(listed_facts(source, seen))
    return int(failed)


def config(options: Options) -> int:
    """Say where the settings lie, what they are, or what is wrong with them."""
    from tui.cli.settings import config as run  # noqa: PLC0415 - the other verbs need no settings

    return run(options)


VERBS: dict[str, Callable[[Options], int]] = {
    "add": add,
    "update": update,
    "feeds": feeds,
    "list": list_articles,
    "show": show,
    "apart": apart,
    "search": search,
    "inspect": inspect,
    "export": export,
    "import": import_file,
    "history": history,
    "check": check,
    "backup": backup,
    "config": config,
}
