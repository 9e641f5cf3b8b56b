"""Words as search compares them, each with its place in the printed text.

Case, marks, scripts, apostrophes and articles of names are folded away: `Ṭarṭūs`, `TARTUS` and `tartus` are one word,
and so are `Шараа`, `al-Sharaa` and `sharaa`. A highlight never shows folded letters: it covers the printed word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

FOLDING = 2
"""The number of these rules; an index made by other rules is made again."""

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
)
_APOSTROPHES = "'’‘ʼʻʿʾ`´"
_PARTICLES = "al|el|as|ash|ad|adh|an|ar|at|ath|az|аль|эль|ас|аш|ад|ан|ар|ат|аз"
_LETTER = rf"[^\W\d_{_IDEOGRAPHS}]"

_CHAR = rf"[^\W_{_IDEOGRAPHS}]"
_WORD = re.compile(
    rf"(?:(?=\w{{2,3}}[-‐‑])(?i:{_PARTICLES})[-‐‑](?={_LETTER}))?"
    rf"[ʻʿʾ]?(?!\d{{1,3}}[.,\u00a0\u202f]\d{{3}}){_CHAR}+(?:(?:[{_MARKS}]|[{_APOSTROPHES}](?={_LETTER})){_CHAR}*)*"
    rf"|\d{{1,3}}(?:[.,\u00a0\u202f]\d{{3}})+(?!\d)|{_CHAR}+"
    rf"|[{_IDEOGRAPHS}]"
)
_ARTICLE = re.compile(rf"(?:{_PARTICLES})[-‐‑](?=.)", re.IGNORECASE)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s$")
_ELISION = re.compile(rf"^(?:l|d|qu)[{_APOSTROPHES}](?=\w{{3}})")
_PLAIN = re.compile("[^a-z0-9]+")
_ARABIC_ARTICLE = re.compile("^(?:وال|بال|كال|فال|لل|ال)(?=\\w{3})")
_ARABIC = {
    char: letters
    for chars, letters in (
        ("اىةأإآٱ", "a"), ("ب", "b"), ("پ", "p"), ("تط", "t"), ("ث", "th"), ("ج", "j"), ("چ", "ch"), ("حه", "h"),
        ("خ", "kh"), ("دض", "d"), ("ذ", "dh"), ("ر", "r"), ("زظ", "z"), ("ژ", "zh"), ("سص", "s"), ("ش", "sh"),
        ("غ", "gh"), ("ف", "f"), ("ڤ", "v"), ("ق", "q"), ("كک", "k"), ("گ", "g"), ("ل", "l"), ("م", "m"), ("ن", "n"),
        ("وؤ", "u"), ("يئی", "i"), ("عءـ", ""),
    )
    for char in chars
}  # fmt: skip
_ARABIC_LETTERS = str.maketrans(_ARABIC)
_ARABIC_START = {"و": "w", "ي": "y", "ی": "y"}


class Word(NamedTuple):
    """One word: as it is compared, and the code points of the text it covers."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Give the words of `text` in order; ideographs one by one, since nothing shows where their words end."""
    found = ((fold_word(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))
    return [Word(*word) for word in found if word[0]]


def places(text: str, count: int) -> list[tuple[int, int]]:
    """Give the places of the `count` words that `words` finds in a text, without folding them where it can."""
    found = [match.span() for match in _WORD.finditer(text)]
    return found if len(found) == count else [(word.start, word.end) for word in words(text)]


def places_of(text: str, printed: Sequence[str], wanted: Iterable[int]) -> list[tuple[int, int]]:
    """Give the places of some of the words of a text: `printed` are all its words folded, `wanted` the numbers.

    Most words fold to themselves in small letters and stand between spaces; where all that are wanted do, the text is
    not gone through word by word.
    """
    numbers = list(wanted)
    small = text.lower()
    plain: dict[str, list[tuple[int, int]]] = {}
    if len(small) == len(text):
        for word in {printed[at] for at in numbers}:
            plain[word] = _stands(small, word)
            if len(plain[word]) != printed.count(word):
                break
        else:
            return [plain[printed[at]][printed[:at].count(printed[at])] for at in numbers]
    found = places(text, len(printed))
    return [found[at] for at in numbers if at < len(found)]


_BEFORE = frozenset(' \n\t("“«[')
_AFTER = frozenset(' \n\t.,;:!?)"”»]…')


def _stands(small: str, word: str) -> list[tuple[int, int]]:
    """Give the places of a word in small letters; nothing when what is around one of them may belong to it."""
    found: list[tuple[int, int]] = []
    start = small.find(word) if word.isalpha() else -1
    while start >= 0:
        end = start + len(word)
        if (not start or small[start - 1] in _BEFORE) and (end == len(small) or small[end] in _AFTER):
            found.append((start, end))
        start = small.find(word, end)
    return found


def fold(text: str) -> str:
    """Give the words of `text` as they are compared, with one space between."""
    return " ".join(word.text for word in words(text))


@lru_cache(maxsize=1 << 17)
def fold_word(printed: str) -> str:
    """Fold one word to Latin letters and digits; an ideograph stays, and what has no letter is empty."""
    if not (printed[0].isascii() or len(printed) > 1):
        decomposed = unicodedata.normalize("NFKC", printed)
        if re.fullmatch(f"[{_IDEOGRAPHS}]", decomposed):
            return decomposed
    text = _ARTICLE.sub("", printed, count=1).casefold()
    if text.isascii() and text.isalnum():
        return text
    text = _ELISION.sub("", _POSSESSIVE.sub("", text))
    return _PLAIN.sub("", text if text.isascii() else _latin(text))


def _latin(text: str) -> str:
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    if text[:1] in _ARABIC or text[:1] in _ARABIC_START:
        text = _ARABIC_ARTICLE.sub("", text)
        text = (_ARABIC_START.get(text[0], text[0]) + text[1:]).translate(_ARABIC_LETTERS)
    if text.isascii():
        return text
    from anyascii import anyascii  # noqa: PLC0415 - most texts never need it

    return str(anyascii(text)).lower()


def is_number(word: str) -> bool:
    """Tell whether a folded word holds a digit: then only the very same word matches it."""
    return not word.isalpha() and any(char.isdigit() for char in word)


_SOUNDS = (
    ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("ch", "C"), ("sh", "S"), ("kh", "h"), ("gh", "k"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("g", "k"), ("j", "k"), ("p", "b"),
    ("v", "f"), ("w", "f"), ("z", "s"), ("e", "i"), ("y", "i"), ("o", "u"),
)  # fmt: skip
_VOWELS = re.compile("[aiu]+")
_DOUBLES = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def sounds(word: str) -> str:
    """Give a folded word with one sign a sound and three vowels: what other spellings of a name have in common."""
    for sound, sign in _SOUNDS:
        word = word.replace(sound, sign)
    return _DOUBLES.sub(r"\1", word)


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """Give the consonants of a folded word: spellings of one name in any script share them.

    Empty when fewer than two remain, since those would join too much.
    """
    if is_number(word) or not word.isascii():
        return ""
    bare = _DOUBLES.sub(r"\1", _VOWELS.sub("", sounds(word)))
    bare = bare[:-1] if len(bare) > 2 and bare.endswith("h") else bare
    return bare if len(bare) >= 2 else ""
