"""A linear-chain model read from a data file: how likely each chunk of a page is body, given the whole page.

A page goes from what stands *before* the article through its *body*, perhaps *inside* interruptions, to what comes
*after* it, and never back. The weights were learned as a conditional random field (Lafferty, McCallum, Pereira 2001);
the posteriors come from the forward-backward algorithm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from store.ingest import lexicon

BEFORE, BODY, INSIDE, AFTER = range(4)
STATES = 4
_STEPS = ((BEFORE, BODY, AFTER), (BODY, INSIDE, AFTER), (INSIDE, BODY), (AFTER,))

Vector = tuple[float, float, float, float]
Weights = tuple[float, float, float]
_MOST_WEIGHED = 50_000


def _itself(signal: Hashable) -> Sequence[str]:
    return (str(signal),)


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights of signals, for each state but BEFORE, from which they count, and of the steps between states."""

    weights: dict[str, Weights]
    steps: tuple[tuple[float, ...], ...]
    _weighed: dict[Hashable, Weights] = field(default_factory=dict)

    def posteriors(
        self, rows: Iterable[Sequence[Hashable]], names: Callable[..., Sequence[str]] = _itself
    ) -> list[Vector]:
        """Give for each chunk the probability of each state, in the order BEFORE, BODY, INSIDE, AFTER.

        A row holds what is known of a chunk: signals, or facts that `names` spells out as signals. Each fact is
        spelled and weighed once.
        """
        if len(self._weighed) > _MOST_WEIGHED:
            self._weighed.clear()
        local = [self._local(row, names) for row in rows]
        if not local:
            return []
        both = zip(self._forward(local), self._backward(local), strict=True)
        return [_scaled(f[0] * b[0], f[1] * b[1], f[2] * b[2], f[3] * b[3]) for f, b in both]

    def _forward(self, local: Sequence[Vector]) -> list[Vector]:
        (pp, pb, _, pa), (_, bb, bi, ba), (_, ib, ii, _), (_, _, _, aa) = self.steps
        last = _scaled(local[0][BEFORE], local[0][BODY], 0.0, 0.0)
        found = [last]
        for before, body, inside, after in local[1:]:
            p, b, i, a = last
            last = _scaled(
                before * p * pp,
                body * (p * pb + b * bb + i * ib),
                inside * (b * bi + i * ii),
                after * (p * pa + b * ba + a * aa),
            )
            found.append(last)
        return found

    def _backward(self, local: Sequence[Vector]) -> list[Vector]:
        (pp, pb, _, pa), (_, bb, bi, ba), (_, ib, ii, _), (_, _, _, aa) = self.steps
        ahead: Vector = (1.0, 1.0, 1.0, 1.0)
        found = [ahead]
        for before, body, inside, after in reversed(local[1:]):
            p, b, i, a = before * ahead[0], body * ahead[1], inside * ahead[2], after * ahead[3]
            ahead = _scaled(p * pp + b * pb + a * pa, b * bb + i * bi + a * ba, b * ib + i * ii, a * aa)
            found.append(ahead)
        found.reverse()
        return found

    def _local(self, row: Sequence[Hashable], names: Callable[..., Sequence[str]]) -> Vector:
        known = self._weighed
        found = [known.get(fact) or known.setdefault(fact, self._weigh(names(fact))) for fact in row]
        b = c = d = 0.0
        for body, inside, after in found:
            b += body
            c += inside
            d += after
        top = max(0.0, b, c, d)
        return math.exp(-top), math.exp(b - top), math.exp(c - top), math.exp(d - top)

    def _weigh(self, names: Sequence[str]) -> Weights:
        found = [self.weights[name] for name in names if name in self.weights]
        return sum(w[0] for w in found), sum(w[1] for w in found), sum(w[2] for w in found)


def _scaled(before: float, body: float, inside: float, after: float) -> Vector:
    total = before + body + inside + after or 1.0
    return before / total, body / total, inside / total, after / total


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
    matrix = tuple(
        tuple(steps.get((source, state), 1.0) if state in _STEPS[source] else 0.0 for state in range(STATES))
        for source in range(STATES)
    )
    return Chain(weights, matrix)
