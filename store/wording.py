"""Whether a text that was edited still says the same.

Likeness cannot tell: "2066" for "2026", "illegal" for "legal", an added "not" leave two texts nearly alike. So the two
are compared word by word, and only changes that cannot turn a statement round pass: articles and "that", hyphens,
commas and quotation marks, capitals, a letter wrong inside a long word. Every other word that came, went or changed
is for a person to look at.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

LONG = 6  # letters from which a word may have a letter wrong
ACRONYM = 5  # a word of capitals up to this length is a name: "US" is not "us"
_SIGNS = "+−%‰°?"  # beside those of currencies; a question is no statement, a minus no plus
_HYPHENS = "-\u2010\u2011"
_IN_NUMBERS = ".,:/'"


def says_the_same(old: str, new: str) -> bool:
    """Tell whether `new` is `old` with small changes of spelling only."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - not for a verb that only reads

    before, after = _tokens(old), _tokens(new)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return all(tag == "equal" or _small(before[a:b], after[c:d]) for tag, a, b, c, d in changes)


def _tokens(text: str) -> list[str]:
    """Take a text apart into words with the marks on them, numbers, and signs that count; hyphens join."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    tokens, word = [], ""
    for at, char in enumerate(text):
        following = text[at + 1 : at + 2]
        if _is_wordy(char) or (word and _is_inside(word[-1], char, following)):
            word += char
            continue
        if word and following.isalpha() and char in _HYPHENS:
            continue
        if word:
            tokens.append(word)
        minus = char in _HYPHENS and not word and following.isdigit()
        word = ""
        if minus or char in _SIGNS or unicodedata.category(char) == "Sc":
            tokens.append("−" if minus else char)
    return [*tokens, word] if word else tokens


def _is_wordy(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _is_inside(before: str, char: str, following: str) -> bool:
    """Tell whether a character stands inside a word or a number: an apostrophe, a decimal point."""
    if char == "'":
        return following.isalnum()
    return char in _IN_NUMBERS and before.isdigit() and following.isdigit()


def _small(gone: list[str], come: list[str]) -> bool:
    if len(gone) == len(come) and all(map(_same_word, gone, come)):
        return True
    return all(token.casefold() in lexicon("light_words.txt") for token in (*gone, *come))


def _same_word(old: str, new: str) -> bool:
    if old.casefold() == new.casefold():
        return old == new or not (_is_acronym(old) or _is_acronym(new))
    return min(len(old), len(new)) >= LONG and old.islower() and new.islower() and _one_letter_inside(old, new)


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) <= ACRONYM


def _one_letter_inside(old: str, new: str) -> bool:
    """Tell whether two words differ in one letter (or two that changed places), and neither at the first nor the last.

    Beginnings negate ("un-", "il-") and endings count ("minister", "ministers").
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only texts that changed need it

    return (old[0], old[-1]) == (new[0], new[-1]) and (old + new).isalpha() and OSA.distance(old, new) == 1


def negates(word: str) -> bool:
    """Say whether a word turns a statement round."""
    folded = word.casefold().replace("’", "'")
    return folded.endswith("n't") or folded in lexicon("negations.txt")


@cache
def lexicon(name: str) -> frozenset[str]:
    """Read a word list of `store/lexicon`."""
    lines = (Path(__file__).parent / "lexicon" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
