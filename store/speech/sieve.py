"""What looks like speech and is none: titles, scare quotes, silences, topics."""

from __future__ import annotations

from bisect import bisect_left

from store.model import DOUBTFUL
from store.speech.draft import Draft
from store.speech.idle import is_idle
from store.speech.linking import Scene
from store.speech.wordlists import entries, grammar, verb_forms, words

_MOST_WORDS = 8
_FEW = 4
DOUBTED = 0.6


def is_speech(scene: Scene, made: Draft) -> bool:
    """Say whether a draft stays: it is no silence, no topic and no title."""
    if made.cue is not None and (_silent(scene, made) or _is_name(scene, made) or is_idle(scene, made)):
        return False
    if made.source is None and made.cue is not None and made.kind != "direct" and made.confidence < DOUBTFUL:
        return False
    if made.floating and (made.kind == "indirect" or _furniture(scene, made)):
        return False
    if made.kind == "indirect":
        return not _topic(scene, made)
    return not _scare(scene, made) and not _title(scene, made) and not _named_thing(scene, made)


def _cue_words(scene: Scene, made: Draft) -> tuple[int, list[str]]:
    """Give the place and the words of the cue in the content's paragraph; (-1, []) when it stands elsewhere."""
    paragraph = scene.paragraph
    if made.cue is None or not paragraph.start <= made.cue[0] < paragraph.end:
        return -1, []
    first, last = bisect_left(paragraph.starts, made.cue[0]), bisect_left(paragraph.starts, made.cue[1])
    return (first, paragraph.low[first:last]) if first < last else (-1, [])


def _is_name(scene: Scene, made: Draft) -> bool:
    """Say whether the cue is a word in capitals inside a sentence: part of a name ("State Street") and no verb."""
    first, cue = _cue_words(scene, made)
    if len(cue) != 1 or first < 1 or (verb_forms("cue_verbs").get(cue[0]) != cue[0] and cue[0] != "states"):
        return False
    sentence = scene.paragraph.sentence
    word = scene.paragraph.words[first]
    return sentence[first] == sentence[first - 1] and word.istitle() and scene.paragraph.inside[first - 1] < 0


def _silent(scene: Scene, made: Draft) -> bool:
    """Say whether the cue reports that nothing was said ("did not comment", "declined to say")."""
    first, cue = _cue_words(scene, made)
    if first < 0 or made.kind == "direct":
        return False
    before = scene.paragraph.low[max(0, first - 3) : first]
    denied = words("not_answered")
    held = [w.replace("’", "'") for w in cue]
    verbs = verb_forms("cue_verbs")
    answering = words("answering")
    for i, word in enumerate(held):
        if verbs.get(word, word) in answering and any(w.replace("’", "'") in denied for w in before + held[:i]):
            return True
    return any(w in ("declined", "declines", "refused", "refuses", "declining", "refusing") for w in held)


def _topic(scene: Scene, made: Draft) -> bool:
    """Say whether an indirect content only names what was talked about."""
    first, cue = _cue_words(scene, made)
    if first < 0:
        return False
    verbs = verb_forms("cue_verbs")
    opening = [word.lower() for word in scene.paragraph.words[made.first : made.first + 2]]
    clause = any(word in grammar("that") for word in opening)
    return not clause and any(verbs.get(word, word) in words("topic_verbs") for word in cue)


def _furniture(scene: Scene, made: Draft) -> bool:
    """Say whether a content begins like a line of the site's own ("Follow us on …")."""
    opening = " ".join(scene.paragraph.words[made.first : made.first + 2]).lower()
    return any(f"{opening} ".startswith(f"{line} ") for line in entries("not_said"))


def _named_thing(scene: Scene, made: Draft) -> bool:
    """Say whether a doubtful content without a verb holds nothing in marks but a name ("wrote “Rain on Tin”")."""
    paragraph = scene.paragraph
    held = [word.lower() for word in paragraph.words[made.first : made.last]]
    if made.kind != "mixed" or made.confidence > DOUBTED or not grammar("auxiliary").isdisjoint(held) or "that" in held:
        return False
    quoted = [w for i, w in enumerate(paragraph.words) if made.first <= i < made.last and paragraph.inside[i] >= 0]
    long = [word for word in quoted if len(word) > 3 and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _is_subject(scene: Scene, made: Draft) -> bool:
    """Say whether a quotation is the subject of a verb behind it: his essay, “Tell your story,” is thoughtful."""
    held = scene.paragraph.words
    behind = made.last
    while behind < len(held) and not held[behind][0].isalnum():
        behind += 1
    return behind < len(held) and held[behind].lower() in grammar("being") | {"has", "had", "will", "was"}


def _scare(scene: Scene, made: Draft) -> bool:
    """Say whether nothing reports a content, and a word or two in it stand in marks for their own sake."""
    inside = scene.paragraph.inside
    held = scene.paragraph.words
    quoted = sum(inside[i] >= 0 and held[i][0].isalnum() for i in range(made.first, made.last))
    return made.cue is None and made.kind == "mixed" and quoted < _FEW


def _title(scene: Scene, made: Draft) -> bool:
    """Say whether a short quotation in capitals is the name of a work or a show."""
    paragraph = scene.paragraph
    if made.kind != "direct" or made.last - made.first > _MOST_WORDS:
        return False
    before = made.first - 1
    while before >= 0 and not paragraph.words[before][0].isalnum() and paragraph.words[before] not in ("'s", "’s"):
        before -= 1
    work = before >= 0 and paragraph.words[before].lower().replace("’", "'") in grammar("work")
    if work and (made.confidence < DOUBTED or _is_subject(scene, made)):
        return True
    held = [w for w in paragraph.words[made.first : made.last] if w[0].isalpha()]
    long = [w for w in held if len(w) > 3] or held
    capitals = sum(w[0].isupper() for w in long) * 5 >= len(long) * 4
    return work and len(held) > 1 and held[0][0].isupper() and capitals
