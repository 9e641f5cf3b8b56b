"""Whether a line is the caption of a picture, told by the credit at its end."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from store.ingest import lexicon
from store.ingest.look import Seen

_LONGEST, _NEAR, _TAIL, _NAME = 70, 3, 130, 60
_LEAST_NAME, _LEAST_SAID = 4, 14
_SIGN = r"(?:photo(?:graph)?s?|foto(?:graf[íi]as?)?|image|bild|picture|cr[ée]dit(?:\s+photo)?|фото|immagine)"
_AGENCY = r"(?:getty(?: images)?|reuters|afp|ap|epa|dpa|ansa|efe|tass|shutterstock|istock|alamy|picture alliance)"
_MAKER = rf"(?:(?-i:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){{0,2}})/)?{_AGENCY}"
_CREDIT = re.compile(
    rf"(?:[(\[]\s*(?:ap\s+)?{_SIGN}\b[^()\[\]]{{0,80}}[)\]]"
    rf"|\b{_SIGN}(?:\s+(?:by|credit|courtesy))?\s*:\s*[^\n.:]{{3,60}}"
    rf"|(?:/\s?|\bvia\s+|©\s?|[(\[]){_MAKER}(?:\s+(?:photo|file))?[)\]]?)\s*$",
    re.I,
)
_RUN_ON = re.compile(
    r"[a-z0-9)”\"’][.!?][”\"’)]?(?=[A-Z])(?:[A-Z][\w'’&.-]*[\w'’&])(?:(?:\s?/\s?|\s)[A-Z&][\w'’&.-]*){0,5}$"
)
"""A sentence and, with no space between, the names of who made the picture."""

_OPEN = re.compile(rf"[(\[]\s*{_SIGN}\s*:\s*$", re.I)
_FILED = re.compile(r"FILE(?: PHOTO)?\s?[-–—:]\s")
_LEAST_WORDS = 8
_GLUED = re.compile(r"^(?P<who>[A-Z][\w./' -]{3,40}?)\s?[A-Z].{12,}[\w.,)](?P=who)$", re.S)


def captions(seen: Sequence[Seen], credited: Collection[int]) -> frozenset[int]:
    """Give the indices of a page's captions: those `credited` and lines that say the same beside one."""
    again = {
        near
        for at in credited
        for near in range(max(0, at - _NEAR), min(len(seen), at + _NEAR + 1))
        if near != at and seen[near].words > 2 and seen[at].text.startswith(seen[near].text)
    }
    return frozenset((*credited, *again))


def is_caption(line: Seen) -> bool:
    """Say whether a line ends with who made a picture, or has its name glued to both ends as alternative texts have."""
    if line.words > _LONGEST:
        return False
    text = line.text
    if line.last == "-" and (
        _is_glued(text) or (line.words >= _LEAST_WORDS and _RUN_ON.search(text, len(text) - _NAME))
    ):
        return True
    return _is_credited(line) or (text[:4] == "FILE" and bool(_FILED.match(text)))


def _is_credited(line: Seen) -> bool:
    if lexicon.words("credit_words").isdisjoint(line.tokens):
        return False
    tail = line.text[-_TAIL:]
    return (_OPEN if tail[-1:] == ":" else _CREDIT).search(tail) is not None


def _is_glued(text: str) -> bool:
    return text[:_LEAST_NAME] in text[_LEAST_NAME + _LEAST_SAID :] and bool(_GLUED.match(text))
