"""Which outlet a text dump comes from, when no wrapper says so: from its copyright line."""

from __future__ import annotations

import re
from collections.abc import Sequence

_YEARS = r"(?:(?:19|20)\d\d)?(?:\s*[-–—]\s*(?:(?:19|20)\d\d|present))?"
_ENDS = r"[|•·.©,]|\b(?:all rights|inc|llc|ltd|limited|gmbh|corp\w*|a division|and its)\b|(?:19|20)\d\d|$"
_CLAIM = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b)(?:\s*(?:©|\(c\)|copyright))?[\s,:]*{_YEARS}[\s,:-]*(?:by\s+)?"
    rf"(?P<name>(?-i:[^\W\d_a-z])[^|•·.©\n]{{1,50}}?)(?=\s*(?:{_ENDS}))",
    re.I,
)
_NO_NAME = re.compile(r"^(?:all rights?|the contents?|rights|notice|policy|reserved|images?|photo)\b", re.I)
_GROUP = re.compile(
    r"\b(?:group|holdings?|corporation|company|networks?|digital|inc|llc|ltd|network operations)\b", re.I
)
_LONGEST_LINE = 400
_MOST_WORDS = 6
_OFTEN = 3


def outlet_in(lines: Sequence[str]) -> str | None:
    """Give the name in a copyright line of `lines` that the page names often besides, None when there is none.

    Most copyright lines name a publishing house; only an outlet names itself all over its pages.
    """
    folded = [line.casefold() for line in lines]
    for line, small in zip(lines, folded, strict=True):
        if len(line) > _LONGEST_LINE or not _claims(small):
            continue
        match = _CLAIM.search(line)
        name = match["name"].strip(" ,;-–—:") if match else ""
        wanted = name.casefold()
        if _is_name(name) and sum(wanted in other and not _claims(other) for other in folded) >= _OFTEN:
            return name
    return None


def _claims(folded: str) -> bool:
    return "©" in folded or "copyright" in folded or "(c)" in folded


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and name[0].isupper()
        and not _NO_NAME.match(name)
        and not _GROUP.search(name)
        and sum(word[0].islower() for word in words) <= len(words) // 2
    )
