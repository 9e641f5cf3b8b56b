"""Which line of a page is the headline.

Every short line above the article's first paragraphs is a candidate; a linear model over a few signals ranks them. Its
weights were learned as a softmax over the candidates of a page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from store.ingest import lexicon
from store.ingest.look import Seen
from store.ingest.signals import Page, bucket, content, tenth

_FEWEST, _MOST = 2, 45
_SITE_WORDS = 5
_BARE, _GLUED = 4, 5
_SEPARATOR = re.compile(r"(\s[-–—|·»]\s|\s?\|\s?)")
_BELOW = 3
_NAME = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]*\s?){2,4}$")


def candidates(page: Page, start: int) -> list[int]:
    """Give the indices of the chunks that can be the headline of the article that starts at chunk `start`."""
    below = min(len(page.seen), start + _BELOW)
    return [
        at
        for at, seen in enumerate(page.seen[:below])
        if _FEWEST <= len(seen.tokens) <= _MOST and (at < start or not seen.prose or seen.words < 20)
    ]


def signals(page: Page, start: int, among: Sequence[int]) -> list[list[str]]:
    """Give the signals of each candidate of `among`."""
    shared = {at: _shared(page, at) for at in among}
    most = max(shared.values(), default=0)
    repeats = _repeats(page, among)
    return [_of(page, at, start, shared[at], most, repeats[at]) for at in among]


def _of(page: Page, at: int, start: int, shared: int, most: int, repeats: int) -> list[str]:
    seen, chunk = page.seen[at], page.chunks[at]
    words = max(1, len(set(content(seen.tokens))))
    size = "s" if seen.words < 4 else "m" if seen.words < 7 else "l" if seen.words < 16 else "x"
    names = [
        f"w={bucket(seen.words)}",
        f"d={bucket(start - at) if at < start else 'in'}",
        f"i={bucket(at)}",
        f"ov={size}{tenth(shared / words)}",
        f"on={min(shared, 6)}",
        f"mx={shared == most}{min(most, 3)}",
        f"re={min(repeats, 2)}{size}",
        f"e={seen.last}{size}",
        f"lv={chunk.level}",
        f"g={chunk.gap:d}",
        f"b={chunk.bullet:d}",
        f"c={tenth(sum(p[0].isupper() for p in seen.text.split()) / max(1, len(seen.text.split())))}",
        *(f"k={name}{where}" for name, where in seen.known.items()),
        *(f"m={mark}" for mark in seen.marks if not mark.startswith("COM")),
    ]
    for step in (-2, -1, 1, 2):
        near = at + step
        names.append(f"n{step}={_shape(page.seen[near]) if 0 <= near < len(page.seen) else 'edge'}")
    if seen.text.isupper():
        names.append("up")
    if _NAME.match(seen.text):
        names.append(f"name={size}")
    between = page.seen[at + 1 : start]
    names.append(f"t={min(3, sum('DATE' in s.marks or 'AGO' in s.marks or 'BY' in s.known for s in between))}")
    names.append(f"l={min(4, sum(5 <= s.words <= 30 for s in between))}")
    if any(repeats_in(seen.tokens, s.tokens) for s in between):
        names.append("again below")
    return names


def repeats_in(words: Sequence[str], line: Sequence[str]) -> bool:
    """Say whether `line` begins with `words`."""
    return len(line) >= len(words) and tuple(line[: len(words)]) == tuple(words)


def _shared(page: Page, at: int) -> int:
    return sum(page.vocabulary[word] >= 2 for word in set(content(page.seen[at].tokens)))


def _repeats(page: Page, among: Sequence[int]) -> dict[int, int]:
    """Count for each candidate the other lines that begin with it."""
    firsts: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for seen in page.seen:
        firsts.setdefault(seen.tokens[:_FEWEST], []).append(seen.tokens)
    return {
        at: sum(repeats_in(page.seen[at].tokens, line) for line in firsts.get(page.seen[at].tokens[:_FEWEST], ())) - 1
        for at in among
    }


def _shape(seen: Seen) -> str:
    if "EN" in seen.known or "FU" in seen.known:
        return "k"
    if "DATE" in seen.marks or "AGO" in seen.marks:
        return "d" if seen.words < 25 else "p"
    if "BY" in seen.known:
        return "b"
    if "CR" in seen.known:
        return "c"
    if seen.prose:
        return "p" if seen.words >= 20 else "q"
    return "1" if seen.words < 3 else "5" if seen.words < 6 else "9"


@cache
def _weights() -> dict[str, float]:
    return {signal: float(weight) for signal, weight in lexicon.rows("headline.weights")}


def choose(page: Page, start: int, weights: Mapping[str, float] | None = None) -> int | None:
    """Give the index of the headline of the article that starts at chunk `start`, None when no line can be it."""
    among = candidates(page, start)
    if not among:
        return None
    weights = _weights() if weights is None else weights
    scores = [sum(weights.get(name, 0.0) for name in names) for names in signals(page, start, among)]
    best = max(zip(scores, among, strict=True), key=lambda pair: (pair[0], -pair[1]))[1]
    return _unglued(page, best, among)


def _unglued(page: Page, best: int, among: Sequence[int]) -> int:
    """Give the candidate that is the headline alone when `best` is the headline with something glued on."""
    words = page.seen[best].tokens
    bare = [
        at
        for at in among
        if _BARE <= len(page.seen[at].tokens) < len(words) <= len(page.seen[at].tokens) + _GLUED
        and repeats_in(page.seen[at].tokens, words)
    ]
    return max(bare, key=lambda at: (-len(page.seen[at].tokens), at)) if bare else best


def tidy(title: str, page: Page, outlet: str | None = None) -> str:
    """Take the site's or the section's name off the ends of a headline.

    A part behind or before a bar or dash goes when it is the outlet, a section, or a line of its own on the page.
    """
    lines = {seen.tokens for seen in page.seen if seen.words <= _SITE_WORDS}
    while len(parts := _SEPARATOR.split(title)) >= 3:
        if _is_site(parts[-1], lines, outlet):
            title = "".join(parts[:-2]).strip()
        elif "|" in parts[1] and _is_site(parts[0], lines, outlet):
            title = "".join(parts[2:]).strip()
        else:
            break
    return title.strip(" |·")


def _is_site(part: str, lines: Collection[tuple[str, ...]], outlet: str | None) -> bool:
    folded = tuple(lexicon.tokens(part))
    return 0 < len(folded) <= _SITE_WORDS and (
        folded in lines
        or part.strip().casefold() in lexicon.words("sections")
        or (outlet is not None and folded == tuple(lexicon.tokens(outlet)))
    )
