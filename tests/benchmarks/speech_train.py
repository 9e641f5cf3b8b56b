"""Train the speech tagger on a folder of annotated news and write its model file.

    python tests/benchmarks/speech_train.py CORPUS/train store/speech/tagger.npz --vectors VOCAB

CORPUS/train holds `text/*.txt` and `attributions/*.ann` (PolNeAR's layout). VOCAB is the `vocab` folder of a spaCy
model with word vectors; without it the word vectors begin at random. `--without nyt,wash-post` leaves publishers out,
for the test of how the tagger does on publishers it never saw (`speech_score.py --only nyt,wash-post`). `--begin
MODEL --epochs 2 --rate 5e-4` goes on from the weights of a model there is, with its vocabulary. Needs
`pip install jax optax msgpack`; takes 12 minutes of one core to itself, and 2 GiB. A run that was stopped goes on
after its last whole round when it is started again (`MODEL.part.npz` holds it). The same seed and versions give the
same model.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from speech_corpus import LABELS, labels, load, restyled
from speech_vectors import word_vectors

from store.speech.features import ALIKE, COLUMNS, SIZES, Encoder, shape
from store.speech.network import pack_model

WORD, INPUT, HIDDEN, LAYERS = 64, 64, 96, 2
SPARE = 8  # numbers below stand for words that are in no vocabulary
LENGTHS = (24, 48, 72, 104, 160, 320, 1600)
TOKENS, DROPOUT, NAMES = 2400, 0.3, 0.15
FORBIDDEN = -1e4
PLAIN = ("words", "projection", "bias", "output", "output_bias", "transitions", "first")
Params = dict[str, Any]


def counted(articles: list[Any]) -> dict[str, Counter[str]]:
    """Count words, beginnings, endings and shapes."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in COLUMNS[:4]}
    for word in (w for a in articles for p in a.paragraphs for w in p.words):
        alike = word.translate(ALIKE)
        alike = '"' if alike in ("''", "``") else alike
        low = re.sub(r"\d", "0", alike.lower())
        for name, key in zip(COLUMNS[:4], (low, low[:3], low[-3:], shape(alike)), strict=True):
            counts[name][key] += 1
    return counts


