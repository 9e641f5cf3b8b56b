"""The word lists of naming, read once from `store/speech/lexicon/names/`."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "lexicon" / "names"


@cache
def lines(name: str) -> tuple[str, ...]:
    """Give the entries of one word list, in the file's order; blank lines and comments are left out."""
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Give the entries of one word list as a set."""
    return frozenset(lines(name))


@cache
def group(name: str) -> frozenset[str]:
    """Give one of the small closed classes of words (`small_words.txt`); KeyError when there is no such class."""
    cut = (line.partition(": ") for line in lines("small_words"))
    return {key: frozenset(rest.split()) for key, _, rest in cut}[name]


@cache
def folded(name: str) -> frozenset[str]:
    """Give the entries of one word list, folded as `fold` does."""
    return frozenset(fold(line) for line in lines(name))


@cache
def gendered(name: str) -> dict[str, str]:
    """Give a list of words each followed by `m` or `f` or nothing: word → "m", "f" or ""."""
    out = {}
    for line in lines(name):
        word, _, gender = line.rpartition(" ")
        if gender in ("m", "f") and word:
            out[word] = gender
        else:
            out[line] = ""
    return out


@cache
def kin(name: str) -> dict[str, frozenset[str]]:
    """Give a list of groups of words: word → all words of its groups (folded).

    In a line "official: minister mayor" only the first word means the others, not the other way.
    """
    out: dict[str, frozenset[str]] = {}
    for line in lines(name):
        wide, _, rest = line.rpartition(":")
        group = frozenset(fold(word) for word in (*wide.split(), *rest.split()))
        for word in (fold(wide),) if wide else group:
            out[word] = out.get(word, frozenset()) | group
    return out


@cache
def countries() -> dict[str, str]:
    """Give every word for a state, its people or its capital (folded) → the state's name."""
    out: dict[str, str] = {}
    for line in lines("countries"):
        name, _, rest = line.partition(":")
        for word in (name, *rest.split()):
            out.setdefault(fold(word.replace(".", "")), name)
    return out


@cache
def states() -> frozenset[str]:
    """Give the names of all states, as `countries` gives them, but the United States' own adjectives."""
    return frozenset(countries().values())


@cache
def demonyms() -> frozenset[str]:
    """Give the first word for each state's people (folded): "russian", "french"; "UN" and "EU" are none."""
    found = (line.partition(":")[2].split() for line in lines("countries"))
    return frozenset(fold(words[0]) for words in found if words and not words[0].isupper())


@cache
def office_holders() -> dict[tuple[str, str], tuple[str, ...]]:
    """Give people known by office: office and folded family name → the words of the full name."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in lines("office_holders"):
        office, _, name = line.partition(": ")
        words = tuple(name.split())
        first = fold(words[0]) in folded("surnames_first")
        out[office, fold(words[0] if first else words[-1])] = words
    return out


@cache
def outlets() -> dict[str, str]:
    """News outlets: folded name without its article → what it is (network, newspaper, agency, …)."""
    pairs = (line.rpartition(" ") for line in lines("outlets"))
    return {fold(name): kind for name, _, kind in pairs}


@lru_cache(maxsize=8192)
def first_name_gender(word: str) -> str | None:
    """Resolve "m", "f", "" (borne by both) for a known first name, None for an unknown word."""
    key = fold(word)
    man, woman = key in folded("first_names_male"), key in folded("first_names_female")
    if man or woman:
        return "" if man and woman else "m" if man else "f"
    if "-" in key:
        return first_name_gender(key.split("-")[0])
    return None


@cache
def _bare(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Give the text in lower case, marks off letters and dots left out, so that spellings of one name meet."""
    low = text.casefold().replace(".", "").replace("’", "'")
    return low if low.isascii() else "".join(map(_bare, low))
