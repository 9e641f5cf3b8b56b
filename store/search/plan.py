"""A query made ready: what to ask the full-text tables, and how well a row's words answer."""

from __future__ import annotations

from collections.abc import Sequence

from store.search.match import How
from store.search.query import Query, Term
from store.search.vocabulary import Meaning, Vocabulary

NEAR = 8
Answer = tuple[How, tuple[int, ...]]
"""How some words answer, and which of them do."""


class Wanted:
    """One term with what its words may mean; words with typos answer once an expression was written that asks for them.

    `known` has for each word of the term the words of the library that answer it.
    """

    __slots__ = ("known", "meanings", "term")

    def __init__(self, term: Term, meanings: tuple[Meaning, ...]) -> None:
        self.term = term
        self.meanings = meanings
        self.known = [meaning.known for meaning in meanings]

    def expression(self, worst: How) -> str:
        """Write the term for a full-text query."""
        if self.term.phrase and len(self.meanings) > 1:
            made = phrase(self.term.words, self.term.prefix)
        else:
            made = self.meanings[0].expression(worst)
            if worst > How.SPELLING:
                self.known = [meaning.widely for meaning in self.meanings]
        return f"{{{' '.join(self.term.columns)}}} : ({made})" if self.term.columns else made

    def answer(self, printed: Sequence[str]) -> Answer | None:
        """Tell how some words answer the term, and which of them do; None when they do not."""
        known = self.known[0]
        if known.keys().isdisjoint(printed):
            return None
        if self.term.phrase:
            return self._phrase(printed)
        found = known.keys() & printed
        if len(found) == 1:
            (word,) = found
            return known[word], _places(printed, word)
        best = min([known[word] for word in found])
        return best, tuple([at for at, word in enumerate(printed) if word in found and known[word] == best])

    def _phrase(self, printed: Sequence[str]) -> Answer | None:
        length = len(self.known)
        found: list[int] = []
        best: How | None = None
        for at in range(len(printed) - length + 1):
            if printed[at] not in self.known[0]:
                continue
            hows = [known.get(printed[at + place]) for place, known in enumerate(self.known)]
            if None not in hows:
                worst = max(how for how in hows if how is not None)
                best = worst if best is None else min(best, worst)
                found += range(at, at + length)
        return None if best is None else (best, tuple(found))


def _places(printed: Sequence[str], word: str) -> tuple[int, ...]:
    at = printed.index(word)
    return (
        (at, *[other for other in range(at + 1, len(printed)) if printed[other] == word])
        if printed.count(word) > 1
        else (at,)
    )


Group = tuple[Wanted, ...]


class Plan:
    """The words of a query over one vocabulary. `eager` allows a typo in words of four letters."""

    def __init__(self, query: Query, vocabulary: Vocabulary, *, eager: bool = False) -> None:
        self.query = query
        self.eager = eager
        self.groups: tuple[Group, ...] = tuple(
            tuple(_wanted(term, vocabulary, eager) for term in group) for group in query.groups
        )
        self.excluded = " OR ".join(
            phrase(term.words, False) if term.phrase else _excluded(term, vocabulary) for term in query.excluded
        )

    def simple(self) -> list[Term] | None:
        """Give the single words when the query is nothing but those; None when it has choices or phrases."""
        if all(len(group) == 1 and not (group[0].term.phrase or group[0].term.columns) for group in self.groups):
            return [group[0].term for group in self.groups]
        return None

    def together(self, distance: int) -> str:
        """Ask for the very words in this order, side by side, or near each other in any order; may be empty."""
        terms = self.simple()
        if terms is None or len(terms) < 2:
            return ""
        if not distance:
            return self._but(phrase([word for term in terms for word in term.words], terms[-1].prefix))
        words = " ".join(phrase(term.words, term.prefix) for term in terms)
        return self._but(f"NEAR({words}, {distance})")

    def all(self, worst: How, without: int | None = None) -> str:
        """Ask for all groups, or all but one, with nothing that answers worse than `worst`."""
        parts = [
            f"({' OR '.join(wanted.expression(worst) for wanted in group)})"
            for at, group in enumerate(self.groups)
            if at != without
        ]
        return self._but(" AND ".join(parts))

    def one(self, at: int, worst: How) -> str:
        """Ask for one group alone."""
        return self._but(f"({' OR '.join(wanted.expression(worst) for wanted in self.groups[at])})")

    def _but(self, expression: str) -> str:
        return f"({expression}) NOT ({self.excluded})" if self.excluded and expression else expression


def _wanted(term: Term, vocabulary: Vocabulary, eager: bool) -> Wanted:
    last = len(term.words) - 1
    meanings = tuple(
        vocabulary.meaning(word, prefix=term.prefix and at == last, exact=term.exact or term.phrase, eager=eager)
        for at, word in enumerate(term.words)
    )
    return Wanted(term, meanings)


def _excluded(term: Term, vocabulary: Vocabulary) -> str:
    return vocabulary.meaning(term.words[0]).expression(How.SAME)


def phrase(words: Sequence[str], prefix: bool) -> str:
    """Write words that must stand side by side for a full-text query.

    Of an unfinished word only one letter is typed yet: it would cost much and say little, and is left to the ranking.
    """
    if prefix and len(words) > 1 and len(words[-1]) == 1:
        words, prefix = words[:-1], False
    quoted = " ".join(words)
    return f'"{quoted}"*' if prefix else f'"{quoted}"'
