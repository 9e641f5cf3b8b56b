"""Read the word vectors of a spaCy model without spaCy, and make them small."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_MASK = 0xFFFFFFFFFFFFFFFF
_M = 0xC6A4A7935BD1E995


def word_vectors(folder: Path | None, words: list[str], width: int, spare: int) -> np.ndarray:
    """Give each word its vector, cut to `width` main components; words without one, and `spare` more, random ones.

    `folder` is a `vocab` folder with `key2row` and `vectors`, or None.
    """
    out = np.random.default_rng(0).normal(0, 0.1, (len(words) + spare, width)).astype(np.float32)
    if folder is None:
        return out
    import msgpack

    rows = msgpack.unpackb((folder / "key2row").read_bytes(), strict_map_key=False)
    table = np.load(folder / "vectors")
    left, sizes, _ = np.linalg.svd(table - table.mean(0), full_matrices=False)
    small = (left * sizes)[:, :width]
    small *= 0.5 / small.std()
    for i, word in enumerate(words):
        row = next((rows[k] for k in map(_key, (word, word.capitalize(), word.upper())) if k in rows), None)
        if row is not None:
            out[i + spare] = small[row]
    return out


def _key(word: str) -> int:
    """Give spaCy's number of a word (MurmurHash2, 64 bits, seed 1)."""
    data = word.encode("utf-8")
    value = (1 ^ (len(data) * _M) & _MASK) & _MASK
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * _M & _MASK
        part = (part ^ part >> 47) * _M & _MASK
        value = (value ^ part) * _M & _MASK
    if data[whole:]:
        value = (value ^ int.from_bytes(data[whole:], "little")) * _M & _MASK
    value = (value ^ value >> 47) * _M & _MASK
    return value ^ value >> 47
