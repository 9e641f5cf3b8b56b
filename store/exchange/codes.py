"""Tags, speakers and verdicts as the tree of codes that REFI-QDA has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from store.exchange.xmltext import tag as element
from store.model import Tag

NAMESPACE = UUID("5c9d2e7a-8a55-5f0e-9d63-3b8a6f0c4e21")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def guid(*parts: str) -> str:
    """Make the id of what has none of its own: always the same for the same."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


@dataclass(slots=True)
class Code:
    """A code and those under it; one that is no tag only holds others."""

    guid: str
    name: str
    codable: bool = False
    colour: str = ""
    about: str = ""
    under: dict[str, Code] = field(default_factory=dict)

    def written(self) -> Iterator[str]:
        """Give the code as XML, piece by piece."""
        colour = self.colour if _COLOUR.fullmatch(self.colour) else None
        facts = {
            "guid": self.guid,
            "name": self.name,
            "isCodable": "true" if self.codable else "false",
            "color": colour,
        }
        yield element("Code", facts, open_=True)
        if self.about:
            yield element("Description", {}, self.about)
        for name in sorted(self.under):
            yield from self.under[name].written()
        yield "</Code>"


def codes_of_tags(tags: Iterable[Tag]) -> dict[str, Code]:
    """Build the tree of tags: `economy/trade` is `trade` under `economy`, which need be no tag itself."""
    roots: dict[str, Code] = {}
    for tag in sorted(tags, key=lambda tag: tag.name):
        level, path = roots, ""
        *above, last = [part.strip() or "-" for part in tag.name.split("/")]
        for part in above:
            path = f"{path}/{part}"
            level = level.setdefault(part, Code(guid("path", path), part)).under
        known = level.get(last)
        if known is not None and known.codable:  # another tag that reads the same but for its spaces
            last = f"{last} ({tag.id[-6:]})"
            known = None
        synonyms = f"Also: {', '.join(tag.synonyms)}" if tag.synonyms else ""
        about = "\n".join(part for part in (tag.description, synonyms) if part)
        level[last] = Code(tag.id, last, True, tag.colour, about, known.under if known else {})
    return roots


def group(title: str, names: Iterable[str]) -> Code:
    """Put names that are no tags under a code of their own."""
    under = {name: Code(guid(title, name), name, True) for name in names}
    return Code(guid("group", title), title, under=under)
