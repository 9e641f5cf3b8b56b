"""Every word of the library, and which of them a typed word may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from string import ascii_lowercase

from store.search.fold import skeleton
from store.search.match import How, is_form, is_spelling, typed_wrong, typos_allowed

MOST_VARIANTS = 40
_LAST = "\U0010ffff"
Variants = dict[str, How]
Wider = Callable[[], tuple[Variants, Variants]]


class Meaning:
    """What a typed word may mean: words, and beginnings of words, each with how it answers.

    `known` has every word of the library that answers; `widely` those with typos too, which are looked for when they
    are first asked for: most searches find enough without.
    """

    def __init__(
        self, typed: str, words: Variants, begun: Variants, vocabulary: Vocabulary, typos: Wider | None = None
    ) -> None:
        self.typed = typed
        self.words = words
        self._begun = begun
        self._vocabulary = vocabulary
        self._typos = typos
        self.known = self._known(words, begun)

    @cached_property
    def _wide(self) -> tuple[Variants, Variants]:
        words, begun = self._typos() if self._typos is not None else ({}, {})
        return words | self.words, begun | self._begun

    @cached_property
    def widely(self) -> Variants:
        """Every word of the library that answers, with typos or without."""
        return self._known(*self._wide)

    def _known(self, words: Variants, begun: Variants) -> Variants:
        known = dict(words)
        for beginning, how in begun.items():
            for word in self._vocabulary.beginning_with(beginning):
                if how < known.get(word, _NONE):
                    known[word] = how
        return known

    def expression(self, worst: How) -> str:
        """Write it for a full-text query, with nothing that answers worse than `worst`."""
        words, begun = self._wide if worst > How.SPELLING else (self.words, self._begun)
        parts = [f'"{word}"' for word, how in words.items() if how <= worst]
        parts += [f'"{word}"*' for word, how in begun.items() if how <= worst]
        return f"({' OR '.join(parts)})" if len(parts) > 1 else "".join(parts)


_NONE = max(How) + 1


class Vocabulary:
    """The words of the library in memory, by spelling, by length and by consonants."""

    def __init__(self, words: Iterable[tuple[str, bool | int]] = ()) -> None:
        self.names: dict[str, bool] = {word: bool(name) for word, name in words}
        self._listed = sorted(self.names)
        self._in_order = len(self._listed)
        self._bones: defaultdict[str, list[str]] = defaultdict(list)
        self._shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._meanings: dict[tuple[str, bool, bool], Meaning] = {}
        self._cut: dict[tuple[str, int, int], list[str]] = {}
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
            self._cut.clear()
        return new

    def beginning_with(self, beginning: str) -> list[str]:
        """Give every word that begins so, in order."""
        ordered = self._sorted
        return ordered[bisect_left(ordered, beginning) : bisect_left(ordered, beginning + _LAST)]

    def meaning(self, typed: str, *, prefix: bool = False, exact: bool = False, eager: bool = False) -> Meaning:
        """Give what a typed word may mean. `eager` allows a typo in four letters too."""
        if exact or len(typed) == 1:
            return Meaning(typed, *self._very(typed, prefix), self)
        key = (typed, prefix, eager)
        if key not in self._meanings:
            if len(self._meanings) > 500:
                self._meanings.clear()
            self._meanings[key] = self._meaning(typed, prefix, eager)
        return self._meanings[key]

    def _meaning(self, typed: str, prefix: bool, eager: bool) -> Meaning:
        words, begun = self._very(typed, prefix)
        if not (typed.isalpha() and typed.isascii()):
            return Meaning(typed, words, begun, self)
        alike = self._spellings(typed) | self._forms(typed)
        room = MOST_VARIANTS - len(alike)

        def typos() -> tuple[Variants, Variants]:
            wrong = sorted(self._typos(typed, eager).items(), key=lambda one: one[1])[: max(0, room)]
            return dict(wrong), self._begun_typos(typed) if prefix else {}

        words |= dict(sorted(alike.items(), key=lambda one: one[1])[:MOST_VARIANTS])
        return Meaning(typed, words, begun, self, typos)

    def _very(self, typed: str, prefix: bool) -> tuple[Variants, Variants]:
        """Give the word itself and, while it is typed, its beginning; for one letter some words, names first."""
        if not prefix or len(typed) > 1 or not typed.isascii():
            return {typed: How.SAME}, {typed: How.BEGUN} if prefix else {}
        begun = sorted(self.beginning_with(typed), key=lambda word: not self.names[word])[:MOST_VARIANTS]
        return dict.fromkeys(begun, How.BEGUN) | {typed: How.SAME}, {}

    def _forms(self, typed: str) -> Variants:
        if len(typed) < 4:
            return {}
        found = {typed[:length]: How.FORM for length in range(max(4, len(typed) - 3), len(typed))}
        found = {word: how for word, how in found.items() if word in self.names and is_form(typed, word)}
        found |= {word: How.FORM for word in self.beginning_with(typed) if word != typed and is_form(typed, word)}
        return found

    def _spellings(self, typed: str) -> Variants:
        bones = skeleton(typed)
        alike = self._bones.get(bones, ()) if bones else ()
        most = typos_allowed(typed)
        return {
            word: How.SPELLING
            for word in alike
            if word != typed
            and is_spelling(typed, word)
            and not (word[0] == typed[0] and typed_wrong(typed, word, most))
        }

    def _typos(self, typed: str, eager: bool) -> Variants:
        most = typos_allowed(typed, eager)
        lengths = range(len(typed) - most, len(typed) + most + 1)
        found = _near(typed, [self._shelves.get((typed[0], length), ()) for length in lengths], most)
        if most > 1:  # a wrong first letter counts as one more, so that all else must be right
            firsts = [letter + rest for letter in ascii_lowercase for rest in (typed[1:], typed)]
            firsts += [typed[1:], typed[1] + typed[0] + typed[2:]]
            found |= {word: How.TYPOS for word in firsts if word in self.names and word[0] != typed[0]}
        return found

    def _begun_typos(self, typed: str) -> Variants:
        most = typos_allowed(typed)
        if not most:
            return {}
        lengths = (len(typed) - 1, len(typed), len(typed) + 1)
        found = _near(typed, [self._beginnings(typed[0], length, len(typed)) for length in lengths], most)
        found.pop(typed, None)
        found.pop(typed[:-1], None)  # it would let in everything that begins so, typo or not
        return dict(sorted(found.items(), key=lambda one: one[1])[:MOST_VARIANTS])

    def _beginnings(self, first: str, length: int, shorter: int) -> list[str]:
        """Give the first `length` letters of all words that begin with a letter and are longer than `shorter`."""
        key = (first, length, shorter)
        if key not in self._cut:
            longer = (word for word in self.beginning_with(first) if len(word) > shorter)
            self._cut[key] = list(dict.fromkeys(word[:length] for word in longer))
        return self._cut[key]


def _near(typed: str, shelves: Iterable[Sequence[str]], most: int) -> Variants:
    """Find the words with the same first letter within so many typos."""
    if not most:
        return {}
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found: Variants = {}
    for shelf in shelves:
        for word, typos, _ in process.extract(typed, shelf, scorer=OSA.distance, score_cutoff=most, limit=None):
            if typos:
                found[word] = How.TYPO if typos == 1 else How.TYPOS
    return found
