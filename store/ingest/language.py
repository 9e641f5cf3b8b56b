"""Which language a text is written in, from its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from store.ingest import lexicon

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_LETTERS = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalpha() else 32 for n in range(256))
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("my", re.compile("[\u1000-\u109f]")),
)
_OTHER_SCRIPT = re.compile(f"[{''.join(script.pattern[1:-1] for _, script in _SCRIPTS)}]")
_SAMPLE = 6_000
_LEAST_WORDS = 3


@cache
def _stop_words() -> dict[str, tuple[str, ...]]:
    """Every listed word with the languages it is common in."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted((Path(__file__).parent / "lexicon" / "stopwords").glob("*.txt")):
        for word in lexicon.words(f"stopwords/{file.stem}"):
            found[word] = (*found.get(word, ()), file.stem)
    return found


@cache
def all_stop_words() -> frozenset[str]:
    """Give the commonest words of every language known here."""
    return frozenset(_stop_words())


def detect(text: str) -> str | None:
    """Give the ISO 639-1 code of the language of `text`, None when too little speaks for one.

    The first 6,000 characters count. Scripts of one language decide alone; else the language whose common words make
    up the largest share.
    """
    sample = text[:_SAMPLE]
    plain = lexicon.is_plain(sample)
    if not plain and _OTHER_SCRIPT.search(sample) and (code := _by_script(sample)):
        return code
    known = _stop_words()
    votes: dict[str, int] = {}
    for word, count in Counter(filter(known.__contains__, _words(sample, plain))).items():
        for code in known[word]:
            votes[code] = votes.get(code, 0) + count
    best = Counter(votes).most_common(2)
    if not best or best[0][1] < _LEAST_WORDS:
        return None
    if len(best) > 1 and best[0][1] == best[1][1]:
        return None
    return best[0][0]


def _words(sample: str, plain: bool) -> list[str]:
    if plain:
        return sample.encode("ascii", "replace").translate(_PLAIN_LETTERS).decode("ascii").split()
    return _WORD.findall(sample.casefold())


def _by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample)) or 1
    for code, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (0.1 if code == "ja" else 0.3):
            return code
    return None
