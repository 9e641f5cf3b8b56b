"""Dates as news prints them: when an article was published, stated or inferred."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from store.ingest import lexicon

_TODAY = re.compile(
    r"(?<!\w)(?=[tahiovсا])(?:today|this (?:morning|afternoon|evening)|heute|aujourd['’]hui|hoy|oggi|hoje|vandaag|"
    r"i dag|idag|сегодня|اليوم)(?!\w)",
    re.I,
)
_YEAR = re.compile(r"\d{4}")
_FIGURE_OR_WORD = re.compile(r"(?<!\d)\d|[^\W\d_]+")
_LONGEST, _AROUND = 200, 60
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIGURES = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:19|20)\d\d(?!\d)")
_PUBLISHED = re.compile(
    r"\b(?:publish|posted|first published|publié|publicad|pubblicat|veröffentlich|gepubliceerd|publis|опубликов|نشر)",
    re.I,
)
_UPDATED = re.compile(r"\b(?:updat|modif|last|mis à jour|actualizad|aggiornat|aktualisiert|atualizad|обновл)", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: ISO day, where it stands, and whether the order of day and month is a guess."""

    day: str
    start: int
    end: int
    unsure: bool = False


@cache
def _months() -> dict[str, int]:
    return {_folded(name): int(number) for name, number in (entry.split("\t") for entry in lexicon.lines("months.txt"))}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in _months())


def _folded(name: str) -> str:
    """Give the name of a month whatever its case; the Turkish letters i with and without a dot are one."""
    return name.casefold().replace("i\u0307", "i").replace("ı", "i")


@cache
def _pattern() -> re.Pattern[str]:
    known = (entry.split("\t")[0] for entry in lexicon.lines("months.txt"))
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    month = rf"(?P<m{{0}}>{names})\.?"
    year = r"(?P<y{0}>(?:19|20)\d\d)"
    return re.compile(
        rf"(?<![\w/])(?P<d1>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+(?:de|of|di))?[\s.-]+{month.format(1)}"
        rf"(?:\s+(?:de|del))?[\s,.-]+{year.format(1)}(?!\d)"
        rf"|(?<!\w)(?=\D){month.format(2)}\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{year.format(2)}(?!\d)"
        rf"|(?<![\d/-]){year.format(3)}(?P<s>[-/.])(?P<m3>[01]?\d)(?P=s)(?P<d3>[0-3]?\d)(?!\d)"
        rf"|(?<![\d/.-])(?P<a4>[0-3]?\d)(?P<t>[/.-])(?P<b4>[0-3]?\d)(?P=t){year.format(4)}(?!\.?\d)"
        rf"|{year.format(5)}\s*[年년]\s*(?P<m5>[01]?\d)\s*[月월]\s*(?P<d5>[0-3]?\d)\s*[日일]",
        re.I,
    )


def find(text: str, day_first: bool | None = None) -> Iterator[Found]:
    """Give every date in `text` in order.

    `day_first` decides figures such as 01/02/2026 whose order shows nowhere; when it is None they are `unsure`.
    """
    if not _may_date(text):
        return
    text = text if text.isascii() else text.translate(_DIGITS)
    after = 0
    for at in _starts(text):
        match = _pattern().match(text, at) if at >= after else None
        if match is None:
            continue
        after = match.end()
        day, unsure = _read(match, day_first)
        if day:
            yield Found(day, match.start(), after, unsure)


def _may_date(text: str) -> bool:
    """Say whether a year may stand in `text`."""
    return (not text.isascii() or "19" in text or "20" in text) and _YEAR.search(text) is not None


def _starts(text: str) -> Iterator[int]:
    """Give where a date can begin: at numbers and at names of months. To try it everywhere takes ten times as long."""
    known, plain = _first_words(), text.isascii()
    for found in _FIGURE_OR_WORD.finditer(text.lower() if plain else text):
        word = found.group()
        if (word if plain else _folded(word)) in known or not word.isalpha():
            yield found.start()


_DIGITS = {base + n: str(n) for base in (0x660, 0x6F0, 0x966, 0x9E6) for n in range(10)}


def _read(match: re.Match[str], day_first: bool | None) -> tuple[str, bool]:
    g = match.groupdict()
    unsure = False
    if g["y1"] or g["y2"]:
        n = "1" if g["y1"] else "2"
        numbers = (int(g[f"y{n}"]), _months()[_folded(g[f"m{n}"])], int(g[f"d{n}"]))
    elif g["y3"] or g["y5"]:
        n = "3" if g["y3"] else "5"
        numbers = (int(g[f"y{n}"]), int(g[f"m{n}"]), int(g[f"d{n}"]))
    else:
        first, second = int(g["a4"]), int(g["b4"])
        by_day = first > 12 or (second <= 12 and (day_first if day_first is not None else g["t"] == "."))
        unsure = first <= 12 and second <= 12 and first != second and day_first is None and g["t"] != "."
        numbers = (int(g["y4"]), second, first) if by_day else (int(g["y4"]), first, second)
    return _iso(*numbers), unsure


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else ""
    except ValueError:
        return ""


def day_first(lines: Iterable[str]) -> bool | None:
    """Say how figures such as 24/12/2023 are ordered on this page, None when none of them shows it."""
    for line in lines:
        for match in _FIGURES.finditer(line) if "/" in line else ():
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                return True
            if second > 12 >= first:
                return False
    return None


def published(lines: Sequence[str], head: int, order: bool | None = None) -> str | None:
    """Give the day of publication stated in `lines`, None when there is none.

    `lines` run down to the article's opening; those from index `head` on stand between its headline and its opening.
    A line there beats one further up, one that says "published" beats one without a word and that one that says
    "updated", and a line that is little but a date beats one that tells a story. Among equals the one nearest to the
    headline wins.
    """
    best: tuple[int, int, int, int] | None = None
    day: str | None = None
    for at, line in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        found = next((f for f in find(line, order) if not f.unsure), None)
        if found is None:
            continue
        label = line[: found.start]
        word = 2 if _PUBLISHED.search(label) else 0 if _UPDATED.search(label) else 1
        bare = len(line) - (found.end - found.start) <= _AROUND
        rank = (at >= head, bare or word == 2, word, -abs(at - head))
        if best is None or rank > best:
            best, day = rank, found.day
    return day


def inferred(body: Iterable[str]) -> str | None:
    """Give the day that the text itself calls today ("said today, Wednesday, 28 January 2026"), or None."""
    for paragraph in body:
        for match in _TODAY.finditer(paragraph) if _may_date(paragraph) else ():
            after = paragraph[match.end() : match.end() + 60]
            found = next(find(after), None)
            if found and found.start <= 24 and not re.search(r"[.;:!?]\s", after[: found.start]) and not found.unsure:
                return found.day
    return None
