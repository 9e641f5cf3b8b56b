"""A PDF in, an Extract out: its printed lines made paragraphs again, then cleaned as a text dump."""

from __future__ import annotations

import io
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.ingest import stamps
from store.ingest.bylines import names_of
from store.ingest.extras import hush
from store.ingest.extras import pdf as need_pdf
from store.ingest.html_meta import line
from store.ingest.lines import Chunk
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.ingest.text import MOST_CHARACTERS, check_size
from store.ingest.whole import clean_chunks
from store.model import Extract
from store.safe_text import clean

if TYPE_CHECKING:
    from pypdf import PdfReader

EXTRACTOR = "newsreader-pdf/1"
MOST_PAGES = 1_000
MOST_SECONDS = 60.0
_MARGIN = 3
_NUMBER = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•*·▪●◦‣–—-]\s+")
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Da|Door|Av|Af)\s+[^\W\d_a-z]")
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_NOT_A_TITLE = re.compile(r"^(?:untitled|microsoft word|document\d*)\b|\.(?:docx?|indd|pdf|qxd|pages|tex)$", re.I)
_FULL = 0.8
_LARGE, _LEAST_TITLE, _MOST_TITLE = 1.2, 4, 30
_COMPOUND = frozenset(("all", "anti", "ex", "four", "half", "long", "low", "non", "self", "so", "three", "two", "well"))


