"""Which entries say the same words: near-duplicates by shingles, then by the words they share in order.

Candidates are texts that share a run of three folded words (Broder's shingling); a pair is one when the longest common
subsequence of their words covers most of the shorter text. Cost is bounded: a run that very many texts share proves
nothing and is passed over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from store.search.fold import words

RUN = 3
LEAST_WORDS = 4
SHARED = 0.7
"""Share of the shorter text's words that have to stand, in order, in the other."""
MOST_SHARING = 60
MOST_CANDIDATES = 40
MOST_COMPARED = 80
"""Words of a text that are compared; a whole speech is not one saying."""

Folded = tuple[str, ...]


def folded(text: str) -> Folded:
    """Give the words of a text as they are compared."""
    return tuple(word.text for word in words(text))[:MOST_COMPARED]


def same_words(one: Folded, other: Folded) -> bool:
    """Say whether two texts are mostly the same words in the same order, or one a part of the other."""
    shorter = min(len(one), len(other))
    if shorter < LEAST_WORDS:
        return False
    if one == other:
        return True
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - loaded when texts are compared first

    least = int(SHARED * shorter) + 1
    return LCSseq.similarity(one, other, score_cutoff=least) >= least


def groups(texts: Sequence[str]) -> list[list[int]]:
    """Give the places of texts that say the same words, two or more in each group, in the order given."""
    pieces = [folded(text) for text in texts]
    sharing: defaultdict[Folded, list[int]] = defaultdict(list)
    parent = list(range(len(pieces)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, piece in enumerate(pieces):
        if len(piece) < LEAST_WORDS:
            continue
        shingles = {piece[start : start + RUN] for start in range(len(piece) - RUN + 1)}
        near: Counter[int] = Counter()
        for shingle in shingles:
            known = sharing[shingle]
            if len(known) < MOST_SHARING:
                near.update(known)
                known.append(at)
        for other, _ in near.most_common(MOST_CANDIDATES):
            if root(other) != root(at) and same_words(piece, pieces[other]):
                parent[root(at)] = root(other)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(len(pieces)):
        found[root(at)].append(at)
    return [members for members in found.values() if len(members) > 1]
