"""How two wordings of one saying differ, heaviest first: numbers, negations, names, other words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from store.search.fold import Word, words
from store.wording import lexicon, negates

Weight = Literal["number", "negation", "name", "word"]
_ORDER: dict[Weight, int] = {"number": 0, "negation": 1, "name": 2, "word": 3}
NOTHING = "–"


class Difference(Struct, frozen=True):
    """Words that stand in one wording and not so in the other: spans of each (empty where it has none)."""

    here: tuple[int, int]
    there: tuple[int, int]
    weight: Weight


def drift(here: str, there: str) -> list[Difference]:
    """Give the differences between two wordings in the order of the text.

    What only one of them has before or after all common words is no difference: it was cut elsewhere.
    """
    mine, theirs = words(here), words(there)
    runs = _changed([word.text for word in mine], [word.text for word in theirs])
    found = []
    for run in runs:
        one, other = mine[run[0] : run[1]], theirs[run[2] : run[3]]
        weights = [_weight(word, here, word is mine[0]) for word in one]
        weights += [_weight(word, there, word is theirs[0]) for word in other]
        cut = (not one and run[0] in {0, len(mine)}) or (not other and run[2] in {0, len(theirs)})
        if not cut or "negation" in weights:
            heaviest = min(weights, key=_ORDER.__getitem__)
            found.append(Difference(_span(one, mine, run[0]), _span(other, theirs, run[2]), heaviest))
    return found


Run = tuple[int, int, int, int]
"""Words from and to here, from and to there."""


def _changed(mine: list[str], theirs: list[str]) -> list[Run]:
    """Give the runs of words that are not the same, word by word where as many stand against as many."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    opcodes = Levenshtein.opcodes(mine, theirs)
    steps = [(step.tag, (step.src_start, step.src_end, step.dest_start, step.dest_end)) for step in opcodes]
    first, last = _ends(steps), len(steps) - _ends(steps[::-1])
    runs: list[Run] = []
    for tag, run in steps[first:last]:
        if tag == "equal":
            continue
        if runs and runs[-1][1] == run[0] and runs[-1][3] == run[2]:
            runs[-1] = (runs[-1][0], run[1], runs[-1][2], run[3])
        else:
            runs.append(run)
    single: list[Run] = []
    for start, end, begin, stop in runs:
        if end - start == stop - begin:
            single += [(start + n, start + n + 1, begin + n, begin + n + 1) for n in range(end - start)]
        else:
            single.append((start, end, begin, stop))
    return single


ISLAND, GAP = 2, 4


def _ends(steps: list[tuple[str, Run]]) -> int:
    """Count the steps at one end that hold only a stray common word or two before a long stretch that was cut."""
    if len(steps) > 2 and steps[0][0] == "equal" and steps[1][0] in {"insert", "delete"}:
        island, (start, end, begin, stop) = steps[0][1], steps[1][1]
        if island[1] - island[0] <= ISLAND and max(end - start, stop - begin) > GAP:
            return 2
    return 0


def _span(run: Sequence[Word], all_words: Sequence[Word], at: int) -> tuple[int, int]:
    if run:
        return run[0].start, run[-1].end
    place = all_words[at].start if at < len(all_words) else all_words[-1].end if all_words else 0
    return place, place


def _weight(word: Word, text: str, first: bool) -> Weight:
    printed = text[word.start : word.end]
    if any(char.isdigit() for char in printed) or printed.casefold() in lexicon("number_words.txt"):
        return "number"
    if negates(printed):
        return "negation"
    starts = first or text[: word.start].rstrip().endswith((".", "!", "?", "…"))
    return "name" if printed[0].isupper() and not starts else "word"


def told(here: str, there: str, differences: Sequence[Difference], most: int = 3) -> str:
    """Say in a line how the second wording differs from the first: `400 → 40 · not → –`; empty when it does not."""
    heavy = sorted(differences, key=lambda one: _ORDER[one.weight])
    parts = [
        f"{_one_line(here[slice(*one.here)]) or NOTHING} → {_one_line(there[slice(*one.there)]) or NOTHING}"
        for one in heavy[:most]
    ]
    return " · ".join(parts) + (f" · {len(heavy) - most} more" if len(heavy) > most else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
