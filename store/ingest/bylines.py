"""Names out of what pages give as author: lists, addresses, jobs and "By" taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.ingest.people import authors_in, people_in

_SPLIT = re.compile(r"\s*(?:\||;|•|·|\n|\band\b|\bund\b|\bet\b|&|,(?!\s*(?:Jr|Sr|II|III|MD|M\.D|Ph\.?D)\b))\s*")
_BY = re.compile(r"^(?:by|von|par|por|di|da|door|av|af)\s+", re.I)
_TAIL = re.compile(r"\s*(?:\(.*|\bfor\b\s.*|\bin\s+[A-Z].*|,\s*(?:the|associated|usa|cnn|bbc|reuters|ap)\b.*)$", re.I)
_NOT_A_NAME = re.compile(r"https?:|www\.|@|[<>{}=]|\d{3}|\.com\b", re.I)
_NOBODY = frozenset(
    (
        "admin",
        "administrator",
        "anonymous",
        "author",
        "guest",
        "microsoft office user",
        "none",
        "null",
        "owner",
        "root",
        "the",
        "unknown",
        "unknown author",
        "unspecified",
        "user",
        "windows user",
    )
)
_TITLE = re.compile(
    r"(?:\s+(?:MS|MA|MD|RD|RDN|LD|PhD|Ph\.D\.?|MPH|RN|CPA|Esq\.?))+$"
    r"|(?<=\w)\s+(?:The\s+)?(?:Associated Press|Reuters|AFP)$"
)
_JOBS = re.compile(
    r"\b(?:senior|staff|editor|reporter|writer|correspondent|contributor|columnist|producer|photographer|journalist)\b",
    re.I,
)


def names_of(stated: Iterable[str], *, loose: bool = True) -> tuple[str, ...]:
    """Give the names in what a page states as its authors, in order, each once.

    With `loose` every part counts that can be a name, also of a body; without, only what reads like a byline or a
    person's name.
    """
    found: dict[str, str] = {}
    for text in stated:
        if not loose:
            people = authors_in([text]) or (people_in(text) if len(text.split()) <= 12 else ())
            found.update((name.casefold(), name) for name in people)
            if people:
                break
            continue
        for part in _SPLIT.split(_TAIL.sub("", _BY.sub("", text.strip()))):
            name = _tidy(part)
            if name:
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:20]


def _tidy(part: str) -> str:
    name = _TITLE.sub("", _BY.sub("", part.strip(" ,;:-–—")))
    if name.isupper() and " " not in name and len(name) <= 3:
        return ""
    if not 2 <= len(name) <= 60 or _NOT_A_NAME.search(name) or name.casefold() in _NOBODY or len(name.split()) > 6:
        return ""
    if _JOBS.search(name) or not any(map(str.isalpha, name)):
        return ""
    return name.title() if len(name) > 4 and " " in name and (name.isupper() or name.islower()) else name
