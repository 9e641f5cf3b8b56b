"""The large and immutable: texts and what analysis found in them, one TinyDB file an article; raw sources by hash."""

from __future__ import annotations

import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from store.documents import Document
from store.engine.files import make_folder, reason, replace_file
from store.engine.layout import Layout
from store.engine.recovery import Identity, identity, set_aside
from store.errors import LibraryError
from store.ids import bytes_sha256
from store.keep.body import Body, dump_body, is_whole, read_body, rescued
from store.model import Article

HELD = 16  # bodies kept decoded
_PLAIN = re.compile(r"[0-9a-f-]+").fullmatch


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
                body = read_body(file.read())
        except FileNotFoundError as error:
            raise LibraryError(f"{path}: the article's text is missing; add it again") from error
        except OSError as error:
            raise LibraryError(f"{path}: the article's text cannot be read ({reason(error)})") from error
        except ValueError as error:
            raise LibraryError(
                f"{path}: the article's text is damaged ({error}); add it again, or let newsreader check --repair save "
                "what is whole of it"
            ) from error
        self._held[article_id] = (now, body, path)
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return body

    def find(self, article_id: str) -> Body | None:
        """Read an article's texts, or None when there are none."""
        return self.read(article_id) if self.path(article_id).exists() else None

    def documents(self, article_id: str) -> tuple[list[Document], dict[str, Document]]:
        """Read an article's texts, and what was found in each by its hash, with all fields that they have.

        LibraryError when the file is missing or damaged.
        """
        path = self.path(article_id)
        try:
            tables = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, Document]])
        except OSError as error:
            raise LibraryError(f"{path}: the article's text cannot be read ({reason(error)})") from error
        except (ValueError, RecursionError) as error:
            raise LibraryError(
                f"{path}: the article's text is damaged ({error}); newsreader check --repair saves what is whole"
            ) from error
        found = tables.get("analyses", {}).values()
        analyses = {one["version"]: one["analysis"] for one in found if "version" in one and "analysis" in one}
        return list(tables.get("versions", {}).values()), analyses

    def rescue(self, article: Article) -> Body | None:
        """Read an article's texts, or what is whole of them when the file is damaged; None when there are none."""
        try:
            return self.find(article.id)
        except LibraryError as error:
            if not isinstance(error.__cause__, ValueError):
                raise
        return rescued(self._old(article.id), article)

    def _old(self, article_id: str) -> bytes:
        try:
            return self.path(article_id).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise LibraryError(f"{self.path(article_id)}: the article was not saved ({reason(error)})") from error

    def write(self, article_id: str, body: Body, given: Mapping[str, Document] | None = None) -> None:
        """Write an article's texts, all or nothing; damaged bytes in their place are set aside first.

        `given` are texts by their hash, and under `analysis` what was found in the current one, with fields that this
        program does not know. LibraryError when the disk refuses.
        """
        old = self._old(article_id)
        if old and not is_whole(old) and set_aside(Layout(self._folder / "library.json"), old, ".json") is None:
            raise LibraryError(f"{self.path(article_id)}: damaged, and its bytes cannot be set aside; free some space")
        self._place(self.path(article_id), list(dump_body(body, old, given or {})), "the article was not saved")

    def write_source(self, raw: bytes) -> str:
        """Keep a raw source and return its hash; nothing for nothing."""
        if not raw:
            return ""
        sha = bytes_sha256(raw)
        path = self.source_path(sha)
        if not path.exists() or self.wrong_source(sha):
            self._place(path, [raw], "the source was not saved")
        return sha

    def mend_source(self, raw: bytes, sha: str) -> None:
        """Write a source again that was kept before and may have been lost or damaged since."""
        if raw and bytes_sha256(raw) == sha:
            self.write_source(raw)

    def read_source(self, sha: str) -> bytes:
        """Read a raw source. LibraryError when it is not there."""
        path = self.source_path(sha)
        try:
            return path.read_bytes()
        except OSError as error:
            way = "; add the article again" if isinstance(error, FileNotFoundError) else ""
            raise LibraryError(f"{path}: the source cannot be read ({reason(error)}){way}") from error

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
        places = ("bodies/*/.*.tmp", "sources/*/.*.tmp", "history/.*.tmp")
        return sorted(path for place in places for path in self._folder.glob(place))

    def ids(self) -> Iterator[str]:
        """List the articles that have a file."""
        for path in sorted((self._folder / "bodies").glob("*/*.json")):
            if not path.name.startswith("."):
                yield path.stem
