"""The learned tagger: numbers for tokens in, a label for each token out. Needs numpy, loaded when it is first used.

A small recurrent network (two layers of simple recurrent units in both directions, Lei et al. 2018) over each
paragraph, then the best sequence of labels (Viterbi). All paragraphs of a text run side by side, longest first, so
that each step of time works on the first rows only. Scores are rounded before labels are chosen, so that machines that
add in another order choose alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.speech.features import COLUMNS, Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]

LABELS = ("O", "B-speech", "I-speech", "B-other", "I-other", "B-source", "I-source", "B-cue", "I-cue")
MODEL = Path(__file__).parent / "tagger.npz"
_FORBIDDEN = -1e4
_AT_ONCE = 6_000
_STEADY = 4  # steps after which odds are brought back to a sum of 1: scores lie within 90, and exp(-700) is above 0


@dataclass(frozen=True, slots=True)
class _Packed:
    """The order in which tokens are worked on: time step by time step, longest paragraph first.

    `tokens[k]` is the token of place k; `before[k]` and `after[k]` are the places of the tokens beside it, or the
    number of tokens where there is none; `earlier[k]` are both as numbers of half rows, those of the directions that
    come from there; `mirror[k]` is the place of the token as far from the end of its paragraph as this one is from the
    start; the places of step t are `offsets[t]` to `offsets[t + 1]`.
    """

    tokens: Ints
    before: Ints
    after: Ints
    earlier: Ints
    mirror: Ints
    offsets: list[int]


@cache
def tagger() -> Tagger:
    """Give the tagger that ships with the package; read once."""
    return Tagger.load(MODEL)


class Tagger:
    """A trained network with its vocabularies."""

    def __init__(self, arrays: dict[str, Any], vocabularies: dict[str, list[str]]) -> None:
        import numpy  # noqa: PLC0415 - heavy: loaded when speech is first looked for

        self._np = numpy
        self._layers = []
        for n in range(int(arrays["layers"])):
            reset = arrays[f"reset{n}"]
            bias = arrays[f"bias{n}"].reshape(-1, 1, len(reset))
            weights = arrays[f"weights{n}"].reshape(-1, len(bias), len(reset)).swapaxes(0, 1)  # gate, row, column
            sign = numpy.array([1, -1, -1, 1][: len(bias)], numpy.float32)[:, None, None]  # for `_squash`
            self._layers.append((weights * sign, bias * sign, -reset))
        self._words = arrays["words"]
        self._tables = [arrays[f"table{n}"] for n in range(1, len(COLUMNS))]
        self._bias, self._output, self._output_bias = arrays["bias"], arrays["output"], arrays["output_bias"]
        transitions, first = arrays["transitions"].copy(), arrays["first"].copy()
        for inner in range(2, len(LABELS), 2):
            first[inner] += _FORBIDDEN
            transitions[[i for i in range(len(LABELS)) if i not in (inner - 1, inner)], inner] += _FORBIDDEN
        self._transitions, self._first = transitions, first
        self.encoder = Encoder(vocabularies)

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """Read a model file; OSError when it cannot be read."""
        import numpy  # noqa: PLC0415 - heavy: loaded when speech is first looked for

        with numpy.load(path, allow_pickle=False) as file:
            arrays = {}
            for name in file.files:
                if not name.endswith(".scale") and not name.endswith(".text"):
                    value = file[name]
                    scale = file[f"{name}.scale"] if f"{name}.scale" in file.files else None
                    arrays[name] = value if scale is None else value.astype(numpy.float32) * scale
            texts = {n: bytes(file[f"{n}.text"]).decode("utf-8").split("\n") for n in COLUMNS[:4]}
        arrays["words"] = arrays["words"] @ arrays.pop("projection")
        return cls(arrays, texts)

    def tag(self, rows: Sequence[Ints]) -> list[tuple[list[int], list[float]]]:
        """Label the encoded tokens of each paragraph: (label numbers, how sure of each, 0 to 1)."""
        out: list[tuple[list[int], list[float]]] = []
        batch: list[Ints] = []
        size = 0
        for row in rows:
            batch.append(row)
            size += len(row)
            if size > _AT_ONCE:
                out.extend(self._tag(batch))
                batch, size = [], 0
        return out + (self._tag(batch) if batch else [])

    def _tag(self, rows: Sequence[Ints]) -> list[tuple[list[int], list[float]]]:
        np = self._np
        lengths = [len(row) for row in rows]
        if not sum(lengths):
            return [([], []) for _ in rows]
        packed = self._pack(lengths)
        with np.errstate(over="ignore"):
            scores = self._scores(np.concatenate(rows)[packed.tokens], packed)
        labels = self._best(scores, packed)
        certain = self._certain(scores, labels, packed)
        flat_labels, flat_certain = np.empty(len(labels), np.int32), np.empty(len(labels), np.float32)
        flat_labels[packed.tokens] = labels
        flat_certain[packed.tokens] = certain
        all_labels, all_certain = flat_labels.tolist(), flat_certain.tolist()
        ends = np.cumsum([0, *lengths]).tolist()
        return [(all_labels[a:b], all_certain[a:b]) for a, b in pairwise(ends)]

    def _pack(self, lengths: list[int]) -> _Packed:
        """Find the order of work for paragraphs of these lengths, some of which may be 0."""
        np = self._np
        given = np.array(lengths)
        order = np.argsort(-given, kind="stable")[: np.count_nonzero(given)]
        sizes = given[order]
        counts = np.searchsorted(-sizes, -np.arange(sizes[0]), "left")  # of the paragraphs still going at each step
        offsets = np.concatenate([[0], np.cumsum(counts)])
        step = np.arange(len(counts)).repeat(counts)
        place = np.arange(len(step))
        rank = place - offsets[step]
        last = sizes[rank] - 1
        before = np.where(step > 0, offsets[step - 1] + rank, len(step))
        after = np.where(step < last, offsets[step + 1] + rank, len(step))
        return _Packed(
            tokens=(np.cumsum(given) - given)[order][rank] + step,
            before=before,
            after=after,
            earlier=np.stack([2 * before, 2 * after + 1], 1),
            mirror=offsets[last - step] + rank,
            offsets=offsets.tolist(),
        )

    def _scores(self, ids: Ints, packed: _Packed) -> Floats:
        """Score every label for every token; rows in packed order, in and out."""
        np = self._np
        seen = np.zeros((len(ids) + 1, self._words.shape[1]), np.float32)  # the last row stands for no token
        here = seen[:-1]
        here += self._bias
        for column, table in enumerate((self._words, *self._tables)):
            here += table.take(ids[:, column], 0)
        np.tanh(here, out=here)
        state = np.concatenate([seen[packed.before], here, seen[packed.after]], 1)
        total = np.zeros((len(ids), len(LABELS)), np.float32) + self._output_bias
        at = 0
        for layer in self._layers:
            state = self._recur(state, packed, *layer)
            total += state @ self._output[at : at + state.shape[1]]
            at += state.shape[1]
        rounded: Floats = np.round(total, 3)
        return rounded

    def _recur(self, state: Floats, packed: _Packed, weights: Floats, bias: Floats, reset: Floats) -> Floats:
        """Run one layer in both directions: the first half of the columns forwards, the second backwards."""
        np = self._np
        half = len(reset) // 2
        gates = np.matmul(state, weights)
        gates += bias
        value, keep, resets = gates[:3]
        _squash(np, keep)
        cells = np.zeros((len(state) + 1, 2 * half), np.float32)
        held: Floats = np.subtract(1, keep, out=cells[:-1])
        held *= value
        keep[:, half:] = keep[packed.mirror, half:]
        held[:, half:] = held[packed.mirror, half:]
        _run(held, keep, packed.offsets)
        held[:, half:] = held[packed.mirror, half:]
        felt = cells.reshape(-1, half).take(packed.earlier, 0).reshape(held.shape)
        felt *= reset
        resets += felt
        _squash(np, resets)
        np.tanh(held, out=held)
        passed = gates[3] if len(gates) > 3 else state  # the later layers pass their input on
        held -= passed
        held *= resets
        held += passed
        return held

    def _best(self, scores: Floats, packed: _Packed) -> Ints:
        """Choose the best sequence of labels of each paragraph (Viterbi)."""
        np = self._np
        offsets = packed.offsets
        lying = np.ascontiguousarray(scores.T)  # a row a label: what a step adds and compares lies side by side
        paths = np.empty_like(lying)
        best = np.add(self._first[:, None], lying[:, : offsets[1]], out=paths[:, : offsets[1]])
        moves = self._transitions[:, :, None]
        for start, end in pairwise(offsets[1:]):
            best = np.maximum.reduce(best[:, None, : end - start] + moves, 0, None, paths[:, start:end])
            best += lying[:, start:end]
        paths = np.ascontiguousarray(paths.T)
        labels: Ints = np.empty(len(scores), np.intp)
        now = labels[:0]
        into = np.ascontiguousarray(self._transitions.T)
        for end, start in pairwise(reversed(offsets)):
            here = paths[start:end]
            going = here[: len(now)]  # paragraphs that end here take the best label as it is
            going += into.take(now, 0)
            now = here.argmax(1, labels[start:end])
        return labels

    def _certain(self, scores: Floats, labels: Ints, packed: _Packed) -> Floats:
        """Say how probable the kind of each chosen label is among all labellings of its paragraph (0 to 1).

        The sums over what stands before and behind each token are taken side by side, the latter from the end on.
        """
        np = self._np
        offsets = packed.offsets
        here = np.exp(scores - scores.max(1, keepdims=True), dtype=np.float64)
        both = np.stack([here, here[packed.mirror]])
        moves = np.exp(self._transitions, dtype=np.float64)
        moves = np.stack([moves, moves.T])
        before = np.ones_like(both)
        before[0, : offsets[1]] = np.exp(self._first)
        now = both[:, : offsets[1]] * before[:, : offsets[1]]
        for step, (start, end) in enumerate(pairwise(offsets[1:])):
            now = np.matmul(now[:, : end - start], moves, out=before[:, start:end])
            if step % _STEADY == 0:
                now /= np.add.reduce(now, 2, keepdims=True)
            now = now * both[:, start:end]
        odds = before[0] * here
        odds[packed.mirror] *= before[1]
        kinds = np.zeros((len(LABELS), 5))
        kinds[np.arange(len(LABELS)), (np.arange(len(LABELS)) + 1) // 2] = 1
        chosen: Floats = (odds @ kinds)[np.arange(len(scores)), (labels + 1) // 2] / odds.sum(1)
        return chosen


def _squash(np: Any, value: Floats) -> None:
    """Squash numbers to 0 to 1, in place: the logistic function of their negatives."""
    np.exp(value, out=value)
    value += 1
    np.divide(1, value, out=value)


def _run(held: Floats, keep: Floats, offsets: list[int]) -> None:
    """Let each token keep a share of the token before it, in place."""
    before = held[: offsets[1]]
    for start, end in pairwise(offsets[1:]):
        here = held[start:end]
        here += keep[start:end] * before[: end - start]
        before = here


def pack_model(arrays: dict[str, Any], vocabularies: dict[str, list[str]], path: Path) -> None:
    """Write a model file: big arrays as eight-bit numbers with a scale for each column."""
    import numpy  # noqa: PLC0415 - heavy

    out: dict[str, Any] = {}
    for name, given in arrays.items():
        value = numpy.asarray(given)
        if value.ndim == 2 and value.size > 2000:
            scale = numpy.maximum(numpy.abs(value).max(0), 1e-6).astype(numpy.float32) / 127
            out[name] = numpy.round(value / scale).astype(numpy.int8)
            out[f"{name}.scale"] = scale
        else:
            out[name] = value.astype(numpy.float32) if value.dtype.kind == "f" else value
    for name, entries in vocabularies.items():
        out[f"{name}.text"] = numpy.frombuffer("\n".join(entries).encode("utf-8"), numpy.uint8)
    numpy.savez_compressed(path, **out)
