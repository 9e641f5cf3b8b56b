"""Which line of a page is the headline.

Every short line above the article's first paragraphs is a candidate; a linear model over a few signals ranks them. Its
weights were learned as a softmax over the candidates of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import cast

from store.ingest import lexicon
from store.ingest.chain import Weighed
from store.ingest.look import Seen, bucket, tenth
from store.ingest.signals import Fact, Page

_FEWEST, _MOST = 2, 45
_FEWEST_UNSPACED = 3  # of two letters each, in a script without spaces
_SITE_WORDS = 5
_RUN_ON = re.compile(r"(?:[A-Z][a-zà-þ&-]{2,20} ){0,2}[A-Z][a-zà-þ]{3,20}(?=[A-Z][a-z]+ )")
_BARE, _GLUED = 4, 5
_SENTENCE_WORDS = 12
_BARE_TEXT = 3
"""A text with no more lines above its first paragraph has no page round it: its headline is one of them."""

_LABELS = frozenset(("CR", "EN", "FU"))
_ALIKE = 50
_SEPARATOR = re.compile(r"(\s[-–—|·»]\s|\s?\|\s?)")
_BELOW, _ABOVE = 3, 400
_ALL_CAPITALS = 9
_TRAIL = re.compile(r"^[^>›»]{1,30}(?:\s[>›»]\s[^>›»]{1,40})+$")
_TRAILED = re.compile(r"^(?:[^/|]{2,25} / ){2,4}(?=\S+(?: \S+){3})")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_SPOKEN = re.compile(r"[\"“«„‘](?!.{2,80}[\"”’»]: ).*[.!?][\"”’»]?$", re.DOTALL)
_SENTENCE = re.compile(r".*(?:\w\w\.|[.!?][\"”’»])$", re.DOTALL)
_NAME = re.compile(r"^[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}\s?$")
_CAPITAL = re.compile("[A-ZÀ-Þ]")
_TRAILS = (">", "›", "»")
_ADDRESSES = ("http", "www.")


_SPELLED = {
    "form": ("w={0}", "e={1}{2}", "c={3}"),
    "where": ("d={0}", "i={1}"),
    "shared": ("ov={0}{1}", "on={2}", "mx={3}{4}"),
    "again": ("re={0}{1}",),
    "again below": ("again below",),
    "chunk": ("lv={0}", "g={1:d}", "b={2:d}"),
    "above": ("n-2={0}", "n-1={1}"),
    "below": ("n1={0}", "n2={1}"),
    "up": ("up",),
    "name": ("name={0}",),
    "told": ("t={0}", "l={1}"),
}
"""The signals of each kind of fact, with its values filled in; those of `known` and `marks` follow from their names."""


def candidates(page: Page, start: int) -> list[int]:
    """Give the indices of the chunks that can be the headline of the article that starts at chunk `start`.

    A short quote in the text is none, nor a trail of sections ("News > World"), a line of a transcript, what the lists
    know as a label, nor, where nothing stands above the article, any sentence of it.
    """
    below = min(len(page.seen), start + _BELOW)
    text = _SENTENCE if start == 0 else _SPOKEN
    near = max(0, start - _BELOW)
    labels = Counter(
        label(seen) for seen in {seen.text: seen for seen in page.seen[near:]}.values() if ": " in seen.text
    )
    return [
        at
        for at, seen in enumerate(page.seen[max(0, start - _ABOVE) : below], max(0, start - _ABOVE))
        if (len(seen.tokens) >= _FEWEST or seen.words >= _FEWEST_UNSPACED)
        and len(seen.tokens) <= _MOST
        and (at < start or ((not seen.prose or seen.words < 20) and not text.match(seen.text)))
        and not (any(mark in seen.text for mark in _TRAILS) and _TRAIL.match(seen.text))
        and not (seen.text[:4].casefold() in _ADDRESSES and _ADDRESS.match(seen.text))
        and at not in page.credited
        and not _is_notice(seen)
        and (at < near or not (label(seen) and labels[label(seen)] > 1))
    ]


def _is_notice(seen: Seen) -> bool:
    """Say whether a line claims rights, is a label, a credit, or a byline with its date: never a headline."""
    known = seen.known
    return "CPR" in seen.marks or bool(
        known and (not known.keys().isdisjoint(_LABELS) or ("DATE" in seen.marks and known.get("BY") == "start"))
    )


def label(seen: Seen) -> str:
    """Give who speaks in a line of a transcript: what stands before its colon."""
    before, colon, said = seen.text[:60].partition(": ")
    return before if colon and said and before[:1].isupper() and seen.text[-1] in '.?!…"”' else ""


class _Lines:
    """The lines of a page, those at `among` as candidates for the headline of the text that starts at `start`."""

    def __init__(self, page: Page, start: int, among: Sequence[int]) -> None:
        self.page = page
        self.start = start
        end = max(among, default=0)
        self.shapes = ["edge", "edge", *map(_shape, page.seen[: end + _BELOW]), "edge", "edge"]
        above = page.seen[:start]
        self.times = [0, *accumulate("DATE" in s.marks or "AGO" in s.marks or "BY" in s.known for s in above)]
        self.longer = [0, *accumulate(5 <= s.words <= 30 for s in above)]
        heads = {page.seen[at].tokens[:_FEWEST] for at in among}
        firsts = {head[0] for head in heads if head}
        self.alike: dict[tuple[str, ...], list[int]] = {head: [] for head in heads}
        for at, seen in enumerate(page.seen):
            if seen.tokens and seen.tokens[0] in firsts and seen.tokens[:_FEWEST] in heads:
                self.alike[seen.tokens[:_FEWEST]].append(at)

    def shared(self, at: int) -> int:
        """Count the candidate's content words that the main text uses."""
        return len(self.page.seen[at].content & self.page.topical)

    def facts(self, at: int, shared: int, most: int) -> list[Fact]:
        """Give the facts of the candidate at `at`; `shared` is its own count, `most` the largest of all."""
        seen, chunk, start = self.page.seen[at], self.page.chunks[at], self.start
        size = "s" if seen.words < 4 else "m" if seen.words < 7 else "l" if seen.words < 16 else "x"
        again = self._again(at)
        two_above, above, _, below, two_below = self.shapes[at : at + 5]
        overlap = tenth(shared / (len(seen.content) or 1))
        found: list[Fact] = [
            ("form", seen.step, seen.last, size, seen.capitals),
            ("where", bucket(start - at) if at < start else "in", bucket(at)),
            ("shared", size, overlap, min(shared, 6), shared == most, min(most, 3)),
            ("again", min(len(again), 2), size),
            ("chunk", chunk.level, chunk.gap, chunk.bullet),
            ("above", two_above, above),
            ("below", below, two_below),
        ]
        if seen.known:
            found.append(("known", *seen.known.items()))
        if seen.marks:
            found.append(("marks", *seen.marks))
        if "UP" in seen.letters:
            found.append(("up",))
        if seen.capitals == _ALL_CAPITALS and _is_name(seen.text):
            found.append(("name", size))
        if at < start:
            found.append(
                (
                    "told",
                    min(3, self.times[start] - self.times[at + 1]),
                    min(4, self.longer[start] - self.longer[at + 1]),
                )
            )
            if any(at < other < start for other in again):
                found.append(("again below",))
        return found

    def _again(self, at: int) -> list[int]:
        """Give the other lines that begin with the candidate."""
        words = self.page.seen[at].tokens
        near = self.alike[words[:_FEWEST]][:_ALIKE]
        return [other for other in near if other != at and repeats_in(words, self.page.seen[other].tokens)]


