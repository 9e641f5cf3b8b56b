"""Which cue and which source belong to a content: a small linear ranker over candidates.

The tagger finds contents, cues and sources; here each content is given the cue and then the source that suit it best.
What speaks for a candidate (distance, order, what stands between, form of the words) are short strings; their weights
are learned and lie in `linker.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from math import exp
from pathlib import Path

from msgspec import Struct

from store.speech.tokens import Paragraph
from store.speech.wordlists import verb_forms, words

WEIGHTS = Path(__file__).parent / "linker.json"
NEAREST = 5
_PUNCTUATION = frozenset("\"“”'’‘,.:;!?()[]…-–—«»„")


class Piece(Struct, gc=False):
    """A tagged stretch: tokens `first` to `last` (exclusive) of paragraph number `paragraph`; `certain` is 0 to 1."""

    role: str
    paragraph: int
    first: int
    last: int
    certain: float = 1.0


@dataclass(slots=True)
class Scene:
    """One paragraph with its pieces, in order."""

    number: int
    paragraph: Paragraph
    pieces: list[Piece] = field(default_factory=list)

    def of(self, role: str) -> list[Piece]:
        """Give the pieces with this role."""
        return [piece for piece in self.pieces if piece.role == role]


@cache
def weights() -> Mapping[str, float]:
    """Give the learned weights that ship with the package; read once."""
    table: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    return table


def _bucket(n: int) -> str:
    return str(n) if n < 4 else "4" if n < 7 else "7" if n < 12 else "12" if n < 25 else "25"


def _between(scene: Scene, one: Piece, two: Piece) -> tuple[int, str, str]:
    """Describe what stands between two pieces: distance in tokens, roles of pieces, shape of the words."""
    low, high = (one.last, two.first) if one.first < two.first else (two.last, one.first)
    roles = [p.role[0] for p in scene.pieces if p.first >= low and p.last <= high]
    distance = max(0, high - low)
    words_between = scene.paragraph.words[low:high]
    signs = [w for w in words_between if w in _PUNCTUATION]
    marks = "".join([w if w in ",.:;" else '"' for w in signs if w in ',.:;"“”'])[:4]
    return distance, "".join(roles)[:4], ("p" if len(signs) == len(words_between) else "w") + marks


def _relation(scene: Scene, one: Piece, two: Piece) -> str:
    """Say how the sentences of two pieces lie: the same, next to each other, or further."""
    sentence = scene.paragraph.sentence
    low, high = (one, two) if two.first >= one.first else (two, one)
    gap = sentence[high.first] - sentence[low.last - 1]
    return ("<" if two.first < one.first else ">") + str(max(0, min(gap, 3)))


def _form(scene: Scene, piece: Piece) -> str:
    """Say what kind of words a source is."""
    said, low = scene.paragraph.words[piece.first : piece.last], scene.paragraph.low[piece.first]
    if len(said) == 1 and low in words("source_pronouns"):
        return "pron" if low not in ("who", "which", "that") else "rel"
    if any(w[0].isupper() for w in said[1:]):
        return "names"
    return "name" if said[0][0].isupper() and low not in ("the", "a", "an") else "words"


def _inside(scene: Scene, piece: Piece) -> str:
    inside = scene.paragraph.inside
    size = piece.last - piece.first
    outside = inside[piece.first : piece.last].count(-1)
    return "n" if outside == size else "m" if outside else "q"


def _lemma(scene: Scene, cue: Piece) -> str:
    verbs = verb_forms("cue_verbs")
    said = scene.paragraph.low[cue.first : cue.last]
    return next((verbs[w] for w in said if w in verbs), said[0])


def cue_features(scene: Scene, content: Piece, quoted: str, cue: Piece | None, rank: int) -> list[str]:
    """Say what speaks for a cue of a content; None stands for no cue in the paragraph."""
    if cue is None:
        return ["c0", f"c0{quoted}{min(2, len(scene.of('cue')))}"]
    distance, roles, shape = _between(scene, content, cue)
    side = "<" if cue.first < content.first else ">"
    relation = _relation(scene, content, cue)
    near, beside = f"cd{side}{_bucket(distance)}", f"cb{side}{roles}"
    out = [
        near,
        near + quoted,
        beside,
        f"{beside}{quoted}{relation}",
        f"cs{side}{shape}{quoted}",
        f"cr{relation}{quoted}",
        f"ck{side}{rank}",
        f"cl{side}{_lemma(scene, cue)}",
        f"ci{_inside(scene, cue)}{quoted}",
    ]
    sentence = scene.paragraph.sentence
    if relation == ">0" and content.first and sentence[content.first - 1] != sentence[content.first]:
        out.append("cstart>")
    return out


def source_features(
    scene: Scene, content: Piece, quoted: str, cue: Piece | None, lemma: str, source: Piece | None, rank: int
) -> list[str]:
    """Say what speaks for a source of a content with a chosen cue; None stands for no source in the paragraph."""
    told = "c" if cue else "-"
    if source is None:
        return ["s0", f"s0{quoted}{lemma}", f"s0n{min(2, len(scene.of('source')))}{told}"]
    form = _form(scene, source)
    distance, roles, shape = _between(scene, content, source)
    side, near = "<" if source.first < content.first else ">", _bucket(distance)
    out = [
        f"sf{form}",
        f"sk{rank}",
        f"sd{side}{near}{quoted}",
        f"sb{side}{roles}",
        f"sr{_relation(scene, content, source)}{quoted}{told}",
        f"si{_inside(scene, source)}{quoted}",
    ]
    if cue is None:
        return [*out, f"sn{side}{shape}{near}"]
    gap, between, mid = _between(scene, cue, source)
    way = "<" if source.first < cue.first else ">"
    order = "".join([role for _, role in sorted(((content.first, "C"), (cue.first, "Q"), (source.first, "S")))])
    relation = _relation(scene, cue, source)
    apart, beside = f"qd{way}{_bucket(gap)}", f"qb{way}{between}"
    return [
        *out,
        f"so{order}",
        apart,
        apart + order,
        beside,
        beside + relation,
        f"qs{way}{mid}{form}",
        f"ql{way}{lemma}{order}",
        f"qr{relation}{form}",
    ]


def nearest(pieces: Sequence[Piece], to: Piece) -> list[Piece]:
    """Give the few pieces nearest to another one, nearest first."""
    return sorted(pieces, key=lambda p: (max(p.first - to.last, to.first - p.last), p.first))[:NEAREST]


def cue_candidates(scene: Scene, content: Piece) -> list[tuple[Piece | None, list[str]]]:
    """Give the cues that a content could have, each with what speaks for it."""
    found: list[Piece | None] = [*nearest(scene.of("cue"), content), None]
    quoted = _inside(scene, content)
    return [(cue, cue_features(scene, content, quoted, cue, rank)) for rank, cue in enumerate(found)]


def source_candidates(scene: Scene, content: Piece, cue: Piece | None) -> list[tuple[Piece | None, list[str]]]:
    """Give the sources that a content could have, each with what speaks for it."""
    found: list[Piece | None] = [*nearest(scene.of("source"), cue or content), None]
    quoted, lemma = _inside(scene, content), _lemma(scene, cue) if cue else "-"
    return [
        (source, source_features(scene, content, quoted, cue, lemma, source, rank)) for rank, source in enumerate(found)
    ]


def choose(
    candidates: Sequence[tuple[Piece | None, list[str]]], table: Mapping[str, float]
) -> tuple[Piece | None, float]:
    """Give the best candidate and how sure it is (0 to 1)."""
    scores = [sum(map(table.get, names, repeat(0.0))) for _, names in candidates]
    best = scores.index(max(scores))
    total = sum([exp(min(0.0, score - scores[best])) for score in scores])
    return candidates[best][0], 1 / total
