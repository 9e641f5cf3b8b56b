"""The words by which one language reports speech, read from `lexicon/` when first asked for.

Each file is one language. A line is a kind and an entry: `verb sagte`; `split teilte mit` (a verb whose second part
ends the clause); `aux a` with `participle déclaré`; `phrase selon` (names a source behind it); `pronoun elle` and its
gender, `she elle`; `day lundi` (passed over between cue and source); `of de` (what follows belongs to the word
before); `the la`; `particle von` (stands inside names) and `inner der` (behind a particle); `stop pour` (ends a
source); `self se` (before the verb); `subject ने` (stands right behind it); `role maire`; `common und` (opens a clause
and is no name); `given павла павел` (a given name in another case); `option …`: `cases` (names are bent), `sov` (the
verb comes last), `incise` (a cue may stand between commas inside the marks), `single` (single marks hold speech),
`bare` (a verb needs no subject).
Chinese and Japanese have `cue` for `verb`, and `surname`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from msgspec import Struct

_FOLDER = Path(__file__).parent / "lexicon"
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({"and", "said", "that", "the", "with"})
_ENGLISH_SHARE = 0.04  # of the words; news in English has 0.1, news in other languages below 0.01
_SAMPLE = 6_000


class Language(Struct, frozen=True, gc=False):
    """What is known of one language: `code`, the sets of words by kind, and the phrases by their first word."""

    code: str
    kinds: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]

    def has(self, kind: str, word: str) -> bool:
        """Say whether a word in small letters is of a kind."""
        return word in self.kinds.get(kind, ())

    def is_grammar(self, word: str) -> bool:
        """Say whether a word in small letters is one of the listed words of grammar."""
        return any(self.has(kind, word) for kind in ("the", "of", "stop", "common", "pronoun", "day", "particle"))

    def option(self, name: str) -> bool:
        """Say whether the file states an option."""
        return name in self.kinds.get("option", ())


@cache
def language(code: str) -> Language:
    """Give the language of an ISO 639 code; one without words where the code is not known here."""
    kinds: dict[str, set[str]] = defaultdict(set)
    phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    if code in known():
        for line in (_FOLDER / f"{code}.txt").read_text("utf-8").splitlines():
            kind, _, entry = line.partition(" ")
            if kind in ("verb", "split", "phrase"):
                words = tuple(entry.replace("'", " ").split())
                phrases[words[0]].append((kind, words))
            elif entry and kind != "#":
                kinds[kind].add(entry)
    longest = {first: tuple(sorted(found, key=lambda one: -len(one[1]))) for first, found in phrases.items()}
    return Language(code, {kind: frozenset(words) for kind, words in kinds.items()}, longest)


@cache
def known() -> frozenset[str]:
    """Give the codes of the languages that have words here."""
    return frozenset(file.stem for file in _FOLDER.glob("*.txt"))


def foreign(text: str, code: str) -> bool:
    """Say whether a text said to be in the language `code` is not in English after all, by its own words."""
    if code[:2].lower() == "en":
        return False
    words = _WORD.findall(text[:_SAMPLE].lower())
    return sum(word in _ENGLISH for word in words) < _ENGLISH_SHARE * len(words)
