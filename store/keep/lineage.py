"""What a record said before: short hashes of its earlier contents, so that two states of it can be told apart.

When one side's content is among the earlier ones of the other side, that other side is simply later. When neither is,
both were changed since they parted.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from store.ids import bytes_sha256
from store.model import Claim, Correction, Feed, SavedSearch, Speaker, Tag

Traced = Claim | Correction | Feed | SavedSearch | Speaker | Tag
REMEMBERED = 16
"""Earlier contents that a record remembers; the newest."""

FIELDS: dict[type[Struct], tuple[str, ...]] = {
    Claim: ("tags", "note", "verdict", "speaker", "speaker_by", "speech", "carrier", "said_on"),
    Correction: ("what", "value", "speech"),
    Feed: ("url", "title", "folder"),
    SavedSearch: ("name", "query"),
    Speaker: ("name", "kind", "aliases", "roles", "merged_into", "not_same_as"),
    Tag: ("name", "colour", "description", "synonyms", "merged_into"),
}
"""What a person says in a record."""


def content(record: Traced) -> tuple[object, ...]:
    """Give what a person says in a record, with the words it is about."""
    said = tuple(getattr(record, name) for name in FIELDS[type(record)])
    return (*said, record.anchor.exact) if isinstance(record, Claim | Correction) else said


def digest(record: Traced) -> str:
    """Hash the content of a record: 16 hexadecimal digits."""
    return bytes_sha256(msgspec.json.encode(content(record)))[:16]


def together(*digests: str) -> tuple[str, ...]:
    """Join lists of earlier contents, each once, the newest that are remembered."""
    return tuple(dict.fromkeys(digests))[-REMEMBERED:]


def traced(record: Traced, before: Traced) -> Traced:
    """Give a changed record the memory of what it said before."""
    if content(record) == content(before) or record.earlier != before.earlier:
        return record
    return replace(record, earlier=together(*before.earlier, digest(before)))
