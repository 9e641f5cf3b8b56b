"""Verbs of speech that report none: the author speaks, nobody does, or a bare noun follows."""

from __future__ import annotations

from bisect import bisect_left

from store.speech.draft import Draft
from store.speech.linking import Scene
from store.speech.wordlists import grammar, noun_forms, plain_verbs, verb_forms, words

_REACH, _OPENING = 14, 7
_ASIDES = frozenset({",", ";", "that", "when", "where", "which", "while", "who", "whose"})


def is_idle(scene: Scene, made: Draft) -> bool:
    """Say whether an indirect content with a cue in its paragraph is nobody's report, though a verb looks like it."""
    paragraph = scene.paragraph
    if made.kind != "indirect" or made.cue is None or not paragraph.start <= made.cue[0] < paragraph.end:
        return False
    first, last = (bisect_left(paragraph.starts, offset) for offset in made.cue)
    cue = paragraph.low[first:last]
    if _kept_back(paragraph.low[made.first : made.last], cue):
        return True
    verb = next((word for word in reversed(cue) if word in verb_forms("cue_verbs")), "")
    holds = cue[-1] in grammar("holding") and "that" in paragraph.low[made.first - 1 : made.first + 1]
    if not holds and not _reports(cue, verb):
        return True
    clause = _clause(scene, made)
    if made.source is None:
        ahead = made.last <= first and not clause
        return _subjectless(paragraph.low[max(0, first - 3) : first], cue, verb, clause, ahead)
    low, high = (bisect_left(paragraph.starts, offset) for offset in made.source)
    source = paragraph.low[low:high]
    if len(source) == 1 and source[0] in grammar("first"):
        return not (clause and verb_forms("cue_verbs").get(verb) in plain_verbs() and not verb.endswith("ing"))
    # "That said, it is a good phone", "Despite confirming their status"
    nobody = (source == ["that"] and cue == ["said"]) or (len(source) == 1 and source[0] in grammar("joining"))
    return nobody or (not clause and _bare_noun(scene, made, verb))


def _kept_back(content: list[str], cue: list[str]) -> bool:
    """Say whether nothing said is told: "said it did not comment", "asked not to be named", "wrote it down"."""
    opening = content[:_OPENING]
    if len(content) <= 2 and content[0] in grammar("pointing"):
        return True  # "wrote it down"
    if content[0] == "nothing" and grammar("auxiliary").isdisjoint(content):
        return True
    asking = not grammar("keeping").isdisjoint(cue)
    if asking and not grammar("nameless").isdisjoint(opening) and ("anonymity" in opening or "not" in opening):
        return True
    denied = next((i for i, word in enumerate(opening) if i and word in grammar("negation")), -1)
    bare = denied > 0 and opening[denied - 1] in ("did", "does", "do", "would", "will", "could", "can")
    return bare and denied < _OPENING - 1 and " ".join(opening[denied + 1 : denied + 2]) in ("comment", "elaborate")


def _reports(cue: list[str], verb: str) -> bool:
    """Say whether a cue holds any word that reports speech; one without letters (a colon) does."""
    spelled = [word for word in cue if word[0].isalpha()]
    known = noun_forms("cue_nouns") | grammar("finding") | grammar("telling")
    return not spelled or bool(verb) or any(word in known for word in spelled)


def _clause(scene: Scene, made: Draft) -> bool:
    """Say whether a content looks like a sentence: it opens with "that" or a pronoun, or a small verb stands in it."""
    held = scene.paragraph.low[made.first : min(made.last, made.first + _REACH)]
    stop = next((i for i, word in enumerate(held) if i and word in _ASIDES), len(held))
    that = scene.paragraph.low[made.first - 1 : made.first] == ["that"]
    opens = held[0] in grammar("that") | grammar("subject") | {"if"}
    contracted = any(word in ("'s", "’s", "n't", "n’t") for word in held[:3])
    return that or opens or contracted or not grammar("auxiliary").isdisjoint(held[:stop])


def _subjectless(before: list[str], cue: list[str], verb: str, clause: bool, ahead: bool) -> bool:
    """Say whether a verb without a subject asks or plans ("Note that", "to call") or only looks like one of speech."""
    passive = not grammar("being").isdisjoint([*before, *cue])
    if passive and (ahead or ("it" in before and not grammar("modal").isdisjoint([*before, *cue]))):
        return True  # "two ferries were promised", "it may be recalled that"
    noun = len(cue) > 1 and not noun_forms("cue_nouns").isdisjoint(cue)  # "an answer about"
    if passive or noun or not verb or cue[0] in ("asked", "according", "per"):
        return False
    return verb_forms("cue_verbs").get(verb) == verb or not clause


def _bare_noun(scene: Scene, made: Draft, verb: str) -> bool:
    """Say whether a thing follows a verb that tells of things as well: "added a new drink", "posted a picture"."""
    opening = scene.paragraph.low[made.first]
    noun = opening in grammar("owner") | {"a", "an", "another"} or opening[0].isdigit()
    return noun and verb_forms("cue_verbs").get(verb) in words("thing_verbs")
