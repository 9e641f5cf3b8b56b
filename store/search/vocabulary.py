"""Every word of the library, and which of them a typed word may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from store.search.fold import skeleton
from store.search.match import How, is_form, is_spelling, typos_allowed

MOST_VARIANTS = 40
Variants = dict[str, How]


class Meaning:
    """What a typed word may mean: words, and beginnings of words, each with how it answers."""

    __slots__ = ("_begun", "_starts", "known", "typed", "words")

    def __init__(self, typed: str, words: Variants, begun: Variants) -> None:
        self.typed = typed
        self.words = words
        self._begun = tuple(begun.items())
        self._starts = tuple(begun)
        self.known: dict[str, How | None] = {}  # every word that was asked for, and the answer

    def how(self, word: str) -> How | None:
        """Tell how a word of a text answers; None when it does not."""
        found = self.words.get(word)
        if word.startswith(self._starts):
            hows = [how for beginning, how in self._begun if word.startswith(beginning)]
            found = min(hows) if found is None else min(found, *hows)
        self.known[word] = found
        return found

    def expression(self, worst: How) -> str:
        """Write it for a full-text query, with nothing that answers worse than `worst`; empty when nothing is left."""
        parts = [f'"{word}"' for word, how in self.words.items() if how <= worst]
        parts += [f'"{word}"*' for word, how in self._begun if how <= worst]
        return f"({' OR '.join(parts)})" if len(parts) > 1 else "".join(parts)


class Vocabulary:
    """The words of the library in memory, by spelling, by length and by consonants."""

    def __init__(self, words: Iterable[tuple[str, bool | int]] = ()) -> None:
        self.names: dict[str, bool] = {word: bool(name) for word, name in words}
        self._listed = sorted(self.names)
        self._in_order = len(self._listed)
        self._bones: defaultdict[str, list[str]] = defaultdict(list)
        self._shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._meanings: dict[tuple[str, bool, bool], Meaning] = {}
        for word, name in self.names.items():
            self._shelve(word)
            if name:
                self._bones[skeleton(word)].append(word)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def _sorted(self) -> list[str]:
        """Every word in order; sorted again only when words came since the last time."""
        if self._in_order < len(self._listed):
            self._listed.sort()
            self._in_order = len(self._listed)
        return self._listed

    def _shelve(self, word: str) -> None:
        self._shelves[word[0], len(word)].append(word)

    def add(self, words: dict[str, bool]) -> list[tuple[str, bool]]:
        """Take in words, each with whether it may be a name; give back those that were new, or new as a name."""
        new = []
        for word, name in words.items():
            known = self.names.get(word)
            if known is None or (name and not known):
                new.append((word, name))
                self.names[word] = name
                if known is None:
                    self._listed.append(word)
                    self._shelve(word)
                if name:
                    self._bones[skeleton(word)].append(word)
        if new:
            self._meanings.clear()
        return new

    def meaning(self, typed: str, *, prefix: bool = False, exact: bool = False, eager: bool = False) -> Meaning:
        """Give what a typed word may mean. `eager` allows a typo in four letters too."""
        if exact:
            return Meaning(typed, {typed: How.SAME}, {typed: How.BEGUN} if prefix else {})
        key = (typed, prefix, eager)
        if key not in self._meanings:
            if len(self._meanings) > 500:
                self._meanings.clear()
            self._meanings[key] = self._meaning(typed, prefix, eager)
        return self._meanings[key]

    def _meaning(self, typed: str, prefix: bool, eager: bool) -> Meaning:
        words: Variants = {typed: How.SAME}
        begun: Variants = {typed: How.BEGUN} if prefix else {}
        if typed.isalpha() and typed.isascii():
            found = self._spellings(typed) | self._typos(typed, eager) | self._forms(typed)
            ranked = sorted(found.items(), key=lambda one: one[1])[:MOST_VARIANTS]
            words |= {word: how for word, how in ranked if word not in words}
            if prefix:
                begun |= self._begun_typos(typed)
        return Meaning(typed, words, begun)

    def _forms(self, typed: str) -> Variants:
        if len(typed) < 4:
            return {}
        found = {typed[:length]: How.FORM for length in range(max(4, len(typed) - 3), len(typed))}
        found = {word: how for word, how in found.items() if word in self.names and is_form(typed, word)}
        ordered = self._sorted
        at = bisect_left(ordered, typed)
        while at < len(ordered) and ordered[at].startswith(typed):
            if is_form(typed, ordered[at]):
                found[ordered[at]] = How.FORM
            at += 1
        return found

    def _spellings(self, typed: str) -> Variants:
        bones = skeleton(typed)
        alike = self._bones.get(bones, ()) if bones else ()
        return {word: How.SPELLING for word in alike if word != typed and is_spelling(typed, word)}

    def _typos(self, typed: str, eager: bool) -> Variants:
        most = typos_allowed(typed, eager)
        shelves = [
            self._shelves.get((first, length), ())
            for first in (typed[0] if most < 2 else "abcdefghijklmnopqrstuvwxyz")
            for length in range(len(typed) - most, len(typed) + most + 1)
        ]
        return _near(typed, shelves, most)

    def _begun_typos(self, typed: str) -> Variants:
        most = typos_allowed(typed)
        if not most:
            return {}
        ordered = self._sorted
        low, high = bisect_left(ordered, typed[0]), bisect_left(ordered, typed[0] + "\x7f")
        longer = [word for word in ordered[low:high] if len(word) > len(typed)]
        cuts = [{word[:length] for word in longer} for length in (len(typed) - 1, len(typed), len(typed) + 1)]
        found = _near(typed, [list(cut) for cut in cuts], most)
        found.pop(typed, None)
        found.pop(typed[:-1], None)  # it would let in everything that begins so, typo or not
        return dict(sorted(found.items(), key=lambda one: one[1])[:MOST_VARIANTS])


def _near(typed: str, shelves: Iterable[Sequence[str]], most: int) -> Variants:
    """Find the words within so many typos; a wrong first letter counts as one more."""
    if not most:
        return {}
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found: Variants = {}
    for shelf in shelves:
        for word, distance, _ in process.extract(typed, shelf, scorer=OSA.distance, score_cutoff=most, limit=None):
            typos = int(distance) + (word[0] != typed[0])
            if 0 < typos <= most:
                found[word] = How.TYPO if typos == 1 else How.TYPOS
    return found
