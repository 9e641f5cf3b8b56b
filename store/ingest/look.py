"""What can be counted in one chunk of a page, whatever stands around it."""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter

from msgspec import Struct

from store.ingest import dates, language, lexicon
from store.ingest.lines import Chunk

_SHORT = 9
_CONTENT = 3
_LONGEST_SEEN = 2_000
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_QUOTE = re.compile('["“”«»„]')
_SIGN = re.compile('["“”«»„|·›→©(@$€£]')
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

_OFFERS = ("signup", "paywall")
_MOST = 120
_first = itemgetter(0)


class Seen(Struct, frozen=True):
    """One chunk with what was counted in it.

    `size` is its length in a letter, `last` its end (`.`, `?`, `!`, `"` for a closed quotation, `:`, `,`, `;` or `-`),
    `density` the share of common words, `known` how each phrase list knows it, `marks` single forms, `content` the
    words that say what it is about, `capitals` the share of words that begin with one, in tenths, `prose` whether it
    reads like running text, `short` whether it looks like a label, `offers` the list
    by which it offers a newsletter (`signup`) or says that the rest is for subscribers (`paywall`), or nothing.
    """

    text: str
    tokens: tuple[str, ...]
    words: int
    size: str
    last: str
    density: float
    known: dict[str, str]
    marks: tuple[str, ...]
    content: frozenset[str]
    capitals: int
    prose: bool
    short: bool
    offers: str

    @property
    def closing(self) -> bool:
        """Whether the chunk is a label that stands where articles are over."""
        return self.known.get("EN") == "whole" or ("EN" in self.known and self.words <= 6)


def look(chunk: Chunk) -> Seen:
    """Count what can be counted in one chunk; of a very long one in its beginning."""
    text = chunk.text[:_LONGEST_SEEN]
    found = tuple(lexicon.tokens(text))
    count = len(found)
    wide = 0 if text.isascii() else len(_CJK.findall(text))
    dense = wide > len(text) // 4
    common = language.all_stop_words()
    known, offers = _known(found) if count <= _MOST else ({}, "")
    rest = [t for t in found if t not in common]
    words = max(1, wide // 2 if dense else count)
    last = _ending(chunk.text)
    marks = tuple(_marks(text, found, words))
    return Seen(
        text,
        found,
        words,
        "s" if words < 6 else "m" if words < 15 else "l" if words < 40 else "x",
        last,
        0.35 if dense else (count - len(rest)) / (count or 1),
        known,
        marks,
        frozenset([t for t in rest if len(t) > _CONTENT]),
        _capitals(text),
        words >= 8 and last in '.?!"' and "FU" not in known and "PR" not in known,
        words <= _SHORT and last in "-:",
        offers if "SAYS" not in marks and "QU" not in marks else "",
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


def tenth(share: float) -> int:
    """Give a share of 0 to 1 as a figure of 0 to 9."""
    figure = int(share * 10)
    return figure if figure < 9 else 9


def _capitals(text: str) -> int:
    parts = text.split()
    return tenth(len(list(filter(str.isupper, map(_first, parts)))) / (len(parts) or 1))


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
    found = _signs(text) if text[-1] == ">" or _SIGN.search(text) else []
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


def _signs(text: str) -> list[str]:
    found = []
    if _QUOTE.search(text):
        found.append("QU")
    if "|" in text or " · " in text or text[-1] in "»›>→":
        found.append("BAR")
    if "©" in text or "(c)" in text:
        found.append("CPR")
    if "@" in text:
        found.append("AT")
    if "$" in text or "€" in text or "£" in text:
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