def from_pdf(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in a PDF's text; lines that stand at the edge of most pages go, as page numbers do.

    The date is the one printed in it, else the day of making that the PDF states of itself, marked as inferred; what
    the file system says never counts. Places of what is removed count in the lines of the PDF, an end of line each.
    Raises SourceError when pypdf is not installed, and for a PDF that is broken, locked with a password, a scan
    without text, or takes longer than a minute.
    """
    need_pdf(path)
    reader = _open(raw, path)
    pages = list(_pages(reader, path))
    cut = list(paragraphs(without_edges(pages)))
    if not cut:
        raise refuse(path, "this PDF holds pictures of text only", "run it through OCR (ocrmypdf) and add the result")
    title, authors, made = _about(reader)
    found = clean_chunks(cut, raw, path, memory, title or _largest(reader))
    return replace(
        found,
        authors=found.authors or authors,
        published=found.published or made,
        published_inferred=found.published_inferred or (found.published is None and made is not None),
        extractor=EXTRACTOR,
    )


def _failures() -> tuple[type[Exception], ...]:
    """Give what pypdf raises on broken files: its own errors, and those of Python that it lets through."""
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    own = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
    return (PyPdfError, DependencyError, NotImplementedError, zlib.error, *own)


def _open(raw: bytes, path: str) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import DependencyError  # noqa: PLC0415

    hush("pypdf")
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse(path, "this PDF is locked with a password", "print it to a new PDF without one and add that")
        if len(reader.pages) > MOST_PAGES:
            raise refuse(path, f"this PDF has more than {MOST_PAGES:,} pages", "split it and add the parts")
    except DependencyError:
        raise refuse(path, "this PDF is encrypted with AES", "pip install cryptography, then add it again") from None
    except _failures():
        raise refuse(path, "this PDF is damaged", "save it again, or copy its text to a file and add that") from None
    return reader


def _pages(reader: PdfReader, path: str) -> Iterator[list[str]]:
    """Give the lines of each page; a page that cannot be read is empty."""
    until = time.monotonic() + MOST_SECONDS
    total = 0
    failures = _failures()
    for number in range(len(reader.pages)):
        if time.monotonic() > until:
            raise refuse(path, f"this PDF takes longer than {MOST_SECONDS:.0f} s", "split it and add the parts")
        try:
            text = reader.pages[number].extract_text()
        except failures:
            text = ""
        total += len(text)
        check_size(text[:0] if total <= MOST_CHARACTERS else "x" * total, path)
        yield [clean(row).rstrip() for row in text.splitlines()]


def without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Give the lines of the pages without those that stand, but for numbers, at the edge of most of them."""

    def edge(rows: Sequence[str]) -> set[str]:
        filled = [row for row in rows if row.strip()]
        return {_folded(row) for row in (*filled[:_MARGIN], *filled[-_MARGIN:])}

    counts = Counter(row for rows in pages for row in edge(rows))
    often = {row for row, count in counts.items() if len(pages) >= 3 and count > len(pages) // 2}
    return [[row for row in rows if _folded(row) not in often and not row.strip().isdigit()] for rows in pages]


def _folded(row: str) -> str:
    return _NUMBER.sub("0", " ".join(row.casefold().split()))


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[Chunk]:
    """Make paragraphs of printed lines: one ends at an empty line, or where a sentence ends on a line not full.

    So does a headline or a byline: on a line that left much room for the next word, before a capital.
    """
    rows = [row for page in pages for row in page]
    widths = sorted(len(row) for row in rows if row.strip())
    full = widths[len(widths) * 3 // 4] * _FULL if widths else 0
    whole, start, at, last = "", 0, 0, 0
    for row in rows:
        bare = " ".join(row.split())
        starts_new = bool(_BULLET.match(bare)) or (
            bare[:1].isupper()
            and not whole.endswith((",", "-"))
            and (_short(whole) or _BYLINE.match(bare) or last + 1 + len(bare.split(" ", 1)[0]) < full)
        )
        if whole and (not bare or starts_new):
            yield Chunk(whole, start, at, gap=True)
            whole = ""
        if bare:
            start = at if not whole else start
            whole = _joined(whole, bare)
            last = len(row.rstrip())
        at += len(row) + 1
        if whole and len(row.rstrip()) < full and _ENDED.search(bare):
            yield Chunk(whole, start, at, gap=True)
            whole = ""
    if whole:
        yield Chunk(whole, start, at, gap=True)


def _short(whole: str) -> bool:
    """Say whether what stands so far can be a heading: a few words without a full stop."""
    return 0 < len(whole.split()) <= 8 and not _ENDED.search(whole)


def _joined(whole: str, row: str) -> str:
    """Put a line behind another, a word parted at the line's end made whole.

    The hyphen of a compound stays: before a capital or a figure, and behind what hardly begins another word.
    """
    if len(whole) > 2 and whole[-1] == "-" and whole[-2].isalnum() and row[:1].isalnum():
        begun = whole[:-1].rsplit(maxsplit=1)[-1].casefold().rpartition("-")[2]
        parted = row[:1].islower() and whole[-2].isalpha() and begun not in _COMPOUND
        return whole[:-1] + row if parted else whole + row
    return f"{whole} {row}" if whole else row


def _largest(reader: PdfReader) -> str | None:
    """Give the words of the first page in the largest letters, when they can be a headline: letters tell it best."""
    runs: list[tuple[float, str]] = []

    def seen(text: str, page: Sequence[float], place: Sequence[float], font: object, size: float) -> None:
        high = round(abs(size * place[3] * page[3]), 1)
        if runs and (runs[-1][0] == high or not text.strip()):
            runs[-1] = (runs[-1][0], runs[-1][1] + text)
        else:
            runs.append((high, text))

    try:
        reader.pages[0].extract_text(visitor_text=seen)
    except _failures():
        return None
    sizes: Counter[float] = Counter()
    for high, text in runs:
        sizes[high] += len(text)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    high, text = max(runs, key=lambda run: run[0] if len(run[1].split()) >= _LEAST_TITLE else 0, default=(0, ""))
    return line(text) if high > usual * _LARGE and _LEAST_TITLE <= len(text.split()) <= _MOST_TITLE else None


def _about(reader: PdfReader) -> tuple[str | None, tuple[str, ...], str | None]:
    """Give the title, authors and day of making that the file states."""
    try:
        said: Mapping[str, object] = reader.metadata or {}
        title, author, made = (line(str(said.get(key) or "")) for key in ("/Title", "/Author", "/CreationDate"))
    except _failures():
        return None, (), None
    day = _CREATED.match(made)
    stated = stamps.read("-".join(day.groups())) if day else None
    return (title if 3 < len(title) < 300 and not _NOT_A_TITLE.search(title) else None), names_of([author]), stated
