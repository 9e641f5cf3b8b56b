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


@dataclass(frozen=True, slots=True)
class _Packed:
    """The order in which tokens are worked on: time step by time step, longest paragraph first.

    `both[0][k]` and `both[1][k]` are the token of place k when read forwards and backwards; `earlier[k]` is the place
    of the token read just before it, or the number of tokens where there is none; `counts[t]` says how many
    paragraphs are still going at step t.
    """

    both: Ints
    earlier: Ints
    counts: list[int]


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
            half = len(arrays[f"reset{n}"]) // 2
            weights = _sides(numpy, arrays[f"weights{n}"], half)
            bias = arrays[f"bias{n}"].reshape(len(weights), 1, 2 * half)
            halved = numpy.array([1, 0.5, 0.5, 1][: len(weights)], numpy.float32)[:, None, None]  # for `_squash`
            self._layers.append((weights * halved[:, None], bias * halved, arrays[f"reset{n}"] * halved[1, 0]))
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
        ids = np.concatenate(rows)
        packed = self._pack(lengths)
        scores = self._scores(ids, lengths, packed)
        labels = self._best(scores, packed)
        certain = self._certain(scores, labels, packed)
        flat_labels, flat_certain = np.empty(len(ids), np.int32), np.empty(len(ids), np.float32)
        flat_labels[packed.both[0]] = labels
        flat_certain[packed.both[0]] = certain
        all_labels, all_certain = flat_labels.tolist(), flat_certain.tolist()
        ends = np.cumsum([0, *lengths]).tolist()
        return [(all_labels[a:b], all_certain[a:b]) for a, b in pairwise(ends)]

    def _pack(self, lengths: list[int]) -> _Packed:
        """Find the order of work for paragraphs of these lengths, some of which may be 0."""
        np = self._np
        given = np.array(lengths)
        order = np.argsort(-given, kind="stable")[: np.count_nonzero(given)]
        sizes = given[order]
        firsts = (np.cumsum(given) - given)[order]
        counts = np.searchsorted(-sizes, -np.arange(sizes[0]), "left")
        offsets = np.cumsum(counts) - counts
        rank = np.arange(len(sizes)).repeat(sizes)
        step = np.arange(len(rank)) - (np.cumsum(sizes) - sizes).repeat(sizes)
        place = offsets[step] + rank
        both = np.empty((2, len(rank)), np.int64)
        both[0, place] = firsts[rank] + step
        both[1, place] = (firsts + sizes - 1)[rank] - step
        earlier = np.empty(len(rank), np.int64)
        earlier[place] = np.where(step > 0, offsets[step - 1] + rank, len(rank))
        return _Packed(both, earlier, counts.tolist())

    def _scores(self, ids: Ints, lengths: list[int], packed: _Packed) -> Floats:
        """Score every label for every token; rows in packed order."""
        np = self._np
        seen = self._words[ids[:, 0]] + self._bias
        for column, table in enumerate(self._tables, 1):
            seen += table[ids[:, column]]
        np.tanh(seen, out=seen)
        width = seen.shape[1]
        state = np.empty((len(ids), 3 * width), np.float32)
        state[:, width : 2 * width] = seen
        state[1:, :width] = seen[:-1]
        state[:-1, 2 * width :] = seen[1:]
        sizes = np.array([length for length in lengths if length])
        ends = np.cumsum(sizes)
        state[ends - sizes, :width] = 0
        state[ends - 1, 2 * width :] = 0
        total = np.zeros((len(ids), len(LABELS)), np.float32) + self._output_bias
        at = 0
        for layer in self._layers:
            state = self._recur(state, packed, *layer)
            total += state @ self._output[at : at + state.shape[1]]
            at += state.shape[1]
        rounded: Floats = np.round(total[packed.both[0]], 3)
        return rounded

    def _recur(self, state: Floats, packed: _Packed, weights: Floats, bias: Floats, reset: Floats) -> Floats:
        """Run one layer in both directions; rows in the text's order, in and out."""
        np = self._np
        half = len(reset) // 2
        given = state.take(packed.both, 0)
        gates = np.empty((len(weights), len(state), 2 * half), np.float32)
        np.matmul(given, weights, out=gates.reshape(len(weights), -1, 2, half).swapaxes(1, 2))
        gates += bias
        value, keep, resets = gates[:3]
        _squash(np, keep)
        cells = np.zeros((len(state) + 1, 2 * half), np.float32)
        held = np.subtract(1, keep, out=cells[:-1])
        held *= value
        before, at = 0, packed.counts[0]
        for count in packed.counts[1:]:
            held[at : at + count] += keep[at : at + count] * held[before : before + count]
            before, at = at, at + count
        felt = cells.take(packed.earlier, 0)
        felt *= reset
        resets += felt
        _squash(np, resets)
        np.tanh(held, out=held)
        # the later layers pass their input on
        passed = gates[3] if len(gates) > 3 else np.concatenate([given[0, :, :half], given[1, :, half:]], 1)
        held -= passed
        held *= resets
        held += passed
        out: Floats = np.empty((len(state), 2 * half), np.float32)
        for order, side in zip(packed.both, (slice(half), slice(half, None)), strict=True):
            out[order, side] = held[:, side]
        return out

    def _best(self, scores: Floats, packed: _Packed) -> Ints:
        """Choose the best sequence of labels of each paragraph (Viterbi)."""
        np = self._np
        counts = packed.counts
        offsets = np.concatenate([[0], np.cumsum(counts)]).tolist()
        best = self._first + scores[: counts[0]]
        ends = [best]
        for t in range(1, len(counts)):
            best = (best[: counts[t], :, None] + self._transitions).max(1)
            best += scores[offsets[t] : offsets[t + 1]]
            ends.append(best)
        labels: Ints = np.empty(len(scores), np.int32)
        now = ends[-1].argmax(1)
        into = np.ascontiguousarray(self._transitions.T)
        for t in range(len(counts) - 1, -1, -1):
            labels[offsets[t] : offsets[t + 1]] = now
            if t:
                paths = ends[t - 1].copy()  # of paragraphs that end here: how good each label is
                paths[: counts[t]] += into[now]
                now = paths.argmax(1)
        return labels

    def _certain(self, scores: Floats, labels: Ints, packed: _Packed) -> Floats:
        """Say how probable the kind of each chosen label is among all labellings of its paragraph (0 to 1).

        The sums over what stands before and behind each token are taken side by side, the latter from the end on.
        """
        np = self._np
        counts = packed.counts
        offsets = np.concatenate([[0], np.cumsum(counts)]).tolist()
        here = np.exp(scores - scores.max(1, keepdims=True))
        place = np.empty(len(scores), np.int64)
        place[packed.both[0]] = np.arange(len(scores))
        back = place[packed.both[1]]  # the place of the token that is read backwards at the same step
        both = np.stack([here, here[back]])
        moves = np.exp(self._transitions)
        moves = np.stack([moves, moves.T])
        before = np.ones_like(both)
        before[0, : counts[0]] = np.exp(self._first)
        now = both[:, : counts[0]] * before[:, : counts[0]]
        for t in range(1, len(counts)):
            now = np.matmul(now[:, : counts[t]], moves, out=before[:, offsets[t] : offsets[t + 1]])
            now /= now.sum(2, keepdims=True)
            now = now * both[:, offsets[t] : offsets[t + 1]]
        odds = before[0] * here
        odds[back] *= before[1]
        kinds = np.zeros((len(LABELS), 5), np.float32)
        kinds[np.arange(len(LABELS)), (np.arange(len(LABELS)) + 1) // 2] = 1
        chosen: Floats = (odds @ kinds)[np.arange(len(scores)), (labels + 1) // 2] / odds.sum(1)
        return chosen


def _squash(np: Any, value: Floats) -> None:
    """Squash numbers to 0 to 1, in place: the logistic function of twice the numbers."""
    np.tanh(value, out=value)
    value *= 0.5
    value += 0.5


def _sides(np: Any, value: Floats, half: int) -> Floats:
    """Lay out columns (for each gate the forwards, then the backwards half) as blocks: gate, direction, row, column."""
    rows = value.reshape(-1, value.shape[-1] // (2 * half), 2, half)
    blocks: Floats = np.ascontiguousarray(rows.transpose(1, 2, 0, 3))
    return blocks


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
