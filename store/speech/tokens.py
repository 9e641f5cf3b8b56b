"""Paragraphs, tokens and sentences: the pieces in which speech is looked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise

from store.model import Block
from store.speech.marks import Marked, marked
from store.speech.wordlists import entries, words

LONGEST = 3000
_TOKEN = re.compile(
    r"(?=\S)("
    r"[A-Za-z][a-z]*+(?=[ ,])"  # most words: none of the other forms begins so, and nothing else has to be tried
    r"|[^\W\d_]\.(?:[^\W\d_]\.)+(?!\w)"
    r"|(?:Mr|Mrs|Ms|Messrs|Dr|Sens?|Reps?|Del|Govs?|Gens?|Adm|Maj|Lt|Col|Capt|Cmdr|Supt|Sgt|Jr|Sr|St|Prof|Rev|Hon"
    r"|Inc|Corp|Co|Ltd|vs)\.|No\.(?=\s?\d)"
    r"|\d+(?:[.,:]\d+)+(?!\w)"
    r"|[’'](?:s|re|ve|d|ll|m|S)\b"
    r"|\w+?(?=n[’']t\b)|n[’']t\b"
    r"|\w+(?:[-‑‐]\w+)*(?:[’']\w+(?<![’']s)(?<!['’]re)(?<!['’]ve)(?<!['’]d)(?<!['’]ll)(?<!['’]m))?"
    r"|``|''|\.\.\.|--+|[^\w\s])"
)
_BREAK = re.compile(r"[.?!…]['\"”’»)]*\s+|\s")
_DATELINE = re.compile(  # "PARIS, May 4 (Reuters) - ", "MOSCOW, June 4. /TASS/. ", "PORT-AU-PRINCE — "
    r"[^\W\d_][\w .,’'-]{1,50}(?:\([^\W\d_]\w+(?:[ /]\w+){0,3}\)\s*(?:\.?-|--|[—–:])|/[A-Z]{2,12}/\."
    r"|/[\w ]{2,20}/\s*(?:--?|[—–]))\s+"
    r"(?=[^\W\d_a-z]|[\"“])"
    r"|(?=[^\Wa-z\d_][^a-z\d]{3})[^\Wa-z\d_]+(?:[ .’'-]{1,2}[^\Wa-z\d_]+){0,4}(?:, [\w .]{2,30})?"
    r"\s(?:[—–]|--?)\s+(?=[^\W\d_a-z]|[\"“])"
)
_PLACE = re.compile(
    r"(?P<place>[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){0,2})\s(?:[—–]|--?)\s+(?=[^\W\d_a-z]|[\"“])"
)
_CLOSING = frozenset(")]\"”’'»")
_STOPS = frozenset(".?!…")


@dataclass(slots=True)
class Paragraph:
    """A paragraph cut into tokens: token i is `text[starts[i]:ends[i]]`, `sentence[i]` its sentence's number.

    `words` are the tokens as written, `low` in small letters.
    `marks` are its quotation-marked stretches, `inside[i]` the index of the one that token i stands in (marks
    included), or -1. `goes_on` is True for the later pieces of a paragraph too long for one piece.
    """

    start: int
    end: int
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    marks: list[Marked] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    goes_on: bool = False


def paragraph_spans(text: str, blocks: Sequence[Block] = ()) -> list[tuple[int, int, bool]]:
    """Cut a text into the lines in which speech is looked for: (start, end, is a later piece of a long line).

    With blocks, subheads are left out; without, every line that is not blank is one. The place a report was sent from
    ("PARIS (Reuters) - ") belongs to no sentence and is left out.
    """
    out: list[tuple[int, int, bool]] = []
    regions = [(b.start, b.end) for b in blocks if b.kind != "subhead"] if blocks else [(0, len(text))]
    for low, high in regions:
        start = max(0, low)
        for line in text[start : min(len(text), high)].split("\n"):
            bare = line.strip()
            if bare:
                first = start + line.index(bare[0])
                last = first + len(bare)
                sent = _DATELINE.match(text, first, min(last, first + 120)) or _sent_from(text, first, last)
                out.extend(_pieces(text, sent.end() if sent and sent.end() < last else first, last))
            start += len(line) + 1
    return out


def _sent_from(text: str, first: int, last: int) -> re.Match[str] | None:
    """Match a known place in small letters that a report was sent from: "Beirut – "."""
    found = _PLACE.match(text, first, min(last, first + 60))
    return found if found is not None and found["place"].lower() in _places() else None


@cache
def _places() -> frozenset[str]:
    """Give the towns and states by the names that open a report, in small letters."""
    states = (word for line in entries("names/countries") for word in line.replace(":", " ").lower().split())
    return words("names/places") | frozenset(states)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Cut an overlong line at ends of sentences, else at spaces, else anywhere."""
    out: list[tuple[int, int, bool]] = []
    first = start
    while end - start > LONGEST:
        stop = start + LONGEST
        cuts = [m.end() for m in _BREAK.finditer(text, start + LONGEST // 2, stop)]
        ends = [c for c in cuts if text[c - 2 : c - 1] in _STOPS or text[c - 2 : c - 1] in _CLOSING]
        stop = (ends or cuts or [stop])[-1]
        out.append((start, stop, start > first))
        start = stop
    out.append((start, end, start > first))
    return out


def read_paragraph(text: str, start: int, end: int, goes_on: bool = False) -> Paragraph:
    """Cut `text[start:end]` into tokens and sentences and find its quotation-marked stretches."""
    words, starts, ends = cut(_TOKEN, text, start, end)[1:]
    low = list(map(str.lower, words))
    paragraph = Paragraph(start, end, words, low, starts, ends, goes_on=goes_on)
    paragraph.marks = marked(text, start, end)
    paragraph.inside = _inside(paragraph)
    paragraph.sentence = _sentences(paragraph)
    return paragraph


def cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[list[str], list[str], list[int], list[int]]:
    """Cut `text[start:end]` into the words that a pattern's one group matches.

    Gives what stands before each word, the words, where each begins and where it ends.
    """
    parts = pattern.split(text[start:end])
    edges = list(accumulate(map(len, parts), initial=start))
    return parts[:-1:2], parts[1::2], edges[1:-1:2], edges[2::2]


def _inside(paragraph: Paragraph) -> list[int]:
    starts = paragraph.starts
    out = [-1] * len(starts)
    for k, mark in enumerate(paragraph.marks):
        first, last = bisect_left(starts, mark.start), bisect_left(starts, mark.end)
        out[first:last] = [k] * (last - first)
    return out


def _sentences(paragraph: Paragraph) -> list[int]:
    """Give each token its sentence; a closing mark or bracket belongs to the sentence before it."""
    words, inside, size = paragraph.words, paragraph.inside, len(paragraph.words)
    cuts = [0]
    for at in [i for i, word in enumerate(words) if word in _STOPS]:
        initial = words[at] == "." and at and len(words[at - 1]) == 1 and words[at - 1].isupper()
        tight = at + 1 < size and paragraph.ends[at] == paragraph.starts[at + 1] and words[at + 1][0].isalnum()
        if initial or tight:  # "J. Smith", "2.9"
            continue
        cut = at + 1
        while cut < size and words[cut] in _CLOSING and inside[cut] == inside[cut - 1]:
            cut += 1
        if cut == size:
            continue
        following = words[cut] if words[cut][0].isalnum() or cut + 1 == size else words[cut + 1]
        # a mark that opens a new stretch opens a new sentence
        if words[cut] in _CLOSING or not following[0].islower():
            cuts.append(cut)
    out: list[int] = []
    for number, (first, last) in enumerate(pairwise([*cuts, size])):
        out += [number] * (last - first)
    return out
