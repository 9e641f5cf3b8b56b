"""Who wrote an article, from its byline."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^(?:(?:written|story|words|text|posted|published|reported|reporting|analysis|opinion|review)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|автор:?|بقلم:?)\s*:?\s+(?P<names>.+)$",
    re.I,
)
_CUT = re.compile(
    r"\s*(?:\||•|·|—|–|\bfor\b|\bin\b|\bat\b|\bof\b|\b(?:published|updated|posted|on)\b|\d|@|\(|,\s*(?:the|associated|usa|cnn|bbc)\b).*$",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|;)\s*", re.I)
_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|al-[^\W\d_]\w+|van|von|de|del|della|di|da|dos|der|den|la|le|bin|ibn|ben|el|al)"
_NAME = re.compile(rf"^{_WORD}(?:\s+{_WORD}){{1,4}}$")
_LONGEST = 120
_ROLES = re.compile(
    r"\b(?:staff|editor|reporter|writer|correspondent|news|press|team|contributor|columnist|desk|service|media|"
    r"online|digital|politics|sports?|opinion|guest|special|senior|associate|columnist|photographer)\b",
    re.I,
)


def authors_in(header: Iterable[str]) -> tuple[str, ...]:
    """Give the people that the first byline in `header` names, in order; nobody when there is none.

    Desks, roles and agencies are not people and are left out.
    """
    for line in header:
        match = _BY.match(line) if len(line) <= _LONGEST else None
        if not match:
            continue
        names = [_tidy(part) for part in _SPLIT.split(_CUT.sub("", match["names"]))]
        people = tuple(dict.fromkeys(name for name in names if _NAME.match(name) and not _ROLES.search(name)))
        if people:
            return people
    return ()


def _tidy(part: str) -> str:
    name = part.strip(" .,;:")
    return name.title() if name.isupper() and len(name) > 4 else name
