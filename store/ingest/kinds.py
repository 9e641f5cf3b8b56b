"""What kind of source some bytes are, and which reader takes them: the one place where that is decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Literal

from store.ingest.decode import is_document, sniff_binary
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.ingest.text import from_text
from store.model import Extract

Kind = Literal["text", "html", "markdown", "eml", "mhtml", "webarchive", "epub", "office", "pdf"]
Reader = Callable[[bytes, str, SiteMemory | None], Extract]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".eml": "eml",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".mbox": "eml",
    ".webarchive": "webarchive",
    ".epub": "epub",
    ".docx": "office",
    ".odt": "office",
    ".pdf": "pdf",
}
_READERS: dict[Kind, tuple[str, str]] = {
    "html": ("html", "from_html"),
    "markdown": ("markdown", "from_markdown"),
    "eml": ("eml", "from_eml"),
    "mhtml": ("mhtml", "from_mhtml"),
    "webarchive": ("webarchive", "from_webarchive"),
    "epub": ("epub", "from_epub"),
    "office": ("office", "from_office"),
    "pdf": ("pdf", "from_pdf"),
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?>.{0,2000}?-->)\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)
_LIST = re.compile(
    rb"[\s\xef\xbb\xbf\xff\xfe]*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?>.{0,2000}?-->)\s*)*"
    rb"<(?:rss|feed|rdf:RDF|opml|!DOCTYPE\s+NETSCAPE-Bookmark-file)\b",
    re.I | re.S,
)
_XML = re.compile(rb"[\s\xef\xbb\xbf\xff\xfe]*<\?xml\b", re.I)
_MAILBOX = re.compile(rb"From [^\r\n]*\r?\n")
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}")
_MAIL_SIGNS = re.compile(rb"^(?:mime-version|message-id|snapshot-content-location|received|return-path):", re.I | re.M)
_HEAD = 4_096


def kind_of(raw: bytes, path: str) -> Kind:
    """Name the kind of a source: by its first bytes where they tell, else by its name, else text."""
    head = raw[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") or sniff_binary(head) is None else head
    if _HTML.match(plain.lstrip(b"\xff\xfe")):
        return "html"
    known = _by_magic(raw, head)
    if known:
        return known
    if _MAIL.match(_MAILBOX.sub(b"", head, count=1) if _MAILBOX.match(head) else head) and _MAIL_SIGNS.search(head):
        page = re.search(rb"multipart/related", head, re.I) and re.search(
            rb"^(?:snapshot-content-location|from:.*saved by)", head, re.I | re.M
        )
        return "mhtml" if page or _suffix(path) in (".mht", ".mhtml") else "eml"
    return SUFFIXES.get(_suffix(path), "text")


def _by_magic(raw: bytes, head: bytes) -> Kind | None:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"bplist00"):
        return "webarchive"
    if not head.startswith(b"PK\x03\x04"):
        return None
    return "epub" if b"application/epub+zip" in head[:200] else "office" if is_document(raw) else None


def _suffix(path: str) -> str:
    name = path.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].casefold()
    return "." + name.rsplit(".", 1)[1] if "." in name else ""


def extract(raw: bytes, path: str, memory: SiteMemory | None = None, kind: Kind | None = None) -> Extract:
    """Take the article out of a source of any kind, or of the `kind` that the caller knows. Raises SourceError."""
    kind = kind or kind_of(raw, path)
    if kind in ("text", "html") and _LIST.match(raw[:_HEAD].replace(b"\x00", b"")):
        raise refuse(path, "this is a list of links, not an article", "add the articles it lists")
    if kind == "text" and _XML.match(raw[:_HEAD].replace(b"\x00", b"")):
        raise refuse(path, "this is data for programs (XML), not an article", "save the article as text or HTML")
    return _reader(kind)(raw, path, memory)


def _reader(kind: Kind) -> Reader:
    """Give the reader of a kind; each is loaded when it is first needed."""
    if kind == "text":
        return from_text
    module, name = _READERS[kind]
    reader: Reader = getattr(import_module(f"store.ingest.{module}"), name)
    return reader
