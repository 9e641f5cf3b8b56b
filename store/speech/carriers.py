"""Who carried the words: "according to Sputnik", "told The Washington Post", "in an interview with the BBC"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from store.model import Span
from store.speech.draft import Draft
from store.speech.linking import Scene
from store.speech.wordlists import entries, grammar, words

_WORD = re.compile(r"[\w’'&./-]*[\w’'&]")
_CALL_LETTERS = re.compile(r"\b[KW][A-Z]{2,3}\b(?!\.)")  # of an American station
_REPORTED = re.compile(r",[”\"’]?\s+(?P<name>[^,.;:\n]{2,60}?)\s+(?:reported|reports)\b(?! that)")
_LONGEST = 9


@cache
def _trigger() -> re.Pattern[str]:
    cues = sorted((re.escape(cue).replace(r"\ ", r"\s") for cue in entries("carrier_cues")), key=len, reverse=True)
    firsts = "".join(sorted({cue[0] for cue in cues}))  # no other letter is worth a look at all of them
    return re.compile(rf"\b(?=[{firsts}])(?:{'|'.join(cues)})\s+", re.IGNORECASE)


@cache
def _telling() -> frozenset[str]:
    """Give the longest word of each cue: without one of them there is none."""
    return frozenset(max(cue.casefold().split(), key=len) for cue in entries("carrier_cues"))


@cache
def _outlets() -> frozenset[str]:
    return frozenset(line.rpartition(" ")[0].casefold().removeprefix("the ") for line in entries("names/outlets"))


def carried(text: str, scene: Scene, drafts: Iterable[Draft]) -> None:
    """Give each attribution the outlet that its sentence names as carrier; changes the drafts."""
    wanted = [made for made in drafts if made.source is not None or made.cue is not None]
    if not wanted:
        return
    for found in _found(text, scene):
        at = _sentence(scene, found[0])
        for made in wanted:
            first, last = _sentence(scene, made.span[0]), _sentence(scene, made.span[1] - 1)
            if made.cue is not None and scene.paragraph.start <= made.cue[0] < scene.paragraph.end:
                cue = _sentence(scene, made.cue[0])
                first, last = min(first, cue), max(last, cue)
            beside = made.source is None or not _meet(made.source, found)
            read = text.endswith(" by ", 0, found[0])  # "a memo obtained by the Herald"
            free = made.carrier is None and (beside or read)
            if first <= at <= last and free:
                made.carrier = found


def _found(text: str, scene: Scene) -> list[Span]:
    paragraph = scene.paragraph
    out = []
    cues = not _telling().isdisjoint(paragraph.low)
    for match in _trigger().finditer(text, paragraph.start, paragraph.end) if cues else ():
        if any(mark.start < match.start() < mark.end for mark in paragraph.marks):
            continue
        span = _name(text, match.end(), paragraph.end)
        if span is not None and _is_outlet(text[slice(*span)]):
            out.append(span)
    told = text.find(" report", paragraph.start, paragraph.end) > 0
    for match in _REPORTED.finditer(text, paragraph.start, paragraph.end) if told else ():
        span = match.span("name")
        if _is_outlet(match["name"]) and not any(mark.start < span[0] < mark.end for mark in paragraph.marks):
            out.append(span)
    return out


def _name(text: str, start: int, limit: int) -> Span | None:
    """Take the words of a name: up to punctuation or a small word that cannot belong to it."""
    end = at = start
    for _ in range(_LONGEST):
        match = _WORD.match(text, at, limit)
        if match is None or (match.group().lower() in grammar("name-end") and not _joins(text, start, match)):
            break
        end = match.end()
        if end >= limit or text[end] != " ":
            break
        at = end + 1
    return (start, end) if end > start and any(c.isupper() for c in text[start:end]) else None


def _joins(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether an "and" stands inside the name of an outlet: "The Globe and Mail"."""
    behind = _WORD.match(text, match.end() + 1) if match.group() == "and" else None
    if behind is None:
        return False
    low = text[start : behind.end()].casefold()
    return low.removeprefix("the ") in _outlets()


def _is_outlet(name: str) -> bool:
    if _CALL_LETTERS.search(name):
        return True
    low = re.sub(r"^(?:the|a|an)\s+", "", name.casefold().replace("’s", "").replace("'s", ""))
    if low in _outlets():
        return True
    held = low.split()
    tails = {" ".join(held[i:j]) for i in range(len(held)) for j in range(i + 1, len(held) + 1)}
    return any(word in words("outlet_words") for word in held) or not tails.isdisjoint(_outlets())


def _sentence(scene: Scene, offset: int) -> int:
    """Give the number of the sentence at an offset of the paragraph."""
    paragraph = scene.paragraph
    at = bisect_right(paragraph.starts, offset) - 1
    return paragraph.sentence[max(0, at)] if paragraph.starts else 0


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]
