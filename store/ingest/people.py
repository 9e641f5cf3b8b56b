"""Who wrote an article, from its byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest import dates

_BY = re.compile(
    r"^(?:(?:written|story|words|text|posted|published|reported|reporting|analysis|opinion|review|commentary)\s+)?"
    r"(?:(?:by|von|par|por|di|da|door|av|af|автор:?|بقلم:?|लेखक:?|autor:?|yazan:?|haber:?|penulis:?)\s*:?\s+|(?-i:By)(?=[A-Z][a-z]))(?P<names>.+)$",
    re.I,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s*\d"
_GLUED = re.compile(rf"(?<=[a-zA-Z])(?={_MONTH})|(?<=[a-z])(?=Published|Updated|Posted)")
_CUT = re.compile(
    rf"\s*(?:\b{_MONTH}"
    r"|\||•|·|—|–|\b(?:for|in|at|of|on|published|updated|posted)\b|\d|@|\(|,\s*(?:the|associated|usa|cnn|bbc)\b).*$",
    re.I,
)
_ALONE = re.compile(r"^(?:(?:written|story|words)\s+)?(?:by|von|par|por)\s*:?$", re.I)
_INITIAL = re.compile(r"\b[A-Z]\.$|\bJr\.$|\bSr\.$")
_DATE_LINE = 60
_SPLIT = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|;)\s*", re.I)
_CAPITAL = r"[^\W\d_a-z\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_LETTERS = r"[\w'’.\u0900-\u0d7f-]"  # the vowel signs of Indian scripts are no \w
_WORD = rf"(?:{_CAPITAL}{_LETTERS}*|al-[^\W\d_]\w+|van|von|de|del|della|di|da|dos|der|den|la|le|bin|ibn|ben|el|al)"
_NAME = re.compile(rf"^{_WORD}(?:\s+{_WORD}){{1,4}}$")
_UNSPACED = re.compile(
    r"^(?:记者|作者|撰文|文|記者|著者)\s*[:：/／]?\s*(?P<name>[\u3040-\u30ff\u3400-\u9fff]{2,6}(?:\s[\u3040-\u30ff\u3400-\u9fff]{1,4})?)$"
)
_LONGEST = 120
_ROLES = re.compile(
    r"\b(?:staff|editor|reporter|writer|correspondent|news|press|team|contributor|columnist|desk|service|media|"
    r"online|digital|politics|sports?|opinion|guest|special|senior|associate|photographer|share|save|follow|view|"
    r"social|partner|commentary|event|games?|by|article|story|idea|tweet|content|links?|read|more|the|all|journalist)\b",
    re.I,
)


def authors_in(header: Sequence[str]) -> tuple[str, ...]:
    """Give the people that the first byline in `header` names, in order; nobody when there is none.

    A byline begins with "By" or its like, which may stand on a line of its own; failing that, a line that is a name and
    stands beside a line with a date counts. Desks, roles and agencies are not people and are left out.
    """
    for at, line in enumerate(header):
        if len(line) > _LONGEST:
            continue
        if unspaced := _UNSPACED.match(line):
            return (unspaced["name"],)
        match = _BY.match(line)
        stated = match["names"] if match else header[at + 1] if _ALONE.match(line) and at + 1 < len(header) else ""
        people = people_in(stated) if stated else ()
        if people:
            return people
    dated = [at for at, line in enumerate(header) if len(line) <= _DATE_LINE and next(dates.find(line), None)]
    beside = (at + step for step in (-1, 1) for at in dated if 0 <= at + step < len(header))
    name = next((header[at] for at in beside if _NAME.match(header[at]) and not _ROLES.search(header[at])), None)
    return () if name is None else (_tidy(name),)


def is_byline(line: str) -> bool:
    """Say whether a line says who wrote an article, in its language's words, and nothing else."""
    if len(line) > _LONGEST:
        return False
    match = _BY.match(line)
    return bool(_UNSPACED.match(line) or (match and people_in(match["names"])))


def people_in(stated: str) -> tuple[str, ...]:
    """Give the people that `stated` names: a byline without its "By", names parted by commas or "and"."""
    names = [_tidy(part) for part in _SPLIT.split(_CUT.sub("", _GLUED.sub(" ", stated)))]
    return tuple(dict.fromkeys(name for name in names if _NAME.match(name) and not _ROLES.search(name)))


def _tidy(part: str) -> str:
    name = part.strip(" ,;:").rstrip(".") if not _INITIAL.search(part) else part.strip(" ,;:")
    return name.title() if name.isupper() and len(name) > 4 else name
