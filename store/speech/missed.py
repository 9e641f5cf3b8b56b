"""Finds, by its wording, speech of which the tagger saw nothing or only the words."""

from __future__ import annotations

from collections import Counter

from store.speech.bounds import CLAUSE, STOPS, sentence_bounds, trimmed
from store.speech.linking import Piece, Scene
from store.speech.subjects import is_subject, past
from store.speech.wordlists import grammar, noun_forms, plain_verbs, verb_forms, words

_LONGEST = 12


def supply(scene: Scene) -> None:
    """Add the cues, sources and contents that the wording of a paragraph shows; changes the scene."""
    for cue in scene.of("cue"):
        _fragment(scene, cue)
    _unheard(scene)
    for content in scene.of("content"):
        _untold(scene, content)
    _stated(scene)
    _adding(scene)
    _opinion(scene)
    _by_their_words(scene)
    _finding(scene)
    _blunt(scene)
    scene.pieces.sort(key=lambda piece: piece.first)


def _unheard(scene: Scene) -> None:
    """Take a clause in marks that a short "…, the minister told reporters" follows for content the tagger left out."""
    paragraph = scene.paragraph
    if not paragraph.marks:
        return
    held, verbs = paragraph.words, verb_forms("cue_verbs")
    sizes = Counter(paragraph.inside)
    begins = {k: i for i, k in reversed([*enumerate(paragraph.inside)])}
    for k, mark in enumerate(paragraph.marks):
        begin, size = begins.get(k, 0), sizes[k]
        inside = [i for i in range(begin, begin + size) if held[i][0].isalnum()]
        if not mark.closed or len(inside) <= CLAUSE or any(inside[0] <= p.first <= inside[-1] for p in scene.pieces):
            continue
        behind = inside[-1] + 1
        while behind < len(held) and not held[behind][0].isalnum():
            behind += 1
        if behind >= len(held) or paragraph.inside[behind] >= 0:
            continue
        first, last = sentence_bounds(scene, behind)
        rest = held[behind : min(last, behind + _LONGEST)]
        said = any(word.lower() in verbs and past(word.lower()) for word in rest)
        long = [held[i] for i in inside if len(held[i]) > 3]
        clause = 2 * sum(word[0].islower() for word in long) >= len(long)
        if said and clause and first in (inside[0], inside[0] - 1):
            scene.pieces.append(Piece("content", scene.number, inside[0], inside[-1] + 1, 0.6))


def _untold(scene: Scene, content: Piece) -> None:
    """Find who stands with a verb of speech right behind a quotation of which the tagger saw only the words."""
    paragraph = scene.paragraph
    held, verbs = paragraph.words, verb_forms("cue_verbs")
    at = content.last
    while at < len(held) and not held[at][0].isalnum():
        at += 1
    if paragraph.inside[content.last - 1] < 0 or at >= len(held) or paragraph.inside[at] >= 0:
        return
    first, last = sentence_bounds(scene, at)
    alone = first == at  # "“What do you want us to eat?” Mr Quill posed."
    if (alone and last - at > CLAUSE + 2) or any(
        first <= p.first < last and p.role in ("source", "cue") for p in scene.pieces
    ):
        return
    stop = next((i for i in range(at, min(at + _LONGEST, last)) if held[i] in STOPS), min(at + _LONGEST, last))
    said = next((i for i in range(at, stop) if held[i].lower() in verbs and past(held[i].lower())), -1)
    if said < 0:  # any other verb that ends the clause, or that the name follows: "Mr Quill fumed", "beamed Ada Quill"
        edges = (i for i in (stop - 1, at) if held[i].islower())
        said = next((i for i in edges if held[i].endswith("ed") or held[i] in words("names/past_verbs")), -1)
    if said < 0 or (alone and said not in (at, stop - 1)):
        return
    low, high = (at, said) if said > at else (said + 1, stop)
    if is_subject(held[low:high]):
        scene.pieces += [
            Piece("source", scene.number, low, high, 0.6),
            Piece("cue", scene.number, said, said + 1, 0.6),
        ]


