"""A query made ready: what to ask the full-text tables, and how well a row's words answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.search.match import How
from store.search.query import Query, Term
from store.search.vocabulary import Meaning, Vocabulary

NEAR = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """One term with what its words may mean."""

    term: Term
    meanings: tuple[Meaning, ...]

    def expression(self, worst: How) -> str:
        """Write the term for a full-text query."""
        if self.term.phrase:
            made = phrase(self.term.words, self.term.prefix)
        else:
            parts = [meaning.expression(worst) for meaning in self.meanings]
            made = f"({' AND '.join(parts)})" if len(parts) > 1 else parts[0]
        return f"{{{' '.join(self.term.columns)}}} : ({made})" if self.term.columns else made

    def answer(self, printed: Sequence[str]) -> tuple[How, tuple[int, ...]] | None:
        """Tell how some words answer the term, and which of them do; None when they do not."""
        if self.term.phrase:
            return self._phrase(printed)
        found: list[int] = []
        best: How | None = None
        meaning = self.meanings[0]
        known = meaning.known
        for at, word in enumerate(printed):
            how = known[word] if word in known else meaning.how(word)
            if how is None or (best is not None and how > best):
                continue
            if best is None or how < best:
                best, found = how, []
            found.append(at)
        return None if best is None else (best, tuple(found))

    def _phrase(self, printed: Sequence[str]) -> tuple[How, tuple[int, ...]] | None:
        length = len(self.meanings)
        found: list[int] = []
        best: How | None = None
        for at in range(len(printed) - length + 1):
            hows = [meaning.how(printed[at + place]) for place, meaning in enumerate(self.meanings)]
            known = [how for how in hows if how is not None]
            if len(known) == length:
                best = max(known) if best is None else min(best, max(known))
                found += range(at, at + length)
        return None if best is None else (best, tuple(found))


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
    """Write words that must stand side by side for a full-text query."""
    quoted = " ".join(words)
    return f'"{quoted}"*' if prefix else f'"{quoted}"'
