"""Other words by which a person looks for a command: merge for join, theme for colours (`other_words.txt`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, tuple[str, ...]]:
    rows = files("tui").joinpath("other_words.txt").read_text("utf-8").splitlines()
    parted = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {id_: tuple(words.casefold().split()) for id_, words in parted}


def finds(typed: str, id_: str) -> bool:
    """Say whether each of the words typed begins one of the other words of the command with this id."""
    words = typed.casefold().split()
    return bool(words) and all(any(one.startswith(word) for one in _table().get(id_, ())) for word in words)
