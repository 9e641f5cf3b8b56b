"""A linear-chain model read from a data file: how likely each chunk of a page is body, given the whole page.

A page goes from what stands *before* the article through its *body*, perhaps *inside* interruptions, to what comes
*after* it, and never back. The weights were learned as a conditional random field (Lafferty, McCallum, Pereira 2001);
the probabilities come from the forward-backward algorithm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from store.ingest import lexicon

BEFORE, BODY, INSIDE, AFTER = range(4)
STATES = 4
_STEPS = ((BEFORE, BODY, AFTER), (BODY, INSIDE, AFTER), (INSIDE, BODY), (AFTER,))

Vector = tuple[float, float, float, float]
Names = Callable[..., Sequence[str]]
_MOST_WEIGHED = 50_000
_BITS = 21
_MASK = (1 << _BITS) - 1
_MIDDLE = 1 << (_BITS - 1)
_NOTHING = _MIDDLE << 2 * _BITS | _MIDDLE << _BITS | _MIDDLE
"""Three sums of 0 in one number; each counts from the middle of its 21 bits, so that it can sink below 0."""


def _itself(signal: Hashable) -> Sequence[str]:
    return (str(signal),)


N = TypeVar("N", int, float)


class Weighed(dict[Any, N], Generic[N]):
    """What each fact weighs, spelled out as signals by `names` and summed up when it is first met."""

    def __init__(self, weights: Mapping[str, N], names: Names) -> None:
        """Take the weight of each signal; one that is not there weighs nothing."""
        self._weights: Mapping[str, N] = weights
        self._names = names

    def __missing__(self, fact: Hashable) -> N:
        """Weigh a fact and remember it."""
        weight: N = sum(self._weights.get(name, 0) for name in self._names(fact))
        self[fact] = weight
        return weight


class Chain:
    """The model: what signals weigh for each state, and the steps between states.

    The weights of the three states but BEFORE, from which they count, are thousandths in one number, 21 bits apart:
    one addition adds all three.
    """

    def __init__(self, weights: dict[str, int], steps: Sequence[Sequence[float]], names: Names = _itself) -> None:
        """Take packed weights and the matrix of steps; `names` spells a fact out as signals."""
        self._weighed = Weighed(weights, names)
        self._steps = steps

    def chances(self, rows: Iterable[Sequence[Hashable]]) -> list[float]:
        """Give for each chunk the probability that it is BODY; a row holds the facts known of a chunk."""
        if len(self._weighed) > _MOST_WEIGHED:
            self._weighed.clear()
        weigh = self._weighed.__getitem__
        local = _local([sum(map(weigh, row), _NOTHING) for row in rows])
        return self._backward(local, self._forward(local)) if local else []

    def _forward(self, local: Sequence[Vector]) -> list[Vector]:
        """Give how likely each state is at each chunk by what stands above it, and the chunk itself."""
        (pp, pb, _, pa), (_, bb, bi, ba), (_, ib, ii, _), (_, _, _, aa) = self._steps
        p, b, i, a = local[0][BEFORE], local[0][BODY], 0.0, 0.0
        found = [(p, b, i, a)]
        for before, body, inside, after in local[1:]:
            p, b, i, a = (
                before * p * pp,
                body * (p * pb + b * bb + i * ib),
                inside * (b * bi + i * ii),
                after * (p * pa + b * ba + a * aa),
            )
            total = p + b + i + a or 1.0
            p, b, i, a = p / total, b / total, i / total, a / total
            found.append((p, b, i, a))
        return found

    def _backward(self, local: Sequence[Vector], forward: Sequence[Vector]) -> list[float]:
        """Join to it, from the last chunk up, what stands below."""
        (pp, pb, _, pa), (_, bb, bi, ba), (_, ib, ii, _), (_, _, _, aa) = self._steps
        p = b = i = a = 1.0
        found = []
        for at in range(len(local) - 1, -1, -1):
            above, body_above, inside_above, after_above = forward[at]
            here = b * body_above
            found.append(here / (p * above + here + i * inside_above + a * after_above or 1.0))
            before, body, inside, after = local[at]
            p, b, i, a = before * p, body * b, inside * i, after * a
            p, b, i, a = p * pp + b * pb + a * pa, b * bb + i * bi + a * ba, b * ib + i * ii, a * aa
            total = p + b + i + a or 1.0
            p, b, i, a = p / total, b / total, i / total, a / total
        found.reverse()
        return found


def _packed(body: int, inside: int, after: int) -> int:
    return (body << 2 * _BITS) + (inside << _BITS) + after


def _local(totals: Sequence[int]) -> list[Vector]:
    """Give how well chunks of these weights fit each state, 1 for the best."""
    exp, middle, mask = math.exp, _MIDDLE, _MASK
    found = []
    for total in totals:
        body, inside, after = (total >> 2 * _BITS) - middle, (total >> _BITS & mask) - middle, (total & mask) - middle
        top = max(0, body, inside, after)
        found.append(
            (exp(-top / 1000), exp((body - top) / 1000), exp((inside - top) / 1000), exp((after - top) / 1000))
        )
    return found


@cache
def load(name: str, names: Names) -> Chain:
    """Read the model of the data file `name`.weights; `names` spells the facts that it will be asked about."""
    return load_from(("\t".join(row) for row in lexicon.rows(f"{name}.weights")), names)


def load_from(lines: Iterable[str], names: Names = _itself) -> Chain:
    """Read a model: a line holds a signal and its four weights, or `>`, two states and the weight of the step.

    Weights count in thousandths. Steps back towards the start of the page are no part of it, whatever their weight.
    """
    weights: dict[str, int] = {}
    steps: dict[tuple[int, int], float] = {}
    for line in lines:
        row = line.split("\t")
        if row[0] == ">":
            steps[int(row[1]), int(row[2])] = math.exp(float(row[3]))
        else:
            a, b, c, d = (round(1000 * float(weight)) for weight in row[1:])
            weights[row[0]] = _packed(b - a, c - a, d - a)
    matrix = tuple(
        tuple(steps.get((source, state), 1.0) if state in _STEPS[source] else 0.0 for state in range(STATES))
        for source in range(STATES)
    )
    return Chain(weights, matrix, names)
