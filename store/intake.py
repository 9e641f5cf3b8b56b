"""From a source to an article in the library: ingest, speech and the library joined."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from store.errors import SourceError
from store.model import Article
from store.safe_text import clean

if TYPE_CHECKING:
    from store.library import Library

Ending = Literal["added", "updated", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source; `message` is a line for a person, with the reason when it was refused."""

    source: str
    outcome: Ending
    article: Article | None
    message: str


def take_in(library: Library, source: str) -> Outcome:
    """Read a source, find what is said in it and keep it.

    Never raises for a bad source; LibraryError when the library cannot be written.
    """
    from store.ingest import read  # noqa: PLC0415 - verbs that only look things up need none of this
    from store.speech import analyse  # noqa: PLC0415

    try:
        extract = read(source)
    except SourceError as error:
        return Outcome(source, "refused", None, str(error))
    extract = replace(extract, path=kept_path(source))
    added = library.add(extract, analyse(extract.text, extract.blocks))
    return Outcome(source, added.outcome, added.article, f"{added.outcome}: {added.article.title}")


def kept_path(source: str) -> str:
    """Give the path of a source as the library keeps it: absolute and safe; `-` and addresses as they are."""
    if source != "-" and "://" not in source:
        source = os.path.abspath(source)
    return " ".join(clean(source.encode("utf-8", "replace").decode()).split("\n"))


def sources_of(names: Iterable[str]) -> Iterator[str | Outcome]:
    """Give every source that some names mean, folders opened, and a refusal for each folder that gives none."""
    from store.ingest import expand  # noqa: PLC0415

    for name in names:
        found = False
        try:
            for source in expand([name]):
                found = True
                yield source
        except SourceError as error:
            yield Outcome(name, "refused", None, str(error))
            continue
        if not found:
            yield Outcome(name, "refused", None, f"{name}: no articles in this folder; name the files themselves")


def take_in_all(library: Library, names: Iterable[str]) -> Iterator[Outcome]:
    """Take in every source that some names mean; one that fails never stops the rest."""
    for source in sources_of(names):
        yield source if isinstance(source, Outcome) else take_in(library, source)
