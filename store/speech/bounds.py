"""Where what is said begins and ends: contents cut and stretched by sentences, quotation marks and small words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from store.speech.linking import Piece, Scene
from store.speech.wordlists import grammar, verb_forms

CLAUSE = 4
STOPS = frozenset(',.;:()[]"“”—–-?!')
_ADVERBIAL = 14
_QUOTED = 3


def bound(scene: Scene) -> None:
    """Put right the bounds of a paragraph's contents, and what is taken for content; changes the scene."""
    _whole(scene)
    for piece in scene.pieces:
        if piece.role == "other":
            _quoted_other(scene, piece)
    scene.pieces = [part for piece in scene.pieces for part in _parted(scene, piece)]
    for content in scene.of("content"):
        _as_saying(scene, content)
        _reason(scene, content)
        adverbial(scene, content)


def sentence_bounds(scene: Scene, at: int) -> tuple[int, int]:
    """Give the first token of the sentence that token `at` stands in, and the one after its last."""
    sentence = scene.paragraph.sentence
    return bisect_left(sentence, sentence[at], 0, at), bisect_right(sentence, sentence[at], at)


def trimmed(scene: Scene, piece: Piece) -> Piece:
    """Leave out the marks and punctuation at both ends of a piece; changes it and gives it back."""
    held = scene.paragraph.words
    while piece.first < piece.last and not held[piece.first][0].isalnum():
        piece.first += 1
    while piece.last > piece.first and not held[piece.last - 1][-1].isalnum():
        piece.last -= 1
    return piece


def _whole(scene: Scene) -> None:
    """Take a paragraph that is one quotation of whole sentences for speech where the tagger saw none."""
    paragraph = scene.paragraph
    if scene.pieces or len(paragraph.marks) != 1 or len(paragraph.words) < CLAUSE + 2:
        return
    (mark,) = paragraph.marks
    first, last = 0, len(paragraph.words)
    if (
        mark.start > paragraph.start
        or mark.end < paragraph.end - 1
        or not any(w in ".?!…" for w in paragraph.words[-3:])
    ):
        return
    made = trimmed(scene, Piece("content", scene.number, first, last, 0.7))
    long = [word for word in paragraph.words[made.first : made.last] if len(word) > 3]
    if sum(word[0].islower() for word in long) * 2 >= len(long):
        scene.pieces.append(made)


def _quoted_other(scene: Scene, piece: Piece) -> None:
    """Take for speech what the tagger took for belief or wish when some of its words are quoted."""
    paragraph = scene.paragraph
    if paragraph.low[piece.first] != "that":
        return
    quoted = sum(paragraph.inside[i] >= 0 and paragraph.words[i][0].isalnum() for i in range(piece.first, piece.last))
    if quoted >= _QUOTED:
        piece.role = "content"


def _parted(scene: Scene, piece: Piece) -> list[Piece]:
    """Part a content where a sentence outside quotation marks is followed by one inside them, or the other way."""
    paragraph = scene.paragraph
    if piece.role != "content":
        return [piece]
    out, first = [], piece.first
    for i in range(piece.first + 1, piece.last):
        if paragraph.sentence[i] == paragraph.sentence[i - 1]:
            continue
        last = i - 1
        while last > first and not paragraph.words[last][0].isalnum():
            last -= 1
        if (paragraph.inside[last] >= 0) != (paragraph.inside[i] >= 0):
            out.append(trimmed(scene, Piece("content", scene.number, first, i, piece.certain)))
            first = i
    out.append(trimmed(scene, Piece("content", scene.number, first, piece.last, piece.certain)))
    return [part for part in out if part.first < part.last]


def _reason(scene: Scene, content: Piece) -> None:
    """Let a content that stops before "because" run on to the next comma, cue or end of its sentence."""
    paragraph = scene.paragraph
    if content.last >= len(paragraph.words) or paragraph.words[content.last].lower() not in ("because", "unless"):
        return
    if paragraph.inside[content.last] >= 0 or paragraph.inside[content.last - 1] >= 0:
        return
    _, stop = sentence_bounds(scene, content.last)
    stop = min([stop, *(p.first for p in scene.pieces if p.first >= content.last)])
    end = content.last
    while end < stop and paragraph.words[end] not in STOPS and paragraph.inside[end] < 0:
        end += 1
    content.last = end


def _as_saying(scene: Scene, content: Piece) -> None:
    """Let a content begin behind "a colonel as saying that", which says whom an outlet quotes."""
    held = scene.paragraph.low
    for i in range(content.first, min(content.first + _QUOTED + CLAUSE, content.last - CLAUSE)):
        if held[i] == "as" and held[i + 1] == "saying":
            content.first = i + 2 + (held[i + 2] == "that")
            return


def adverbial(scene: Scene, content: Piece) -> None:
    """Let a content begin at "that" where the tagger took in the place or time before it ("said in May that …")."""
    held = [word.lower() for word in scene.paragraph.words[content.first : content.first + _ADVERBIAL]]
    cited = scene.paragraph.low[content.first - 1] in ("citing", "quoting") and content.first > 0
    opens = cited or held[0] in grammar("preposition") | {"after", "before", "citing", "quoting"}
    if not opens or "that" not in held[2:]:
        return
    at = held.index("that", 2)
    verbs = verb_forms("cue_verbs")
    if cited and held[at - 1] != ",":
        return
    before = held[1 : at - 1] if held[at - 1] == "," else held[1:at]
    if content.first + at + 2 < content.last and not any(w in verbs or w in STOPS for w in before):
        content.first += at
