"""Speech whose paragraph does not say who speaks: the speaker is carried over from the paragraphs around it."""

from __future__ import annotations

from collections.abc import Sequence

from store.speech.bounds import sentence_bounds
from store.speech.draft import Draft, span_of
from store.speech.linking import Piece, Scene
from store.speech.subjects import first_name
from store.speech.tokens import Paragraph
from store.speech.wordlists import noun_forms

REACH = 3
_SUBJECT = 5


def carry(scenes: Sequence[Scene], drafts: dict[int, list[Draft]]) -> None:
    """Give every floating quotation the source of the speech before it, else of the speech after it; changes drafts.

    Looked at are the paragraph before (and, over paragraphs that are all quotation, up to `REACH` of them), an
    introduction that ends in a colon, then the paragraph after.
    """
    for scene in scenes:
        for made in drafts.get(scene.number, ()):
            if made.floating and not _from_here(scene, made) and not _from_before(scenes, drafts, made):
                _from_after(scenes, drafts, made)
    for number, found in drafts.items():
        if any(made.floating for made in found):
            pull = number < 2 and (number == 0 or _is_title(scenes[0].paragraph))
            lost = (pull and _all_quotation(scenes[number].paragraph)) or not _somebody(scenes, number)
            drafts[number] = [made for made in found if not made.floating or not lost]


def _somebody(scenes: Sequence[Scene], number: int) -> bool:
    """Say whether anybody is named shortly before the end of a paragraph; else a quotation there is nobody's."""
    for scene in scenes[max(0, number - 2) : number + 1]:
        paragraph = scene.paragraph
        for i in range(1, len(paragraph.words)):
            inner = paragraph.sentence[i] == paragraph.sentence[i - 1] and paragraph.inside[i] < 0
            if inner and paragraph.words[i][0].isupper():
                return True
    return False


def _is_title(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is a headline in capitals; a quotation under it that nobody speaks is a pull quote."""
    long = [word for word in paragraph.words if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) * 3 > len(long) * 2


def _take(made: Draft, other: Draft, why: str, factor: float) -> bool:
    made.cue, made.source, made.floating = other.cue, other.source, False
    made.confidence = round(max(made.confidence, 0.5) * factor, 2)
    made.why = why
    return True


def _from_before(scenes: Sequence[Scene], drafts: dict[int, list[Draft]], made: Draft) -> bool:
    for number in range(made.paragraph - 1, max(-1, made.paragraph - 1 - REACH), -1):
        scene = scenes[number]
        said = [d for d in drafts.get(number, ()) if d.source is not None]
        introduced = _introduction(scene, said)
        if introduced is not None:
            cue, source = introduced
            made.cue, made.source = span_of(scene.paragraph, cue), span_of(scene.paragraph, source)
            made.floating = False
            made.why = "introduced by the paragraph before"
            return True
        if said:
            unclosed = bool(scene.paragraph.marks) and not scene.paragraph.marks[-1].closed
            why = (
                "the quotation goes on from the paragraph before" if unclosed else "carried over from the speech before"
            )
            return _take(made, said[-1], why, 0.95 if unclosed else 0.8)
        if not _all_quotation(scene.paragraph) and len(scene.paragraph.words) > 8:
            return False
    return False


def _from_here(scene: Scene, made: Draft) -> bool:
    """Give a quotation the subject of the sentence before it ("He rose once more. “One question.”")."""
    paragraph = scene.paragraph
    if made.kind != "direct" or made.first < 1:
        return False
    at = made.first - 1
    while at > 0 and not paragraph.words[at][0].isalnum():
        at -= 1
    first, last = sentence_bounds(scene, at)
    if paragraph.inside[at] >= 0 or last > made.first or paragraph.words[last - 1] not in (".", '"', "“", "‘", "'"):
        return False
    at = next((i for i in range(first, last) if paragraph.words[i] in ("he", "she", "He", "She")), -1)
    found = Piece("source", scene.number, at, at + 1) if 0 <= at < first + _SUBJECT else first_name(scene, first, last)
    if found is None:
        return False
    made.source, made.floating, made.why = span_of(paragraph, found), False, "told of right before the quotation"
    made.confidence = round(made.confidence * 0.7, 2)
    return True


def _introduction(scene: Scene, said: Sequence[Draft]) -> tuple[Piece, Piece] | None:
    """Find the cue and source of a paragraph that ends in a colon and whose last cue has no content of its own."""
    paragraph = scene.paragraph
    if not paragraph.words or paragraph.words[-1] != ":":
        return None
    cues, sources = scene.of("cue"), scene.of("source")
    if not cues or not sources:
        return _named_statement(scene)
    cue = cues[-1]
    if any(made.cue == span_of(paragraph, cue) for made in said):
        return None
    return cue, min(sources, key=lambda s: max(s.first - cue.last, cue.first - s.last))


def _named_statement(scene: Scene) -> tuple[Piece, Piece] | None:
    """Find "this statement by Ada Quill" in a paragraph that ends in a colon."""
    held, nouns = scene.paragraph.words, noun_forms("cue_nouns")
    for i in range(len(held) - 4, -1, -1):
        if held[i].lower() in nouns and held[i + 1].lower() in ("by", "from") and held[i + 2][0].isupper():
            last = i + 3
            while last < len(held) and held[last][0].isupper():
                last += 1
            return Piece("cue", scene.number, i, i + 1, 0.6), Piece("source", scene.number, i + 2, last, 0.6)
    return None


def _all_quotation(paragraph: Paragraph) -> bool:
    if not paragraph.marks:
        return False
    outside = sum(1 for i, k in enumerate(paragraph.inside) if k < 0 and paragraph.words[i][0].isalnum())
    return outside * 10 <= len(paragraph.words)


def _from_after(scenes: Sequence[Scene], drafts: dict[int, list[Draft]], made: Draft) -> bool:
    number = made.paragraph + 1
    if number >= len(scenes) or made.kind != "direct":
        return False
    said = [d for d in drafts.get(number, ()) if d.source is not None and not d.floating]
    after = scenes[number].paragraph
    if said and said[0].kind != "indirect" and after.marks and after.marks[0].start == after.start:
        return _take(made, said[0], "carried back from the speech after", 0.6)
    return False
