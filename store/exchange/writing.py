"""An export as a file: there whole, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from store.engine.files import reason, replace_file
from store.errors import ExchangeError
from store.exchange.scope import EVERYTHING, Scope, Selection

if TYPE_CHECKING:
    from store.library import Library


class ExportReport(Struct, frozen=True):
    """How much was exported, to which file, and what the format could not hold, with its number.

    `tags` is how many tags, where the format holds nothing else.
    """

    claims: int
    articles: int
    path: Path
    lost: tuple[str, ...] = ()
    tags: int | None = None


def write_export(library: Library, path: Path, scope: Scope = EVERYTHING, form: str = "json") -> ExportReport:
    """Export to a file, which is there whole or not at all.

    Raises ExchangeError when it cannot be written, or lies in the library's own folder, whose files it would replace.
    """
    from store.exchange.forms import FORMS  # noqa: PLC0415 - loads what the forms need
    from store.exchange.losses import Tally  # noqa: PLC0415

    _outside(library.folder, path)
    selection = Selection(library, scope)
    write_file(path, chain((FORMS[form].begins,), FORMS[form].export(selection)))
    tally = Tally(selection)
    tags = len(library.tags()) if form == "codebook" else None
    return ExportReport(tally.held(FORMS[form].lost), tally.articles, path, tally.lost(FORMS[form].lost), tags)


def _outside(folder: Path, path: Path) -> None:
    """Raise ExchangeError when `path`, links followed, lies in the library's folder."""
    home = Path(os.path.realpath(folder))
    try:
        target = Path(os.path.realpath(path))
    except (OSError, ValueError):
        return  # writing to it says what is wrong with it
    if target == home or home in target.parents:
        raise ExchangeError(f"{path}: it lies in the library's own folder; name a file outside {folder}")


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file in one step; a pipe or device is written to as it is. Raises ExchangeError."""
    try:
        try:
            special = not stat.S_ISREG(path.stat().st_mode)
        except FileNotFoundError:
            special = False
        if special:
            with path.open("wb") as file:
                file.writelines(pieces)
        else:
            replace_file(Path(os.path.realpath(path)), pieces)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            why = "no such folder"
        else:
            why = reason(error) if isinstance(error, OSError) else "no file can have this name"
        raise ExchangeError(f"{path}: the export was not written ({why}); name another file") from error
