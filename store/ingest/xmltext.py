"""XML from outside, parsed without entities, without network and without files."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from store.ingest.decode import decode
from store.ingest.refusal import refuse

_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_BARE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>", re.I)


def parse(raw: bytes, path: str, what: str) -> ElementTree.Element:
    """Parse a small XML file; `what` names it for people. Raises SourceError when it is broken or defines entities."""
    source = _DOCTYPE.sub("", _DECLARATION.sub("", decode(raw, path), count=1), count=1).strip()
    if "<!ENTITY" in source or "<!DOCTYPE" in source:
        raise refuse(path, f"{what} defines entities of its own, which can hide a bomb", "save it again without them")
    for written in (source, _BARE_AND.sub("&amp;", source)):
        try:
            return ElementTree.fromstring(written)
        except (ElementTree.ParseError, RecursionError, ValueError):
            continue
    raise refuse(path, f"{what} is broken", "save it again")


def local(tag: str) -> str:
    """Give the name of a tag without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
