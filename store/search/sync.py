"""Keeping the index like the library: what changed goes in, everything else stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec

from store.errors import LibraryError
from store.ids import key_of
from store.model import Article, Claim, Correction, Speaker
from store.search.cache import Cache
from store.search.filters import day_of
from store.search.rows import (
    LABEL_GAP,
    Folder,
    Row,
    article_row,
    claim_row,
    is_sure,
    paragraph_rows,
    speaker_row,
    tag_row,
)
from store.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from store.library import Library

Progress = Callable[[int, int], None]
BATCH = 200
_TEXTS, _CLAIM = ("text", "article"), "claim"


class Sync:
    """Writes the library's records into the cache."""

    def __init__(self, library: Library, cache: Cache) -> None:
        self._library = library
        self._cache = cache
        self._mark = 0
        self._started = False
        self.vocabulary = Vocabulary(cache.rows("SELECT word, name FROM words"))
        self._folder = Folder(self.vocabulary.names)
        self.numbers: dict[str, int] = dict(cache.rows("SELECT id, n FROM articles"))

    def run(self, progress: Progress | None = None) -> bool:
        """Take in what changed since the last run, in this program or another; False when nothing did."""
        mark, changed = self._library.changes_since(self._mark)
        if mark == self._mark:
            return False
        if not self._started and changed is None and self._cache.value("state") == self._state():
            self._mark, self._started = mark, True
            return False
        self._started = True
        if changed is None:
            self._all(progress)
        else:
            self._some(changed)
        self._mark = mark
        return True

    def _state(self) -> str:
        """Describe the state of the library in short, to know at the next start whether anything changed."""
        library = self._library
        return f"{library.revision} {len(library.raw('articles'))} {len(library.raw('claims'))}"

    # -- everything, or only what changed --------------------------------------------------------------------------

    def _all(self, progress: Progress | None) -> None:
        articles = self._stale_articles(self._library.articles())
        known = dict(self._cache.rows("SELECT key, stamp FROM docs WHERE kind = 'claim'"))
        raw = self._library.raw("claims")
        stale = [key for key, document in raw.items() if known.get(key) != _stamp(document)]
        total = len(articles) + len(stale)
        done = 0
        for part in _batches(articles):
            with self._cache.change():
                self._put_articles(part)
            done += len(part)
            if progress is not None:
                progress(done, total)
        for keys in _batches(stale):
            with self._cache.change():
                self._put_claims(keys)
            done += len(keys)
            if progress is not None:
                progress(done, total)
        with self._cache.change():
            self._drop_articles({article.id for article in self._library.articles()})
            self._drop_claims([key for key in known if key not in raw])
            self._names(everything=True)
            self._finish()

    def _some(self, changed: dict[str, set[str]]) -> None:
        with self._cache.change():
            if changed.keys() & {"articles", "corrections", "speakers"}:
                everywhere = changed.keys() & {"corrections", "speakers"}
                articles = self._library.articles()
                keys = changed.get("articles", set())
                near = articles if everywhere else [one for one in articles if key_of(one.id) in keys]
                self._put_articles(self._stale_articles(near))
                self._drop_articles({article.id for article in articles})
            keys = changed.get("claims", set())
            raw = self._library.raw("claims")
            self._put_claims([key for key in keys if key in raw])
            self._drop_claims([key for key in keys if key not in raw])
            if changed.keys() & {"tags", "speakers"}:
                self._names(everything="speakers" in changed)
            self._finish()

    def _finish(self) -> None:
        new = self.vocabulary.add(self._folder.fresh)
        self._folder.fresh.clear()
        self._cache.many("INSERT OR REPLACE INTO words VALUES (?, ?)", new)
        self._cache.note("state", self._state())

    # -- articles --------------------------------------------------------------------------------------------------

    def _stale_articles(self, articles: Iterable[Article]) -> list[tuple[Article, str]]:
        """Give the articles whose rows are not as they should be, oldest first, each with its new stamp."""
        known = dict(self._cache.rows("SELECT id, stamp FROM articles"))
        corrections: dict[str, list[Correction]] = {}
        for correction in self._library.corrections():
            corrections.setdefault(correction.anchor.article, []).append(correction)
        stamped = [(article, _article_stamp(article, corrections.get(article.id, ()))) for article in articles]
        stale = [(article, stamp) for article, stamp in stamped if known.get(article.id) != stamp]
        return stale[::-1]

    def _put_articles(self, articles: Iterable[tuple[Article, str]]) -> None:
        for article, stamp in articles:
            try:
                version = self._library.version(article.id)
                analysis = self._library.analysis(article.id)
            except LibraryError:
                continue  # its text cannot be read now: tried again at the next start
            number = self._number(article.id)
            self._drop_texts(number)
            self._insert(article_row(article, self._folder), number)
            for row in paragraph_rows(version, analysis, self._folder):
                doc = self._insert(row, number)
                self._cache.many(
                    "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        (doc, number, quote.start, quote.end, quote.speaker, quote.kind, is_sure(quote))
                        for quote in row.quotes
                    ],
                )
            self._cache.rows("UPDATE articles SET stamp = ?, day = ? WHERE n = ?", (stamp, day_of(article), number))
            self._speakers({quote.speaker for quote in analysis.quotes if quote.speaker})

    def _number(self, article_id: str) -> int:
        number = self.numbers.get(article_id)
        if number is None:
            self._cache.rows("INSERT OR IGNORE INTO articles (id) VALUES (?)", (article_id,))
            number = int(self._cache.rows("SELECT n FROM articles WHERE id = ?", (article_id,))[0][0])
            self.numbers[article_id] = number
        return number

    def _drop_texts(self, number: int) -> None:
        found = self._cache.rows("SELECT n, kind FROM docs WHERE article = ? AND kind IN (?, ?)", (number, *_TEXTS))
        self._drop([doc for doc, kind in found if kind == "text"], "texts")
        self._drop([doc for doc, kind in found if kind == "article"], "marks")
        self._cache.rows("DELETE FROM quotes WHERE article = ?", (number,))

    def _drop_articles(self, present: set[str]) -> None:
        for article_id, number in list(self.numbers.items()):
            if article_id not in present:
                self._drop_texts(number)
                self._cache.rows("DELETE FROM articles WHERE n = ?", (number,))
                del self.numbers[article_id]

    # -- claims ----------------------------------------------------------------------------------------------------

    def _put_claims(self, keys: Iterable[str]) -> None:
        raw = self._library.raw("claims")
        keys = list(keys)
        self._drop_claims(keys)
        for key in sorted(keys, key=int):
            try:
                claim = msgspec.json.decode(raw[key], type=Claim)
            except (KeyError, msgspec.MsgspecError, UnicodeDecodeError):
                continue  # the library has said what is wrong with it
            if claim.speaker:
                claim = msgspec.structs.replace(claim, speaker=self._library.known_as(claim.speaker))
                self._speakers({str(claim.speaker)})
            row = claim_row(claim, self._library.tag_names(claim), self._folder)
            row = msgspec.structs.replace(row, stamp=_stamp(raw[key]))
            doc = self._insert(row, self._number(claim.anchor.article))
            self._cache.many("INSERT OR IGNORE INTO tagged VALUES (?, ?)", [(doc, tag) for tag in row.tags])

    def _drop_claims(self, keys: Iterable[str]) -> None:
        for key in keys:
            docs = [doc for (doc,) in self._cache.rows("SELECT n FROM docs WHERE key = ?", (key,))]
            self._drop(docs, "marks")
            self._cache.many("DELETE FROM tagged WHERE doc = ?", [(doc,) for doc in docs])

    # -- names -----------------------------------------------------------------------------------------------------

    def _names(self, *, everything: bool) -> None:
        """Bring the rows of tags and speakers up to date, and the claims that show an old name."""
        tags = {tag.id: tag for tag in self._library.tags()}
        self._replace_names("tag", {key: tag_row(tag, self._folder) for key, tag in tags.items()})
        every = [*tags.values(), *self._library.merged_tags()]
        names = {tag.id: self._library.tag(tag.id).name for tag in every}
        speakers = {speaker.id: self._library.known_as(speaker.name) for speaker in self._library.speakers()}
        now = json.dumps([names, speakers], sort_keys=True)
        before_tags, before_speakers = json.loads(self._cache.value("names") or "[{}, {}]")
        renamed = any(names.get(key) != name for key, name in before_tags.items()) or before_speakers != speakers
        self._cache.note("names", now)
        if renamed:
            self._put_claims(self._claims_with_old_names())
        if everything:
            found = self._cache.rows(
                "SELECT speaker FROM quotes WHERE speaker IS NOT NULL UNION "
                "SELECT who FROM docs WHERE kind = 'claim' AND who != ''"
            )
            known = self._speaker_records()
            wanted = {f"@{name}": speaker_row(name, known.get(name), self._folder) for (name,) in found}
            self._replace_names("speaker", wanted)

    def _claims_with_old_names(self) -> list[str]:
        shown = {key: (who, labels) for key, who, labels in self._cache.rows(
            "SELECT key, who, labels FROM docs WHERE kind = 'claim'"
        )}  # fmt: skip
        stale = []
        for claim in self._library.claims():
            wanted = (claim.speaker or "", LABEL_GAP.join(self._library.tag_names(claim)))
            if shown.get(key_of(claim.id)) != wanted:
                stale.append(key_of(claim.id))
        return stale

    def _speaker_records(self) -> dict[str, Speaker]:
        """Give for each name that the library knows the record with every other name of the same speaker."""
        joined: dict[str, Speaker] = {}
        for speaker in self._library.speakers():
            root = self._library.known_as(speaker.name)
            other = joined.get(root)
            aliases = (*(other.aliases if other else ()), *speaker.aliases)
            if speaker.name != root:
                aliases = (*aliases, speaker.name)
            joined[root] = msgspec.structs.replace(other or speaker, aliases=tuple(dict.fromkeys(aliases)))
        return joined

    def _speakers(self, names: set[str]) -> None:
        """Make rows for speakers that are new."""
        for name in names:
            if not self._cache.rows("SELECT 1 FROM docs WHERE key = ?", (f"@{name}",)):
                self._insert(speaker_row(name, self._speaker_records().get(name), self._folder), None)

    def _replace_names(self, kind: str, wanted: dict[str, Row]) -> None:
        rows = self._cache.rows("SELECT key, stamp, n FROM docs WHERE kind = ?", (kind,))
        known = {key: stamp for key, stamp, _ in rows}
        self._drop([n for key, stamp, n in rows if key not in wanted or wanted[key].stamp != stamp], "marks")
        for key, row in wanted.items():
            if known.get(key) != row.stamp:
                self._insert(row, None)

    # -- rows ------------------------------------------------------------------------------------------------------

    def _insert(self, row: Row, article: int | None) -> int:
        values = (
            row.kind, article, row.key, row.start, row.end, row.body, row.who, row.note, row.verdict, row.state,
            row.said, row.author, row.labels, row.id, row.stamp,
        )  # fmt: skip
        doc = int(self._cache.rows(f"INSERT INTO docs VALUES (NULL{', ?' * len(values)}) RETURNING n", values)[0][0])
        table = "texts" if row.kind == "text" else "marks"
        columns = "body, who" if row.kind == "text" else "body, who, tags, note"
        marks = ", ?" * len(row.folded)
        self._cache.rows(f"INSERT INTO {table} (rowid, {columns}) VALUES (?{marks})", (doc, *row.folded))
        return doc

    def _drop(self, docs: Iterable[int], table: str) -> None:
        for doc in docs:
            self._cache.rows(f"DELETE FROM {table} WHERE rowid = ?", (doc,))
            self._cache.rows("DELETE FROM docs WHERE n = ?", (doc,))


def _stamp(document: msgspec.Raw) -> str:
    return str(crc32(document))


def _article_stamp(article: Article, corrections: Iterable[Correction]) -> str:
    facts = (article.title, article.outlet, article.aggregator, article.authors, article.speakers, article.published)
    said = [(correction.id, correction.modified) for correction in corrections]
    return f"{article.version[:16]} {crc32(repr((facts, article.quotes, article.retrieved, said)).encode())}"


def _batches(things: list[Any]) -> Iterable[list[Any]]:
    for at in range(0, len(things), BATCH):
        yield things[at : at + BATCH]