def _is_name(text: str) -> bool:
    return _NAME.match(text) is not None and len(_CAPITAL.findall(text)) > 1


def _facts(page: Page, start: int, among: Sequence[int]) -> list[list[Fact]]:
    lines = _Lines(page, start, among)
    shared = [lines.shared(at) for at in among]
    most = max(shared, default=0)
    return [lines.facts(at, count, most) for at, count in zip(among, shared, strict=True)]


def signals(page: Page, start: int, among: Sequence[int]) -> list[list[str]]:
    """Give the signals of each candidate of `among`."""
    return [[name for fact in facts for name in _names(fact)] for facts in _facts(page, start, among)]


def _names(fact: Fact) -> list[str]:
    """Give the signals that a fact stands for."""
    kind, *values = fact
    if kind == "known":
        return [f"k={name}{where}" for name, where in cast(list[tuple[str, str]], values)]
    if kind == "marks":
        return [f"m={mark}" for mark in cast(list[str], values) if mark[:3] != "COM"]
    return [form.format(*values) for form in _SPELLED[str(kind)]]


def repeats_in(words: Sequence[str], line: Sequence[str]) -> bool:
    """Say whether `line` begins with `words`."""
    return len(line) >= len(words) and tuple(line[: len(words)]) == tuple(words)


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
def _shipped() -> Weighed[int]:
    """Give what facts weigh, in thousandths."""
    return Weighed({name: round(1000 * float(weight)) for name, weight in lexicon.rows("headline.weights")}, _names)


