"""Cues beside quotations, and the words right beside a cue that say who spoke."""

from __future__ import annotations

from msgspec import Struct

from store.speech.abroad.language import Language
from store.speech.abroad.names import runs
from store.speech.abroad.reading import Line

Words = tuple[int, int]
_LONGEST = 16  # words of a source
_BEFORE = 40  # words that are looked through for a cue before a quotation
_SPLIT = 20  # words between the two parts of a verb
_PIECES = 3


class Cue(Struct, frozen=True, gc=False):
    """The words `first` to `last` of a paragraph that report speech; a `phrase` names its source behind it.

    `stop` is the word that a split verb ends with, -1 where it has none; `inside` tells of a pronoun in the cue itself;
    an `unknown` one is no listed verb but stands where one would.
    """

    first: int
    last: int
    phrase: bool = False
    stop: int = -1
    inside: bool = False
    unknown: bool = False


class Found(Struct, frozen=True, gc=False):
    """A cue and its source's words; no source where the language lets it out, `pronoun` where it only points back.

    `doubt` tells that words stand beside the cue that could have been its source.
    """

    cue: Cue
    source: Words | None = None
    pronoun: bool = False
    doubt: bool = False


def cue_at(line: Line, at: int, tongue: Language, limit: int) -> Cue | None:
    """Give the cue that begins at a word and ends before the word `limit`."""
    low = line.low
    word = low[at]
    if tongue.code == "ar" and word[0] in "وف" and len(word) > 3 and word not in tongue.phrases:
        word = word[1:]
    for kind, words in tongue.phrases.get(word, ()):
        if kind == "split":
            stop = next((j for j in range(at + 1, min(limit, at + _SPLIT)) if low[j] == words[-1]), -1)
            if stop > 0:
                return Cue(at, at + 1, stop=stop)
        elif at + len(words) <= limit and tuple(low[at + 1 : at + len(words)]) == words[1:]:
            return Cue(at, at + len(words), phrase=kind == "phrase")
    if tongue.has("aux", word):
        for j in range(at + 1, min(limit, at + 4)):
            if "," in line.gap(j):
                break
            if tongue.has("participle", low[j]):
                inside = any(tongue.has("pronoun", low[k]) for k in range(at + 1, j))
                return Cue(at, j + 1, inside=inside)
    return None


def behind(line: Line, cue: Cue, limit: int, tongue: Language) -> Found:
    """Read the source that follows its cue."""
    if cue.inside:
        return Found(cue, None, pronoun=True)
    at = cue.last
    limit = min(limit, cue.stop) if cue.stop > 0 else limit
    while at < limit and _passed_over(line, at, tongue):
        at += 1
    if at < limit and tongue.has("pronoun", line.low[at]) and not breaks(line, at):
        return Found(cue, (at, at + 1), pronoun=True)
    if at < limit and tongue.has("stop", line.low[at]) and not breaks(line, at):
        at = _after_place(line, at, limit, tongue)
    last = _phrase_end(line, at, limit, tongue)
    if last == at:
        return Found(cue, doubt=at < limit and not breaks(line, at))
    if all(b - a < 2 for a, b in runs(line, at, last, tongue)) or tongue.code == "de":
        last = _apposed(line, last, limit, tongue)
    return Found(cue, (at, last))


def before(line: Line, cue: Cue, first: int, tongue: Language) -> Found | None:
    """Read the source that stands before its cue, in the sentence that begins at the word `first`."""
    pieces: list[Words] = []
    end = at = cue.first
    while at >= first and len(pieces) < _PIECES:
        if at == first or _parts(line.gap(at)):
            if at < end:
                pieces.append((at, end))
            end = at
        at -= 1
    nameless: Words | None = None
    for k, (a, b) in enumerate(pieces):
        low, high = _stripped(line, a, b, tongue)
        if low == high or tongue.has("stop", line.low[low]) or line.low[low] in tongue.phrases or high - low > _LONGEST:
            continue
        if high - low == 1 and tongue.has("pronoun", line.low[low]):
            return Found(cue, (low, high), pronoun=True) if k == 0 else None
        if runs(line, low, high, tongue):
            return Found(cue, (low, high))
        if k == 0:
            nameless = (low, high)
    if nameless is not None and nameless[1] - nameless[0] <= 8:
        return Found(cue, nameless)
    return None


