"""Looking over a whole library: everything there, whole, and fitting together."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from store.engine.past import read_journal
from store.engine.recovery import scan
from store.errors import LibraryError
from store.ids import key_of, now, text_sha256
from store.keep.body import Body
from store.keep.core import (
    ARTICLES,
    CLAIMS,
    CORRECTIONS,
    DELETED,
    ELSEWHERE,
    FEEDS,
    SEARCHES,
    SPEAKERS,
    TAGS,
    Core,
    excerpt,
)
from store.model import Anchor, Article, CheckReport, Claim, Correction, Feed, SavedSearch, Speaker, Tag, Version

KINDS: dict[str, type[Article | Claim | Tag | Correction | Speaker | SavedSearch | Feed]] = {
    ARTICLES: Article,
    CLAIMS: Claim,
    TAGS: Tag,
    CORRECTIONS: Correction,
    SPEAKERS: Speaker,
    SEARCHES: SavedSearch,
    FEEDS: Feed,
}


_NO_DAMAGE = ("taken over", "newer schema", "reading only", "no locks")


class _Finding:
    """Collects what is found and done."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.repaired: list[str] = []
        self.remarks: list[str] = []
        self.elsewhere = 0

    def problem(self, line: str, done: str = "") -> None:
        """Note a problem, and what was done about it."""
        self.problems.append(line)
        if done:
            self.repaired.append(done)


