"""An HTML page in, an Extract out: trafilatura finds the article, everything else is kept as removed.

A page trafilatura gives nothing for goes as printed lines through the cleaner of text dumps: a page is never without
its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from store.ingest import dates, hidden, html_meta, html_tree, language, live, shaping
from store.ingest.decode import decode
from store.ingest.extras import hush, web
from store.ingest.html_meta import Meta
from store.ingest.html_tree import Part, count_words
from store.ingest.lines import Chunk
from store.ingest.markup import Printed, printed
from store.ingest.memory import SiteMemory
from store.ingest.people import authors_in
from store.ingest.refusal import refuse
from store.ingest.shaping import Shaped
from store.ingest.text import check_lines, check_size
from store.ingest.whole import clean_chunks
from store.model import Extract
from store.safe_text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

EXTRACTOR = "newsreader-html/3"
FALLBACK = "newsreader-html-lines/3"
_MOST_PARSED = 10_000_000
_MOST_TAGS = 150_000
_DEEPEST_TABLE = 40
_CROWDED = re.compile(r"<[a-zA-Z][^\s<>]*+(?>\s+[^\s=<>\"']++(?>\s*=\s*(?>\"[^\"]*\"|'[^']*'|[^\s>\"']++))?){1000}")
_UNFIT = "boolean(//td[250] | //th[250] | " + "/*" * 250 + ") or (//td[20] or //th[20]) and (//tr)[2000]"
_TABLE = re.compile(r"<(/?)table\b", re.I)
_LEAST_WORDS = 20
_FEW_PARTS = 2
_SENTENCE = 8
_SAVED = re.compile(r"<!--(?:\s*saved from url=\(\d+\)|.{0,200}?\n\s*url:)\s*(https?://[^\s<>\"]{4,2000})", re.S)
_SAVED_WITHIN = 4_000
_NOTED = re.compile(r"<meta\s+name=[\"']savepage-url[\"']\s+content=[\"'](https?://[^\s<>\"']{4,2000})[\"']", re.I)
_CONTROL = re.compile(
    r"&#(?:0*(?:\d|[12]\d|3[01]|12[7-9]|1[3-5]\d)|[xX]0*(?:[01]?[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F]))(?:;|(?![0-9a-fA-F]))"
)
_BARE = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_BARE_PAIR = re.compile(b"\xc2[\x80-\x9f]")


def from_html(
    raw: bytes, path: str, memory: SiteMemory | None = None, *, address: str | None = None, declared: str | None = None
) -> Extract:
    """Take the article out of an HTML page.

    `address` is where the page lay, `declared` the charset that its server named. Raises SourceError when the page
    holds no words or is no text, and when trafilatura is not installed.
    """
    source = decode(raw, path, declared)
    if source.count("<") > _MOST_TAGS:
        raise refuse(path, f"more than {_MOST_TAGS:,} tags", "save the part you need as text and add that")
    lines = printed(source)
    check_lines(len(lines), path)
    address = address or _saved_from(source)
    tree = parse(harmless(source), path) if _parses(source) else None
    meta = html_meta.read(tree, address) if tree is not None else Meta(url=address)
    if not lines and not meta.body:
        raise refuse(path, "this page shows no words", "save it from a browser once it is drawn, and add that")
    unshown, parts = _shown(tree, source, path) if tree is not None else (frozenset(), [])
    if meta.updates:
        parts = live.whole(meta.updates, parts, lines)
    page = shaping.shape(parts, meta, lines, unshown)
    if len(page.parts) < _FEW_PARTS:
        page.parts = _stated(meta.body, page.parts)
    if sum(count_words(part.text) for part in page.parts) < _LEAST_WORDS:
        return _by_lines(raw, path, lines, meta, memory)
    text, blocks = shaping.join_parts(page.parts)
    check_size(text, path)
    stated = meta.published or _printed_date(page, tree)
    said = None if stated else dates.inferred(part.text for part in page.parts)
    return Extract(
        path=path,
        text=text,
        blocks=blocks,
        removed=shaping.left_out(lines, page),
        title=meta.title,
        outlet=page.outlet,
        aggregator=page.aggregator,
        authors=meta.authors or authors_in(page.header),
        url=meta.url,
        published=stated or said,
        published_inferred=bool(said),
        language=language.detect(text) or meta.language,
        extractor=EXTRACTOR,
        raw=raw,
    )


def _shown(tree: HtmlElement, source: str, path: str) -> tuple[frozenset[str], list[Part]]:
    """Give the lines, folded, that a page does not show, and the parts of its article without them.

    An article shorter than what is not shown was found beside the one that a script shows: then nothing is left out.
    """
    unshown = hidden.leave_out(tree)
    parts = html_tree.parts(_body(tree))
    long = (line for line in unshown if count_words(line) >= _SENTENCE)
    whole = parse(harmless(source), path) if _words(long) > _words(part.text for part in parts) else None
    return (unshown, parts) if whole is None else (frozenset(), html_tree.parts(_body(whole)))


def _words(texts: Iterable[str]) -> int:
    return sum(map(count_words, texts))


def _saved_from(source: str) -> str | None:
    """Give the address that a browser or an extension wrote into a page when it saved it, None when none did."""
    found = _SAVED.search(source, 0, _SAVED_WITHIN) or _NOTED.search(source)
    return html_meta.line(unescape(found[1])) if found else None


def _stated(body: str, parts: list[Part]) -> list[Part]:
    """Give the paragraphs of an article that a page draws by a script and states for machines, else `parts`."""
    rows = [row.text for row in printed(body)] if "<" in body else [html_meta.line(row) for row in body.splitlines()]
    more = sum(map(count_words, rows)) >= sum(count_words(part.text) for part in parts)
    return [Part("paragraph", row) for row in rows if row] if rows and more else parts


def _printed_date(page: Shaped, tree: HtmlElement | None) -> str | None:
    """Give the date that stands near the headline, else one that is marked as a time anywhere."""
    near = dates.published([*page.above, *page.header], len(page.above))
    return near or (html_meta.marked_time(tree) if tree is not None else None)


def _parses(source: str) -> bool:
    """Say whether parser and trafilatura can be trusted with a page.

    Tables in tables cost the square of their depth, attributes of one tag that of their number.
    """
    depth = deepest = 0
    for found in _TABLE.finditer(source):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return len(source) <= _MOST_PARSED and deepest <= _DEEPEST_TABLE and not _CROWDED.search(source)


def harmless(source: str) -> bytes:
    """Give the page as UTF-8 without control characters, written out or as entities: one of them stops the parser."""
    if "&#" in source:
        source = _CONTROL.sub(lambda found: _character(found.group()), source)
    written = source.encode("utf-8", "replace")
    if len(written.translate(None, _BARE)) == len(written) and not _BARE_PAIR.search(written):
        return written
    return _BARE_PAIR.sub(b"", clean(source).encode("utf-8", "replace").translate(None, _BARE))


def _character(entity: str) -> str:
    """Give what a numeric entity for a control character stands for: in old pages a cp1252 letter."""
    number = int(entity[3:].rstrip(";"), 16) if entity[2] in "xX" else int(entity[2:].rstrip(";"))
    return unescape(entity) if number > 0x7F else chr(number)


def parse(source: bytes, path: str) -> HtmlElement | None:
    """Parse a page in UTF-8, None when nothing can be parsed. Raises SourceError when the parser is not installed."""
    web(path)
    hush("trafilatura", "courlan", "htmldate")
    from lxml import etree  # noqa: PLC0415
    from lxml.html import HtmlElement, HTMLParser, document_fromstring  # noqa: PLC0415

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    # Forms need no class of their own here, and to ask for the class of every element takes time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        return document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _body(tree: HtmlElement) -> Any:
    """Give trafilatura's tree of the article, None when it finds none or fails on the page.

    Hundreds of cells in a row, broad tables of thousands of rows or elements hundreds deep would cost it the square of
    their number: they are none of an article. "xml" is the form for which it does not write the tree out as text too.
    """
    from lxml.etree import LxmlError, strip_attributes  # noqa: PLC0415
    from trafilatura import bare_extraction  # noqa: PLC0415

    if tree.xpath(_UNFIT):
        return None
    strip_attributes(tree, "colspan", "rowspan")  # it would fill each row with empty cells
    try:
        found = bare_extraction(tree, fast=True, include_comments=False, include_formatting=True, output_format="xml")
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        LxmlError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return None
    return None if found is None else found.body  # type: ignore[union-attr]


def _by_lines(raw: bytes, path: str, lines: list[Printed], meta: Meta, memory: SiteMemory | None) -> Extract:
    """Clean the printed lines of a page as a text dump; places stay those of the page's source."""
    chunks = [Chunk(line.text, line.start, line.end, True, 0, line.kind == "list", line.level) for line in lines]
    found = clean_chunks(chunks, raw, path, memory, meta.title)
    return replace(
        found,
        outlet=found.outlet or meta.outlet,
        authors=meta.authors or found.authors,
        url=meta.url,
        published=meta.published or found.published,
        published_inferred=found.published_inferred and not meta.published,
        language=found.language or meta.language,
        extractor=FALLBACK,
    )
