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
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|0|[©@]")
_NUMBER = re.compile(r"\d+")


def tokens(text: str) -> list[str]:
    """Cut `text` into casefolded words and figures as the phrase lists count them; a number becomes `0`."""
    return _TOKEN.findall(_NUMBER.sub("0", text.casefold().replace("’", "'")))


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
    """Phrase lists, ready to be asked about the tokens of a line.

    Each maps the first word of a phrase to the lists that know it and how, the longest phrase first.
    """

    openings: Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]
    inside: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]

    def find(self, line: tuple[str, ...]) -> dict[str, str]:
        """Say how each list that knows the line knows it: `whole`, `start` or `inside`, the first of these."""
        known: dict[str, str] = {}
        if line and line[0] in self.openings:
            for phrase, name, where in self.openings[line[0]]:
                if (
                    name not in known
                    and line[: len(phrase)] == phrase
                    and (where == "start" or len(line) == len(phrase))
                ):
                    known[name] = where
        heads = self.inside
        for at, word in enumerate(line):
            if word in heads:
                for phrase, name in heads[word]:
                    if name not in known and line[at : at + len(phrase)] == phrase:
                        known[name] = "inside"
        return known


@cache
def phrases(*names: str) -> Phrases:
    """Give the phrase lists `names` as one."""
    openings: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    inside: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        for entry in lines(f"{name}.txt"):
            phrase = tuple(tokens(entry))
            if not phrase:
                raise ValueError(f"{name}.txt: an entry without a word: {entry!r}")
            if entry.startswith("…"):
                inside.setdefault(phrase[0], []).append((phrase, name))
            else:
                where = "start" if entry.endswith("…") else "whole"
                openings.setdefault(phrase[0], []).append((phrase, name, where))
    for known in openings.values():
        known.sort(key=lambda entry: (entry[2] == "start", -len(entry[0])))
    return Phrases(openings, inside)
