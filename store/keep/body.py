"""The file of one article: its texts and what analysis found in them, as TinyDB has tables.

What a newer program put there and this one does not know is kept when the file is written again: tables, fields of
documents, and everything inside a text or an analysis that stays as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from store.documents import Document
from store.engine import snapshot
from store.engine.frames import encode
from store.errors import LibraryError
from store.ids import text_sha256
from store.model import SCHEMA_VERSION, Analysis, Article, Version

Rows = dict[str, Raw]
R = TypeVar("R", bound=Struct)


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


def body_of(article: Article, versions: list[Version], analyses: Mapping[str, Analysis]) -> Body:
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
_decode_version = msgspec.json.Decoder(Version).decode
_decode_analysed = msgspec.json.Decoder(Analysed).decode
_decode_tables = msgspec.json.Decoder(dict[str, Rows]).decode


def read_body(raw: bytes) -> Body:
    """Read an article's file. ValueError (which UnicodeDecodeError and msgspec's errors are) when it is damaged."""
    return _decode(raw)


def is_whole(raw: bytes) -> bool:
    """Tell whether an article's file can be read."""
    try:
        read_body(raw)
    except ValueError:
        return False
    return True


def rescued(raw: bytes, article: Article) -> Body:
    """Pick the whole texts and analyses out of a damaged file, where each stands on a line of its own."""
    tables = snapshot.salvage(raw).tables
    texts = [text for text, _ in _readable(tables.get("versions", {}), _decode_version)]
    texts = [text for text in texts if text_sha256(text.text) == text.sha256]
    analyses: dict[str, Analysis] = {}
    for found, _ in _readable(tables.get("analyses", {}), _decode_analysed):
        with contextlib.suppress(ValueError):
            analyses[found.version] = _decode_analysis(found.analysis)
    return body_of(article, texts, analyses)


def _readable(rows: Rows, decode: Callable[[Raw], R]) -> Iterator[tuple[R, Raw]]:
    for raw in rows.values():
        with contextlib.suppress(ValueError):
            yield decode(raw), raw


def dump_body(body: Body, old: bytes, given: Mapping[str, Document]) -> Iterator[bytes]:
    """Give an article's file, one document a line, with what only the file before it (`old`) knows.

    `given` are texts by their hash, and under `analysis` what was found in the current one, with more than is known.
    """
    tables: dict[str, Rows] = {}
    with contextlib.suppress(ValueError):
        tables = _decode_tables(old) if old else {}
    for name, document in given.items():
        if name == "analysis":
            found = {"version": body.article["1"].version, "analysis": document}
            tables["analyses"] = {**tables.get("analyses", {}), "given": Raw(encode(found))}
        else:
            tables["versions"] = {f"given {name}": Raw(encode(document)), **tables.get("versions", {})}
    known: dict[str, Mapping[str, Raw | bytes]] = {
        "_meta": {key: _merged(row, tables.get("_meta", {}).get(key)) for key, row in body.meta.items()},
        "article": {key: _merged(row, tables.get("article", {}).get(key)) for key, row in body.article.items()},
        "versions": _versions(body, tables.get("versions", {})),
        "analyses": _analyses(body, tables.get("analyses", {})),
    }
    comma = b"{"
    for name, rows in {**known, **{name: rows for name, rows in tables.items() if name not in known}}.items():
        lines = b",\n".join(b"%s:%s" % (encode(key), bytes(row)) for key, row in rows.items())
        yield b"%s%s:{\n%s\n}" % (comma, encode(name), lines)
        comma = b"\n,"
    yield b"\n}\n"


def _merged(row: Struct, old: Raw | None) -> bytes:
    """Give a record's JSON, with the fields of the old one that it does not know."""
    if old is None:
        return encode(row)
    return encode(msgspec.json.decode(old) | msgspec.to_builtins(row))


def _versions(body: Body, rows: Rows) -> dict[str, Raw | bytes]:
    old = {version.sha256: (version, raw) for version, raw in _readable(rows, _decode_version)}
    written: dict[str, Raw | bytes] = {}
    for key, version in body.versions.items():
        before, raw = old.get(version.sha256, (None, None))
        written[key] = raw if raw is not None and before == version else _merged(version, raw)
    return written


def _analyses(body: Body, rows: Rows) -> dict[str, Raw | bytes]:
    old = {found.version: (found, raw) for found, raw in _readable(rows, _decode_analysed)}
    written: dict[str, Raw | bytes] = {}
    for key, found in body.analyses.items():
        before, raw = old.get(found.version, (None, None))
        same = before is not None and _same(before.analysis, found.analysis)
        written[key] = raw if same and raw is not None else encode(found)
    return written


def _same(first: Raw, second: Raw) -> bool:
    try:
        return _decode_analysis(first) == _decode_analysis(second)
    except ValueError:
        return False
