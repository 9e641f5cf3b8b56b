"""What can be the subject of a verb of speech."""

from __future__ import annotations

from store.speech.linking import Piece, Scene
from store.speech.wordlists import grammar, verb_forms, words


def past(word: str) -> bool:
    """Say whether a form of a verb of speech is neither its base form nor a participle in -ing."""
    return not word.endswith("ing") and verb_forms("cue_verbs").get(word) != word


def is_subject(held: list[str]) -> bool:
    """Say whether words can be the whole subject of a verb of speech: a pronoun, or a short run with a name."""
    if not held or held[0].lower() in grammar("conjunction") | grammar("relative") | grammar("preposition"):
        return False
    if len(held) == 1:
        return held[0].lower() in ("he", "she", "it", "they") or held[0][0].isupper()
    opens = held[0][0].isupper() or held[0].lower() in grammar("determiner") or held[-1][0].isupper()
    whole = all(word[0].isalnum() or word in ("'s", "’s") for word in held)
    ends = grammar("auxiliary") | grammar("relative") | {"that"}
    return opens and whole and held[-1][0].isalnum() and held[-1].lower() not in ends


def _past_role(held: list[str], i: int, at: int) -> int:
    """Give where a name ends whose role comes between: "Dutch" + "chip equipment maker" + "Lumion"; else `i`."""
    step = i
    while step < min(at, i + 4) and held[step].islower() and held[step].isalpha():
        step += 1
    role = step > i and held[step - 1] in words("speaking_nouns") | grammar("makers")
    if not role or step >= at or not held[step][0].isupper():
        return i
    while step < at and held[step][0].isupper():
        step += 1
    return step


def first_name(scene: Scene, first: int, at: int) -> Piece | None:
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
        i = _past_role(held, i, at)
    if i == start or i >= at or not held[i][0].islower() or i - start > 10:
        return None
    return Piece("source", scene.number, start, i, 0.5)
