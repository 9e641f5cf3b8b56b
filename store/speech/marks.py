"""The quotation-mark model: which stretches of a paragraph stand inside quotation marks.

It takes marks of every style (“ ” " « » „ “ ‘ ’ ' and doubled single marks) and never fails on odd ones: a mark left
open runs to the end of its paragraph, a closing mark with nothing open is left alone, an apostrophe is no mark. Time
is linear in the length of the paragraph.
"""

from __future__ import annotations

import re

from msgspec import Struct

from store.speech.wordlists import words

_MARK = re.compile("[\"“”„‟«»＂〝〞「」『』‘’‚‛'`](?:(?<=`)`|(?<=')')?")
_SINGLE = "‘’‚‛'`"
_OPEN = {"“": "”", "„": "“”‟", "‟": "”", "«": "»", "〝": "〞", "「": "」", "『": "』", "``": "''"}
_CLOSE = "”»〞」』"
_AFTER_CLOSE = ".,?!;:)]…-–—"
_ODD_CLOSE = re.compile(r"(?<=[.,?!…])['’](?=\s+[^\W\d_])|['’](?=,\s+[^\W\d_])")
_WORD = re.compile(r"['’‘][^\W\d_]+'?|['’‘]\d")


class Marked(Struct, frozen=True, gc=False):
    """A stretch in quotation marks: `start` is at the opening mark, `end` after the closing one.

    `inner_start` and `inner_end` leave the marks out; `closed` is False where no mark closes it; `single` tells the
    style of single marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    single: bool = False


def marked(text: str, start: int, end: int) -> list[Marked]:
    """Find the quotation-marked stretches of the paragraph `text[start:end]`, ordered and apart."""
    found = [m.span() for m in _MARK.finditer(text, start, end)]
    if not found:
        return []
    doubles = [mark for mark in found if text[mark[0]] not in _SINGLE or mark[1] - mark[0] == 2]
    out = _double(text, doubles, start, end)
    singles = [a for a, b in found if b - a == 1 and text[a] in _SINGLE]
    if len(singles) > 1 or (singles and text[singles[0]] in "‘‚" and singles[0] == start):
        out = _join(out, _single(text, singles, start, end))
    return out


def _opens(text: str, a: int, b: int, start: int, end: int) -> bool:
    """Say whether a mark stands where an opening one stands: after a space or bracket, before a word."""
    before = text[a - 1] if a > start else " "
    after = text[b] if b < end else " "
    return (before.isspace() or before in "([{—–-/\"“'‘") and not after.isspace()


def _double(text: str, found: list[tuple[int, int]], start: int, end: int) -> list[Marked]:
    out: list[Marked] = []
    opened: tuple[int, int] | None = None
    closers = ""
    depth = 0
    last_straight = max((a for a, _ in found if text[a] == '"'), default=-1)
    for k, (a, b) in enumerate(found):
        mark = text[a:b]
        if opened is None:
            closers = _begins(text, a, b, start, end)
            opened = (a, b) if closers else None
        elif _nests(text, found, k, start, end) or (text[opened[0]] == '"' and mark == "“" and a < last_straight):
            depth += 1
        elif mark in closers or (mark in _CLOSE and text[opened[0]] not in _CLOSE):
            if depth:
                depth -= 1
                continue
            out.append(Marked(opened[0], b, opened[1], a))
            opened = None
    if opened is not None and end - opened[1] > 1:
        odd = _ODD_CLOSE.search(text, opened[1], end)
        if odd is not None:
            out.append(Marked(opened[0], odd.end(), opened[1], odd.start()))
        else:
            out.append(Marked(opened[0], end, opened[1], end, closed=False))
    return out


def _begins(text: str, a: int, b: int, start: int, end: int) -> str:
    """Give the marks that can close the stretch which the mark `text[a:b]` opens; empty where it opens none."""
    mark = text[a:b]
    opens = _opens(text, a, b, start, end)
    word_before = text[a - 1 : a].isalnum() if a > start else False
    if mark in _OPEN and mark != "“":
        return _OPEN[mark] + '"'
    if mark == "“":
        return "”\"''" if opens or not word_before else ""
    if mark in ('"', "＂", "''"):
        return "\"＂”''" if opens or a == start or (b < end and text[b].isalnum() and not word_before) else ""
    return ("”" if mark == "”" else "«") if opens and mark in _CLOSE else ""


def _nests(text: str, found: list[tuple[int, int]], k: int, start: int, end: int) -> bool:
    """Say whether a mark inside an open stretch opens a nested one: two closing marks have to follow."""
    a, b = found[k]
    opens = text[a] in "“„«" or (text[a] == '"' and a > start and text[a - 1].isspace())
    if not opens or b == end or not text[b].isalnum() or k + 2 >= len(found):
        return False
    return not any(_opens(text, *found[k + n], start, end) for n in (1, 2))


def _single(text: str, found: list[int], start: int, end: int) -> list[Marked]:
    openers = {i for i in found if text[i] in "‘‚‛'`" and _opens(text, i, i + 1, start, end) and not _elided(text, i)}
    closers = [i for i in found if i not in openers and text[i] in "’'‘" and _closes(text, i, start, end)]
    out: list[Marked] = []
    sure = [i for i in closers if not text[i - 1].isalnum()]
    order = [*sorted(openers), end]
    c = s = 0
    last = start
    for k, i in enumerate(order[:-1]):
        if i < last:
            continue
        while c < len(closers) and closers[c] <= i + 1:
            c += 1
        while s < len(sure) and sure[s] <= i + 1:
            s += 1
        if c == len(closers):
            if i == start and text[i] in "‘‚":
                out.append(Marked(i, end, i + 1, end, closed=False, single=True))
            break
        stop = closers[c]
        plural = text[stop - 1] in "sS" and text[stop + 1 : stop + 2] == " "
        if plural and s < len(sure) and sure[s] < order[k + 1]:
            stop = sure[s]
        out.append(Marked(i, stop + 1, i + 1, stop, single=True))
        last = stop + 1
    return out


def _closes(text: str, i: int, start: int, end: int) -> bool:
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    return not before.isspace() and (after.isspace() or after in _AFTER_CLOSE or after in '"”')


def _elided(text: str, i: int) -> bool:
    """Say whether the mark is an apostrophe that stands for letters left out ('em, '90s)."""
    match = _WORD.match(text, i)
    if match is None:
        return False
    word = match.group().replace("’", "'").replace("‘", "'").casefold()
    return word[1].isdigit() or word in words("elisions")


def _join(doubles: list[Marked], singles: list[Marked]) -> list[Marked]:
    """Join both, the double marks first: single ones inside double ones are nested and left out, and the other way."""
    out: list[Marked] = []
    d = 0
    for single in singles:
        while d < len(doubles) and doubles[d].end <= single.start:
            d += 1
        if d < len(doubles) and doubles[d].start < single.start:
            continue
        inside = d
        while inside < len(doubles) and doubles[inside].end <= single.end:
            inside += 1
        if inside < len(doubles) and doubles[inside].start < single.end:
            continue
        out.append(single)
    if not out:
        return doubles
    covered = [(s.start, s.end) for s in out]
    keep, c = [], 0
    for double in doubles:
        while c < len(covered) and covered[c][1] <= double.start:
            c += 1
        if c == len(covered) or covered[c][0] >= double.end:
            keep.append(double)
    return sorted(out + keep, key=lambda m: m.start)
