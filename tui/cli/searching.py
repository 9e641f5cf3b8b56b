"""The verbs `search` and `list`, and the queries of `export`."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.cli.opening import open_library
from tui.cli.output import Out, Progress, cut, measure, one_line, pad, say

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Article
    from store.search import Hit, Index
    from tui.cli.parser import Options

_OUTLET, _TITLE = 24, 24  # cells: an outlet at most, a title at least where a terminal has the room
SHORT_ID = 8
PATIENCE = 1.0
"""Seconds after which it is said why nothing is printed yet."""


def search(options: Options) -> int:
    """Search everything, one line a hit, best first; or keep, list and forget searches."""
    out = Out()
    with open_library(options.library, create=False) as library:
        if options.forget:
            library.remove_search(options.forget)
            say(f"the search @{options.forget.removeprefix('@')} is forgotten")
            return 0
        if options.list:
            _list_saved(out, library, options.json)
            return 0
        if options.save:
            saved = library.save_search(options.save, options.query)
            say(f"saved; newsreader search @{saved.name} runs it")
        _print_hits(out, library, options)
    return 0


def _print_hits(out: Out, library: Library, options: Options) -> None:
    from store.search import Index  # noqa: PLC0415

    with Index(library) as index:
        for hint in index.read(options.query).hints:
            say(hint)
        take_in(index)
        hits = index.search(options.query)
    for hit in hits:
        if options.json:
            out.json({name: getattr(hit, name) for name in hit.__struct_fields__})
        else:
            out.line(_hit_line(out, hit))
    if not hits:
        say("nothing found; try fewer words, or newsreader search --help for the fields")


def _list_saved(out: Out, library: Library, as_json: bool) -> None:
    searches = library.saved_searches()
    width = max((measure(saved.name) for saved in searches), default=0) + 1
    for saved in searches:
        if as_json:
            out.json({name: getattr(saved, name) for name in saved.__struct_fields__})
        else:
            out.line(f"{pad('@' + one_line(saved.name), width)}  {one_line(saved.query)}")
    if not searches:
        say("no search is saved yet; newsreader search QUERY --save NAME keeps one")


def take_in(index: Index) -> None:
    """Bring an index up to date, saying so when that takes long; what was done stays done when it is broken off."""
    began, progress, told = time.monotonic(), Progress(), False

    def tell(done: int, total: int) -> None:
        nonlocal told
        if not told and time.monotonic() - began > PATIENCE:
            say("making the library ready to be searched, once; ctrl+c breaks off, the next time goes on from there")
            told = True
        if told:
            progress(done, total, "")

    index.refresh(tell)
    progress.clear()
    if index.notice:
        say(index.notice)


def found_articles(library: Library, query: str, articles: Sequence[Article]) -> list[Article]:
    """Keep the articles in which something answers a query."""
    from store.search import Index  # noqa: PLC0415

    with Index(library) as index:
        for hint in index.read(query).hints:
            say(hint)
        take_in(index)
        found = index.articles(query)
    return [article for article in articles if article.id in found]


def _hit_line(out: Out, hit: Hit) -> str:
    line, at = "", 0
    for start, end in hit.marks:
        line += hit.line[at:start] + out.style(hit.line[start:end], "1;4")
        at = end
    line += hit.line[at:]
    day = (hit.published or "")[:10] + ("?" if hit.published_inferred else "")
    source = " ".join(part for part in (one_line(hit.outlet or ""), day) if part)
    about = " · ".join(
        part for part in (one_line(hit.speaker or ""), one_line(", ".join(hit.tags)), source, hit.why) if part
    )
    place = f"{hit.article[:SHORT_ID]}:{hit.start}" if hit.article else ""
    return f"{pad(hit.kind, 7)}  {out.style(pad(place, 14), '2')}  {line}  {out.style(f'({about})', '2')}"


def list_articles(options: Options) -> int:
    """List articles, newest first."""
    out = Out()
    with open_library(options.library, create=False) as library:
        articles = library.articles()
        if options.query.strip():
            articles = found_articles(library, options.query, articles)
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


def _table(out: Out, articles: Sequence[Article], counts: Mapping[str, int], same: dict[str, str]) -> None:
    most = max((article.quotes for article in articles), default=0), max(counts.values(), default=0)
    of_quotes, of_claims = (max(3, len(str(number))) for number in most)
    rows = []
    for article in articles:
        day = (article.published or "")[:10] + ("?" if article.published and article.published_inferred else "")
        claims = counts.get(article.id, 0)
        numbers = f"{article.quotes:>{of_quotes}} “”  {claims:>{of_claims}} claim{'s' if claims != 1 else ' '}"
        outlet = one_line(article.outlet or article.aggregator or "")
        said = same.get(article.id)
        title = one_line(article.title) if article.read else out.style(one_line(article.title), "1")
        title += out.style(f"  ({said})", "2") if said else ""
        rows.append((article.id[:SHORT_ID], day, outlet, numbers, title))
    widths = [max((measure(str(row[at])) for row in rows), default=0) for at in range(4)]
    widths[2] = min(widths[2], _OUTLET)
    shown = _columns(widths, out.width)
    for *cells, title in rows:
        fixed = "  ".join(pad(cut(cells[at], widths[at]), widths[at]) for at in shown)
        out.line(f"{out.style(fixed, '2')}  {title}")


def _columns(widths: Sequence[int], room: int) -> list[int]:
    """Give the columns that leave room for the title in so many cells (0: there is no bound); the last go first."""
    shown = list(range(len(widths)))
    while room and len(shown) > 1 and room - sum(widths[at] + 2 for at in shown) < _TITLE:
        shown.pop()
    return shown
