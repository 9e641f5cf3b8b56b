"""A person of an article, and how names are compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from store.speech.naming import lists

_FORMS = 24  # how many forms of one name are looked at


class Role(Struct, frozen=True, gc=False):
    """What an article says a person is: the head nouns, the words that narrow them, and where it says so."""

    heads: frozenset[str]
    narrow: frozenset[str]
    start: int
    end: int


@dataclass(slots=True)
class Person:
    """A person under construction: every form of the name, evidence of gender, roles, mentions (word spans)."""

    number: int
    names: Counter[tuple[str, ...]] = field(default_factory=Counter)
    first_seen: int = 0
    man: float = 0.0
    woman: float = 0.0
    roles: list[Role] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    placed: list[int] = field(default_factory=list)  # words where the full name stands, in order
    honorific: str = ""
    ages: set[str] = field(default_factory=set)
    suffix: str = ""
    known: tuple[str, ...] = ()  # the full name where only the office tells it
    full: tuple[str, ...] = ()

    @property
    def gender(self) -> str:
        """Resolve "m", "f", or "" where the evidence says nothing."""
        if abs(self.man - self.woman) < 0.5:
            return ""
        return "m" if self.man > self.woman else "f"

    @property
    def lean(self) -> str:
        """The gender an unknown first name leans to by its ending: "f" for -a, else nothing."""
        unknown = len(self.full) > 1 and lists.first_name_gender(self.full[0]) is None
        return "f" if unknown and lists.fold(self.full[0]).endswith("a") else ""

    @property
    def name(self) -> str:
        """Give the canonical name: the form of two words or more used most, else the fullest there is."""
        best = max(islice(self.names, _FORMS), key=lambda form: (self._whole(form), self.names[form], len(form)))
        if self.known and len(best) == 1:
            return " ".join(self.known)
        shown = " ".join(_shown(word) for word in best)
        if len(best) == 1 and self.honorific:
            shown = f"{self.honorific} {shown}"
        return f"{shown} {self.suffix}" if self.suffix else shown

    def _whole(self, form: tuple[str, ...]) -> bool:
        """Tell whether a form has two words or more and is not the end of a longer one (Le Pen, Marine Le Pen)."""
        if len(form) < 2 or lists.first_name_gender(form[0]) is not None:
            return len(form) > 1
        size = len(form)
        return not any(len(other) > size and other[-size:] == form for other in islice(self.names, _FORMS))

    @property
    def surname(self) -> str:
        """The word by which the person is called for short, for explanations."""
        short = family(self.full)
        return next((_shown(word) for word in self.full if core(word) == short), self.name)


def _shown(word: str) -> str:
    """Give a word of a name as it is shown: capitals throughout become a capital first."""
    if len(word) == 1 and word.isupper():
        return word + "."
    if len(word) > 2 and word.isupper() and "." not in word:
        return "-".join(part.capitalize() for part in word.split("-"))
    return word


@lru_cache(maxsize=8192)
def core(word: str) -> str:
    """Give the folded word of a name without its particle and hyphens: al-Sharaa, Al Sharaa and Sharaa meet."""
    low = lists.fold(word)
    head, dash, tail = low.partition("-")
    if (dash and head in lists.words("particles")) or head in ("al", "el", "as", "ash", "ad", "an", "ar", "at", "az"):
        return tail or low
    return low


def same_first(one: str, two: str) -> bool:
    """Tell whether these first names may be one person's: equal, an initial, a short form."""
    a, b = core(one), core(two)
    if a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]):
        return True
    if min(len(a), len(b)) > 3 and (a.startswith(b) or b.startswith(a)):
        return True
    return b in lists.kin("nicknames").get(a, ())


def family(full: tuple[str, ...]) -> str:
    """Give the word by which a person is called for short: the last, or the first where family names come first."""
    first = lists.fold(full[0])
    if len(full) in (2, 3) and first in lists.folded("surnames_first") and lists.first_name_gender(full[-1]) is None:
        return core(full[0])
    return core(full[-1])


def within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Tell whether the words of `part` stand in `whole` in this order."""
    if len(part) > len(whole) or len(part) < 2:
        return False
    cores = [core(word) for word in whole]
    place = 0
    for word in part:
        try:
            place = cores.index(core(word), place) + 1
        except ValueError:
            return False
    return True
