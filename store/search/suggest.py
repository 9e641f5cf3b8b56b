"""Short lists for the prompts: the names that a few typed letters may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from store.model import Span
from store.search.fold import Word, words
from store.search.match import How, compare

_ALIKE = 75.0
Suggestion = tuple[str, tuple[Span, ...]]


def suggest(query: str, names: Sequence[str], limit: int = 8) -> list[Suggestion]:
    """Give the names that answer what is typed, best first, each with the spans of it to mark.

    Every typed word has to answer a word of the name, the last one may be unfinished. When no name does, names that
    look alike as a whole are given, without marks. An empty query gives the first names as they come.
    """
    typed = words(query)
    if not typed:
        return [(name, ()) for name in names[:limit]]
    finished = query[-1:].isspace()
    ranked = []
    for at, name in enumerate(names):
        answer = _answer(typed, _words(name), finished)
        if answer is not None:
            ranked.append((answer[0], at, name, answer[1]))
    ranked.sort(key=lambda one: (one[0], one[1]))
    if ranked:
        return [(name, marks) for _, _, name, marks in ranked[:limit]]
    return [(name, ()) for name in _alike(query, names, limit)]


_words = lru_cache(maxsize=1 << 14)(words)


def prepare(names: Iterable[str]) -> None:
    """Take names apart before they are suggested: the first letter typed then waits for none of them."""
    for name in names:
        _words(name)


Rank = tuple[int, int, int, int]


def _answer(typed: list[Word], printed: list[Word], finished: bool) -> tuple[Rank, tuple[Span, ...]] | None:
    """Rank one name by its worst word, the sum of them, where it begins and how long it is; None when it fails."""
    marks: list[Span] = []
    hows: list[How] = []
    free = list(printed)
    for word in typed:
        found = _best(word.text, free, prefix=not finished)
        if found is None:
            return None
        how, one = found
        free.remove(one)
        hows.append(how)
        marks.append((one.start, one.start + _typed_length(word, one, how)))
    first = 0 if printed and (printed[0].start, printed[0].end) not in {(word.start, word.end) for word in free} else 1
    return (max(hows), sum(hows), first, len(printed)), tuple(sorted(marks))


def _best(word: str, printed: list[Word], prefix: bool) -> tuple[How, Word] | None:
    found = [(how, one) for one in printed if (how := compare(word, one.text, prefix, False, True)) is not None]
    return min(found, key=lambda pair: (pair[0], pair[1].start)) if found else None


def _typed_length(word: Word, one: Word, how: How) -> int:
    """Mark only what was typed of a word that was begun, when its letters stand one for one on the printed ones."""
    whole = one.end - one.start
    return min(len(word.text), whole) if how is How.BEGUN and whole == len(one.text) else whole


def _alike(query: str, names: Sequence[str], limit: int) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    folded = [" ".join(word.text for word in _words(name)) for name in names]
    wanted = " ".join(word.text for word in words(query))
    if len(wanted) < 4 or not wanted.replace(" ", "").isalpha():  # a number is no likeness of another
        return []
    found = process.extract(wanted, folded, scorer=fuzz.WRatio, limit=limit, score_cutoff=_ALIKE)
    return [names[at] for _, _, at in found]
