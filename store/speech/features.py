"""What the tagger sees of a paragraph: small numbers for each token.

Typography is made alike first, since publishers differ in it: every quotation mark reads `"`, every apostrophe `'`,
every dash `-`; only the quotation-mark model says what stands inside a quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING

from store.speech.tokens import Paragraph
from store.speech.wordlists import grammar, noun_forms, plain_verbs, verb_forms, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Columns = tuple[bytearray, bytearray, bytearray, bytearray, bytearray, bytes, bytearray]

ALIKE = str.maketrans(
    dict.fromkeys("“”„‟«»＂〝〞「」『』", '"') | dict.fromkeys("‘’‚‛`", "'") | dict.fromkeys("–—―‑‐", "-")
)
_DIGIT = re.compile(r"\d")
_LONG_RUN = re.compile(r"(.)(?=\1\1)")

COLUMNS = (
    "word", "prefix", "suffix", "shape", "lexical", "quote", "before", "after", "place", "sentence", "paragraph",
    "stretch",
)  # fmt: skip
SIZES = {"lexical": 32, "quote": 16, "before": 32, "after": 32, "place": 64, "sentence": 64, "paragraph": 64,
         "stretch": 64}  # fmt: skip
_LEXICAL = {
    "plain": 1, "cue": 5, "thought": 9, "noun": 13, "title": 14, "speaking": 15, "pronoun": 16, "that": 17,
    "according": 18, "to": 19, "determiner": 20, "auxiliary": 21, "conjunction": 22, "preposition": 23, "negation": 24,
    "first": 25, "relative": 26,
}  # fmt: skip
_GRAMMAR = ("relative", "determiner", "auxiliary", "conjunction", "preposition", "first", "negation")


@cache
def lexical_classes() -> dict[str, int]:
    """Give the lexical class of every word of the lists (lower case, typography made alike)."""
    titles = words("name_titles")
    out = dict.fromkeys(noun_forms("speaking_nouns"), _LEXICAL["speaking"])
    out |= dict.fromkeys([*titles, *(f"{word}." for word in titles)], _LEXICAL["title"])
    out |= dict.fromkeys(noun_forms("cue_nouns"), _LEXICAL["noun"])
    out |= _verbs("thought_verbs", _LEXICAL["thought"])
    cues = _verbs("cue_verbs", _LEXICAL["cue"])
    plain = plain_verbs()
    for form, base in verb_forms("cue_verbs").items():
        if base in plain:
            cues[form] += _LEXICAL["plain"] - _LEXICAL["cue"]
    out |= cues
    out |= dict.fromkeys(words("source_pronouns"), _LEXICAL["pronoun"])
    for name in _GRAMMAR:
        out |= dict.fromkeys(grammar(name), _LEXICAL[name])
    return out | {word: _LEXICAL[word] for word in ("that", "according", "to")}


def _verbs(name: str, first: int) -> dict[str, int]:
    """Give numbers to the forms of a list's verbs: base, -s, past, -ing."""
    out = {}
    for form, base in verb_forms(name).items():
        out[form] = first + (0 if form == base else 1 if form == base + "s" or form.endswith(("es", "ies", "says"))
                             else 3 if form.endswith("ing") else 2)  # fmt: skip
    return out


def shape(word: str) -> str:
    """Give a word's shape: X for capitals, x for small letters, d for digits, runs shortened; at most five long."""
    return _LONG_RUN.sub("", word[:12].translate(_SHAPES))[:5]


