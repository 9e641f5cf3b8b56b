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
            weights, bias, reset = (_sides(numpy, arrays[f"{name}{n}"], half) for name in ("weights", "bias", "reset"))
            self._layers.append((weights, bias, reset[0]))
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

    def tag(self, rows: Sequence[Sequence[Sequence[int]]]) -> list[tuple[list[int], list[float]]]:
        """Label the encoded tokens of each paragraph: (label numbers, how sure of each, 0 to 1)."""
        out: list[tuple[list[int], list[float]]] = []
        batch: list[Sequence[Sequence[int]]] = []
        size = 0
        for row in rows:
            batch.append(row)
            size += len(row)
            if size > _AT_ONCE:
                out.extend(self._tag(batch))
                batch, size = [], 0
        return out + (self._tag(batch) if batch else [])

    def _tag(self, rows: Sequence[Sequence[Sequence[int]]]) -> list[tuple[list[int], list[float]]]:
        np = self._np
        lengths = [len(row) for row in rows]
        if not sum(lengths):
            return [([], []) for _ in rows]
        ids = np.array([token for row in rows for token in row], dtype=np.int32)
        scores, packed = self._scores(ids, lengths)
        labels = self._best(scores, packed)
        certain = self._certain(scores, labels, packed)
        flat_labels, flat_certain = np.empty(len(ids), np.int32), np.empty(len(ids), np.float32)
        flat_labels[packed.both[0]] = labels
        flat_certain[packed.both[0]] = certain
        out, at = [], 0
        for length in lengths:
            out.append((flat_labels[at : at + length].tolist(), flat_certain[at : at + length].tolist()))
            at += length
        return out

    def _pack(self, lengths: list[int]) -> _Packed:
        np = self._np
        order = sorted((i for i, n in enumerate(lengths) if n), key=lambda i: -lengths[i])
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        firsts = np.array([starts[i] for i in order], np.int32)
        lasts = np.array([starts[i] + lengths[i] - 1 for i in order], np.int32)
        sizes = np.array([lengths[i] for i in order])
        counts = [int(n) for n in (sizes[None, :] > np.arange(sizes[0])[:, None]).sum(1)]
        forth = np.concatenate([firsts[:n] + t for t, n in enumerate(counts)])
        back = np.concatenate([lasts[:n] - t for t, n in enumerate(counts)])
        offsets = np.cumsum([0, *counts])
        earlier = np.concatenate(
            [np.full(counts[0], len(forth)), *(offsets[t] + np.arange(counts[t + 1]) for t in range(len(counts) - 1))]
        )
        return _Packed(np.stack([forth, back]), earlier, counts)

    def _scores(self, ids: Ints, lengths: list[int]) -> tuple[Floats, _Packed]:
        """Score every label for every token; rows in packed order."""
        np = self._np
        packed = self._pack(lengths)
        seen = self._words[ids[:, 0]] + self._bias
        for column, table in enumerate(self._tables, 1):
            seen += table[ids[:, column]]
        np.tanh(seen, out=seen)
        width = seen.shape[1]
        state = np.zeros((len(ids), 3 * width), np.float32)
        state[:, width : 2 * width] = seen
        edges = np.zeros(len(ids) + 1, bool)
        edges[np.cumsum([0, *lengths])] = True
        joined = ~edges[1:-1]
        state[1:, :width][joined] = seen[:-1][joined]
        state[:-1, 2 * width :][joined] = seen[1:][joined]
        total = np.zeros((len(ids), len(LABELS)), np.float32) + self._output_bias
        at = 0
        for layer in self._layers:
            state = self._recur(state, packed, *layer)
            total += state @ self._output[at : at + state.shape[1]]
            at += state.shape[1]
        return np.round(total[packed.both[0]], 3), packed

    def _recur(self, state: Floats, packed: _Packed, weights: Floats, bias: Floats, reset: Floats) -> Floats:
        """Run one layer in both directions; rows in the text's order, in and out."""
        np = self._np
        half = reset.shape[-1]
        gates = state[packed.both] @ weights
        gates += bias
        value, keep, resets = gates[:3]
        _sigmoid(np, keep)
        value *= 1 - keep
        cells = np.zeros((2, len(state) + 1, half), np.float32)
        cells[:, :-1] = value
        before, at = 0, packed.counts[0]
        for count in packed.counts[1:]:
            cells[:, at : at + count] += keep[:, at : at + count] * cells[:, before : before + count]
            before, at = at, at + count
        resets += reset * cells[:, packed.earlier]
        _sigmoid(np, resets)
        held = np.tanh(cells[:, :-1])
        if len(gates) > 3:
            passed = gates[3]
        else:  # the later layers pass their input on
            passed = np.stack([state[order, side * half : (side + 1) * half] for side, order in enumerate(packed.both)])
        held -= passed
        held *= resets
        held += passed
        out: Floats = np.empty((len(state), 2 * half), np.float32)
        for side, order in enumerate(packed.both):
            out[order, side * half : (side + 1) * half] = held[side]
        return out

    def _best(self, scores: Floats, packed: _Packed) -> Ints:
        """Choose the best sequence of labels of each paragraph (Viterbi)."""
        np = self._np
        counts = packed.counts
        offsets = np.concatenate([[0], np.cumsum(counts)])
        best = self._first + scores[: counts[0]]
        came: list[Ints] = []
        ends = [best]
        for t in range(1, len(counts)):
            paths = best[: counts[t], :, None] + self._transitions
            came.append(paths.argmax(1))
            best = paths.max(1) + scores[offsets[t] : offsets[t + 1]]
            ends.append(best)
        labels: Ints = np.empty(len(scores), np.int32)
        now = np.empty(0, np.int64)
        for t in range(len(counts) - 1, -1, -1):
            fresh = ends[t][len(now) :].argmax(1)
            now = np.concatenate([now, fresh])
            labels[offsets[t] : offsets[t] + counts[t]] = now
            if t:
                now = came[t - 1][np.arange(len(now)), now]
        return labels

    def _certain(self, scores: Floats, labels: Ints, packed: _Packed) -> Floats:
        """Say how probable the kind of each chosen label is among all labellings of its paragraph (0 to 1)."""
        np = self._np
        counts = packed.counts
        offsets = np.concatenate([[0], np.cumsum(counts)])
        here = np.exp(scores - scores.max(1, keepdims=True))
        moves = np.exp(self._transitions)
        forth, back = np.empty_like(here), np.ones_like(here)
        now = here[: counts[0]] * np.exp(self._first)
        for t, count in enumerate(counts):
            if t:
                now = (now[:count] @ moves) * here[offsets[t] : offsets[t + 1]]
            now /= now.sum(1, keepdims=True)
            forth[offsets[t] : offsets[t + 1]] = now
        for t in range(len(counts) - 2, -1, -1):
            after = counts[t + 1]
            now = (back[offsets[t + 1] : offsets[t + 2]] * here[offsets[t + 1] : offsets[t + 2]]) @ moves.T
            back[offsets[t] : offsets[t] + after] = now / now.sum(1, keepdims=True)
        odds = forth * back
        kinds = np.zeros((len(LABELS), 5), np.float32)
        kinds[np.arange(len(LABELS)), (np.arange(len(LABELS)) + 1) // 2] = 1
        chosen: Floats = (odds @ kinds)[np.arange(len(scores)), (labels + 1) // 2] / odds.sum(1)
        return chosen


def _sigmoid(np: Any, value: Floats) -> None:
    """Squash numbers to 0 to 1, in place."""
    value *= 0.5
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
