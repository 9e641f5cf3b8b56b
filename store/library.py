"""Library: the one door to what is kept.

    with Library.open(folder) as library:
        added = library.add(extract, analyse(extract.text, extract.blocks, extract.language))
        claim = library.tag_span(added.article.id, 120, 180, ["Russian bases"])
        library.undo()

Three layers that never mix: texts are immutable, the machine's findings can be made again, and what a person said is
written by nobody else. Every change is on the disk before the call returns.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from store.engine.files import make_folder, reason
from store.errors import LibraryError
from store.ids import device, person
from store.journal import JournalDB
from store.keep.copies import CopyPart
from store.keep.feeds import FeedPart
from store.keep.listed import ListedPart
from store.keep.loading import LoadingPart
from store.model import Added, Bundle, LoadReport
from store.schema import MIGRATIONS, SCHEMA_VERSION

SNAPSHOT = "library.json"


class Library(LoadingPart, CopyPart, FeedPart, ListedPart):
    """A folder with articles, what was said in them, and what a person made of it.

    Records are read from memory as of the last change or `refresh`; texts are read from their files. One object can
    be used by several threads, one folder by several programs.
    """

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """Open a library, recovering what a crash left; `notices` say what was found.

        Raises LibraryError when the folder cannot be read, or is no library and `create` is False.
        """
        folder = Path(folder)
        there = any((folder / name).exists() for name in (SNAPSHOT, f"{SNAPSHOT}.bak", "bodies"))
        if not there and not create and not list(folder.glob("journal-*.jsonl")):
            raise LibraryError(f"{folder}: no library there; newsreader add makes one")
        try:
            if not there:
                make_folder(folder)
            db = JournalDB(
                os.fspath(folder / SNAPSHOT),
                schema=SCHEMA_VERSION,
                migrations=MIGRATIONS,
                device=device,
                user=person(),
            )
        except OSError as error:
            raise LibraryError(
                f"{folder}: the library cannot be opened ({reason(error)}); name another folder with --library"
            ) from error
        library = cls(folder, db)
        library._look_for_texts()
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


__all__ = ["Added", "Bundle", "Library", "LoadReport"]