def sentence_start(line: Line, at: int) -> int:
    """Give the first word of the sentence that the word `at` would go on; no further back than another quotation."""
    walls = [stretch.last for stretch in line.stretches if not stretch.little and stretch.last <= at]
    lowest = max(walls[-1] if walls else 0, at - _BEFORE)
    while at > lowest and not line.ends_sentence(at):
        at -= 1
        if at > lowest and line.ends_sentence(at):
            break
    return at


def breaks(line: Line, at: int) -> bool:
    """Say whether more than a space, a dot of a short word, or a mark stands before the word `at`."""
    gap = line.gap(at).strip(" \u00a0\u202f\"'’«»„“”-‐")
    if gap == ".":
        return line.ends_sentence(at)
    return bool(gap)


def _parts(gap: str) -> bool:
    return any(mark in gap for mark in ",;:—–(،、")


def _passed_over(line: Line, at: int, tongue: Language) -> bool:
    """Say whether a word between cue and source tells when or how: "lundi", "am Montag", "el lunes"."""
    if breaks(line, at):
        return False
    low = line.low
    if tongue.has("day", low[at]) or low[at].isdigit():
        return True
    if tongue.has("stop", low[at]) or tongue.has("the", low[at]):
        return any(tongue.has("day", low[j]) or low[j].isdigit() for j in range(at + 1, min(len(low), at + 3)))
    return False


def _after_place(line: Line, at: int, limit: int, tongue: Language) -> int:
    """Pass over where or to whom it was said, if somebody is named behind it: "на открытии губернатор Сергей Дёмин"."""
    for first in (at + 2, at + 3):
        if first >= limit or not all(line.words[j].islower() and not breaks(line, j) for j in range(at, first)):
            break
        last = _phrase_end(line, first, limit, tongue)
        if any(b - a > 1 for a, b in runs(line, first, last, tongue)):
            return first
    return at


def _phrase_end(line: Line, at: int, limit: int, tongue: Language) -> int:
    last = at
    while last < min(limit, at + _LONGEST):
        if (last > at or at == 0) and breaks(line, last):
            break
        if last == at and breaks(line, last):
            return at
        low = line.low[last]
        if tongue.has("stop", low) and (last > at or not tongue.has("the", low)):
            break
        if tongue.has("day", low) and last > at:
            break
        last += 1
    while last > at and (tongue.has("the", line.low[last - 1]) or tongue.has("of", line.low[last - 1])):
        last -= 1
    return last


def _apposed(line: Line, last: int, limit: int, tongue: Language) -> int:
    """Take in the name behind a comma: "der Vorsitzende des Verbands, Jon Marek"."""
    if last >= limit or line.gap(last).strip() != ",":
        return last
    end = _phrase_end_of_name(line, last, limit, tongue)
    return end or last


def _phrase_end_of_name(line: Line, at: int, limit: int, tongue: Language) -> int:
    found = runs(line, at, min(limit, at + 8), tongue)
    if not found or found[0][0] != at or found[0][1] - at < 2:
        return 0
    return found[0][1]


def _stripped(line: Line, a: int, b: int, tongue: Language) -> Words:
    """Leave out what opens or closes a clause and names nobody: "und", "later", "am Montag"."""
    while a < b and (tongue.has("common", line.low[a]) or tongue.has("day", line.low[a])):
        a += 1
    while b > a and (tongue.has("common", line.low[b - 1]) or tongue.has("day", line.low[b - 1])):
        b -= 1
    if "subject" in tongue.kinds:  # the word that marks it ends it: रमेश वर्मा ने
        b = next((at for at in range(a, b) if tongue.has("subject", line.low[at])), b)
    return a, b
