"""A mail in, an Extract out: a newsletter's subject, sender, date and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import parseaddr

from msgspec.structs import replace

from store.ingest import stamps
from store.ingest.decode import decode
from store.ingest.hidden import shown_alone
from store.ingest.html_meta import line
from store.ingest.lines import Chunk, chunks
from store.ingest.markup import Printed, printed
from store.ingest.memory import SiteMemory
from store.ingest.mime import parse
from store.ingest.refusal import refuse
from store.ingest.text import check_size
from store.ingest.whole import clean_chunks
from store.model import Extract, Removed

EXTRACTOR = "newsreader-mail/1"
_FORWARDED = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr|rv|enc|vs|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.I)
_FROM = ("from", "von", "de", "da", "van", "från", "fra", "от")
_SENT = (
    "date",
    "sent",
    "datum",
    "gesendet",
    "date d’envoi",
    "envoyé",
    "enviado",
    "fecha",
    "data",
    "inviato",
    "verzonden",
)
_FIELD = re.compile(
    r"(?:^|(?<=[\s>*]))\*?(From|Date|Sent|Subject|To|Cc|Reply-To|Von|Gesendet|Datum|An|Betreff|De|Envoyé|À|Objet|Fecha|"
    r"Enviado|Para|Asunto|Assunto|Da|Inviato|Data|A|Oggetto|Van|Verzonden|Aan|Onderwerp|От|Дата|Тема|Кому)\s?:\*?\s+"
    r"(.+?)(?=\s\*?(?:From|Date|Sent|Subject|To|Cc|Datum|Gesendet|Betreff|An):|$)"
)
_FIRST_FIELD = re.compile(r"(?:^|-\s)\*?(?:From|Von|De|Da|Van|От)\s?:\*?\s.{0,300}?(?:@|\])")
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom \S[^\r\n]*\r?\n(?:>?[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n){2}")
_SOFT_END = re.compile(r"(?<!\n--) \r?\n(?![>\r\n])")
_SIGNED = re.compile(r"\n-- ?\r?\n")
_LEAST_FIELDS = 3
_NOTE, _SIGNATURE, _FEW_WORDS, _DEEPEST = 12, 12, 60, 5
_HEAD = 4_096


def from_eml(raw: bytes, path: str, memory: SiteMemory | None = None) -> Extract:
    """Take in a mail: its HTML text, else its plain text, cleaned as a text dump; attachments stay out.

    The subject is the title, the sender's name the outlet; of a mail that was passed on, those of the first sender. A
    mail that only carries another one is read as that. Places of what is removed count in the decoded text of that
    part. Raises SourceError when the mail has no text.
    """
    if _NEXT_MAIL.search(raw) and raw.startswith(b"From "):
        raise refuse(path, "this is a mailbox of several mails", "save each mail to a file of its own and add those")
    mail = _carried(parse(raw, path))
    part = _text_of(mail, path)
    source = body_of(part, path)
    unseen: list[Removed] = []
    if part.get_content_type() == "text/html":
        lines = [row for row in printed(source) if any(map(str.isalnum, row.text))]
        lines, unseen = shown_alone(lines, source, path)
        cut = [Chunk(row.text, row.start, row.end, True, 0, row.kind == "list", row.level) for row in lines]
    else:
        check_size(source, path)
        source = _flowing(part, source)
        cut = chunks(source)
    sender, sent = _sender(header(mail, "From")), stamps.read(header(mail, "Date"))
    above = _passed_on(cut)
    if above is not None:
        first = {word[1].casefold(): word[2] for row in cut[:above] for word in _FIELD.finditer(row.text)}
        sender = next((_sender(first[name]) for name in _FROM if name in first), None) or sender
        sent = next(filter(None, (stamps.read(first[name]) for name in _SENT if name in first)), None) or sent
    below = _signature(source, cut) if part.get_content_type() == "text/plain" else len(cut)
    found = clean_chunks(cut[above:below], raw, path, memory, _FORWARDED.sub("", header(mail, "Subject")))
    return replace(
        found,
        removed=(*unseen, *_gone(cut[: above or 0], "before"), *found.removed, *_gone(cut[below:], "after")),
        outlet=found.outlet or sender,
        published=sent or found.published,
        published_inferred=found.published_inferred and not sent,
        extractor=EXTRACTOR,
    )


def header(mail: EmailMessage, name: str) -> str:
    """Give a header as one clean line, empty when it is missing or broken."""
    try:
        return line(str(mail.get(name, "")))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return ""


def body_of(part: EmailMessage, path: str) -> str:
    """Decode the text of a part whatever its headers say of it."""
    raw = part.get_payload(decode=True)
    try:
        declared = part.get_content_charset()
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        declared = None
    return decode(raw if isinstance(raw, bytes) else b"", path, declared)


def _text_of(mail: EmailMessage, path: str) -> EmailMessage:
    part = _text_part(mail)
    if part is None:
        raise refuse(path, "this mail holds no text", "add what is attached to it instead")
    if part.get_content_type() == "text/html" and not any(any(map(str.isalnum, row.text)) for row in _rows(part, path)):
        part = _text_part(mail, ("plain", "html")) or part
    return part


def _rows(part: EmailMessage, path: str) -> Iterator[Printed]:
    source = body_of(part, path)
    yield from printed(source) if source.strip() else ()


def _flowing(part: EmailMessage, source: str) -> str:
    """Give a text whose lines were cut within words whole again (RFC 3676, 4.3: `delsp=yes`)."""
    try:
        cut = (part.get_param("delsp") or "", part.get_param("format") or "")
    except (ValueError, LookupError, AttributeError, TypeError):
        return source
    within_words = [str(value).casefold() for value in cut] == ["yes", "flowed"]
    return _SOFT_END.sub("", source) if within_words else source


def _text_part(mail: EmailMessage, wanted: Sequence[str] = ("html", "plain")) -> EmailMessage | None:
    try:
        return mail.get_body(wanted)  # type: ignore[return-value]
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return None


def _carried(mail: EmailMessage) -> EmailMessage:
    """Give the mail that another one only carries, as an attachment below a few words; else the mail itself."""
    for _ in range(_DEEPEST):
        attached = _attached(mail)
        inner = attached[0].get_payload() if len(attached) == 1 else None
        if not isinstance(inner, list) or not inner or not isinstance(inner[0], EmailMessage):
            return mail
        own = _text_part(mail)
        said = own.get_payload(decode=True) if own is not None else b""
        if isinstance(said, bytes) and len(said.split()) > _FEW_WORDS:
            return mail
        mail = inner[0]
    return mail


def _attached(mail: EmailMessage) -> list[EmailMessage]:
    """Give the mails attached to one, not those that are attached to them."""
    found, parts = [], [mail]
    while parts:
        part = parts.pop()
        if part.get_content_type() == "message/rfc822":
            found.append(part)
        elif part.is_multipart():
            parts.extend(part.iter_parts())  # type: ignore[arg-type]
    return found


def _signature(source: str, cut: Sequence[Chunk]) -> int:
    """Give the index of the chunk with which the signature of a plain text begins (RFC 3676, 4.3), else the last."""
    found = [mark.start() for mark in _SIGNED.finditer(source)]
    if not found or source.count("\n", found[-1]) > _SIGNATURE:
        return len(cut)
    return next((at for at, row in enumerate(cut) if at and row.start > found[-1]), len(cut))


def _gone(rows: Sequence[Chunk], where: str) -> list[Removed]:
    return [Removed(row.text, f"{where} the article", row.start, row.end) for row in rows]


def _passed_on(cut: Sequence[Chunk]) -> int | None:
    """Give the index of the chunk below the header of the mail that was passed on, None when there is none."""
    for at, row in enumerate(cut[:_NOTE]):
        if not _FIRST_FIELD.search(row.text[:_HEAD]):
            continue
        end = next((n for n, below in enumerate(cut[at:], at) if not _FIELD.search(below.text)), len(cut))
        names = {word[1].casefold() for below in cut[at:end] for word in _FIELD.finditer(below.text)}
        if end < len(cut) and len(names) >= _LEAST_FIELDS:
            return end
    return None


def _sender(stated: str) -> str | None:
    name, address = parseaddr(stated)
    return line(name) or address.rpartition("@")[2] or None