class Checker:
    """Looks at every record and every file; with `repair` mends what can be mended without guessing.

    Nothing is ever deleted but what a crash left half written.
    """

    def __init__(self, core: Core, *, repair: bool) -> None:
        self._core = core
        self._mend = repair and not core.read_only

    def check(self) -> CheckReport:
        """Look at everything."""
        found = _Finding()
        self._tell_notices(found)
        self._check_records(found)
        self._check_strays(found)
        texts = self._check_bodies(found)
        for claim in self._core._claims.all():
            self._check_claim(found, claim, texts)
        for correction in self._core._corrections.all():
            self._check_anchor(found, f"correction of “{excerpt(correction.anchor.exact)}”", correction.anchor, texts)
        self._check_pointers(found)
        self._check_copies(found)
        self._check_past(found)
        counts = {table: len(self._core.storage.tables.get(table, {})) for table in KINDS}
        return CheckReport(
            counts=counts | {"revision": self._core.revision},
            problems=tuple(found.problems),
            repaired=tuple(found.repaired),
            remarks=tuple(found.remarks),
        )

    def _tell_notices(self, found: _Finding) -> None:
        """Tell what opening the library found, and mended."""
        for notice in self._core.storage.notices:
            if any(words in notice for words in _NO_DAMAGE):
                found.remarks.append(notice)
            elif self._core.read_only or "restore a backup" in notice:
                found.problem(notice)
            else:
                found.problem(notice, "what is whole was kept and written anew")

    def _check_records(self, found: _Finding) -> None:
        for table, kind in KINDS.items():
            decode = msgspec.json.Decoder(kind).decode
            for key, document in self._core.storage.tables.get(table, {}).items():
                try:
                    record = decode(document)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    found.problem(f"{table}: document {key} cannot be read as a record ({error}); it is kept as it is")
                    continue
                if key_of(record.id) != key:
                    found.problem(f"{table}: document {key} holds the record {record.id}, which belongs elsewhere")

    def _check_bodies(self, found: _Finding) -> dict[str, dict[str, str]]:
        """Check the file of every article and return the texts: article id → hash → text."""
        texts: dict[str, dict[str, str]] = {}
        for article in self._core._articles.all():
            name = f"article {article.id[:8]} “{excerpt(article.title)}” (from {article.url or article.path or '?'})"
            try:
                body = self._core._bodies.read(article.id)
            except LibraryError as error:
                found.problem(f"{name}: {error}", self._save_what_is_whole(article) if self._mend else "")
                continue
            try:
                body.all_analyses()
            except LibraryError as error:
                found.problem(f"{name}: {error}")
            texts[article.id] = {version.sha256: version.text for version in body.versions.values()}
            if article.version not in texts[article.id]:
                found.problem(f"{name}: its file does not hold the current text; add the article again")
            for version in body.versions.values():
                self._check_version(found, name, version)
        if found.elsewhere:
            found.remarks.append(
                f"texts that came in an export, which holds no raw sources: {found.elsewhere}; adding the same page "
                "again brings its source"
            )
        return texts

    def _save_what_is_whole(self, article: Article) -> str:
        """Write a damaged file again from its whole lines, when the current text is among them."""
        try:
            body = self._core._bodies.rescue(article)
            if body is None or body.version(article.version) is None:
                return ""
            self._core._bodies.write(article.id, body)
        except LibraryError:
            return ""
        more = "" if body.analysis(article.version) else "; add it again to find who said what"
        return f"article {article.id}: what is whole of it was saved, the damaged file was set aside{more}"

    def _check_version(self, found: _Finding, name: str, version: Version) -> None:
        if text_sha256(version.text) != version.sha256:
            found.problem(f"{name}: the text {version.sha256[:12]} does not fit its checksum; add the article again")
        if version.source_sha256:
            wrong = self._core._bodies.wrong_source(version.source_sha256)
            if wrong and self._never_came(version.source_sha256):
                found.elsewhere += 1
            elif wrong:
                found.problem(
                    f"{name}: the source {version.source_sha256[:12]} {wrong}; the text itself is not touched, "
                    "adding the article again brings it back"
                )

    def _never_came(self, sha: str) -> bool:
        known = key_of(sha) in self._core.storage.tables.get(ELSEWHERE, {})
        return known and not self._core._bodies.source_path(sha).exists()

    def _check_claim(self, found: _Finding, claim: Claim, texts: dict[str, dict[str, str]]) -> None:
        name = f"claim “{excerpt(claim.anchor.exact)}” ({claim.id})"
        self._check_anchor(found, name, claim.anchor, texts)
        for tag_id in claim.tags:
            if self._core._tags.get(tag_id) is None:
                done = ""
                if self._mend:
                    tag = Tag(id=tag_id, name=f"lost tag {tag_id[-8:]}", created=now(), modified=now())
                    with self._core._change(f"make the tag “{tag.name}” again", step=False) as change:
                        change.put(TAGS, tag)
                    done = f'{name}: the tag was made again as "{tag.name}"; rename it'
                found.problem(f"{name}: its tag {tag_id} is missing", done)

    def _check_anchor(self, found: _Finding, name: str, anchor: Anchor, texts: dict[str, dict[str, str]]) -> None:
        if self._core._articles.get(anchor.article) is None:
            found.problem(f"{name}: its article {anchor.article} is missing; add the article again")
            return
        text = texts.get(anchor.article, {}).get(anchor.version)
        if text is not None and text[anchor.start : anchor.end] != anchor.exact:
            found.problem(f"{name}: its words do not stand at {anchor.start}-{anchor.end} of its text")
        elif text is None and anchor.article in texts:
            found.problem(f"{name}: the text it was made on ({anchor.version[:12]}) is missing; its words are kept")

    def _check_pointers(self, found: _Finding) -> None:
        """Look for tags and speakers that were joined with something that is not there."""
        for table, shelf in ((TAGS, self._core._tags), (SPEAKERS, self._core._speakers)):
            known = {record.id for record in shelf.all()}
            for record in shelf.all():
                assert isinstance(record, Tag | Speaker)
                if record.merged_into is None or record.merged_into in known:
                    continue
                done = ""
                if self._mend:
                    with self._core._change(f"split “{record.name}”", step=False) as change:
                        change.put(table, replace(record, merged_into=None, modified=now()))
                    done = f"“{record.name}” stands alone again"
                found.problem(f"{table}: “{record.name}” was joined with a record that is missing", done)

    def _check_strays(self, found: _Finding) -> None:
        """Look for files that no record names."""
        deleted = self._core.storage.tables.get(DELETED, {})
        gone = 0
        for article_id in self._core._bodies.ids():
            if self._core._articles.get(article_id) is not None:
                continue
            if key_of(article_id) in deleted:
                gone += 1
                continue
            done = self._list_again(article_id) if self._mend else ""
            found.problem(f"bodies: the article {article_id} has a file but is not in the library", done)
        if gone:
            found.remarks.append(f"the texts of {gone} deleted articles are still there, for undo")
        with self._core.storage.exclusive():  # no other program is at work on a file of its own
            left = self._core._bodies.half_written()
            for path in left if self._mend else ():
                path.unlink(missing_ok=True)
        if left:
            done = "removed" if self._mend else "--repair removes them; nothing is missing"
            found.remarks.append(f"files half written when a program was ended: {len(left)}; {done}")
        salvaged = self._core.storage.layout.salvaged()
        if salvaged:
            found.remarks.append(
                f"damaged bytes that were set aside are kept in {len(salvaged)} of the files salvage-*; they are yours "
                "to look at or to delete"
            )

    def _check_copies(self, found: _Finding) -> None:
        """Look for what programs that keep folders alike make of two machines' changes."""
        for path in self._core.storage.layout.foreign():
            found.problem(
                f"{path.name}: not a file of this library, a copy from another machine? What was changed there is not "
                "in this library: newsreader --library COPY export | newsreader import - joins two; then move it away"
            )

    def _check_past(self, found: _Finding) -> None:
        """Look at the finished journals: nothing of today depends on them."""
        journals = self._core.storage.layout.past_journals()
        for path in journals.values():
            try:
                data, whole = read_journal(path)
            except OSError:
                data, whole = b"", False
            if not whole or scan(data).damaged:
                found.remarks.append(
                    f"history/{path.name} is damaged: some earlier states of records cannot be shown; today's are whole"
                )
        if journals and min(journals) > 1:
            found.remarks.append("the oldest changes were dropped from the history, which is kept to a size")

    def _list_again(self, article_id: str) -> str:
        """Put an article whose entry was lost back into the library, from its own file."""
        try:
            body: Body = self._core._bodies.read(article_id)
        except LibraryError:
            return ""
        article = body.article.get("1")
        if article is None or article.id != article_id:
            return ""
        with self._core._change(f"find “{article.title}” again", step=False) as change:
            change.put(ARTICLES, article)
        return f"“{article.title}” is in the library again"