def find(page: Page, start: int, title: str) -> int | None:
    """Give the index of the line that is the headline `title`, None when none above the text is."""
    words = tuple(lexicon.tokens(title))
    return next((at for at in range(min(start + 1, len(page.seen)) - 1, -1, -1) if page.seen[at].tokens == words), None)


def choose(page: Page, start: int, weights: Mapping[str, float] | None = None) -> int | None:
    """Give the index of the headline of the article that starts at chunk `start`, None when no line can be it."""
    among = candidates(page, start)
    if not among:
        return None
    weigh = (_shipped() if weights is None else Weighed(weights, _names)).__getitem__
    scores = [sum(map(weigh, facts)) for facts in _facts(page, start, among)]
    ranked = [at for _, at in sorted(zip(scores, among, strict=True), key=lambda pair: (-pair[0], pair[1]))]
    best = ranked[0]
    if start <= _BARE_TEXT and best >= start and _is_sentence(page.seen[best]):
        best = next((at for at in ranked if at < start and page.seen[at].words >= _BARE), best)
    return _unglued(page, best - 1 if _is_unspaced_deck(page, best, among) else best, among)


def _is_unspaced_deck(page: Page, best: int, among: Sequence[int]) -> bool:
    """Say whether a sentence without spaces stands right below a line that is none: a deck under its headline."""
    deck = page.seen[best]
    if deck.last != "." or " " in deck.text or best - 1 not in among:
        return False
    above = page.seen[best - 1]
    return above.last == "-" and not above.known and "DATE" not in above.marks


def _is_sentence(seen: Seen) -> bool:
    """Say whether a line reads like the first sentence of a text rather than its headline."""
    return seen.prose and seen.last == "." and seen.words >= _SENTENCE_WORDS


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
    title = _unlabelled(_whole(_TRAILED.sub("", title), page), page)
    lines = {seen.tokens for seen in page.seen if seen.words <= _SITE_WORDS}
    while len(parts := _SEPARATOR.split(title)) >= 3:
        if _is_site(parts[-1], lines, outlet):
            title = "".join(parts[:-2]).strip()
        elif "|" in parts[1] and _is_site(parts[0], lines, outlet):
            title = "".join(parts[2:]).strip()
        else:
            break
    return title.strip(" |·")


def _unlabelled(title: str, page: Page) -> str:
    """Take off a headline the name of its section that was glued to its front, if that is a line of its own too."""
    found = _RUN_ON.match(title)
    words = tuple(lexicon.tokens(found.group())) if found else ()
    return title[found.end() :] if found and page.counts[words] else title


def _whole(title: str, page: Page) -> str:
    """Give a headline once that was printed twice in a line, and the whole of one that was cut short."""
    words = title.split(" ")
    half = len(words) // 2
    if half >= _BARE and words[:half] == words[half:]:
        return " ".join(words[:half])
    short = title.removesuffix("…").removesuffix("...").rstrip()
    if short == title or short.count(" ") < _BARE:
        return title
    longer = (seen for seen in page.seen if seen.text.startswith(short) and seen.words <= _MOST)
    return next((seen.text for seen in longer if seen.last != "." and len(seen.text) > len(title)), title)


def _is_site(part: str, lines: Collection[tuple[str, ...]], outlet: str | None) -> bool:
    folded = tuple(lexicon.tokens(part))
    return 0 < len(folded) <= _SITE_WORDS and (
        folded in lines
        or part.strip().casefold() in lexicon.words("sections")
        or (outlet is not None and folded == tuple(lexicon.tokens(outlet)))
    )
