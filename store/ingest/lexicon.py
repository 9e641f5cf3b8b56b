"""Word lists and phrase lists of ingest: data files beside this module, read once.

A phrase file holds one entry a line, `#` starts a comment. Where an entry may stand is written with an ellipsis:

    advertisement           the whole line
    read more …             the start of the line
    … sign up for …         anywhere in the line

Case, punctuation and the exact number do not matter: a run of figures in a line matches `0` in an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[©@]")
_LONGEST = 8


def tokens(text: str) -> list[str]:
    """Cut `text` into casefolded words and figures as the phrase lists count them; a number becomes `0`."""
    return ["0" if t[0].isdigit() else t for t in _TOKEN.findall(text.casefold().replace("’", "'"))]


def lines(name: str) -> Iterator[str]:
    """Give the entries of the data file `name`, comments and empty lines left out."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        entry = line.split("#", 1)[0].strip() if not line.startswith("\\#") else line[1:].strip()
        if entry:
            yield entry


@cache
def words(name: str) -> frozenset[str]:
    """Give the word list `name` (a path below the lexicon folder, without `.txt`), casefolded."""
    return frozenset(entry.casefold() for entry in lines(f"{name}.txt"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """A phrase list, ready to be asked about the tokens of a line."""

    whole: frozenset[tuple[str, ...]]
    starts: frozenset[tuple[str, ...]]
    inside: frozenset[tuple[str, ...]]

    def where(self, line: Sequence[str]) -> str:
        """Say how the list knows a line given as tokens: `whole`, `start`, `inside`, or an empty string."""
        if not line:
            return ""
        first = tuple(line[:_LONGEST])
        if len(line) <= _LONGEST and first in self.whole:
            return "whole"
        if any(first[:n] in self.starts for n in range(1, len(first) + 1)):
            return "start"
        if self.inside and self._holds(line):
            return "inside"
        return ""

    def _holds(self, line: Sequence[str]) -> bool:
        inside = self.inside
        heads = self.heads()
        for at, word in enumerate(line):
            for n in heads.get(word, ()):
                if tuple(line[at : at + n]) in inside:
                    return True
        return False

    def heads(self) -> dict[str, tuple[int, ...]]:
        """Give the first word of every inside phrase with the lengths of the phrases it starts."""
        return _heads(self.inside)


@cache
def _heads(inside: frozenset[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for phrase in inside:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


@cache
def phrases(name: str) -> Phrases:
    """Give the phrase list `name`."""
    sorts: tuple[set[tuple[str, ...]], ...] = (set(), set(), set())
    for entry in lines(f"{name}.txt"):
        kind = 2 if entry.startswith("…") else 1 if entry.endswith("…") else 0
        phrase = tuple(tokens(entry))
        if not 0 < len(phrase) <= _LONGEST:
            raise ValueError(f"{name}.txt: an entry has one to {_LONGEST} words: {entry!r}")
        sorts[kind].add(phrase)
    return Phrases(*(frozenset(s) for s in sorts))
