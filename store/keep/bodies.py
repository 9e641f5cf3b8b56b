"""The large and immutable: texts and what analysis found in them, one TinyDB file an article; raw sources by hash."""

from __future__ import annotations

import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Raw, Struct

from store.engine.files import make_folder, reason, replace_file
from store.engine.frames import encode
from store.engine.recovery import Identity, identity
from store.errors import LibraryError
from store.ids import bytes_sha256
from store.model import SCHEMA_VERSION, Analysis, Article, Version

HELD = 16  # bodies kept decoded
_PLAIN = re.compile(r"[0-9a-f-]+").fullmatch


class Analysed(Struct, frozen=True, kw_only=True):
    """What analysis found, as JSON until it is asked for, and in which version of the text."""

    version: str
    analysis: Raw


class Meta(Struct, frozen=True):
    """What a body's file says of itself."""

    schema_version: int = SCHEMA_VERSION


class Body(Struct, frozen=True, kw_only=True):
    """The file of one article: the article as it was when it was last written, every text, every analysis."""

    meta: dict[str, Meta] = msgspec.field(name="_meta", default_factory=dict)
    article: dict[str, Article]
    versions: dict[str, Version] = {}
    analyses: dict[str, Analysed] = {}

    def version(self, sha: str) -> Version | None:
        """Return a text by its hash, or None."""
        return next((version for version in self.versions.values() if version.sha256 == sha), None)

    def analysis(self, sha: str) -> Analysis | None:
        """Return what was found in a text, or None. LibraryError when it is damaged."""
        raw = next((found.analysis for found in self.analyses.values() if found.version == sha), None)
        try:
            return None if raw is None else _decode_analysis(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise LibraryError(
                f"{self.article['1'].id}: what was found in the text is damaged ({error}); add the article again"
            ) from error

    def all_analyses(self) -> dict[str, Analysis]:
        """Return what was found in each text, by the text's hash. LibraryError when one is damaged."""
        versions = [found.version for found in self.analyses.values()]
        return {sha: found for sha in versions if (found := self.analysis(sha)) is not None}


def body_of(article: Article, versions: list[Version], analyses: dict[str, Analysis]) -> Body:
    """Put a body together; `analyses` go by the version's hash."""
    return Body(
        meta={"1": Meta()},
        article={"1": article},
        versions={str(number): version for number, version in enumerate(versions, 1)},
        analyses={
            str(number): Analysed(version=sha, analysis=Raw(encode(found)))
            for number, (sha, found) in enumerate(analyses.items(), 1)
        },
    )


_decode = msgspec.json.Decoder(Body).decode
_decode_analysis = msgspec.json.Decoder(Analysis).decode


class Bodies:
    """The folders `bodies` and `sources` of a library. A file is written beside its place, flushed, then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = os.fspath(folder)
        self._threads = threading.Lock()
        self._held: OrderedDict[str, tuple[Identity, Body, str]] = OrderedDict()

    def path(self, article_id: str) -> Path:
        """Name the file of an article; the id is never trusted as a path."""
        return Path(self._name(article_id))

    def _name(self, article_id: str) -> str:
        name = article_id if _PLAIN(article_id) else "".join(c for c in article_id if c.isalnum() or c == "-") or "-"
        return f"{self._root}/bodies/{name[-2:]}/{name}.json"

    def source_path(self, sha: str) -> Path:
        """Name the file of a raw source."""
        name = "".join(c for c in sha if c.isalnum()) or "-"
        return self._folder / "sources" / name[:2] / name

    def read(self, article_id: str) -> Body:
        """Read an article's texts. LibraryError when the file is missing or damaged."""
        with self._threads:
            return self._read(article_id)

    def _read(self, article_id: str) -> Body:
        held = self._held.get(article_id)
        path = held[2] if held is not None else self._name(article_id)
        try:
            now = identity(os.stat(path))
            if held is not None and held[0] == now:
                self._held.move_to_end(article_id)
                return held[1]
            with open(path, "rb", buffering=0) as file:
                body = _decode(file.read())
        except OSError as error:
            raise LibraryError(f"{path}: the article's text cannot be read ({reason(error)}); add it again") from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise LibraryError(f"{path}: the article's text is damaged ({error}); run newsreader check") from error
        self._held[article_id] = (now, body, path)
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return body

    def find(self, article_id: str) -> Body | None:
        """Read an article's texts, or None when there are none."""
        return self.read(article_id) if self.path(article_id).exists() else None

    def write(self, article_id: str, body: Body) -> None:
        """Write an article's texts, all or nothing. LibraryError when the disk refuses."""
        lines = [b"{"]
        comma = b""
        for table, documents in msgspec.structs.asdict(body).items():
            name = b"_meta" if table == "meta" else table.encode()
            rows = b",\n".join(b'"%s":%s' % (key.encode(), encode(row)) for key, row in documents.items())
            lines.append(b'%s"%s":{\n%s\n}' % (comma, name, rows))
            comma = b"\n,"
        lines.append(b"\n}\n")
        self._place(self.path(article_id), lines, "the article was not saved")

    def write_source(self, raw: bytes) -> str:
        """Keep a raw source and return its hash; nothing for nothing."""
        if not raw:
            return ""
        sha = bytes_sha256(raw)
        path = self.source_path(sha)
        if not path.exists():
            self._place(path, [raw], "the source was not saved")
        return sha

    def read_source(self, sha: str) -> bytes:
        """Read a raw source. LibraryError when it is not there."""
        path = self.source_path(sha)
        try:
            return path.read_bytes()
        except OSError as error:
            raise LibraryError(f"{path}: the source cannot be read ({reason(error)}); add the article again") from error

    def _place(self, path: Path, chunks: list[bytes], what: str) -> None:
        try:
            if not path.parent.exists():
                make_folder(path.parent)
            replace_file(path, chunks)
        except OSError as error:
            raise LibraryError(f"{path}: {what} ({reason(error)}); free some space and try again") from error

    def wrong_source(self, sha: str) -> str:
        """Say what is wrong with a raw source, nothing when it is whole."""
        try:
            raw = self.source_path(sha).read_bytes()
        except OSError as error:
            return f"cannot be read ({reason(error)})"
        return "" if bytes_sha256(raw) == sha else "does not fit its checksum"

    def half_written(self) -> list[Path]:
        """List what writers left that were ended in the middle."""
        found = [*(self._folder / "bodies").glob("*/.*.tmp"), *(self._folder / "sources").glob("*/.*.tmp")]
        return sorted(found)

    def ids(self) -> Iterator[str]:
        """List the articles that have a file."""
        for path in sorted((self._folder / "bodies").glob("*/*.json")):
            if not path.name.startswith("."):
                yield path.stem
