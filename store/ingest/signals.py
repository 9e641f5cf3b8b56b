"""What can be seen of a chunk that tells article from page: each chunk's signals, as names.

A signal is a short string (`W=20`, `EN=whole`); `body.py` adds up the weight each has. Signals that need the whole
page come from one pass over it: which lines stand twice, where the longest run of prose lies and which words it uses,
how far the last label is that usually closes an article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from store.ingest.lines import Chunk
from store.ingest.look import Seen, look

_EDGES = (0, 1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 70, 120)
_STEPS = tuple(_EDGES[bisect_right(_EDGES, value) - 1] for value in range(_EDGES[-1] + 1))
_SHARES = (0.0, 0.02, 0.1, 0.3, 0.6, 0.85, 0.97, 0.9999)
_FAR = 99


def bucket(value: int) -> int:
    """Give the largest of a few steps that is not above `value`."""
    return _STEPS[min(value, _EDGES[-1])]


def tenth(share: float) -> int:
    """Give a share of 0 to 1 as a figure of 0 to 9."""
    return min(int(share * 10), 9)


class Page:
    """The signals of one page.

    `core` is the run of chunks with the most prose, `vocabulary` counts in how many of its chunks a word of content
    stands.
    """

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        """Take the chunks of a page, in order."""
        self.chunks = chunks
        self.seen = [look(chunk) for chunk in chunks]
        self.counts = Counter(s.tokens for s in self.seen)
        self.core = self._core()
        self.vocabulary = self._vocabulary()

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
        """Give the signals of every chunk, in order; one chunk's at a time, since they take much room."""
        shapes = ["edge", "edge", *map(_shape, self.seen), "edge", "edge"]
        for at, place in enumerate(self._places()):
            two_before, before, here, behind, two_behind = shapes[at : at + 5]
            near = (
                f"N-2={two_before}",
                f"N-1={before}",
                f"N1={behind}",
                f"N2={two_behind}",
                f"NN={before}{here}{behind}",
            )
            yield [*self._own(at), *place, *near]

    def _own(self, at: int) -> list[str]:
        """Signals of the chunk's own words and marks."""
        seen, chunk = self.seen[at], self.chunks[at]
        size, words = seen.size, bucket(seen.words)
        names = ["bias", f"W={words}", f"T={seen.last}", f"WT={words}{seen.last}", f"SD={size}{tenth(seen.density)}"]
        for name, where in seen.known.items():
            names += (f"{name}={where}", f"{name}={where}{size}")
        parts = seen.text.split()
        names.append(f"TC={size}{tenth(len([1 for p in parts if p[0].isupper()]) / max(1, len(parts)))}")
        names.append(f"GAP={chunk.gap:d}{size}")
        if seen.text.isupper():
            names.append(f"UP={size}")
        if seen.text[0].islower():
            names.append(f"LOW={size}")
        if chunk.bullet:
            names.append(f"BU={size}")
        if chunk.level:
            names.append(f"LV={chunk.level}")
        if self.counts[seen.tokens] > 1:
            names.append(f"DUP={size}")
        names += [f"{mark}={size}" for mark in seen.marks]
        names += self._topic(seen, size)
        return names

    def _topic(self, seen: Seen, size: str) -> list[str]:
        """Measure how much of the chunk's content words the main text uses elsewhere."""
        words = seen.content
        if len(words) < 2:
            return []
        shared = len([1 for w in words if self.vocabulary.get(w, 0) >= 2]) / len(words)
        return [f"TO={size}{tenth(shared)}"]

    def _places(self) -> Iterator[list[str]]:
        """Signals of where a chunk stands on the page."""
        prose = [seen.words if seen.prose else 0 for seen in self.seen]
        upto = [0, *accumulate(prose)]
        total = upto[-1] or 1
        runs, ahead = self._short_runs(), self._prose_ahead()
        behind_prose, behind_label, labels = _FAR, _FAR, 0
        for at, seen in enumerate(self.seen):
            kind = "p" if seen.prose else "s" if seen.short else "o"
            names = [
                f"SH={kind}{bisect_right(_SHARES, upto[at] / total)}",
                f"CO={self._from_core(at, kind)}",
                f"RUN={bucket(runs[at])}",
                f"LP={kind}{bucket(behind_prose)}",
                f"NP={kind}{bucket(ahead[at])}",
                f"PB={kind}{bucket((upto[at] - upto[max(0, at - 4)]) // 4)}",
                f"PA={kind}{bucket((upto[min(len(prose), at + 5)] - upto[at + 1]) // 4)}",
            ]
            if labels:
                far = bucket(behind_label)
                names += (
                    f"ES={kind}{far}",
                    f"EC={kind}{min(labels, 3)}",
                )
            yield names
            behind_prose = 0 if prose[at] >= 15 else behind_prose + 1
            behind_label += 1
            if upto[at + 1] >= 80 and seen.closing:
                behind_label, labels = 0, labels + 1

    def _from_core(self, at: int, kind: str) -> str:
        first, last = self.core
        if first <= at < last:
            return f"c{kind}"
        return f"b{kind}{bucket(first - at)}" if at < first else f"a{kind}{bucket(at - last)}"

    def _short_runs(self) -> list[int]:
        """For each chunk, how long the run of label-like lines is that it stands in."""
        lengths = [0] * len(self.seen)
        start = 0
        for at in range(len(self.seen) + 1):
            if at < len(self.seen) and self.seen[at].short:
                continue
            lengths[start:at] = [at - start] * (at - start)
            start = at + 1
        return lengths

    def _prose_ahead(self) -> list[int]:
        """For each chunk, how many stand between it and the next paragraph."""
        distance = _FAR
        result = [_FAR] * len(self.seen)
        for at in range(len(self.seen) - 1, -1, -1):
            result[at] = distance
            distance = 0 if self.seen[at].prose and self.seen[at].words >= 15 else distance + 1
        return result


def _shape(seen: Seen) -> str:
    if "EN" in seen.known or "FU" in seen.known:
        return "k"
    if seen.words < 25 and ("DATE" in seen.marks or "AGO" in seen.marks):
        return "d"
    if "BY" in seen.known and seen.words < 12:
        return "b"
    if "PR" in seen.known:
        return "r"
    if "CR" in seen.known and seen.words < 40:
        return "c"
    size = "s" if seen.words < 5 else "m" if seen.words < 12 else "l" if seen.words < 30 else "x"
    return size + ("." if seen.last in '."?!' else seen.last)