class _Shapes(dict[int, str]):
    """Code point → X, d, x or the character itself; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "X" if char.isupper() else "d" if char.isdigit() else "x" if char.isalpha() else char
        return self[code]


_SHAPES = _Shapes()


class Encoder:
    """Turns tokens into numbers with the vocabularies of one model."""

    def __init__(self, vocabularies: Mapping[str, Sequence[str]]) -> None:
        self._word, self._prefix, self._suffix, self._shape = (
            {entry: i + 8 for i, entry in enumerate(vocabularies[name])} for name in COLUMNS[:4]
        )
        self._classes = lexical_classes()
        self._lock = Lock()  # over what is remembered: articles may be added while a feed is fetched
        self._forget()

    def _forget(self) -> None:
        self._seen: dict[str, int] = {}  # word as written → its number
        self._static: list[tuple[int, int, int, int, int]] = []  # by number: what the word is by itself
        self._lexical: list[int] = []  # by number: the last of these five
        self._table: Ints | None = None  # the same five, as far as they were used

    def _number(self, raw: str) -> int:
        """Give a word that is met for the first time a number."""
        word = raw.translate(ALIKE)
        if word in ("''", "``"):
            word = '"'
        low = word.lower()
        form = shape(word)
        spelled = _DIGIT.sub("0", low)
        unknown = 1 if form[:2] == "Xx" else 2 if form[:1] == "X" else 3 if form[:1] == "x" else 4
        out = (
            self._word.get(spelled, unknown),
            self._prefix.get(spelled[:3], 0),
            self._suffix.get(spelled[-3:], 0),
            self._shape.get(form, 0),
            self._classes.get(low, 0),
        )
        self._static.append(out)
        self._lexical.append(out[4])
        return self._seen.setdefault(raw, len(self._static) - 1)

    def encode(self, paragraphs: Sequence[Paragraph], wanted: Sequence[bool] | None = None) -> list[Ints]:
        """Give numbers to every token of a text's paragraphs, or of those `wanted` (columns as in COLUMNS)."""
        with self._lock:
            return self._encode(paragraphs, wanted)

    def _encode(self, paragraphs: Sequence[Paragraph], wanted: Sequence[bool] | None) -> list[Ints]:
        import numpy as np  # noqa: PLC0415 - heavy: loaded when speech is first looked for

        if len(self._seen) > _REMEMBERED:
            self._forget()
        numbers: list[int] = []
        rest = [bytearray() for _ in COLUMNS[5:]]
        ends = [0]
        before = 0
        for number, paragraph in enumerate(paragraphs):
            if wanted is None or wanted[number]:
                words, *columns = self._rows(paragraph, before, number)
                numbers += words
                for column, values in zip(rest, columns, strict=True):
                    column.extend(values)
                ends.append(len(numbers))
            before = _leaves(paragraph)
        out = np.empty((len(numbers), len(COLUMNS)), np.int32)
        out[:, :5] = self._known().take(numbers, 0)
        for n, column in enumerate(rest, 5):
            out[:, n] = np.frombuffer(column, np.uint8)
        return [out[first:last] for first, last in pairwise(ends)]

    def _known(self) -> Ints:
        """Give what the words with numbers are by themselves, a row each."""
        import numpy as np  # noqa: PLC0415 - heavy: loaded when speech is first looked for

        old = np.empty((0, 5), np.int32) if self._table is None else self._table
        fresh = np.array(self._static[len(old) :], np.int32).reshape(-1, 5)
        self._table = np.concatenate([old, fresh]) if len(fresh) else old
        return self._table

    def _rows(self, paragraph: Paragraph, before: int, number: int) -> tuple[list[int], *Columns]:
        """Give the number of each word, then the other columns."""
        seen = self._seen
        numbers = [self._number(word) if (known := seen.get(word)) is None else known for word in paragraph.words]
        quote = _quote_states(paragraph)
        if paragraph.marks:
            mark = seen['"'] if '"' in seen else self._number('"')
            numbers = [mark if state in (1, 5) else word for state, word in zip(quote, numbers, strict=True)]
        lexical = list(map(self._lexical.__getitem__, numbers))
        cues = [i for i, lex in enumerate(lexical) if 0 < lex < _LEXICAL["thought"] and quote[i] in (0, 7, 8)]
        back, forth = _distances(cues, lexical, paragraph.sentence)
        place, sentence = _sentence_states(paragraph, lexical, quote, cues)
        whole = bytes([before * 16 + _paragraph_state(paragraph, number)]) * len(numbers)
        return numbers, quote, back, forth, place, sentence, whole, _stretches(paragraph)


def _bucket(n: int) -> int:
    return n if n < 4 else 4 if n < 6 else 5 if n < 10 else 6 if n < 18 else 7


_NEAR = [_bucket(n) for n in range(40)]
_REMEMBERED = 20_000  # words


@lru_cache(maxsize=256)
def _places(size: int) -> bytes:
    """Say how far each token of a sentence stands from both its ends."""
    steps = [_bucket(n) for n in range(size)]
    return bytes([8 * a + b for a, b in zip(steps, reversed(steps), strict=True)])


def _leaves(paragraph: Paragraph) -> int:
    """Say how a paragraph ends, for the next one: 1 quotation left open, 2 all quotation, 3 ends in one, 0 else."""
    if not paragraph.marks:
        return 0
    last = paragraph.marks[-1]
    if not last.closed:
        return 1
    if paragraph.end - last.end <= 1:
        return 2 if last.start == paragraph.start else 3
    return 0


def _paragraph_state(paragraph: Paragraph, number: int) -> int:
    marks = paragraph.marks
    if not marks:
        kind = 0
    elif marks[0].start == paragraph.start:
        kind = 1 if not marks[0].closed else 2 if paragraph.end - marks[0].end <= 1 else 3
    else:
        kind = 4
    size = len(paragraph.words)
    return kind * 3 + (0 if number == 0 else 1 if size < 15 else 2)