def vocabularies(counts: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """Give the words, beginnings, endings and shapes that came often enough."""
    least = {"word": 2, "prefix": 20, "suffix": 20, "shape": 20}
    out = {
        name: [key for key, n in sorted(found.items(), key=lambda item: (-item[1], item[0])) if n >= least[name]]
        for name, found in counts.items()
    }
    out["shape"] = out["shape"][:72]
    return out


def begun(path: Path) -> tuple[Params, dict[str, list[str]]]:
    """Give the weights of a model file and its vocabularies."""
    with np.load(path) as file:
        held = {
            name: file[name].astype(np.float32) * file[f"{name}.scale"] if f"{name}.scale" in file.files else file[name]
            for name in file.files
            if not name.endswith((".scale", ".text"))
        }
        entries = {name: bytes(file[f"{name}.text"]).decode("utf-8").split("\n") for name in COLUMNS[:4]}
    params: Params = {name: held[name] for name in PLAIN}
    params["tables"] = [held[f"table{n}"] for n in range(1, len(COLUMNS))]
    params["layers"] = [
        {name: held[f"{name}{n}"] for name in ("weights", "bias", "reset")} for n in range(int(held["layers"]))
    ]
    return params, entries


def examples(articles: list[Any], encoder: Encoder) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give every paragraph's numbers and labels; of every third article also those with marks, in British style."""
    out = []
    for number, article in enumerate(articles):
        for rows, tags in zip(encoder.encode(article.paragraphs), labels(article), strict=True):
            if len(rows):
                out.append((rows, np.array(tags, np.int32)))
        other = article if number % 3 else restyled(article)
        if other.text != article.text:
            pairs = zip(article.paragraphs, other.paragraphs, strict=True)
            changed = [one.words != two.words for one, two in pairs]
            for new, rows, tags in zip(changed, encoder.encode(other.paragraphs), labels(other), strict=True):
                if new:
                    out.append((rows, np.array(tags, np.int32)))
    return out


def batches(found: list[Any], rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Give shuffled batches of paragraphs of like length: numbers, labels, mask."""
    groups: dict[int, list[int]] = {}
    for i in rng.permutation(len(found)):
        groups.setdefault(next(n for n in LENGTHS if n >= len(found[i][1])), []).append(int(i))
    made = []
    for length, members in groups.items():
        size = max(1, TOKENS // length)
        made += [(length, size, members[i : i + size]) for i in range(0, len(members), size)]
    for k in rng.permutation(len(made)):
        length, size, members = made[k]
        x = np.zeros((size, length, len(COLUMNS)), np.int32)
        y, mask = np.zeros((size, length), np.int32), np.zeros((size, length), np.float32)
        for row, i in enumerate(members):
            rows, tags = found[i]
            x[row, : len(tags)], y[row, : len(tags)], mask[row, : len(tags)] = rows, tags, 1
        yield x, y, mask


def forget_words(x: np.ndarray, counts: np.ndarray, unknown: np.ndarray, named: np.ndarray, rng: Any) -> np.ndarray:
    """Blank out some words (rare ones and names more often), so that words never seen are nothing new."""
    words, shapes = x[..., 0], x[..., 3]
    seen = counts[np.maximum(words - SPARE, 0)]
    drop = rng.random(words.shape) < np.where(words >= SPARE, 0.9 / (3 + seen), 0)
    names = (x[..., 4] == 0) & named[shapes] & (rng.random(words.shape) < NAMES)
    x[..., 0] = np.where(drop | names, unknown[shapes], words)
    for column in (1, 2):
        x[..., column] = np.where(names & (rng.random(words.shape) < 0.5), 0, x[..., column])
    return x


def initial(words: np.ndarray, sizes: list[int], rng: np.random.Generator) -> Params:
    """Give the weights to begin with."""

    def normal(*size: int, scale: float = 0.0) -> np.ndarray:
        return rng.normal(0, scale or size[0] ** -0.5, size).astype(np.float32)

    layers = []
    for n in range(LAYERS):
        gates = 4 if n == 0 else 3
        bias = np.zeros(2 * gates * HIDDEN, np.float32)
        bias[2 * HIDDEN : 4 * HIDDEN] = 1
        width = 3 * INPUT if n == 0 else 2 * HIDDEN
        layers.append(
            {"weights": normal(width, 2 * gates * HIDDEN), "bias": bias, "reset": np.zeros(2 * HIDDEN, np.float32)}
        )
    return {
        "words": words,
        "projection": normal(WORD, INPUT),
        "tables": [normal(size, INPUT, scale=0.1) for size in sizes],
        "bias": np.zeros(INPUT, np.float32),
        "layers": layers,
        "output": normal(2 * HIDDEN * LAYERS, len(LABELS), scale=0.05),
        "output_bias": np.zeros(len(LABELS), np.float32),
        "transitions": np.zeros((len(LABELS), len(LABELS)), np.float32),
        "first": np.zeros(len(LABELS), np.float32),
    }


def _turned(value: Any) -> Any:
    """Turn the half of the columns that reads backwards round in time."""
    half = value.shape[-1] // 2
    return jnp.concatenate([value[..., :half], value[:, ::-1, half:]], -1)


def recur(layer: Params, x: Any, mask: Any) -> Any:
    """Run one layer of simple recurrent units in both directions."""
    gates = x @ layer["weights"] + layer["bias"]
    parts = jnp.split(gates, gates.shape[-1] // (2 * HIDDEN), -1)
    value, keep, reset = (_turned(part) for part in parts[:3])
    passed = parts[3] if len(parts) > 3 else x
    live = _turned(jnp.broadcast_to(mask[..., None], value.shape))
    keep = jax.nn.sigmoid(keep)

    def step(cell: Any, now: Any) -> Any:
        value, keep, reset, live = now
        return (keep * cell + (1 - keep) * value) * live, (
            (keep * cell + (1 - keep) * value) * live,
            jax.nn.sigmoid(reset + layer["reset"] * cell),
        )

    first = jnp.zeros((x.shape[0], 2 * HIDDEN))
    _, (cells, resets) = jax.lax.scan(step, first, tuple(jnp.swapaxes(a, 0, 1) for a in (value, keep, reset, live)))
    cells, resets = _turned(jnp.swapaxes(cells, 0, 1)), _turned(jnp.swapaxes(resets, 0, 1))
    return resets * jnp.tanh(cells) + (1 - resets) * passed


def scores(params: Params, x: Any, mask: Any, key: Any) -> Any:
    """Score every label for every token, with dropout."""
    keys = jax.random.split(key, LAYERS + 1)

    def dropped(value: Any, key: Any) -> Any:
        kept = jax.random.bernoulli(key, 1 - DROPOUT, (value.shape[0], 1, value.shape[2]))
        return value * kept / (1 - DROPOUT)

    state = params["words"][x[..., 0]] @ params["projection"] + params["bias"]
    for column, table in enumerate(params["tables"], 1):
        state = state + table[x[..., column]]
    state = dropped(jnp.tanh(state), keys[0]) * mask[..., None]
    none = jnp.zeros_like(state[:, :1])
    state = jnp.concatenate(
        [jnp.concatenate([none, state[:, :-1]], 1), state, jnp.concatenate([state[:, 1:], none], 1)], -1
    )
    outs = []
    for layer, key_ in zip(params["layers"], keys[1:], strict=True):
        state = dropped(recur(layer, state, mask), key_)
        outs.append(state)
    return jnp.concatenate(outs, -1) @ params["output"] + params["output_bias"]


def loss(params: Params, x: Any, y: Any, mask: Any, key: Any) -> Any:
    """Give the negative log likelihood of the labels for each token (a linear chain on top of the scores)."""
    first, moves = np.zeros(len(LABELS), np.float32), np.zeros((len(LABELS), len(LABELS)), np.float32)
    for inner in range(2, len(LABELS), 2):
        first[inner] = FORBIDDEN
        moves[[i for i in range(len(LABELS)) if i not in (inner - 1, inner)], inner] = FORBIDDEN
    emitted = scores(params, x, mask, key)
    transitions, start = params["transitions"] + moves, params["first"] + first
    right = (emitted * jax.nn.one_hot(y, len(LABELS))).sum((1, 2), where=mask[..., None] > 0) + start[y[:, 0]]
    right = right + (transitions[y[:, :-1], y[:, 1:]] * mask[:, 1:]).sum(1)

    def step(total: Any, now: Any) -> Any:
        here, live = now
        after = jax.nn.logsumexp(total[:, :, None] + transitions[None], 1) + here
        return jnp.where(live[:, None] > 0, after, total), None

    total, _ = jax.lax.scan(step, start + emitted[:, 0], (jnp.swapaxes(emitted[:, 1:], 0, 1), mask[:, 1:].T))
    return (jax.nn.logsumexp(total, -1) - right).sum() / mask.sum()


def train(
    found: list[Any],
    begin: Params,
    counts: np.ndarray,
    shapes: list[str],
    epochs: int,
    peak: float,
    kept: Path,
) -> Params:
    """Fit the weights; gives their moving average. After each round all is kept in `kept`, from which a run goes on."""
    marks = [""] * SPARE + shapes
    unknown = np.array([1 if s[:2] == "Xx" else 2 if s[:1] == "X" else 3 if s[:1] == "x" else 4 for s in marks])
    named = np.array([s[:2] == "Xx" for s in marks])
    params = jax.tree.map(jnp.asarray, begin)
    steps = epochs * sum(1 for _ in batches(found, np.random.default_rng(0)))
    rate = optax.warmup_cosine_decay_schedule(0, peak, min(200, steps // 5), steps, peak / 100)
    optimiser = optax.chain(optax.clip_by_global_norm(5.0), optax.adamw(rate, b2=0.99, weight_decay=1e-4))
    state, average, done = optimiser.init(params), params, 0

    @jax.jit
    def step(params: Params, state: Any, average: Params, x: Any, y: Any, mask: Any, key: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(params, x, y, mask, key)
        change, state = optimiser.update(slope, state, params)
        params = optax.apply_updates(params, change)
        return params, state, jax.tree.map(lambda a, b: 0.998 * a + 0.002 * b, average, params), value

    leaves, tree = jax.tree.flatten((params, state, average))
    if kept.exists():
        with np.load(kept) as file:
            done = int(file["done"])
            params, state, average = tree.unflatten([jnp.asarray(file[f"arr_{n}"]) for n in range(len(leaves))])
    began = time.time()
    for epoch in range(done, epochs):
        rng, key = np.random.default_rng(epoch), jax.random.PRNGKey(epoch)
        total = tokens = 0.0
        for x, y, mask in batches(found, rng):
            key, now = jax.random.split(key)
            seen = forget_words(x, counts, unknown, named, rng)
            params, state, average, value = step(params, state, average, seen, y, mask, now)
            total, tokens = total + float(value) * mask.sum(), tokens + mask.sum()
        np.savez(kept, *jax.tree.leaves((params, state, average)), done=epoch + 1)
        print(f"epoch {epoch + 1}  loss {total / tokens:.4f}  {time.time() - began:.0f} s", flush=True)
    return jax.tree.map(np.asarray, average)


def arrays(params: Params) -> dict[str, np.ndarray]:
    """Name the weights as the model file does."""
    out = {name: params[name] for name in PLAIN} | {"layers": np.array(len(params["layers"]))}
    out |= {f"table{n}": table for n, table in enumerate(params["tables"], 1)}
    for n, layer in enumerate(params["layers"]):
        out |= {f"{name}{n}": value for name, value in layer.items()}
    return out


def main() -> None:
    """Run from the command line."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("corpus", type=Path)
    ask.add_argument("model", type=Path)
    ask.add_argument("--vectors", type=Path)
    ask.add_argument("--without", default="")
    ask.add_argument("--begin", type=Path)
    ask.add_argument("--rate", type=float, default=3e-3)
    ask.add_argument("--epochs", type=int, default=10)
    given = ask.parse_args()
    articles = list(load(given.corpus, tuple(filter(None, given.without.split(",")))))
    counts = counted(articles)
    if given.begin:
        begin, entries = begun(given.begin)
    else:
        entries = vocabularies(counts)
        words = word_vectors(given.vectors, entries["word"], WORD, SPARE)
        sizes = [len(entries[name]) + SPARE for name in COLUMNS[1:4]] + [SIZES[name] for name in COLUMNS[4:]]
        begin = initial(words, sizes, np.random.default_rng(0))
    found = examples(articles, Encoder(entries))
    print(f"{len(articles)} articles, {sum(len(y) for _, y in found)} tokens", flush=True)
    kept = given.model.with_suffix(".part.npz")
    often = np.array([max(2, counts["word"][word]) for word in entries["word"]])
    params = train(found, begin, often, entries["shape"], given.epochs, given.rate, kept)
    pack_model(arrays(params), entries, given.model)
    kept.unlink()


if __name__ == "__main__":
    main()
