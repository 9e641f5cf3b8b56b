"""The verbs that write an export and take one in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store.errors import ExchangeError, SourceError
from tui.cli.opening import open_library
from tui.cli.output import Out, say
from tui.counting import count, exported

if TYPE_CHECKING:
    from store.exchange import Scope
    from store.library import Library
    from tui.cli.parser import Options

MOST_BYTES = 2_000_000_000
"""The largest export that is read."""


def export(options: Options) -> int:
    """Write what a library holds, all or what a query finds."""
    from store.exchange import FORMS, Selection, Tally, form_of_file, write_export  # noqa: PLC0415

    name = _form(options)
    form = FORMS[name]
    with open_library(options.library, create=False) as library:
        scope = _scope(library, options)
        if options.output == "-":
            selection = Selection(library, scope)
            Out().bytes(form.export(selection))
            _say_lost(form.title, Tally(selection).lost(form.lost))
            return 0
        report = write_export(library, Path(options.output), scope, name)
        if options.json:
            facts = {"articles": report.articles, "claims": report.claims, "format": name, "lost": report.lost}
            Out().json({"path": options.output, **facts})
        else:
            say(f"wrote {exported(report)} to {options.output}")
            if options.format is None and form_of_file(options.output) is None:
                say("its name ends like no format, so it is JSON; -f FORMAT chooses another")
            _say_lost(form.title, report.lost)
    return 0


def _form(options: Options) -> str:
    """Find the format that was named, or that the file's ending names. Raises UsageError."""
    from store.exchange import FORMS, form_named, form_of_file  # noqa: PLC0415

    if options.format is None:
        return form_of_file(options.output) or "json"
    name = form_named(options.format)
    if name is None:
        from tui.cli.parser import UsageError  # noqa: PLC0415

        raise UsageError(f"{options.format}: no such format; known: {', '.join(FORMS)}")
    return name


def _scope(library: Library, options: Options) -> Scope:
    """Find what the query asks for. Raises ExchangeError when that is nothing."""
    from store.exchange import Scope  # noqa: PLC0415

    if not options.query.strip():
        return Scope(paths=options.paths)
    from store.search import Index  # noqa: PLC0415
    from tui.cli.searching import take_in  # noqa: PLC0415

    with Index(library) as index:
        for hint in index.read(options.query).hints:
            say(hint)
        take_in(index)
        articles, claims = index.articles(options.query), index.claims(options.query)
    if not articles and not claims:
        raise ExchangeError(f"{options.query}: nothing found, so nothing was exported; try newsreader search")
    if claims:
        articles |= {library.claim(one).anchor.article for one in claims}
    return Scope(articles, claims, options.paths)


def _say_lost(title: str, lost: tuple[str, ...]) -> None:
    if lost:
        say(f"not held by {title}: {', '.join(lost)}")


def import_file(options: Options) -> int:
    """Take in an export."""
    from store.exchange import check_export, import_json  # noqa: PLC0415

    name = options.sources[0]
    try:
        data = _read(name)
        check_export(data)  # a file that is none makes no library
        with open_library(options.library, create=True) as library:
            report = import_json(library, data)
    except ExchangeError as error:
        raise ExchangeError(f"{name}: {error}") from None
    for line in (*report.notes, *report.conflicts, *report.refused):
        say(f"{name}: {line}")
    if options.json:
        Out().json(report)
    else:
        said = f"{count(report.added, 'record')} added, {report.changed} changed, {report.unchanged} there already"
        Out().line(f"{said}, {len(report.conflicts)} changed on both sides" if report.conflicts else said)
    return 1 if report.refused else 0


def _read(name: str) -> bytes:
    """Read a file that may be an export. Raises SourceError when it cannot be read, ExchangeError when it is none."""
    from store.engine.files import reason  # noqa: PLC0415

    try:
        if name == "-":
            if sys.stdin is None:
                raise SourceError("-: standard input is closed; name a file")
            return _bounded(sys.stdin.buffer)
        with Path(name).open("rb") as file:
            return _bounded(file)
    except OSError as error:
        raise SourceError(f"{name}: {reason(error)}; name a file made by newsreader export") from None
    except ValueError:
        raise SourceError(f"{name!r}: no file can have this name; check the path") from None


def _bounded(file: BinaryIO) -> bytes:
    """Read no more than an export can be; nothing more of what does not begin like one."""
    data = file.read(64)
    if not data.lstrip().startswith(b"{"):
        raise ExchangeError("this is no newsreader export; make one with newsreader export")
    parts, size = [data], len(data)
    while part := file.read(1 << 24):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise ExchangeError(f"this export is larger than {MOST_BYTES // 10**9} GB; export it in parts, by a query")
    return b"".join(parts)
