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
from itertools import accumulate, chain, repeat
from typing import cast

from store.ingest.captions import is_caption
from store.ingest.lines import Chunk
from store.ingest.look import Seen, bucket, look_at, tenth

_SHARES = (0.0, 0.02, 0.1, 0.3, 0.6, 0.85, 0.97, 0.9999)
_FAR = 99
_PARAGRAPH = 15
_TOLD = 80
_LONG, _WINDOW = 6, 4
_SPAN = 2 * _WINDOW + 1
_ENDS = frozenset('.?!":')
_STAMP_WORDS = 25
_STAMPS = frozenset(("DATE", "AGO", "CLOCK"))

_DUPLICATE, _BULLET = ((), ("DUP",)), ((), ("BU",))

Fact = tuple[object, ...]

_SPELLED = {
    "form": ("bias", "W={1}", "T={2}", "WT={1}{2}", "SD={0}{3}", "TC={0}{4}", "GAP={5:d}{0}"),
    "level": ("LV={0}",),
    "topic": ("TO={0}{1}",),
    "place": ("SH={0}{1}", "CO={2}{0}{3}", "PA={0}{4}"),
    "round": ("RUN={1}", "LP={0}{2}", "AR={0}{3}", "AC={3}{4}"),
    "ahead": ("NP={0}{1}", "PB={0}{2}"),
    "labels": ("ES={0}{1}", "EC={0}{2}"),
    "stamps": ("ST={0}{1}", "SC={0}{2}"),
    "before": ("N-2={0}", "N-1={1}"),
    "behind": ("N1={0}", "N2={1}"),
    "near": ("NN={0}{1}{2}",),
}
"""The signals of each kind of fact, with its values filled in; those of `marks` and `known` follow from their names."""


class Page:
    """The facts of one page.

    `core` is the run of chunks with the most prose, `vocabulary` counts in how many of its chunks a word of content
    stands, `topical` are those that stand in two or more.
    """

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        """Take the chunks of a page, in order."""
        self.chunks = chunks
        looked = look_at(chunk.text for chunk in chunks)
        self.seen = [looked[chunk.text] for chunk in chunks]
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
        first, last = self.core
        return Counter(chain.from_iterable([seen.content for seen in self.seen[first:last] if seen.prose]))

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
        yield [("form", s.size, s.step, s.last, s.common, s.capitals, chunk.gap) for s, chunk in both]
        yield [("known", s.size, *s.known.items()) if s.known else () for s in self.seen]
        counts, topical = self.counts, self.topical
        yield [
            ("marks", s.size, *s.marks, *s.letters, *_DUPLICATE[counts[s.tokens] > 1], *_BULLET[chunk.bullet])
            for s, chunk in both
        ]
        if any(chunk.level for chunk in self.chunks):
            yield [("level", chunk.level) if chunk.level else () for chunk in self.chunks]
        yield [
            ("topic", s.size, tenth(len(s.content & topical) / len(s.content))) if len(s.content) > 1 else ()
            for s in self.seen
        ]

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
        above = [bucket((here - far) // 4) for here, far in zip(upto, [0, 0, 0, 0, *upto], strict=False)]
        below = [bucket((far - here) // 4) for here, far in zip(upto[1:], [*upto[5:], *last], strict=False)]
        shares = [bisect_right(_SHARES, here / total) for here in upto]
        ahead = self._since_prose(reversed(prose))
        ahead.reverse()
        yield zip(repeat("place"), kinds, shares, *self._from_core(), below)
        yield zip(repeat("round"), kinds, self._short_runs(), self._since_prose(prose), *self._around())
        yield zip(repeat("ahead"), kinds, ahead, above)
        yield self._passed("labels", kinds, upto, [seen.closing for seen in self.seen])
        yield self._passed("stamps", kinds, upto, [_is_stamped(seen) for seen in self.seen])

    def _passed(self, name: str, kinds: Sequence[str], upto: Sequence[int], marked: Sequence[bool]) -> list[Fact]:
        """Facts of how many marked lines stand above, once something is told, and how far the last of them is."""
        first = next((at for at, mark in enumerate(marked) if mark and upto[at + 1] >= _TOLD), len(marked)) + 1
        facts: list[Fact] = [()] * min(first, len(marked))
        since, count = 0, 1
        for kind, mark in zip(kinds[first:], marked[first:], strict=True):
            facts.append((name, kind, bucket(since), count))
            since += 1
            if mark:
                since, count = 0, min(count + 1, 3)
        return facts

    def _around(self) -> tuple[list[int | str], list[int]]:
        """Give how many of the long lines around each end as sentences do, in quarters, and how many these are.

        A list of headlines has none that do.
        """
        long = [seen.words >= _LONG for seen in self.seen]
        ended = [size and seen.last in _ENDS for size, seen in zip(long, self.seen, strict=True)]
        counts, ends = (
            [high - low for low, high in zip(upto, [*upto[_SPAN:], *upto[-1:] * _WINDOW], strict=False)]
            for upto in ([*[0] * _WINDOW, 0, *accumulate(flags)] for flags in (long, ended))
        )
        quarters: list[int | str] = [4 * e // n if n else "-" for e, n in zip(ends, counts, strict=True)]
        return quarters, [count if count < 4 else 4 for count in counts]

    def _since_prose(self, prose: Iterable[int]) -> list[int]:
        """For each chunk of a run, how many stand between it and the last paragraph before it, as a step."""
        distance = _FAR
        result = []
        for words in prose:
            result.append(bucket(distance))
            distance = 0 if words >= _PARAGRAPH else distance + 1
        return result

    def _from_core(self) -> tuple[str, list[int | str]]:
        """For each chunk, whether it stands before, after or in the core, and how far from it, as a step."""
        first, last = self.core
        below = len(self.seen) - last
        before, after = map(bucket, range(first, 0, -1)), map(bucket, range(below))
        return "b" * first + "c" * (last - first) + "a" * below, [*before, *[""] * (last - first), *after]

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
