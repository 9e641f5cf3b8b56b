"""Names that may be one person's, to be judged by a person. Never joined here: a wrong merge is worse than a split.

Names are compared by the consonants of their words (`store.search.fold.skeleton`), in which spellings and scripts
agree. Two names are suggested when they have the same words, when one has some of the other's words and no third name
could be meant, or when their first names are initials of one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from threading import Lock

from msgspec import Struct

from store.search.fold import skeleton, words
from store.search.match import is_spelling

MOST_SHARING = 200
"""Names with a word in common; a word that more have says nothing."""


class Namesake(Struct, frozen=True):
    """A suggestion that `name` is another name of `into`, and why."""

    name: str
    into: str
    why: str


@lru_cache(maxsize=1 << 16)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(name))


@lru_cache(maxsize=1 << 16)
def _bones(name: str) -> tuple[str, ...]:
    """Give the words of a name as they are compared; one without two consonants as it is folded."""
    return tuple(skeleton(word) or word for word in _folded(name))


Pair = tuple[str, str, str]
"""Two names and why they may be one person's."""


class Namesakes:
    """Remembers how names compare, so that the next time only what changed costs something; for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._names: set[str] = set()
        self._sharing: defaultdict[str, set[str]] = defaultdict(set)
        self._pairs: dict[str, list[Pair]] = {}

    def suggest(
        self, quoted: Mapping[str, int], apart: Callable[[str], Collection[str]], stopped: Callable[[], bool]
    ) -> list[Namesake]:
        """Suggest who may be who among the names of `quoted` (with how often each is quoted).

        `apart` gives the names that a person said are not a name's. The fuller name is the one to keep. Those that
        concern most quotes come first.
        """
        with self._lock:
            if not self._take_in(set(quoted), stopped):
                return []
            pairs = list(chain.from_iterable(self._pairs.values()))
        found = []
        for one, other, why in pairs:
            keep, name = sorted((one, other), key=lambda it: (-len(_bones(it)), -quoted[it], -len(it), it))
            if name not in apart(keep) and keep not in apart(name):
                found.append(Namesake(name, keep, why))
        return sorted(found, key=lambda it: (-min(quoted[it.name], quoted[it.into]), -quoted[it.into], it.name))

    def _take_in(self, names: set[str], stopped: Callable[[], bool]) -> bool:
        """Compare the names that are new and those that have words in common with new or lost ones."""
        changed = names ^ self._names
        for name in sorted(changed):
            for bone in _bones(name):
                (self._sharing[bone].add if name in names else self._sharing[bone].discard)(name)
        touched = {near for name in changed for near in self._near(name)} | changed
        for name in sorted(touched):
            if stopped():
                self._names, self._pairs, self._sharing = set(), {}, defaultdict(set)
                return False
            self._pairs.pop(name, None)
            if name in names and (pairs := list(self._compare(name))):
                self._pairs[name] = pairs
        self._names = names
        return True

    def _near(self, name: str) -> set[str]:
        common = (self._sharing[bone] for bone in _bones(name))
        return {near for names in common if len(names) <= MOST_SHARING for near in names}

    def _compare(self, name: str) -> Iterator[Pair]:
        mine = _folded(name)
        near = sorted(self._near(name) - {name})
        fuller = [it for it in near if _within(mine, _folded(it)) and not (len(mine) == 1 and _begin_apart(name, it))]
        if len(mine) > 1 or len({tuple(sorted(_bones(other))) for other in fuller}) == 1:
            yield from ((name, other, _part(mine, _folded(other))) for other in fuller)
        for other in near:
            if name < other and len(mine) == len(_folded(other)):
                if _rest(mine, _folded(other)) == []:
                    yield name, other, _spelling(name, other)
                elif _initials(mine, _folded(other)):
                    yield name, other, "initials of the same name"


def _same(one: str, other: str) -> bool:
    return one == other or is_spelling(one, other)


def _rest(few: Sequence[str], many: Sequence[str]) -> list[str] | None:
    """Give the words of `many` that are left when each of `few` took its own; None when one has none."""
    left = list(many)
    for word in few:
        found = next((one for one in left if _same(word, one)), None)
        if found is None:
            return None
        left.remove(found)
    return left


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Say whether a name is a part of a longer one: its surname, or two words of it and more."""
    if not few or len(few) >= len(many) or not _rest(few, many):
        return False
    return len(few) > 1 or _same(few[0], many[-1])


def _begin_apart(name: str, other: str) -> bool:
    """Say whether two surnames begin with b and p in Latin letters; in Arabic one letter stands for both."""
    firsts = {_folded(name)[0][0], _folded(other)[-1][0]}
    return firsts == {"b", "p"} and name.isascii() and other.isascii()


def _part(few: Sequence[str], many: Sequence[str]) -> str:
    if len(few) > 1:
        return "a shorter form of the name"
    return ("the surname" if few[0] == many[-1] else "a spelling of the surname") + "; nobody else here has it"


def _spelling(name: str, other: str) -> str:
    one, two = _folded(name), _folded(other)
    if one == two:
        return "the same name, written otherwise"
    return "the same words in another order" if sorted(one) == sorted(two) else "another spelling of the name"


def _initials(one: Sequence[str], two: Sequence[str]) -> bool:
    """Say whether two names have one surname and first names of which some are initials of the other's."""
    if len(one) < 2 or not _same(one[-1], two[-1]):
        return False
    firsts = [(mine, theirs) for mine, theirs in zip(one[:-1], two[:-1], strict=True) if mine != theirs]
    return bool(firsts) and all(min(len(a), len(b)) == 1 and a[0] == b[0] for a, b in firsts)
