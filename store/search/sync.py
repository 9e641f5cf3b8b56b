"""Keeping the index like the library: what changed goes in, everything else stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import msgspec

from store.errors import LibraryError
from store.ids import key_of
from store.model import Article, Claim
from store.search.cache import Cache
from store.search.filters import day_of
from store.search.names import Names
from store.search.rows import Folder, article_row, claim_row, paragraph_rows
from store.search.vocabulary import Vocabulary
from store.search.writing import Writer

if TYPE_CHECKING:
    from store.library import Library

FEW_ARTICLES = 10
FEW_CLAIMS = 100
"""So much is taken in at once; more waits in the backlog, to be taken in step by step."""


class Seen(NamedTuple):
    """What searches have read of articles since the last change: the record by its id, id and day by the number."""

    records: dict[str, Article | None]
    days: dict[int, tuple[str, int]]


class Sync:
    """Writes the library's records into the cache: `look` for what changed, then `step` until nothing waits."""

    def __init__(self, library: Library, cache: Cache) -> None:
        self._library = library
        self._cache = cache
        self._mark = 0
        self._done = 0
        self._articles: dict[str, None] = {}
        self._claims: dict[str, None] = {}
        self._whole = False  # the backlog is the whole library: names and what is gone come at its end
        self.vocabulary = Vocabulary(cache.rows("SELECT word, name FROM words"))
        self._folder = Folder(self.vocabulary.names)
        self._names = Names(library, cache, self._folder)
        self.numbers: dict[str, int] = dict(cache.rows("SELECT id, n FROM articles"))
        self.seen = Seen({}, {})

    @property
    def waiting(self) -> int:
        """How many articles and claims are still to be taken in."""
        return len(self._articles) + len(self._claims)

    @property
    def progress(self) -> tuple[int, int]:
        """How many were taken in of how many."""
        return self._done, self._done + self.waiting

    def look(self) -> bool:
        """See what changed since the last look, in this program or another; take in a little, note down much.

        False when nothing changed.
        """
        if self._cache.changed_elsewhere():
            self._learn()
        mark, changed = self._library.changes_since(self._mark)
        if mark == self._mark:
            return False
        first, self._mark = self._mark == 0, mark
        self.seen = Seen({}, {})
        if first and changed is None and self._cache.value("state") == self._state():
            return False
        if changed is None:
            self._note_everything()
        else:
            self._take(changed)
        return True

    def step(self) -> None:
        """Take in a part of what waits; after the last part, the names and what is gone."""
        self.seen = Seen({}, {})
        articles = list(self._articles)[:FEW_ARTICLES]
        claims = [] if articles else list(self._claims)[:FEW_CLAIMS]
        with self._cache.change(more=self.waiting > len(articles) + len(claims)):
            self._put_articles(articles)
            self._put_claims(claims)
            for key in articles:
                del self._articles[key]
            for key in claims:
                del self._claims[key]
            self._done += len(articles) + len(claims)
            if not self.waiting:
                self._finish_backlog()
            self._keep_words()

    def _learn(self) -> None:
        """Take over what another program put into the cache."""
        self.numbers = dict(self._cache.rows("SELECT id, n FROM articles"))
        self.seen = Seen({}, {})
        self.vocabulary.add({word: bool(name) for word, name in self._cache.rows("SELECT word, name FROM words")})

    def _state(self) -> str:
        """Describe the state of the library in short, to know at the next start whether anything changed."""
        library = self._library
        return f"{library.revision} {len(library.raw('articles'))} {len(library.raw('claims'))}"

    # -- what is to be done ----------------------------------------------------------------------------------------

    def _note_everything(self) -> None:
        """Note down all articles and claims that are not in the cache as they are now."""
        known = dict(self._cache.rows("SELECT id, stamp FROM articles"))
        oldest_first = self._library.articles()[::-1]
        self._articles = dict.fromkeys(one.id for one in oldest_first if known.get(one.id) != self._stamp(one))
        known = dict(self._cache.rows("SELECT key, stamp FROM docs WHERE kind = 'claim'"))
        raw = self._library.raw("claims")
        self._claims = dict.fromkeys(key for key, document in raw.items() if known.get(key) != _crc(document))
        self._done, self._whole = 0, True
        if not self.waiting:
            self.step()

    def _take(self, changed: dict[str, set[str]]) -> None:
        """Take in what changed when that is little, else note it down."""
        stale = self._changed_articles(changed)
        claims = changed.get("claims", set())
        raw = self._library.raw("claims")
        if len(stale) > FEW_ARTICLES or len(claims) > FEW_CLAIMS:
            self._done = self._done if self.waiting else 0
            self._articles |= dict.fromkeys(stale)
            self._claims |= dict.fromkeys(key for key in claims if key in raw)
            stale, claims = [], {key for key in claims if key not in raw}
        with self._cache.change():
            self._put_articles(stale)
            self._put_claims([key for key in claims if key in raw])
            self._drop_claims([key for key in claims if key not in raw])
            if "articles" in changed:
                self._drop_articles()
            if changed.keys() & {"tags", "speakers"}:
                self._put_claims(self._names.update(everything="speakers" in changed))
            self._keep_words()

    def _changed_articles(self, changed: dict[str, set[str]]) -> list[str]:
        if not changed.keys() & {"articles", "corrections", "speakers"}:
            return []
        articles = self._library.articles()
        if not changed.keys() & {"corrections", "speakers"}:
            articles = [one for one in articles if key_of(one.id) in changed["articles"]]
        known = dict(self._cache.rows("SELECT id, stamp FROM articles")) if len(articles) > FEW_ARTICLES else {}
        return [
            one.id for one in articles[::-1] if one.id not in self._articles and known.get(one.id) != self._stamp(one)
        ]

    def _finish_backlog(self) -> None:
        if self._whole:
            raw = self._library.raw("claims")
            known = self._cache.rows("SELECT key FROM docs WHERE kind = 'claim'")
            self._drop_articles()
            self._drop_claims([key for (key,) in known if key not in raw])
        self._put_claims(self._names.update(everything=True))
        self._whole = False

    def _keep_words(self) -> None:
        new = self.vocabulary.add(self._folder.take())
        self._cache.many("INSERT OR REPLACE INTO words VALUES (?, ?)", new)
        if not self.waiting:
            self._cache.note("state", self._state())

    # -- articles --------------------------------------------------------------------------------------------------

    def _stamp(self, article: Article) -> str:
        """Give what changes whenever the rows of an article do."""
        facts = (article.title, article.outlet, article.aggregator, article.authors, article.speakers)
        dates = (article.published, article.retrieved)
        said = [(correction.id, correction.modified) for correction in self._library.corrections(article.id)]
        return f"{article.version[:16]} {crc32(repr((facts, article.quotes, dates, said)).encode())}"

    def _put_articles(self, ids: list[str]) -> None:
        if not ids:
            return
        writer = Writer(self._cache)
        speakers: set[str] = set()
        for article_id in ids:
            try:
                article = self._library.article(article_id)
                stamp = self._stamp(article)
                if self._cache.rows("SELECT 1 FROM articles WHERE id = ? AND stamp = ?", (article_id, stamp)):
                    continue  # another program was faster
                version = self._library.version(article.id)
                analysis = self._library.analysis(article.id)
            except LibraryError:
                continue  # gone, or its text cannot be read now: tried again at the next start
            number = self._number(article.id)
            writer.drop_article(number)
            writer.put(article_row(article, self._folder), number)
            for row in paragraph_rows(version, analysis, self._folder):
                writer.put(row, number)
            self._cache.rows("UPDATE articles SET stamp = ?, day = ? WHERE n = ?", (stamp, day_of(article), number))
            speakers |= {quote.speaker for quote in analysis.quotes if quote.speaker}
        self._names.meet(speakers, writer)
        writer.flush()

    def _number(self, article_id: str) -> int:
        number = self.numbers.get(article_id)
        if number is None:
            self._cache.rows("INSERT OR IGNORE INTO articles (id) VALUES (?)", (article_id,))
            number = int(self._cache.rows("SELECT n FROM articles WHERE id = ?", (article_id,))[0][0])
            self.numbers[article_id] = number
        return number

    def _drop_articles(self) -> None:
        present = {article.id for article in self._library.articles()}
        writer = Writer(self._cache)
        for article_id, number in list(self.numbers.items()):
            if article_id not in present:
                writer.drop_article(number)
                self._cache.rows("DELETE FROM articles WHERE n = ?", (number,))
                del self.numbers[article_id]
                self._articles.pop(article_id, None)

    # -- claims ----------------------------------------------------------------------------------------------------

    def _put_claims(self, keys: Iterable[str]) -> None:
        raw = self._library.raw("claims")
        keys = sorted(keys, key=int)
        if not keys:
            return
        writer = Writer(self._cache)
        writer.drop_keys(keys)
        speakers: set[str] = set()
        for key in keys:
            try:
                claim = msgspec.json.decode(raw[key], type=Claim)
            except (KeyError, msgspec.MsgspecError, UnicodeDecodeError):
                continue  # the library has said what is wrong with it
            if claim.speaker:
                claim = msgspec.structs.replace(claim, speaker=self._library.known_as(claim.speaker))
                speakers.add(str(claim.speaker))
            row = claim_row(claim, self._library.tag_names(claim), self._folder)
            writer.put(msgspec.structs.replace(row, stamp=_crc(raw[key])), self._number(claim.anchor.article))
        self._names.meet(speakers, writer)
        writer.flush()

    def _drop_claims(self, keys: Iterable[str]) -> None:
        Writer(self._cache).drop_keys(keys)


def _crc(document: msgspec.Raw) -> str:
    return str(crc32(document))
