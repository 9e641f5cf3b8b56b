"""A linear-chain model read from a data file: how likely each chunk of a page is body, given the whole page.

A page goes from what stands *before* the article through its *body*, perhaps *inside* interruptions, to what comes
*after* it, and never back. The weights were learned as a conditional random field (Lafferty, McCallum, Pereira 2001);
the posteriors come from the forward-backward algorithm.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from store.ingest import lexicon

BEFORE, BODY, INSIDE, AFTER = range(4)
STATES = 4
_STEPS = ((BEFORE, BODY, AFTER), (BODY, INSIDE, AFTER), (INSIDE, BODY), (AFTER,))

Vector = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights of signals, for each state but BEFORE, from which they count, and of the steps between states."""

    weights: dict[str, tuple[float, float, float]]
    into: tuple[tuple[tuple[int, float], ...], ...]

    def posteriors(self, signals: Iterable[Sequence[str]]) -> list[Vector]:
        """Give for each chunk the probability of each state, in the order BEFORE, BODY, INSIDE, AFTER."""
        local = [self._local(names) for names in signals]
        if not local:
            return []
        forward = [_scaled((local[0][BEFORE], local[0][BODY], 0.0, 0.0))]
        for here in local[1:]:
            last = forward[-1]
            forward.append(_scaled([here[s] * sum(last[p] * w for p, w in self.into[s]) for s in range(STATES)]))
        backward: list[Vector] = [(1.0, 1.0, 1.0, 1.0)]
        for here in reversed(local[1:]):
            ahead = backward[-1]
            sums = [0.0] * STATES
            for state in range(STATES):
                weight = here[state] * ahead[state]
                for source, w in self.into[state]:
                    sums[source] += w * weight
            backward.append(_scaled(sums))
        backward.reverse()
        return [_scaled([f * b for f, b in zip(*both, strict=True)]) for both in zip(forward, backward, strict=True)]

    def _local(self, names: Sequence[str]) -> Vector:
        b = c = d = 0.0
        known = self.weights
        for name in names:
            if name in known:
                body, inside, after = known[name]
                b += body
                c += inside
                d += after
        top = max(0.0, b, c, d)
        return math.exp(-top), math.exp(b - top), math.exp(c - top), math.exp(d - top)


def _scaled(values: Sequence[float]) -> Vector:
    total = sum(values) or 1.0
    a, b, c, d = values
    return a / total, b / total, c / total, d / total


@cache
def load(name: str) -> Chain:
    """Read the model of the data file `name`.weights."""
    return load_from("\t".join(row) for row in lexicon.rows(f"{name}.weights"))


def load_from(lines: Iterable[str]) -> Chain:
    """Read a model: a line holds a signal and its four weights, or `>`, two states and the weight of the step.

    Steps back towards the start of the page are no part of it, whatever their weight.
    """
    weights: dict[str, tuple[float, float, float]] = {}
    steps: dict[tuple[int, int], float] = {}
    for line in lines:
        row = line.split("\t")
        if row[0] == ">":
            steps[int(row[1]), int(row[2])] = math.exp(float(row[3]))
        else:
            a, b, c, d = map(float, row[1:])
            weights[row[0]] = (b - a, c - a, d - a)
    into = tuple(
        tuple((source, steps.get((source, state), 1.0)) for source in range(STATES) if state in _STEPS[source])
        for state in range(STATES)
    )
    return Chain(weights, into)
