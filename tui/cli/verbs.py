"""What each verb does. Each takes the options, writes its results and returns the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ExchangeError, SourceError
from tui.cli.keeping import backup, check
from tui.cli.opening import open_library
from tui.cli.output import Out, measure, one_line, pad, say
from tui.cli.past import history
from tui.cli.taking import add, feeds, update

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Article
    from store.search.hits import Hit
    from tui.cli.parser import Options

SHORT_ID = 8


def list_articles(options: Options) -> int:
    """List articles, newest first."""
    out = Out()
    with open_library(options.library, create=False) as library:
        articles = library.articles()
        if options.query.strip():
            articles = _found(library, options.query, articles)
        counts = library.claim_counts()
        if options.json:
            for article in articles:
                out.json(article_facts(article) | {"claims": counts.get(article.id, 0)})
        else:
            _table(out, articles, counts, same_stories(library))
        if not articles:
            say(
                "no article fits; newsreader list shows them all"
                if options.query
                else "no articles yet; newsreader add"
            )
    return 0


def _found(library: Library, query: str, articles: list[Article]) -> list[Article]:
    """Keep the articles in which something answers a query."""
    from store.search import Index  # noqa: PLC0415

    with Index(library) as index:
        found = index.articles(query)
    return [article for article in articles if article.id in found]


def article_facts(article: Article) -> dict[str, object]:
    """Give what the library knows of an article, for JSON."""
    return {name: getattr(article, name) for name in article.__struct_fields__}


def same_stories(library: Library) -> dict[str, str]:
    """Say of each article that tells a story told elsewhere too where that is, by its id."""
    said: dict[str, str] = {}
    for original, copies in library.all_copies().items():
        said[original] = f"also at {', '.join(dict.fromkeys(map(_place, copies)))}"
        said |= {copy.id: f"same story as {original[:SHORT_ID]}" for copy in copies}
    return said


def _place(article: Article) -> str:
    return one_line(article.outlet or article.aggregator or article.id[:SHORT_ID])


def _table(out: Out, articles: list[Article], counts: dict[str, int], same: dict[str, str]) -> None:
    rows = []
    for article in articles:
        day = (article.published or "")[:10] + ("?" if article.published and article.published_inferred else "")
        claims = counts.get(article.id, 0)
        numbers = f"{article.quotes:>3} “”  {claims:>3} claim{'s' if claims != 1 else ' '}"
        outlet = one_line(article.outlet or article.aggregator or "")
        said = same.get(article.id)
        title = one_line(article.title) if article.read else out.style(one_line(article.title), "1")
        title += out.style(f"  ({said})", "2") if said else ""
        rows.append((article.id[:SHORT_ID], day, outlet, numbers, title))
    widths = [max((measure(str(row[at])) for row in rows), default=0) for at in range(4)]
    widths[2] = min(widths[2], 24)
    for *cells, title in rows:
        fixed = "  ".join(pad(str(cell)[:24] if at == 2 else str(cell), widths[at]) for at, cell in enumerate(cells))
        out.line(f"{out.style(fixed, '2')}  {title}")


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


def search(options: Options) -> int:
    """Search everything; one line a hit, best first."""
    from store.search import Index, parse  # noqa: PLC0415

    out = Out()
    with open_library(options.library, create=False) as library, Index(library) as index:
        hits = index.search(options.query)
        for hint in parse(options.query).hints:
            say(hint)
        for hit in hits:
            if options.json:
                out.json({name: getattr(hit, name) for name in hit.__slots__})
            else:
                out.line(_hit_line(out, hit))
        if not hits:
            say("nothing found; try fewer words, or newsreader search --help for the fields")
    return 0


def _hit_line(out: Out, hit: Hit) -> str:
    line, at = "", 0
    for start, end in hit.marks:
        line += hit.line[at:start] + out.style(hit.line[start:end], "1;4")
        at = end
    line += hit.line[at:]
    source = " ".join(part for part in (one_line(hit.outlet or ""), (hit.published or "")[:10]) if part)
    about = " · ".join(
        part for part in (one_line(hit.speaker or ""), one_line(", ".join(hit.tags)), source, hit.why) if part
    )
    place = f"{hit.article[:SHORT_ID]}:{hit.start}" if hit.article else ""
    return f"{pad(hit.kind, 7)}  {out.style(pad(place, 14), '2')}  {line}  {out.style(f'({about})', '2')}"


def inspect(options: Options) -> int:
    """Analyse sources without storing anything; a JSON object a line."""
    from store.intake import Outcome, sources_of  # noqa: PLC0415
    from tui.cli.reading import inspected  # noqa: PLC0415

    out = Out()
    failed = False
    for source in sources_of(options.sources):
        try:
            if isinstance(source, Outcome):
                raise SourceError(source.message)
            out.json(inspected(source, options.verbatim))
        except SourceError as error:
            failed = True
            say(str(error))
    return int(failed)


def export(options: Options) -> int:
    """Write what a library holds, all or what a query finds."""
    from store.exchange import FORMS, write_export  # noqa: PLC0415

    form = FORMS.get(options.format)
    if form is None:
        from tui.cli.parser import UsageError  # noqa: PLC0415

        raise UsageError(f"{options.format}: no such format; known: {', '.join(FORMS)}")
    with open_library(options.library, create=False) as library:
        ids = None
        if options.query.strip():
            ids = [article.id for article in _found(library, options.query, library.articles())]
            if not ids:
                raise ExchangeError(f"{options.query}: nothing found, so nothing was exported; try newsreader search")
        if form.lost:
            say(form.lost)
        if options.output == "-":
            Out().bytes(form.export(library, ids))
            return 0
        report = write_export(library, Path(options.output), ids, options.format)
        if options.json:
            Out().json({"path": options.output, "articles": report.articles, "claims": report.claims})
        else:
            say(f"wrote {report.claims} claims of {report.articles} articles to {options.output}")
    return 0


def config(options: Options) -> int:
    """Say where the settings lie, what they are, or what is wrong with them."""
    from tui.cli.settings import config as run  # noqa: PLC0415 - the other verbs need no settings

    return run(options)


def import_file(options: Options) -> int:
    """Take in an export."""
    from store.exchange import import_json  # noqa: PLC0415

    name = options.sources[0]
    data = _read(name)
    from store.exchange import check_export  # noqa: PLC0415 - a file that is none makes no library

    try:
        check_export(data)
        with open_library(options.library, create=True) as library:
            report = import_json(library, data)
    except ExchangeError as error:
        raise ExchangeError(f"{name}: {error}") from None
    for line in (*report.notes, *report.refused):
        say(f"{name}: {line}")
    if options.json:
        Out().json(report)
    else:
        Out().line(f"{report.added} records added, {report.changed} changed, {report.unchanged} there already")
    return 1 if report.refused else 0


def _read(name: str) -> bytes:
    from store.engine.files import reason  # noqa: PLC0415

    try:
        if name == "-":
            if sys.stdin is None:
                raise SourceError("-: standard input is closed; name a file")
            return sys.stdin.buffer.read()
        return Path(name).read_bytes()
    except OSError as error:
        raise SourceError(f"{name}: {reason(error)}; name a file made by newsreader export") from None
    except ValueError:
        raise SourceError(f"{name!r}: no file can have this name; check the path") from None


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
