"""Speech that set phrases and the build of the sentence report where the tagger was misled."""

from __future__ import annotations

from store.speech.bounds import CLAUSE, STOPS, sentence_bounds, trimmed
from store.speech.linking import Piece, Scene
from store.speech.subjects import is_subject, past
from store.speech.wordlists import grammar, plain_verbs, verb_forms

_HEARER = 5
_TAIL = 8
_LONGEST = 12


def reread(scene: Scene) -> None:
    """Put right what set phrases of reporting show; changes the scene."""
    for piece in scene.of("other"):
        _held(scene, piece)
    for content in scene.of("content"):
        _ends(scene, content)
        _that(scene, content)
        _goes_on(scene, content)
    _put(scene)
    _told_last(scene)
    _dated(scene)


def _held(scene: Scene, piece: Piece) -> None:
    """Take "submitted that …" for speech where the tagger took it for belief."""
    low = scene.paragraph.low
    if low[piece.first] == "that" and piece.first and low[piece.first - 1] in grammar("holding"):
        piece.role = "content"


def _ends(scene: Scene, content: Piece) -> None:
    """End a content without marks with its sentence where "As he liked to put it, “…”" follows in another."""
    paragraph = scene.paragraph
    if paragraph.sentence[content.first] == paragraph.sentence[content.last - 1]:
        return
    _, last = sentence_bounds(scene, content.first)
    if any(paragraph.inside[i] >= 0 for i in (content.first, last - 1)):
        return
    if paragraph.inside[last] < 0:
        content.last = last
        trimmed(scene, content)


def _that(scene: Scene, content: Piece) -> None:
    """Give "The secretary informed the committee that …" its verb and its subject where the tagger saw neither."""
    paragraph, verbs = scene.paragraph, verb_forms("cue_verbs")
    at = content.first
    if paragraph.low[at] != "that" and paragraph.low[at - 1 : at] != ["that"]:
        return
    first, last = sentence_bounds(scene, at)
    beside = next((p for p in scene.of("source") if p.last == at and first <= p.first), None)
    if beside is not None and not any(first <= p.first < last for p in scene.of("cue")):
        _swallowed(scene, beside)
    if any(first <= p.first < last and p.role in ("cue", "source") for p in scene.pieces):
        return
    low = max(first, at - _HEARER)
    said = next((i for i in range(at - 1, low, -1) if paragraph.low[i] in verbs and past(paragraph.low[i])), -1)
    if said < 0 or any(word in STOPS for word in paragraph.words[said:at]) or paragraph.inside[said] >= 0:
        return
    front = [word for word in paragraph.words[first:said] if word != ","]
    if len(front) <= _LONGEST and is_subject(front):
        scene.pieces += [
            trimmed(scene, Piece("source", scene.number, first, said, 0.6)),
            Piece("cue", scene.number, said, said + 1, 0.6),
        ]


def _swallowed(scene: Scene, source: Piece) -> None:
    """Part a source that took in its verb: "an insider intimated to the Nation" + "that"."""
    low, verbs = scene.paragraph.low, verb_forms("cue_verbs")
    start = max(source.first, source.last - _HEARER)
    said = next((i for i in range(source.last - 1, start, -1) if low[i] in verbs and past(low[i])), -1)
    if said > 0:
        scene.pieces.append(Piece("cue", scene.number, said, said + 1, 0.6))
        source.last = said


def _goes_on(scene: Scene, content: Piece) -> None:
    """Take in what follows ", she maintained," inside a sentence of which the tagger saw only the beginning."""
    paragraph, verbs = scene.paragraph, verb_forms("cue_verbs")
    at = content.last
    if paragraph.words[at : at + 1] != [","] or paragraph.inside[at] >= 0:
        return
    _, last = sentence_bounds(scene, at - 1)
    if at >= last - CLAUSE:
        return
    stop = next((i for i in range(at + 2, min(at + 2 + _HEARER, last - 2)) if paragraph.words[i] == ","), -1)
    if stop < 0 or verbs.get(paragraph.low[stop - 1]) not in plain_verbs() or not past(paragraph.low[stop - 1]):
        return
    if not is_subject(paragraph.words[at + 1 : stop - 1]) or any(stop < p.first < last for p in scene.pieces):
        return
    if paragraph.low[stop + 1] not in grammar("joining") | grammar("conjunction") and last - stop > CLAUSE:
        certain = min(0.6, content.certain)
        scene.pieces = [p for p in scene.pieces if not at <= p.first <= stop]
        scene.pieces += [
            Piece("source", scene.number, at + 1, stop - 1, 0.6),
            Piece("cue", scene.number, stop - 1, stop, 0.6),
            trimmed(scene, Piece("content", scene.number, stop, last, certain)),
        ]


