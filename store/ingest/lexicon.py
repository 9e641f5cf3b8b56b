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
_KEPT = "abcdefghijklmnopqrstuvwxyz'@\n"
_CUT = bytes(
    ord(letter) if letter in _KEPT else ord("0" if letter.isdigit() else " ")
    for letter in (chr(n).lower() for n in range(128))
).ljust(256)
_FOREIGN = re.compile("[^\x00-\x7f\xa0·«»–—‘’“”„•…]")
_NUMBER = re.compile(r"\d+")


def is_plain(text: str) -> bool:
    """Say whether a text holds no letters, figures or signs of its own beyond ASCII, only typographic marks."""
    return text.isascii() or not _FOREIGN.search(text)


def tokens(text: str) -> list[str]:
    """Cut `text` into casefolded words and figures as the phrase lists count them; a number becomes `0`."""
    if is_plain(text):
        return plain_tokens([text.replace("\n", " ")])[0]
    return _TOKEN.findall(_NUMBER.sub("0", text.casefold().replace("’", "'")))


def plain_tokens(lines: Sequence[str]) -> list[list[str]]:
    """Cut each of some lines that are plain in the same way: without a pattern, and all in one go."""
    joined = " \n ".join(lines)
    if not joined.isascii():
        joined = joined.replace("’", "'")
    cut = f" {joined.encode('ascii', 'replace').translate(_CUT).decode('ascii')} "
    if "0" in cut:
        while "00" in cut:
            cut = cut.replace("00", "0")
        cut = cut.replace("0", " 0 ")
    if "@" in cut:
        cut = cut.replace("@", " @ ")
    if "'" in cut:
        cut = cut.replace("''", " ").replace(" '", " ").replace("' ", " ")
    return [line.split() for line in cut.split("\n")]


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

    `whole` maps a phrase to the lists that know it as a whole line; `start` the first word of a phrase to the phrases
    of each length that begin with it, the longest first; `inside` the rarest word of a phrase, the longest as a rule,
    to the phrase, the list that knows it and how many words stand before that word. `rare` are these words, `first`
    the first ones of whole lines.
    """

    whole: Mapping[tuple[str, ...], Sequence[str]]
    start: Mapping[str, Sequence[tuple[int, Mapping[tuple[str, ...], Sequence[str]]]]]
    inside: Mapping[str, Sequence[tuple[tuple[str, ...], str, int]]]
    rare: frozenset[str]
    first: frozenset[str]

    def find(self, line: tuple[str, ...]) -> dict[str, str]:
        """Say how each list that knows the line knows it: `whole`, `start` or `inside`, the first of these."""
        first = line[0] if line else ""
        known = dict.fromkeys(self.whole.get(line, ()), "whole") if first in self.first else {}
        if first in self.start:
            for length, phrases in self.start[line[0]]:
                for name in phrases.get(line[:length], ()):
                    known.setdefault(name, "start")
        if self.rare.isdisjoint(line):
            return known
        for at in [at for at, word in enumerate(line) if word in self.rare]:
            for phrase, name, before in self.inside[line[at]]:
                top = at - before
                if name not in known and top >= 0 and line[top : top + len(phrase)] == phrase:
                    known[name] = "inside"
        return known


@cache
def phrases(*names: str) -> Phrases:
    """Give the phrase lists `names` as one."""
    whole: dict[tuple[str, ...], list[str]] = {}
    start: dict[str, dict[int, dict[tuple[str, ...], list[str]]]] = {}
    inside: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    common = words("stopwords/en")
    for name in names:
        for entry in lines(f"{name}.txt"):
            phrase = tuple(tokens(entry))
            if not phrase:
                raise ValueError(f"{name}.txt: an entry without a word: {entry!r}")
            if entry.startswith("…"):
                rare = max(phrase, key=lambda word: (word not in common, len(word)))
                inside.setdefault(rare, []).append((phrase, name, phrase.index(rare)))
            elif entry.endswith("…"):
                start.setdefault(phrase[0], {}).setdefault(len(phrase), {}).setdefault(phrase, []).append(name)
            else:
                whole.setdefault(phrase, []).append(name)
    by_length = {first: [(n, known[n]) for n in sorted(known, reverse=True)] for first, known in start.items()}
    return Phrases(whole, by_length, inside, frozenset(inside), frozenset(phrase[0] for phrase in whole))
