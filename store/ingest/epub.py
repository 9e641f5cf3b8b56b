"""A book or a magazine (EPUB) in, an Extract out: its chapters in reading order."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from store.ingest import stamps, xmltext
from store.ingest.bylines import names_of
from store.ingest.decode import decode, sniff_binary
from store.ingest.html_meta import line
from store.ingest.markup import Printed, printed
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.ingest.sources import MOST_BYTES
from store.ingest.whole import from_lines
from store.model import Extract

EXTRACTOR = "newsreader-epub/1"
_MOST_CHAPTERS = 2_000
_LOCKED = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def from_epub(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in all chapters of an EPUB, without its cover and its table of contents.

    Nothing is written to disk and no more than 20 MB are unpacked. Places of what is removed count in its chapter.
    Raises SourceError when the file is no EPUB, is protected, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _Book(archive, path).extract(raw)
    except _BROKEN:
        raise refuse(path, "this EPUB is damaged or protected", "get it again, without protection") from None


@dataclass(slots=True)
class _Book:
    """An open archive and how many bytes may still be unpacked."""

    archive: zipfile.ZipFile
    path: str
    left: int = MOST_BYTES

    def extract(self, raw: bytes) -> Extract:
        """Read what the package says of the book, and its chapters."""
        container = xmltext.parse(self._file("META-INF/container.xml"), self.path, "its table of packages")
        root = next((e.get("full-path", "") for e in container.iter() if xmltext.local(e.tag) == "rootfile"), "")
        package = xmltext.parse(self._file(root), self.path, "its list of chapters")
        said = _metadata(package)
        return from_lines(
            [line for chapter in self._chapters(package, root) for line in chapter],
            Extract(
                text="",
                blocks=(),
                raw=raw,
                path=self.path,
                extractor=EXTRACTOR,
                title=(said.get("title") or [""])[0] or None,
                outlet=(said.get("publisher") or [""])[0] or None,
                authors=names_of(said.get("creator", ())),
                url=next((v for v in said.get("source", []) if v.startswith(("http://", "https://"))), None),
                published=next(filter(None, map(stamps.read, said.get("date", []))), None),
                language=(said.get("language") or [""])[0][:2].casefold() or None,
            ),
        )

    def _chapters(self, package: Element, root: str) -> Iterator[list[Printed]]:
        items = {e.get("id"): e for e in package.iter() if xmltext.local(e.tag) == "item"}
        skipped = {
            (e.get("href") or "").split("#")[0]
            for e in package.iter()
            if xmltext.local(e.tag) == "reference" and e.get("type") in ("cover", "toc")
        }
        refs = [e.get("idref") for e in package.iter() if xmltext.local(e.tag) == "itemref" and e.get("linear") != "no"]
        for ref in list(dict.fromkeys(refs))[:_MOST_CHAPTERS]:
            item = items.get(ref)
            if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
                continue
            href = (item.get("href") or "").split("#")[0]
            if href not in skipped:
                name = posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(href)))
                yield printed(self._words(self._file(name)))

    def _words(self, raw: bytes) -> str:
        """Decode a chapter. Raises SourceError, also for one that is locked, where letters alone are not."""
        if sniff_binary(raw) and _LOCKED in self.archive.namelist():
            raise refuse(self.path, "this EPUB is protected", "get it again, without protection")
        return decode(raw, self.path)

    def _file(self, name: str) -> bytes:
        """Unpack one file. Raises SourceError when it is missing or more than what may still be unpacked."""
        try:
            with self.archive.open(name) as file:
                found = file.read(self.left + 1)
        except KeyError:
            raise refuse(self.path, "a part of this EPUB is missing", "get it again") from None
        self.left -= len(found)
        if self.left < 0:
            raise refuse(self.path, f"this EPUB unpacks to more than {MOST_BYTES // 1_000_000} MB", "add its parts")
        return found


def _metadata(package: Element) -> dict[str, list[str]]:
    """Give the Dublin Core of the package by name."""
    said: dict[str, list[str]] = {}
    for element in package.iter():
        if isinstance(element.tag, str) and "purl.org/dc/" in element.tag and (text := line(element.text or "")):
            said.setdefault(xmltext.local(element.tag), []).append(text)
    return said