def _quote_states(paragraph: Paragraph) -> bytearray:
    """Say where each token stands to the quotation marks.

    0 outside, 1 opening mark, 2 first word inside, 3 inside, 4 last word inside, 5 closing mark, 6 inside a stretch
    left open, 7 just before an opening mark, 8 just after a closing one, 9 and 10 as 2 and 4 in a stretch of at most
    three words, 11 inside such a one.
    """
    inside, marks = paragraph.inside, paragraph.marks
    out = bytearray(len(inside))
    if not marks:
        return out
    n = len(inside)
    for i, k in enumerate(inside):
        left = inside[i - 1] if i else -1
        right = inside[i + 1] if i + 1 < n else -1
        if k < 0:
            out[i] = 7 if right >= 0 else 8 if left >= 0 else 0
            continue
        mark = marks[k]
        if paragraph.starts[i] < mark.inner_start:
            out[i] = 1
        elif mark.closed and paragraph.starts[i] >= mark.inner_end:
            out[i] = 5
        elif left != k or (paragraph.starts[i - 1] < mark.inner_start):
            out[i] = 2
        elif not mark.closed:
            out[i] = 6
        else:
            out[i] = 4 if i + 1 < n and paragraph.starts[i + 1] >= mark.inner_end else 3
    for i, j in pairwise([i for i, q in enumerate(out) if q in (1, 5)]):
        if out[i] == 1 and out[j] == 5 and j - i <= 4:
            for x in range(i + 1, j):
                out[x] = 9 if x == i + 1 else 10 if x == j - 1 else 11
    return out


def _stretches(paragraph: Paragraph) -> bytearray:
    """Say for each token in or beside a quotation-marked stretch what sort of stretch it is, else 0.

    Told apart are its length, a small first letter, capitals as in a title, and the punctuation at its end.
    """
    inside = paragraph.inside
    out = bytearray(len(inside))
    if not paragraph.marks:
        return out
    members: dict[int, list[int]] = {}
    for i, k in enumerate(inside):
        if k >= 0:
            members.setdefault(k, []).append(i)
    for at in members.values():
        held = [paragraph.words[i] for i in at]
        spelled = [w for w in held if w[0].isalpha()]
        n = len(spelled)
        long = [w for w in spelled if len(w) > 3]
        title = n > 1 and sum(w[0].isupper() for w in long) * 5 >= len(long) * 4
        lower = bool(spelled) and spelled[0][0].islower()
        last = held[-2:] if held[-1].isalnum() else held[-3:]
        end = 2 if any(w in ".?!…" for w in last) else 1 if "," in last else 0
        size = 0 if n < 2 else 1 if n < 4 else 2 if n < 7 else 3 if n < 16 else 4
        code = 1 + end + 3 * (title + 2 * (lower + 2 * size))
        for i in range(max(0, at[0] - 1), min(len(out), at[-1] + 2)):
            out[i] = code
    return out


def _distances(cues: list[int], lexical: list[int], sentence: list[int]) -> tuple[bytearray, bytearray]:
    """Say how far back and forth the nearest verb of speech in the same sentence is, and whether it is a plain one."""
    n = len(lexical)
    back, forth = bytearray(n), bytearray(n)
    if not cues:
        return back, forth
    starts = [*cues, n]
    for at, stop in pairwise(starts):
        plain = 8 * (lexical[at] < _LEXICAL["cue"])
        for i in range(at, min(stop, at + 40)):
            if sentence[i] != sentence[at]:
                break
            back[i] = 1 + plain + _NEAR[i - at]
    stop = -1
    for at in cues:
        plain = 8 * (lexical[at] < _LEXICAL["cue"])
        for i in range(at - 1, max(stop, at - 40), -1):
            if sentence[i] != sentence[at]:
                break
            forth[i] = 1 + plain + _NEAR[at - i - 1]
        stop = at
    return back, forth


def _sentence_states(
    paragraph: Paragraph, lexical: list[int], quote: bytearray, cues: list[int]
) -> tuple[bytearray, bytearray]:
    """Say where each token stands in its sentence, and what its sentence holds; `cues` are its verbs of speech."""
    sentence = paragraph.sentence
    place, state = bytearray(), bytearray()
    first = cue = 0
    while first < len(sentence):
        last = bisect_right(sentence, sentence[first], first)
        size = last - first
        held = quote[first:last]
        said = size - held.count(0) - held.count(7) - held.count(8)
        share = 0 if not said else 2 if said == size else 1
        told = bisect_left(cues, last, cue)
        that = _LEXICAL["that"] in lexical[first:last]
        place += _places(size)
        state += bytes([share * 16 + 8 * (told > cue) + 4 * that + min(3, sentence[first])]) * size
        first, cue = last, told
    return place, state
