"""Word lists and phrase lists of ingest: data files beside this module, read once.

A phrase file holds one entry a line, `#` starts a comment. Where an entry may stand is written with an ellipsis:

    advertisement           the whole line
    read more …             the start of the line
    … sign up for …         anywhere in the line

Case, punctuation and the exact number do not matter: a run of figures in a line matches `0` in an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
        entry = line.split("#", 1)[0].strip()
        if entry:
            yield entry


def rows(name: str) -> Iterator[list[str]]:
    """Give the rows of the data file `name`, cut at tabs; lines that begin with `# ` are comments."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line.split("\t")


@cache
def words(name: str) -> frozenset[str]:
    """Give the word list `name` (a path below the lexicon folder, without `.txt`), casefolded."""
    return frozenset(entry.casefold() for entry in lines(f"{name}.txt"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """A phrase list, ready to be asked about the tokens of a line; `lengths` are those of the phrases a word starts."""

    whole: frozenset[tuple[str, ...]]
    starts: frozenset[tuple[str, ...]]
    inside: frozenset[tuple[str, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    def find(self, line: Sequence[str]) -> tuple[str, str]:
        """Say how the list knows a line given as tokens (`whole`, `start`, `inside` or nothing), and by which entry."""
        if not line:
            return "", ""
        first = tuple(line[:_LONGEST])
        if len(line) <= _LONGEST and first in self.whole:
            return "whole", " ".join(first)
        for n in self.lengths.get(line[0], ()):
            if first[:n] in self.starts:
                return "start", " ".join(first[:n])
        if self.inside:
            entry = self._inside(line)
            return ("inside", entry) if entry else ("", "")
        return "", ""

    def _inside(self, line: Sequence[str]) -> str:
        lengths = self.lengths
        for at, word in enumerate(line):
            if word not in lengths:
                continue
            for n in lengths[word]:
                phrase = tuple(line[at : at + n])
                if phrase in self.inside:
                    return " ".join(phrase)
        return ""


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
    lengths: dict[str, tuple[int, ...]] = {}
    for phrase in sorted(sorts[1] | sorts[2], key=len, reverse=True):
        known = lengths.get(phrase[0], ())
        lengths[phrase[0]] = known if len(phrase) in known else (*known, len(phrase))
    return Phrases(frozenset(sorts[0]), frozenset(sorts[1]), frozenset(sorts[2]), lengths)