def _fragment(scene: Scene, cue: Piece) -> None:
    """Take for content the quotation right behind a cue ("called for “restraint at last”") that the tagger left out."""
    paragraph = scene.paragraph
    held = paragraph.words
    at = cue.last
    while at < min(cue.last + 3, len(held)) and paragraph.inside[at] < 0 and held[at][0].isalpha():
        at += 1
    if at >= len(held) or paragraph.inside[at] < 0 or paragraph.inside[cue.first] >= 0:
        return
    stop = at
    while stop < len(held) and paragraph.inside[stop] == paragraph.inside[at]:
        stop += 1
    made = trimmed(scene, Piece("content", scene.number, cue.last, stop, 0.6))
    free = all(p.last <= cue.last or p.first >= stop for p in scene.pieces)
    spoken = any(p.last == cue.first or p.first == stop for p in scene.of("source"))
    said = any(word in verb_forms("cue_verbs") and past(word) for word in map(str.lower, held[cue.first : cue.last]))
    if free and said and made.last > at + 2 and held[at + 1][0].islower() and spoken | _spoken(scene, cue):
        scene.pieces.append(made)


def _spoken(scene: Scene, cue: Piece) -> bool:
    first, _ = sentence_bounds(scene, cue.first)
    return any(first <= p.first < cue.first for p in scene.of("source"))


def _stated(scene: Scene) -> None:
    """Read "Their president, Ada Quill, maintained that …" as speech where the tagger saw nothing at all."""
    paragraph = scene.paragraph
    held, verbs = paragraph.words, verb_forms("cue_verbs")
    for i in [i for i in range(2, len(held) - CLAUSE) if held[i] == "that"]:
        low = paragraph.low[i - 1]
        first, last = sentence_bounds(scene, i)
        at = _verb_before(paragraph.low, first, i)
        if at < 0 and (low not in verbs or not past(low)):
            continue
        at = at if at > 0 else i - 1
        first += held[first] in ("But", "And", "Yet", "Still")
        front = [word for word in held[first:at] if word != ","]
        quoted = any(paragraph.inside[k] >= 0 for k in range(first, last))
        if quoted or len(front) > _LONGEST or any(first <= p.first < last for p in scene.pieces):
            continue
        if is_subject(front) and any(word[0].isupper() for word in front):
            scene.pieces += [
                trimmed(scene, Piece("source", scene.number, first, at, 0.6)),
                Piece("cue", scene.number, at, i, 0.6),
                trimmed(scene, Piece("content", scene.number, i + 1, last, 0.6)),
            ]


def _verb_before(low: list[str], first: int, that: int) -> int:
    """Give where "found", "has heard" or "was of the view" begins before a "that"; -1 for other words."""
    finds = low[that - 1] in grammar("finding") | {"held", "heard"}
    if finds and low[that - 1] == "heard" and not grammar("hearing").isdisjoint(low[first:that]):
        return that - 2 if low[that - 2] in ("has", "have", "had") else that - 1
    if finds and low[that - 1] != "heard" and not _finders().isdisjoint(low[first : that - 1]):
        return that - 1
    view = low[that - 1] in ("view", "opinion") and low[that - 3 : that - 1] == ["of", "the"]
    return that - 4 if view and low[that - 4] in grammar("being") else -1


def _adding(scene: Scene) -> None:
    """Read ", adding the town had asked for it twice" as speech where the tagger saw none."""
    held, verbs = scene.paragraph.words, verb_forms("cue_verbs")
    for i in range(2, len(held) - CLAUSE):
        if held[i - 1] != "," or not held[i].endswith("ing") or verbs.get(held[i]) not in plain_verbs():
            continue
        _, last = sentence_bounds(scene, i)
        quoted = any(scene.paragraph.inside[k] >= 0 for k in range(i, last))
        clause = any(word.lower() in grammar("auxiliary") for word in held[i + 1 : i + _LONGEST])
        free = all(p.last <= i or p.first >= last for p in scene.pieces)
        if free and clause and not quoted and held[i + 1].lower() not in grammar("preposition") | {"to"}:
            content = trimmed(scene, Piece("content", scene.number, i + 1, last, 0.6))
            if content.last - content.first >= CLAUSE:
                scene.pieces += [Piece("cue", scene.number, i, i + 1, 0.6), content]


