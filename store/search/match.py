"""How well one word answers another: the same, begun, a form of it, spelled alike, or with typos."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from store.search.fold import is_number, skeleton, sounds

MOST_TYPOS = 2
ALIKE = 0.7
"""How alike two spellings of one name sound at least, 0 to 1."""
_BEGIN_APART = 0.9
"""The same of a word with b and one with p, for which Arabic has one letter: putin, butin; but not bourke, pierce."""


class How(IntEnum):
    """The ways a word can match, best first."""

    SAME = 0
    BEGUN = 1
    FORM = 2
    SPELLING = 3
    TYPO = 4
    TYPOS = 5


LABELS = {
    How.SAME: "",
    How.BEGUN: "",
    How.FORM: "another form",
    How.SPELLING: "another spelling",
    How.TYPO: "1 typo",
    How.TYPOS: "2 typos",
}


def typos_allowed(word: str, eager: bool = False) -> int:
    """Give how many typos a typed word may hold: 1 from 5 letters, 2 from 9, none in numbers.

    `eager`: also one in 4 letters, for when nothing else was found.
    """
    if is_number(word) or not word.isascii():
        return 0
    return 2 if len(word) >= 9 else 1 if len(word) >= (4 if eager else 5) else 0


@lru_cache(maxsize=1 << 16)
def compare(typed: str, printed: str, prefix: bool = False, exact: bool = False, eager: bool = False) -> How | None:
    """Tell how a folded word of a text answers a folded word that was typed; None when it does not.

    `prefix`: the typed word may be unfinished. `exact`: nothing but the same word, or its beginning, will do.
    """
    if typed == printed:
        return How.SAME
    if prefix and printed.startswith(typed):
        return How.BEGUN
    if exact or is_number(typed) or is_number(printed) or not typed.isascii():
        return None
    if is_form(typed, printed):
        return How.FORM
    typos = _typos(typed, printed, prefix, typos_allowed(typed, eager))
    if typos is not None:
        return How.TYPO if typos == 1 else How.TYPOS
    return How.SPELLING if is_spelling(typed, printed) else None


def is_form(one: str, other: str) -> bool:
    """Tell whether one word is the other with a short ending: bases and base, report and reported."""
    short, long = sorted((one, other), key=len)
    most = 3 if other is long else 2  # what was typed in full is shortened with more care
    return len(short) >= 4 and len(long) - len(short) <= most and long.startswith(short)


def is_spelling(one: str, other: str) -> bool:
    """Tell whether two words may spell one name: the same consonants, and vowels alike or not written at all."""
    bones = skeleton(one)
    if not bones or bones != skeleton(other) or min(len(one), len(other)) < 3:
        return False
    if not (set(one) & _VOWELS and set(other) & _VOWELS):
        return True
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    least = _BEGIN_APART if {one[0], other[0]} == {"b", "p"} else ALIKE
    return OSA.normalized_similarity(sounds(one), sounds(other)) >= least


def typed_wrong(typed: str, printed: str, most: int) -> bool:
    """Tell whether a word is another with at most so many typos."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return bool(OSA.distance(typed, printed, score_cutoff=most) <= most)


_VOWELS = set("aeiou")


def _typos(typed: str, printed: str, prefix: bool, most: int) -> int | None:
    if not most or (typed[0] != printed[0] and most < MOST_TYPOS):
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    lengths = {len(printed)}
    if prefix and len(printed) > len(typed):
        lengths |= {len(typed) - 1, len(typed), min(len(typed) + 1, len(printed))}
    least = min(OSA.distance(typed, printed[:length], score_cutoff=most) for length in lengths)
    if typed[0] != printed[0]:
        least += 1  # the first letter is seldom the wrong one
    return least if least <= most else None
