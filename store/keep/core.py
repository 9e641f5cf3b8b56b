"""What all parts of a library stand on: the storage, the shelves, the way to change something."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Raw

from store.engine.state import RawTable
from store.errors import LibraryError, ReadOnlyError, UnknownRecordError
from store.ids import key_of, now
from store.journal import JournalDB, JournalStorage
from store.keep.bodies import Bodies
from store.keep.change import STEPS, Change, Steps
from store.keep.claim_index import ClaimIndex
from store.keep.listing import Listing
from store.keep.shelf import Shelf
from store.keep.tag_use import TagUses
from store.model import Article, Claim, Correction, Feed, SavedSearch, Speaker, Tag

ARTICLES, CLAIMS, TAGS, CORRECTIONS, SPEAKERS, SEARCHES, FEEDS, DELETED, ELSEWHERE = (
    "articles",
    "claims",
    "tags",
    "corrections",
    "speakers",
    "searches",
    "feeds",
    "deleted",
    "elsewhere",
)

KEPT_CHANGES = 1000


class Core:
    """The storage and typed views of it. The parts of the library build on it."""

    def __init__(self, folder: Path, db: JournalDB) -> None:
        self.folder = folder
        self._db = db
        storage = db.storage
        if not isinstance(storage, JournalStorage):
            raise TypeError("a library needs the journalled storage")
        self._storage = storage
        self._views = threading.RLock()  # over what is derived from the tables; never held while one waits for a change
        self._bodies = Bodies(folder)
        self._complaints: list[str] = []
        self._articles = Shelf(storage, ARTICLES, Article, self._complain, self._views)
        self._claims = Shelf(storage, CLAIMS, Claim, self._complain, self._views, keep=False)
        self._tags = Shelf(storage, TAGS, Tag, self._complain, self._views)
        self._corrections = Shelf(storage, CORRECTIONS, Correction, self._complain, self._views)
        self._speakers = Shelf(storage, SPEAKERS, Speaker, self._complain, self._views)
        self._searches = Shelf(storage, SEARCHES, SavedSearch, self._complain, self._views)
        self._feeds = Shelf(storage, FEEDS, Feed, self._complain, self._views)
        self._steps = Steps(storage)
        self._claim_index = ClaimIndex()
        self._tag_uses = TagUses()
        self._listing = Listing()
        self._aliases: dict[str, str] | None = None
        self._tag_names: dict[str, Tag] | None = None
        self._corrected: dict[str, list[Correction]] | None = None
        self._mark = 0
        self._recent: deque[tuple[int, dict[str, set[str]]]] = deque(maxlen=KEPT_CHANGES)
        self._absorb()

    def _look_for_texts(self) -> None:
        """Say so when texts lie there that an empty library knows nothing of: it was not always empty."""
        if not self._storage.revision and next(self._bodies.ids(), None) is not None:
            self._storage.notices.append(
                f"{self.folder}: what was kept here is gone, but for the texts of articles: restore a backup (or the "
                "newest of the folder backups, as library.json); newsreader check --repair lists the articles again"
            )

    def _complain(self, line: str) -> None:
        if line not in self._complaints:
            self._complaints.append(line)

    @property
    def db(self) -> JournalDB:
        """The TinyDB itself, for queries of one's own; change records through the library only."""
        return self._db

    @property
    def storage(self) -> JournalStorage:
        """The storage under it all."""
        return self._storage

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed now; `notices` say why."""
        return bool(self._storage.read_only)

    @property
    def notices(self) -> list[str]:
        """What recovery found and what could not be read, a line each."""
        return self._storage.notices + self._complaints

    @property
    def revision(self) -> int:
        """The number of the last change; grows with each."""
        return self._storage.revision

    def refresh(self) -> bool:
        """Take in what other programs changed since; True when something did.

        While a change is being made in another thread it takes in nothing: that change does, and nobody waits for it.
        """
        if not self._storage.threads.acquire(blocking=False):
            return False
        try:
            self._storage.refresh()
            return self._absorb()
        finally:
            self._storage.threads.release()

    def changes_since(self, mark: int) -> tuple[int, dict[str, set[str]] | None]:
        """Tell which documents of which tables changed since a mark, and give the mark for the next time.

        The first mark is 0. None in the place of the documents says that any may have changed. A mark is good for this
        object only.
        """
        newer = [(at, documents) for at, documents in self._recent if at > mark]
        if mark == 0 or mark < self._mark - len(newer):
            return self._mark, None
        changed: dict[str, set[str]] = {}
        for _, documents in newer:
            for table, keys in documents.items():
                changed.setdefault(table, set()).update(keys)
        return self._mark, changed

    def raw(self, table: str) -> Mapping[str, Raw]:
        """Give the documents of a table as JSON, by their ids in TinyDB (`store.ids.key_of` of a record's id)."""
        return RawTable(self._storage.tables.get(table, {}))

    def _absorb(self) -> bool:
        """Bring everything that is derived from the tables up to date; True when something changed."""
        with self._storage.threads, self._views:
            return self._take_in()

    def _take_in(self) -> bool:
        dirty = self._storage.take_dirty()
        if dirty is None or dirty:
            self._mark += 1
            if dirty is None:
                self._recent.clear()
            else:
                self._recent.append((self._mark, dirty))
        for shelf in (
            self._articles,
            self._claims,
            self._tags,
            self._corrections,
            self._speakers,
            self._searches,
            self._feeds,
        ):
            if dirty is None or shelf.table in dirty:
                shelf.forget(None if dirty is None else dirty[shelf.table])
        if dirty is None or SPEAKERS in dirty or ARTICLES in dirty:
            self._listing.forget(None if dirty is None or SPEAKERS in dirty else dirty[ARTICLES])
        if dirty is None or CLAIMS in dirty:
            self._claim_index.update(self._claims.documents, None if dirty is None else dirty[CLAIMS])
            self._tag_uses.forget(None if dirty is None else dirty[CLAIMS])
        if dirty is None or STEPS in dirty:
            self._steps.update(None if dirty is None else dirty[STEPS])
        if dirty is None or SPEAKERS in dirty:
            self._aliases = None
        if dirty is None or TAGS in dirty:
            self._tag_names = None
        if dirty is None or CORRECTIONS in dirty:
            self._corrected = None
        return dirty is None or bool(dirty)

    @contextlib.contextmanager
    def _change(self, what: str, *, step: bool | int = True) -> Iterator[Change]:
        """Make one change: everything put inside is written together when the block ends without an error.

        LibraryError for what cannot be kept: half a character, more than memory holds.
        """
        with self._storage.exclusive():
            self._absorb()
            change = Change(self._storage, self._steps, what, step=step)
            try:
                yield change
                change.commit()
            except UnicodeEncodeError as error:
                raise unwritable(error) from error
            except MemoryError as error:
                raise LibraryError("not saved: this is more than the memory of this machine holds") from error
            self._absorb()

    def _must_be_writable(self) -> None:
        """Raise ReadOnlyError before anything is written to files of a library that is read-only."""
        if self.read_only:
            raise ReadOnlyError(f"{self._storage.read_only}: nothing was saved")

    def compact(self) -> None:
        """Write a new snapshot now; a good thing to do when idle. Never needed for safety."""
        self._storage.compact()

    @property
    def journal_size(self) -> int:
        """Bytes written since the last snapshot."""
        return self._storage.journal_size

    def close(self) -> None:
        """Give the files back."""
        self._db.close()

    def _corrections_of(self, article_id: str) -> list[Correction]:
        corrected = self._corrected
        if corrected is None:
            corrected = {}
            with self._views:
                for correction in self._corrections.all():
                    corrected.setdefault(correction.anchor.article, []).append(correction)
                self._corrected = corrected
        return corrected.get(article_id, [])

    def _indexed(self) -> ClaimIndex:
        """Give the index of claims, made when it is first needed."""
        with self._views:
            self._claim_index.build(self._claims.documents)
        return self._claim_index

    def _article(self, article_id: str) -> Article:
        article = self._articles.get(article_id)
        if article is None:
            raise UnknownRecordError(f"{article_id}: no such article in {self.folder}; newsreader list shows them")
        return article


def excerpt(text: str, limit: int = 40) -> str:
    """Shorten words for a line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def unwritable(error: UnicodeEncodeError) -> LibraryError:
    """Say that a text holds half a character, as broken input has them; no file could keep it."""
    code = ord(error.object[error.start])
    return LibraryError(f"not saved: there is half a character (U+{code:04X}) in it; type or paste it again")


def never_came(change: Change, source_sha256: str) -> None:
    """Remember that a text came in without its raw source, so that no check calls the source lost."""
    change.put_document(ELSEWHERE, key_of(source_sha256), {"id": source_sha256, "at": now()})


def bury(change: Change, article_id: str) -> None:
    """Remember that an article was removed on purpose, so that no repair brings it back."""
    change.put_document(DELETED, key_of(article_id), {"id": article_id, "at": now()})
