"""The words that name a source, taken apart: chunks, head, determiner."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from store.speech.naming import lists
from store.speech.naming.nouns import known_noun, singular
from store.speech.naming.reading import Reading
from store.speech.naming.runs import Run

_PREPOSITIONS = lists.group("source-cuts")
_RELATIVES = lists.group("relatives")
_TRAILING = lists.group("source-trailers")
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
_INDEFINITE = lists.group("indefinite")
Joint = Literal["", "comma", "preposition", "and", "relative"]


class Chunk(Struct, frozen=True, gc=False):
    """Words `first` to `last` of a phrase, and what joins them to what stands before."""

    first: int
    last: int
    joint: Joint
    runs: tuple[Run, ...]

    @property
    def final(self) -> Run | None:
        """Give the run the chunk ends with, if it does."""
        return self.runs[-1] if self.runs and self.runs[-1].last == self.last else None


def chunks(reading: Reading, first: int, last: int, runs: dict[int, Run]) -> list[Chunk]:
    """Cut the words `first` to `last` at commas, prepositions, "and" and relative clauses; names stay whole.

    `runs` holds each run under every one of its words.
    """
    out: list[Chunk] = []
    start = first
    joint: Joint = ""
    found: list[Run] = []
    index = first
    while index < last:
        mark: Joint = _joint(reading, index, first) if index > first else ""
        if mark:
            out.append(_chunk(reading, start, index, joint, found))
            start, joint, found = index, mark, []
            if mark in ("preposition", "and"):
                start = index = index + 1
                if index >= last:
                    break
        run = runs.get(index)
        if (run is not None and index >= min(run.name, run.last - 1)) or (run is not None and index == run.first):
            found.append(run)
            index = run.last
        else:
            index += 1
    if start < last:
        out.append(_chunk(reading, start, last, joint, found))
    return [chunk for chunk in out if chunk.first < chunk.last]


def _chunk(reading: Reading, first: int, last: int, joint: Joint, runs: list[Run]) -> Chunk:
    while last - first > 1 and reading.low[last - 1] in _TRAILING:
        last -= 1
    return Chunk(first, last, joint, tuple(run for run in runs if run.last <= last))


def _joint(reading: Reading, index: int, first: int) -> Joint:
    low = reading.low[index]
    gap = reading.gap(index)
    if low in _RELATIVES:
        return "relative"
    if any(mark in gap for mark in ",;()–—:") or (" - " in gap) or "--" in gap:
        return "comma"
    if low in ("and", "or", "but"):
        return "and"
    if low in _PREPOSITIONS and index > first:
        return "preposition"
    return ""


def head_noun(reading: Reading, chunk: Chunk) -> tuple[int, str, bool]:
    """Give the head noun of a chunk: its index, its singular, whether it is plural."""
    for index in range(chunk.last - 1, chunk.first - 1, -1):
        noun, plural = singular(reading.low[index])
        if known_noun(noun) and not reading.possessive[index]:
            return index, noun, plural
    index = chunk.last - 1
    low = reading.low[index]
    return index, low, low.endswith("s") and not low.endswith("ss")


def determiner(reading: Reading, chunk: Chunk) -> Literal["definite", "owner", "indefinite", "none"]:
    """How a chunk begins: with "the", with an owner ("his", "Trump's"), with "a" or a number, or bare."""
    low = reading.low[chunk.first]
    if low in _DEFINITE:
        return "definite"
    if low in _OWNERS or any(run.possessive and run.last < chunk.last for run in chunk.runs):
        return "owner"
    if low in _INDEFINITE or reading.words[chunk.first].isdigit():
        return "indefinite"
    return "none"
