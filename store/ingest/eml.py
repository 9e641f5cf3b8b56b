"""A mail in, an Extract out: a newsletter's subject, sender, date and text."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from msgspec.structs import replace

from store.ingest import stamps
from store.ingest.decode import decode
from store.ingest.html_meta import line
from store.ingest.lines import Chunk, chunks
from store.ingest.markup import printed
from store.ingest.memory import SiteMemory
from store.ingest.refusal import refuse
from store.ingest.whole import clean_chunks
from store.model import Extract

EXTRACTOR = "newsreader-mail/1"
_FORWARDED = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr|rv|enc|vs|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.I)


def from_eml(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in a mail: its HTML text, else its plain text, cleaned as a text dump; attachments stay out.

    The subject is the title, the sender's name the outlet. Places of what is removed count in the decoded text of that
    part. Raises SourceError when the mail has no text.
    """
    mail = parse(raw, path)
    part = _text_of(mail, path)
    source = body_of(part, path)
    if part.get_content_type() == "text/html":
        lines = [row for row in printed(source) if any(map(str.isalnum, row.text))]
        cut = [Chunk(row.text, row.start, row.end, True, 0, row.kind == "list", row.level) for row in lines]
    else:
        cut = chunks(source)
    found = clean_chunks(cut, raw, path, memory, _FORWARDED.sub("", header(mail, "Subject")))
    sent = stamps.read(header(mail, "Date"))
    return replace(
        found,
        outlet=found.outlet or _sender(mail),
        published=sent or found.published,
        published_inferred=found.published_inferred and not sent,
        extractor=EXTRACTOR,
    )


def parse(raw: bytes, path: str) -> EmailMessage:
    """Parse a mail or another MIME file. Raises SourceError when its parts are nested without end."""
    try:
        return BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    except (RecursionError, ValueError, LookupError):
        raise refuse(path, "this mail cannot be taken apart", "save its text to a file and add that") from None


def header(mail: EmailMessage, name: str) -> str:
    """Give a header as one clean line, empty when it is missing or broken."""
    try:
        return line(str(mail.get(name, "")))
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def body_of(part: EmailMessage, path: str) -> str:
    """Decode the text of a part whatever its headers say of it."""
    raw = part.get_payload(decode=True)
    try:
        declared = part.get_content_charset()
    except (ValueError, LookupError, AttributeError, TypeError):
        declared = None
    return decode(raw if isinstance(raw, bytes) else b"", path, declared)


def _text_of(mail: EmailMessage, path: str) -> EmailMessage:
    try:
        part = mail.get_body(("html", "plain"))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        part = None
    if part is None:
        raise refuse(path, "this mail holds no text", "add what is attached to it instead")
    return part  # type: ignore[return-value]


def _sender(mail: EmailMessage) -> str | None:
    name, address = parseaddr(header(mail, "From"))
    return line(name) or address.rpartition("@")[2] or None
