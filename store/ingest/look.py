"""What can be counted in one chunk of a page, whatever stands around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from operator import itemgetter

from msgspec import Struct

from store.ingest import dates, language, lexicon

_SHORT = 9
_CONTENT = 3
_LONGEST_SEEN = 2_000
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_QUOTE = re.compile("[“”«»„]")
_AGO = re.compile(
    r"\b\d+\s*(?:min|minute|hour|hr|day|week|month|year|[hdm])s?\.? ago\b"
    r"|\bvor \d+|\bil y a \d+|\bhace \d+|\b\d+ \w+ fa\b",
    re.I,
)
_AGO_WORDS = frozenset(("ago", "vor", "il", "hace", "fa"))
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_YEAR = re.compile(r"(?:19|20)\d\d|[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]{4}")
_BIO = re.compile(r"^(?:[A-Z][\w.'’-]+ ){2,4}(?:is|was|has|covers|writes|joined|reports|works)\b")
_SAYS = frozenset(("said", "says", "told", "added", "according", "sagte", "dit", "dijo", "disse", "detto"))
_LISTS = {"furniture": ("FU", 20), "end": ("EN", 14), "promo": ("PR", 120), "credit": ("CR", 70), "byline": ("BY", 30)}
"""How each phrase list is known, and the most tokens of a line that it is asked about."""

_EDGES = (0, 1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 70, 120)
_STEPS = tuple(_EDGES[bisect_right(_EDGES, value) - 1] for value in range(_EDGES[-1] + 1))
_LAST = _EDGES[-1]
_OFFERS = ("signup", "paywall")
_MOST = 120
_CASES = bytes(
    n if n == ord("\n") else ord("A" if letter.isupper() else " " if letter.isspace() else "x")
    for n, letter in enumerate(map(chr, range(256)))
)
"""Every letter of Latin-1 as a capital, a space or anything else."""

_first = itemgetter(0)


class Seen(Struct, frozen=True):
    """One chunk with what was counted in it.

    `size` is its length in a letter, `step` in steps of words, `last` its end (`.`, `?`, `!`, `"` for a closed
    quotation, `:`, `,`, `;` or `-`), `density` the share of common words and `common` the same in tenths, `known` how
    each phrase list knows it, `marks` single forms, `letters` whether it is in capitals (`UP`) or begins with a small
    one (`LOW`), `content` the words that say what it is about, `capitals` the share of words that begin with one, in
    tenths, `prose` whether it reads like running text, `short` whether it looks like a label, `offers` the list
    by which it offers a newsletter (`signup`) or says that the rest is for subscribers (`paywall`), or nothing.
    """

    text: str
    tokens: tuple[str, ...]
    words: int
    size: str
    step: int
    last: str
    density: float
    common: int
    known: dict[str, str]
    marks: tuple[str, ...]
    letters: tuple[str, ...]
    content: frozenset[str]
    capitals: int
    prose: bool
    short: bool
    offers: str

    @property
    def closing(self) -> bool:
        """Whether the chunk is a label that stands where articles are over."""
        return self.known.get("EN") == "whole" or ("EN" in self.known and self.words <= 6)


def look(text: str) -> Seen:
    """Count what can be counted in one line; of a very long one in its beginning."""
    return look_at([text])[text]


def look_at(texts: Iterable[str]) -> dict[str, Seen]:
    """Do that for all lines of a page, at equal ones once: cut into words together they take half the time."""
    plain: list[str] = []
    others: list[str] = []
    for text in dict.fromkeys(texts):
        short = len(text) <= _LONGEST_SEEN and "\n" not in text
        (plain if short and lexicon.is_plain(text) else others).append(text)
    cut = list(zip(plain, lexicon.plain_tokens(plain), _plain_capitals(plain), strict=True)) if plain else []
    for text in others:
        head = text[:_LONGEST_SEEN]
        cut.append((text, lexicon.tokens(head), _capitals(head)))
    telling = frozenset(_telling({token for _, found, _ in cut for token in found}))
    return {text: _seen(text, tuple(found), capitals, telling) for text, found, capitals in cut}


def _telling(words: Set[str]) -> Iterator[str]:
    """Give those of some words that say what a text is about."""
    return (word for word in words - language.all_stop_words() if len(word) > _CONTENT)


def _seen(text: str, found: tuple[str, ...], capitals: int, telling: frozenset[str]) -> Seen:
    """Put together what was counted in the beginning of a line; `telling` are words of content, its own among them."""
    head = text[:_LONGEST_SEEN]
    count = len(found)
    wide = 0 if head.isascii() else len(_CJK.findall(head))
    dense = wide > len(head) // 4
    words = (wide // 2 if dense else count) or 1
    last = _ending(text)
    density = 0.35 if dense else sum(map(language.all_stop_words().__contains__, found)) / (count or 1)
    known, offers = _known(found) if count <= _MOST else ({}, "")
    marks = tuple(_marks(head, found, words))
    return Seen(
        head,
        found,
        words,
        "s" if words < 6 else "m" if words < 15 else "l" if words < 40 else "x",
        bucket(words),
        last,
        density,
        tenth(density),
        known,
        marks,
        ("LOW",) if head[0].islower() else ("UP",) if head.isupper() else (),
        telling.intersection(found),
        capitals,
        words >= 8 and last in '.?!"' and "FU" not in known and "PR" not in known,
        words <= _SHORT and last in "-:",
        offers if offers and "SAYS" not in marks and "QU" not in marks else "",
    )


@cache
def _phrases() -> lexicon.Phrases:
    return lexicon.phrases(*_LISTS, *_OFFERS)


def _known(tokens: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """Say how the phrase lists know a line, and which of those of offers does, if any."""
    found = _phrases().find(tokens)
    if not found:
        return found, ""
    offers, count = "", len(tokens)
    for name in _OFFERS:
        offers = name if found.pop(name, None) else offers
    return {_LISTS[name][0]: where for name, where in found.items() if count <= _LISTS[name][1]}, offers


def bucket(value: int) -> int:
    """Give the largest of a few steps that is not above `value`."""
    return _STEPS[value if value < _LAST else _LAST]


def tenth(share: float) -> int:
    """Give a share of 0 to 1 as a figure of 0 to 9."""
    figure = int(share * 10)
    return figure if figure < 9 else 9


def _capitals(text: str) -> int:
    parts = text.split()
    return tenth(len(list(filter(str.isupper, map(_first, parts)))) / (len(parts) or 1))


def _plain_capitals(lines: Sequence[str]) -> list[int]:
    """Do the same for all of some plain lines: a word begins where a letter of `_CASES` stands behind a space."""
    cases = "\n".join([f" {line}" for line in lines]).encode("latin-1", "replace").translate(_CASES).split(b"\n")
    return [tenth(large / ((large + line.count(b" x")) or 1)) for line in cases for large in (line.count(b" A"),)]


def _ending(text: str) -> str:
    closed = text.rstrip("\"'”’»)] ")
    last = closed[-1:] or "-"
    if last in ".。।…":
        return "." if len(closed) == len(text) else '"'
    if last in "?？؟":
        return "?"
    if last in "!！":
        return "!"
    return last if last in ":,;" else "-"


def _marks(text: str, tokens: tuple[str, ...], words: int) -> list[str]:
    found = _signs(text, text.isascii())
    if "." in text and _is_address(text):
        found.append("URL")
    if text[0] in "[(":
        found.append("BRA")
    if "0" in tokens:
        found.append("NUM")
        found += _times(text, tokens) if words < 25 else ()
    if words >= 6:
        found.append(f"COM{min(3, text.count(',') * 12 // words)}")
        if not _SAYS.isdisjoint(tokens):
            found.append("SAYS")
        if _BIO.match(text):
            found.append("BIO")
    return found


def _is_address(text: str) -> bool:
    dotted = ".com" in text or ".org" in text or ".net" in text or ".co.uk" in text
    return dotted or "www." in text or "://" in text


def _signs(text: str, plain: bool) -> list[str]:
    """Say which signs stand in a line; one that is `plain` ASCII can hold few of them."""
    found = []
    if '"' in text or not (plain or not _QUOTE.search(text)):
        found.append("QU")
    if "|" in text or text[-1] in "»›>→" or not (plain or " · " not in text):
        found.append("BAR")
    if "(c)" in text or not (plain or "©" not in text):
        found.append("CPR")
    if "@" in text:
        found.append("AT")
    if "$" in text or not (plain or ("€" not in text and "£" not in text)):
        found.append("MON")
    return found


def _times(text: str, tokens: tuple[str, ...]) -> list[str]:
    found = []
    if not _AGO_WORDS.isdisjoint(tokens) and _AGO.search(text):
        found.append("AGO")
    if _YEAR.search(text) and next(dates.find(text), None):
        found.append("DATE")
    if _CLOCK.search(text):
        found.append("CLOCK")
    return found
