"""The verbs that look after the library itself: check and backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import LibraryError
from tui.cli.output import Out, one_line, say
from tui.counting import count

if TYPE_CHECKING:
    from store.model import CheckReport
    from tui.cli.parser import Options


def _folder(options: Options) -> Path:
    if options.library is not None:
        return options.library
    from store.paths import default_library  # noqa: PLC0415

    return default_library()


def check(options: Options) -> int:
    """Look over the library, and mend it when asked; exit code 1 when a problem stays."""
    from store.check import check as look_over  # noqa: PLC0415

    folder = _folder(options)
    report = _renewed(folder, look_over(folder, repair=options.repair), repair=options.repair)
    out = Out()
    if options.json:
        facts = {name: getattr(report, name) for name in report.__struct_fields__}
        out.json({"library": str(folder), "ok": report.ok, **facts})
        return 0 if report.ok else 1
    for heading, lines in (("problem", report.problems), ("repaired", report.repaired), ("note", report.remarks)):
        for line in lines:
            out.line(f"{heading}: {one_line(line)}")
    counts = ", ".join(_counted(number, name) for name, number in report.counts.items() if name != "revision")
    if not report.problems:
        out.line(f"the library is whole: {counts}")
    elif report.ok:
        out.line(f"everything found was repaired: {counts}")
    else:
        out.line(f"not everything is whole: {counts}")
        if not options.repair:
            say("newsreader check --repair mends what can be mended; make a backup first")
    return 0 if report.ok else 1


def _renewed(folder: Path, report: CheckReport, *, repair: bool) -> CheckReport:
    """Say how many articles an earlier program analysed, or analyse them again; that is no problem of the library."""
    from msgspec.structs import replace  # noqa: PLC0415

    from store.intake.renewing import outdated, renew  # noqa: PLC0415
    from store.library import Library  # noqa: PLC0415

    with Library.open(folder, create=False) as library:
        old = outdated(library)
        if not old:
            return report
        done, problems = 0, report.problems
        if repair and not library.read_only:
            try:
                for _ in renew(library, old):
                    done += 1
            except LibraryError as error:
                problems = (*problems, str(error))
    lines = [f"{count(done, 'article')} analysed again"] if done else []
    if done < len(old):
        lines.append(f"{count(len(old) - done, 'article')} analysed by an earlier version; --repair does it again")
    return replace(report, problems=problems, remarks=(*report.remarks, *lines))


def _counted(number: int, plural: str) -> str:
    word = plural.removesuffix("es" if plural == "searches" else "s") if number == 1 else plural
    return f"{number:,} {word}"


def backup(options: Options) -> int:
    """Write the whole library to one file."""
    from store.backup import backup as write  # noqa: PLC0415
    from tui.cli.parser import UsageError  # noqa: PLC0415

    if not options.sources[0].lower().endswith((".tar", ".tar.gz", ".tgz")):
        raise UsageError(f"{options.sources[0]}: a backup is a .tar or a .tar.gz; name the file so")
    report = write(_folder(options), Path(options.sources[0]))
    if options.json:
        Out().json(report)
    else:
        size = f"{report.size / 1e6:.1f} MB" if report.size >= 100_000 else f"{report.size / 1e3:.1f} kB"
        say(f"wrote {count(report.articles, 'article')} and {count(report.claims, 'claim')} ({size}) to {report.path}")
    return 0
