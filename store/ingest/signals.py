"""What can be seen of a chunk that tells article from page: each chunk's signals, as names.

A signal is a short string (`W=20`, `EN=whole`); the chain adds up the weight each has. A page gives them as facts,
small tuples of which each stands for a few signals (`names`), since the same facts come again and again and need to be
weighed only once. Facts that need the whole page come from one pass over it: which lines stand twice, where the longest
run of prose lies and which words it uses, how far the last label is that usually closes an article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, repeat
from typing import cast

from store.ingest.captions import is_caption
from store.ingest.lines import Chunk
from store.ingest.look import Seen, look, tenth

_EDGES = (0, 1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 70, 120)
_STEPS = tuple(_EDGES[bisect_right(_EDGES, value) - 1] for value in range(_EDGES[-1] + 1))
_SHARES = (0.0, 0.02, 0.1, 0.3, 0.6, 0.85, 0.97, 0.9999)
_FAR = 99
_PARAGRAPH = 15
_TOLD = 80
_LONG, _WINDOW = 6, 4
_SPAN = 2 * _WINDOW + 1
_ENDS = frozenset('.?!":')
_STAMP_WORDS = 25
_STAMPS = frozenset(("DATE", "AGO", "CLOCK"))
_LAST = _EDGES[-1]

Fact = tuple[object, ...]

_SPELLED = {
    "words": ("bias", "W={1}", "T={2}", "WT={1}{2}", "SD={0}{3}"),
    "form": ("TC={0}{1}", "GAP={2:d}{0}"),
    "level": ("LV={0}",),
    "topic": ("TO={0}{1}",),
    "share": ("SH={0}{1}", "CO={2}{0}{3}"),
    "run": ("RUN={1}", "LP={0}{2}"),
    "ahead": ("NP={0}{1}", "PB={0}{2}"),
    "below": ("PA={0}{1}",),
    "labels": ("ES={0}{1}", "EC={0}{2}"),
    "stamps": ("ST={0}{1}", "SC={0}{2}"),
    "around": ("AR={0}{1}", "AC={1}{2}"),
    "before": ("N-2={0}", "N-1={1}"),
    "behind": ("N1={0}", "N2={1}"),
    "near": ("NN={0}{1}{2}",),
}
"""The signals of each kind of fact, with its values filled in; those of `marks` and `known` follow from their names."""


def bucket(value: int) -> int:
    """Give the largest of a few steps that is not above `value`."""
    return _STEPS[value if value < _LAST else _LAST]


def _looked(chunks: Sequence[Chunk]) -> list[Seen]:
    """Look at chunks, at equal ones once."""
    known: dict[str, Seen] = {}
    for chunk in chunks:
        if chunk.text not in known:
            known[chunk.text] = look(chunk)
    return [known[chunk.text] for chunk in chunks]


class Page:
    """The facts of one page.

    `core` is the run of chunks with the most prose, `vocabulary` counts in how many of its chunks a word of content
    stands, `topical` are those that stand in two or more.
    """

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        """Take the chunks of a page, in order."""
        self.chunks = chunks
        self.seen = _looked(chunks)
        self.counts = Counter([s.tokens for s in self.seen])
        self.core = self._core()
        self.vocabulary = self._vocabulary()
        self.topical = frozenset([word for word, count in self.vocabulary.items() if count > 1])

    @cached_property
    def credited(self) -> frozenset[int]:
        """The indices of the captions that end with who made the picture."""
        return frozenset(at for at, seen in enumerate(self.seen) if is_caption(seen))

    def _core(self) -> tuple[int, int]:
        """Find the run of chunks with the most prose, short lines and end labels counting against it."""
        best = here = 0.0
        start = first = end = 0
        for at, seen in enumerate(self.seen):
            if here <= 0:
                here, start = 0.0, at
            here += self._weight(seen)
            if here > best:
                best, first, end = here, start, at + 1
        return first, end

    def _weight(self, seen: Seen) -> float:
        if seen.known:
            if seen.closing:
                return -25.0
            if "FU" in seen.known or "CR" in seen.known:
                return -3.0
            if "PR" in seen.known:
                return -0.5 * min(seen.words, 30)
        if seen.prose and seen.density >= 0.15:
            return float(min(seen.words, 60)) * (0.3 if self.counts[seen.tokens] > 1 else 1.0)
        return -2.5 if seen.words < 15 else -5.0

    def _vocabulary(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for seen in self.seen[self.core[0] : self.core[1]]:
            if seen.prose:
                found.update(seen.content)
        return found

    def signals(self) -> Iterator[list[str]]:
        """Give the signals of every chunk, in order."""
        for facts in self.facts():
            yield [name for fact in facts for name in names(fact)]

    def facts(self) -> Iterator[tuple[Fact, ...]]:
        """Give the facts of every chunk, in order, made kind by kind; an empty one says nothing."""
        return zip(*self._own(), *self._places(), *self._near(), strict=True)

    def _own(self) -> Iterator[Sequence[Fact]]:
        """Facts of a chunk's own words and marks."""
        both = list(zip(self.seen, self.chunks, strict=True))
        yield [("words", s.size, bucket(s.words), s.last, tenth(s.density)) for s in self.seen]
        yield [("form", s.size, s.capitals, chunk.gap) for s, chunk in both]
        yield [("known", s.size, *s.known.items()) if s.known else () for s in self.seen]
        yield [("marks", s.size, *self._marks(s, chunk)) for s, chunk in both]
        yield [("level", chunk.level) if chunk.level else () for chunk in self.chunks]
        topical = self.topical
        yield [
            ("topic", s.size, tenth(len(s.content & topical) / len(s.content))) if len(s.content) > 1 else ()
            for s in self.seen
        ]

    def _marks(self, seen: Seen, chunk: Chunk) -> tuple[str, ...]:
        marks, text = seen.marks, seen.text
        if text[0].islower():
            marks += ("LOW",)
        elif text.isupper():
            marks += ("UP",)
        if self.counts[seen.tokens] > 1:
            marks += ("DUP",)
        return (*marks, "BU") if chunk.bullet else marks

    def _near(self) -> Iterator[Iterable[Fact]]:
        """Facts of what stands near a chunk."""
        shapes = ["edge", "edge", *map(shape, self.seen), "edge", "edge"]
        before, here, behind, two_behind = shapes[1:-3], shapes[2:-2], shapes[3:-1], shapes[4:]
        yield zip(repeat("before"), shapes[:-4], before)
        yield zip(repeat("behind"), behind, two_behind)
        yield zip(repeat("near"), before, here, behind)

    def _places(self) -> Iterator[Iterable[Fact]]:
        """Facts of where a chunk stands on the page."""
        kinds = ["p" if seen.prose else "s" if seen.short else "o" for seen in self.seen]
        prose = [seen.words if seen.prose else 0 for seen in self.seen]
        upto = [0, *accumulate(prose)]
        total, last = upto[-1] or 1, upto[-1:] * 5
        above = [(here - far) // 4 for here, far in zip(upto, [0, 0, 0, 0, *upto], strict=False)]
        below = [(far - here) // 4 for here, far in zip(upto[1:], [*upto[5:], *last], strict=False)]
        shares = [bisect_right(_SHARES, here / total) for here in upto]
        yield [
            ("share", kind, share, *core) for kind, share, core in zip(kinds, shares, self._from_core(), strict=False)
        ]
        ahead = self._since_prose(reversed(prose))
        ahead.reverse()
        yield zip(repeat("run"), kinds, self._short_runs(), self._since_prose(prose))
        yield zip(repeat("ahead"), kinds, ahead, map(bucket, above))
        yield zip(repeat("below"), kinds, map(bucket, below))
        yield self._around(kinds)
        yield self._passed("labels", kinds, upto, [seen.closing for seen in self.seen])
        yield self._passed("stamps", kinds, upto, [_is_stamped(seen) for seen in self.seen])

    def _passed(self, name: str, kinds: Sequence[str], upto: Sequence[int], marked: Sequence[bool]) -> Iterator[Fact]:
        """Facts of how many marked lines stand above, once something is told, and how far the last of them is."""
        since, count = _FAR, 0
        for kind, mark, told in zip(kinds, marked, upto[1:], strict=True):
            yield (name, kind, bucket(since), min(count, 3)) if count else ()
            since += 1
            if mark and told >= _TOLD:
                since, count = 0, count + 1

    def _around(self, kinds: Sequence[str]) -> Iterator[Fact]:
        """Facts of how many of the long lines around end as sentences do: a list of headlines has none."""
        long = [seen.words >= _LONG for seen in self.seen]
        ended = [size and seen.last in _ENDS for size, seen in zip(long, self.seen, strict=True)]
        edge = [0] * _WINDOW
        lines, ends = ([*edge, 0, *accumulate(flags)] for flags in (long, ended))
        for kind, low, high, first, last in zip(
            kinds,
            lines,
            [*lines[_SPAN:], *lines[-1:] * _WINDOW],
            ends,
            [*ends[_SPAN:], *ends[-1:] * _WINDOW],
            strict=False,
        ):
            count = high - low
            yield ("around", kind, (4 * (last - first)) // count if count else "-", count if count < 4 else 4)

    def _since_prose(self, prose: Iterable[int]) -> list[int]:
        """For each chunk of a run, how many stand between it and the last paragraph before it, as a step."""
        distance = _FAR
        result = []
        for words in prose:
            result.append(bucket(distance))
            distance = 0 if words >= _PARAGRAPH else distance + 1
        return result

    def _from_core(self) -> list[tuple[str, int | str]]:
        """For each chunk, whether it stands before, after or in the core, and how far from it."""
        first, last = self.core
        inside: list[tuple[str, int | str]] = [("c", "")] * (last - first)
        before = [("b", bucket(first - at)) for at in range(first)]
        return [*before, *inside, *(("a", bucket(at - last)) for at in range(last, len(self.seen)))]

    def _short_runs(self) -> list[int]:
        """For each chunk, how long the run of label-like lines is that it stands in, as a step."""
        lengths = [0] * len(self.seen)
        start = 0
        for at in range(len(self.seen) + 1):
            if at < len(self.seen) and self.seen[at].short:
                continue
            lengths[start:at] = [bucket(at - start)] * (at - start)
            start = at + 1
        return lengths


def _is_stamped(seen: Seen) -> bool:
    """Say whether a line holds a time, as those above comments and entries do."""
    return seen.words < _STAMP_WORDS and not _STAMPS.isdisjoint(seen.marks)


def shape(seen: Seen) -> str:
    """Give what a chunk is like for those near it."""
    known = seen.known
    if known and ("EN" in known or "FU" in known):
        return "k"
    if seen.words < 25 and ("DATE" in seen.marks or "AGO" in seen.marks):
        return "d"
    if known:
        if "BY" in known and seen.words < 12:
            return "b"
        if "PR" in known:
            return "r"
        if "CR" in known and seen.words < 40:
            return "c"
    size = "s" if seen.words < 5 else "m" if seen.words < 12 else "l" if seen.words < 30 else "x"
    return size + ("." if seen.last in '."?!' else seen.last)


def names(fact: Fact) -> list[str]:
    """Give the signals that a fact stands for."""
    if not fact:
        return []
    kind, *values = fact
    size = values[0]
    if kind == "marks":
        return [f"{mark}={size}" for mark in values[1:]]
    if kind == "known":
        known = cast(list[tuple[str, str]], values[1:])
        return [name for found, where in known for name in (f"{found}={where}", f"{found}={where}{size}")]
    return [form.format(*values) for form in _SPELLED[str(kind)]]
