"""Puts right, by rules of grammar, what the tagger left open: "according to", participles without a subject."""

from __future__ import annotations

from store.speech.draft import Draft, span_of
from store.speech.linking import Piece, Scene
from store.speech.wordlists import verb_forms, words

_NOUN_STOP = frozenset(',.;:()[]"“”—–-?!')
_LONGEST = 25


def complete(scene: Scene) -> None:
    """Add the pieces that "according to X" tells of where the tagger missed them; changes the scene."""
    paragraph = scene.paragraph
    words_ = paragraph.words
    for i in range(len(words_) - 2):
        if words_[i].lower() == "according" and words_[i + 1].lower() == "to" and paragraph.inside[i] < 0:
            _according(scene, i)
    scene.pieces.sort(key=lambda piece: piece.first)


def _sentence_bounds(scene: Scene, at: int) -> tuple[int, int]:
    sentence = scene.paragraph.sentence
    first, last = at, at + 1
    while first > 0 and sentence[first - 1] == sentence[at]:
        first -= 1
    while last < len(sentence) and sentence[last] == sentence[at]:
        last += 1
    return first, last


def _according(scene: Scene, at: int) -> None:
    """Mark "according to" as a cue, what follows as its source, the rest of its sentence as content."""
    paragraph = scene.paragraph
    first, last = _sentence_bounds(scene, at)
    over = [p for p in scene.pieces if p.first < at + 2 and p.last > at]
    swallowed = any(p.role == "content" and p.first < at and p.last > at + 3 for p in over)
    if swallowed or any(p.role == "cue" for p in over):
        return
    stop = at + 2
    while stop < last and paragraph.words[stop] not in _NOUN_STOP and stop - at < _LONGEST:
        stop += 1
    if stop == at + 2:
        return
    scene.pieces = [p for p in scene.pieces if p.last <= at or p.first >= stop or p.role == "other"]
    scene.pieces += [
        Piece("cue", scene.number, at, at + 2, 0.6),
        Piece("source", scene.number, at + 2, stop, 0.6),
    ]
    low, high = (stop, last) if at == first else (first, at)
    while low < high and not paragraph.words[low][0].isalnum():
        low += 1
    while high > low and not paragraph.words[high - 1][-1].isalnum():
        high -= 1
    held = [p for p in scene.pieces if p.role in ("content", "cue") and p.first < high and p.last > low]
    if high - low < 4:
        return
    if not any(p.role == "content" for p in held) and (at == first or not held):
        scene.pieces = [p for p in scene.pieces if p.last <= low or p.first >= high]
        scene.pieces.append(Piece("content", scene.number, low, high, 0.6))


def told_and_carried(scene: Scene, content: Piece, cue: Piece | None) -> Piece | None:
    """Give the cue to use: "X said … , according to Y" is said by X and carried by Y."""
    if cue is None or scene.paragraph.words[cue.first].lower() != "according" or cue.first < content.first:
        return cue
    first, _ = _sentence_bounds(scene, content.first)
    sources = [p for p in scene.of("source") if first <= p.first < content.first]
    said = [p for p in scene.of("cue") if first <= p.first < content.first]
    return said[-1] if sources and said else cue


def subject(scene: Scene, made: Draft, earlier: list[Draft]) -> None:
    """Give a cue without a source ("…, saying that …") the subject of its clause; changes the draft."""
    paragraph = scene.paragraph
    if made.cue is None or made.source is not None:
        return
    at = next((i for i, start in enumerate(paragraph.starts) if start >= made.cue[0]), -1)
    if at <= 0 or not paragraph.words[at].lower().endswith("ing") or not _is_verb(paragraph.words[at]):
        return
    first, _ = _sentence_bounds(scene, at)
    for before in reversed(earlier):
        if before.source and before.cue and paragraph.starts[first] <= before.cue[0] < made.cue[0]:
            made.source, made.why = before.source, "same subject as the verb before"
            return
    sources = [p for p in scene.of("source") if first <= p.first < at]
    if sources:
        made.source = span_of(paragraph, sources[-1])
    else:
        found = _first_name(scene, first, at)
        if found is not None:
            made.source, made.why = found, "subject of the sentence"
            made.confidence = min(made.confidence, 0.6)


def _is_verb(word: str) -> bool:
    return word.lower() in verb_forms("cue_verbs")


def _first_name(scene: Scene, first: int, at: int) -> tuple[int, int] | None:
    """Find the subject that opens a sentence: a pronoun, or a name with what stands before it, then a verb."""
    held = scene.paragraph.words
    i = first
    while i < at and not held[i][0].isalpha():
        i += 1
    start = i
    if i < at and held[i].lower() in words("source_pronouns"):
        i += 1
    else:
        if i < at and held[i].lower() in ("the", "a", "an"):
            i += 1
            while i < at and held[i][0].islower() and held[i].lower() not in verb_forms("cue_verbs") and i - start < 6:
                i += 1
        while i < at and (held[i][0].isupper() or held[i] in ("of", "al", "bin", "de", "van", "von")):
            i += 1
    if i == start or i >= at or not held[i][0].islower() or i - start > 10:
        return None
    return scene.paragraph.starts[start], scene.paragraph.ends[i - 1]
