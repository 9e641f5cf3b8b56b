"""The word lists of finding speech, read from `store/speech/lexicon/` when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"
_VOWELS = "aeiou"


@cache
def entries(name: str) -> tuple[str, ...]:
    """Give the lines of one list, in the file's order; comments and blank lines are left out."""
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Give one list as a set."""
    return frozenset(entries(name))


@cache
def grammar(name: str) -> frozenset[str]:
    """Give one of the small closed classes of words (`grammar.txt`); KeyError when there is no such class."""
    classes = (line.partition(": ") for line in entries("grammar"))
    return {key: frozenset(rest.split()) for key, _, rest in classes}[name]


@cache
def noun_forms(name: str) -> frozenset[str]:
    """Give the nouns of one list in singular and plural."""
    out = set()
    for noun in entries(name):
        out |= {noun, noun[:-3] + "men" if noun.endswith("man") else _with_s(noun)}
    return frozenset(out)


@cache
def verb_forms(name: str) -> dict[str, str]:
    """Give every form of the verbs of one list → the verb's base form.

    A line is the base form, then the forms that the usual endings do not give, then `*` for a plain verb of speech.
    """
    out: dict[str, str] = {}
    for line in entries(name):
        base, *rest = line.replace("*", "").split()
        for form in (base, _with_s(base), *(rest or ()), *_regular(base)):
            out.setdefault(form, base)
    return out


@cache
def plain_verbs() -> frozenset[str]:
    """Give the base forms of the verbs of speech that are used of any speech at all (say, add, tell)."""
    return frozenset(line.split()[0] for line in entries("cue_verbs") if line.endswith("*"))


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _regular(base: str) -> tuple[str, str]:
    if base.endswith("e") and not base.endswith(("ee", "ye")):
        return base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied", base + "ing"
    return base + "ed", base + "ing"