def _put(scene: Scene) -> None:
    """Read "As Ada Quill liked to put it, “…”" and "…, as she once put it" as speech of hers."""
    paragraph = scene.paragraph
    low = paragraph.low
    if "put" not in low and "puts" not in low:
        return
    for i in range(3, len(low)):
        if low[i] != "it" or low[i - 1] not in ("put", "puts") or paragraph.inside[i] >= 0:
            continue
        first, last = sentence_bounds(scene, i)
        opens = next((k for k in range(i - 2, max(first - 1, i - 2 - _LONGEST), -1) if low[k] == "as"), -1)
        if opens < 0:
            continue
        verb = i - 1
        while verb - 1 > opens + 1 and low[verb - 1] in grammar("habit"):
            verb -= 1
        here = [p for p in scene.pieces if p.first < i + 1 and p.last > opens]
        said = any(p.role == "content" and first <= p.first < last for p in scene.pieces)
        if (said and any(p.role == "source" and p.first > opens for p in here)) or verb == opens + 1:
            continue
        quoted = [k for k in range(first, last) if paragraph.inside[k] >= 0 and low[k][0].isalnum()]
        scene.pieces = [p for p in scene.pieces if p not in here or p.first < first]
        scene.pieces += [
            Piece("source", scene.number, opens + 1, verb, 0.6),
            Piece("cue", scene.number, verb, i + 1, 0.6),
        ]
        after = [k for k in quoted if k > i]
        if after and not any(p.role == "content" and p.last > after[0] and p.first <= after[-1] for p in scene.pieces):
            scene.pieces.append(trimmed(scene, Piece("content", scene.number, after[0], after[-1] + 1, 0.6)))


def _told_last(scene: Scene) -> None:
    """Read "The ministry asked for records, two people told Reuters" as told by the two people."""
    paragraph, verbs = scene.paragraph, verb_forms("cue_verbs")
    for cue in scene.of("cue"):
        source = next((p for p in scene.pieces if p.last == cue.first and p.role == "source"), None)
        if source is None or not source.first or paragraph.words[source.first - 1] != ",":
            continue
        first, last = sentence_bounds(scene, cue.first)
        if last - cue.last > _TAIL or verbs.get(paragraph.low[cue.last - 1]) not in plain_verbs():
            continue
        if source.first - first <= CLAUSE:
            continue
        here = [p for p in scene.pieces if first <= p.first < last and p is not cue and p is not source]
        if any(paragraph.inside[i] >= 0 for i in range(first, last)) or any(p.first >= cue.last for p in here):
            continue
        inner = [p for p in here if p.role == "cue"]
        acts = all(verbs.get(paragraph.low[p.last - 1]) not in plain_verbs() - {"ask"} for p in inner)
        if inner and acts and "according" not in paragraph.low[first : source.first]:
            scene.pieces = [p for p in scene.pieces if p not in here]
            scene.pieces.append(trimmed(scene, Piece("content", scene.number, first, source.first, 0.6)))


def _dated(scene: Scene) -> None:
    """Take the rest of "To date, according to the county, 71 have been built" for what is said."""
    paragraph = scene.paragraph
    if "according" not in paragraph.low:
        return
    for cue in scene.of("cue"):
        source = next((p for p in scene.of("source") if p.first == cue.last), None)
        first, last = sentence_bounds(scene, cue.first)
        if source is None or paragraph.low[cue.first] != "according" or not 2 <= cue.first - first <= _HEARER + 1:
            continue
        front = paragraph.low[first : cue.first]
        stop = next((i for i in range(source.last, last) if paragraph.words[i] == ","), -1)
        if front[-1] != "," or front[0] not in grammar("preposition") | {"to", "since"} or stop < 0:
            continue
        if last - stop <= CLAUSE or any(paragraph.inside[i] >= 0 for i in range(first, last)):
            continue
        scene.pieces = [p for p in scene.pieces if not first <= p.first < last or p in (cue, source)]
        scene.pieces.append(trimmed(scene, Piece("content", scene.number, stop, last, 0.6)))