def _opinion(scene: Scene) -> None:
    """Read "For Senator Quill, the law “is a joke”" as speech of the senator where the tagger saw none."""
    paragraph = scene.paragraph
    held = paragraph.words
    at = 0
    while "For" in held[at:]:
        first, last = sentence_bounds(scene, held.index("For", at))
        at = last
        marked = next((i for i in range(first, last) if paragraph.inside[i] >= 0), last)
        comma = max((i for i in range(first + 2, min(first + 2 * _LONGEST, marked)) if held[i] == ","), default=-1)
        here = [p for p in scene.pieces if first <= p.first < last]
        if held[first] != "For" or comma < 0 or any(p.role != "content" for p in here):
            continue
        named = any(word[0].isupper() for word in held[first + 1 : comma])
        quoted = [i for i in range(comma, last) if paragraph.inside[i] >= 0 and held[i][0].isalnum()]
        if named and len(quoted) >= CLAUSE and held[quoted[0]][0].islower():
            scene.pieces = [p for p in scene.pieces if p not in here]
            scene.pieces += [
                Piece("cue", scene.number, first, first + 1, 0.6),
                Piece("source", scene.number, first + 1, comma, 0.6),
                trimmed(scene, Piece("content", scene.number, comma, quoted[-1] + 1, 0.6)),
            ]


def _by_their_words(scene: Scene) -> None:
    """Read "In his opinion, twelve mines will close" as a statement of his where the tagger saw none."""
    paragraph, at = scene.paragraph, 0
    if grammar("opinion").isdisjoint(paragraph.low):
        return
    while at < len(paragraph.words):
        first, last = sentence_bounds(scene, at)
        at = last
        comma = next(
            (i for i in range(first + 2, min(first + _LONGEST, last - CLAUSE)) if paragraph.words[i] == ","), -1
        )
        if comma < 0 or paragraph.low[first] != "in" or paragraph.low[comma - 1] not in grammar("opinion"):
            continue
        if paragraph.low[first + 1] not in grammar("owner") and paragraph.words[comma - 2] not in ("'s", "’s"):
            continue
        quoted = any(paragraph.inside[i] >= 0 for i in range(first, last))
        if quoted or any(first <= p.first < last and p.role == "content" for p in scene.pieces):
            continue
        scene.pieces = [p for p in scene.pieces if not first <= p.first < last]
        scene.pieces += [
            Piece("source", scene.number, first + 1, comma - 1, 0.6),
            Piece("cue", scene.number, comma - 1, comma, 0.6),
            trimmed(scene, Piece("content", scene.number, comma, last, 0.6)),
        ]


def _finding(scene: Scene) -> None:
    """Take what a poll "found" or "showed", and what somebody "was of the view" of, for a statement."""
    held = scene.paragraph.words
    for piece in scene.of("other"):
        if held[piece.first].lower() != "that":
            continue
        cue = next((p for p in scene.of("cue") if p.last == piece.first), None)
        source = next((p for p in scene.of("source") if cue is not None and p.last == cue.first), None)
        if cue is None or source is None:
            continue
        last = held[cue.last - 1].lower()
        view = last in ("view", "opinion") and held[cue.last - 3].lower() == "of"
        low = scene.paragraph.low
        named = low[max(0, source.first - 2) : source.last] if low[source.first] in ("who", "which") else []
        told = not _finders().isdisjoint(named or low[source.first : source.last])
        if view or (told and last in grammar("finding")):
            piece.role = "content"


def _finders() -> frozenset[str]:
    return noun_forms("names/documents") | grammar("finders")


def _blunt(scene: Scene) -> None:
    """Read "The minister was blunt: the tunnel will cost more" as a statement of the minister."""
    paragraph = scene.paragraph
    held = paragraph.words
    for i in range(2, min(len(held) - CLAUSE, 3 * _LONGEST)) if ":" in held else ():
        if held[i] != ":" or held[i - 1].lower() not in grammar("blunt") or paragraph.inside[i] >= 0:
            continue
        first, last = sentence_bounds(scene, i)
        was = next((k for k in range(first + 1, i) if held[k].lower() in grammar("being")), -1)
        if was < 0 or any(first <= p.first < last for p in scene.pieces) or paragraph.inside[i + 1] >= 0:
            continue
        scene.pieces += [
            Piece("source", scene.number, first, was, 0.6),
            Piece("cue", scene.number, i, i + 1, 0.6),
            trimmed(scene, Piece("content", scene.number, i + 1, last, 0.6)),
        ]
