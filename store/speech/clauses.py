"""Puts right, by the build of the clause, what the tagger read wrongly: who is subject, object or agent of a cue."""

from __future__ import annotations

from store.speech.bounds import CLAUSE, STOPS, sentence_bounds, trimmed
from store.speech.linking import Piece, Scene
from store.speech.wordlists import grammar, plain_verbs, verb_forms, words

_LONGEST = 12
_OPENING = 8
_FRONT = 5


def straighten(scene: Scene) -> None:
    """Put right the pieces of a paragraph whose order or voice misled the tagger; changes the scene."""
    for cue in scene.of("cue"):
        _inverted(scene, cue)
        _passive(scene, cue)
        _participle(scene, cue)
    for source in scene.of("source"):
        _cut_short(scene, source)
    for content in scene.of("content"):
        _untold(scene, content)
    _adding(scene)
    _opinion(scene)
    _afterwards(scene)
    _parenthesis(scene)
    _finding(scene)
    _blunt(scene)
    scene.pieces.sort(key=lambda piece: piece.first)


def _inverted(scene: Scene, cue: Piece) -> None:
    """Read "the bridge is safe, said Ada Quill, the mayor" rightly where the name was taken for what she said."""
    paragraph = scene.paragraph
    held = paragraph.words
    first, last = sentence_bounds(scene, cue.first)
    if cue.last - cue.first > 1 or verb_forms("cue_verbs").get(held[cue.first].lower()) not in plain_verbs():
        return
    here = [p for p in scene.pieces if first <= p.first < last and p is not cue]
    if len(here) != 1 or here[0].role != "content" or here[0].first != cue.last or cue.first - first <= CLAUSE:
        return
    name = held[cue.last : next((i for i in range(cue.last, last) if held[i] in STOPS), last)]
    named = name and name[0][0].isupper() and not any(word.lower() in grammar("auxiliary") for word in name)
    quoted = any(paragraph.inside[i] >= 0 for i in range(first, last))
    if named and held[cue.first - 1] == "," and not quoted:
        here[0].role = "source"
        scene.pieces.append(trimmed(scene, Piece("content", scene.number, first, cue.first, 0.6)))


def _passive(scene: Scene, cue: Piece) -> None:
    """In "she has been called a fraud by her critics" the critics speak, and she does not."""
    paragraph = scene.paragraph
    held = [word.lower() for word in paragraph.words[cue.first : cue.last]]
    verb = verb_forms("cue_verbs").get(held[-1])
    before = paragraph.words[cue.last - 2].lower() if cue.last > 1 else ""
    if verb in (None, "quote", "cite") or not _past(held[-1]) or before not in grammar("being"):
        return
    subjects = [p for p in scene.of("source") if p.last <= cue.first and cue.first - p.last < 3]
    content = next((p for p in scene.of("content") if cue.last <= p.first <= cue.last + 1), None)
    if not subjects or content is None or paragraph.inside[cue.first] >= 0:
        return
    by = next((i for i in range(cue.last, content.last) if _opens_agent(scene, i)), -1)
    scene.pieces.remove(subjects[-1])
    if by < 0:
        return
    stop = by + 1
    small = grammar("preposition") | grammar("conjunction") | grammar("relative")
    while stop < content.last and paragraph.words[stop] not in STOPS and paragraph.words[stop].lower() not in small:
        stop += 1
    scene.pieces.append(Piece("source", scene.number, by + 1, stop, 0.5))
    if by - content.first > 0:
        content.last = by
    else:
        content.first = stop


def _past(word: str) -> bool:
    return not word.endswith("ing") and verb_forms("cue_verbs").get(word) != word


def _opens_agent(scene: Scene, at: int) -> bool:
    return scene.paragraph.words[at].lower() == "by" and scene.paragraph.inside[at] < 0


def _cut_short(scene: Scene, source: Piece) -> None:
    """Let a source begin with its sentence where it was cut at a preposition: "Soldiers in" + "neighbouring Kembe"."""
    held = scene.paragraph.words
    first, _ = sentence_bounds(scene, source.first)
    front = held[first : source.first]
    told = any(cue.first == source.last for cue in scene.of("cue"))
    if not told or not 2 <= len(front) <= _FRONT or front[-1] not in ("of", "in", "from", "at", "with", "for"):
        return
    low = [word.lower() for word in front]
    verbal = grammar("auxiliary") | grammar("conjunction") | grammar("relative")
    whole = all(word[0].isalnum() for word in front) and low[0] not in grammar("preposition") | verbal
    if (
        whole
        and verbal.isdisjoint(low)
        and all(piece.last <= first or piece.first >= source.first for piece in scene.pieces)
    ):
        source.first = first


def _participle(scene: Scene, cue: Piece) -> None:
    """In "the union blamed the minister, calling it a theft" the union calls, not the minister."""
    paragraph = scene.paragraph
    held = paragraph.words
    if not held[cue.first].lower().endswith("ing") or cue.first == 0 or held[cue.first - 1] != ",":
        return
    first, _ = sentence_bounds(scene, cue.first)
    beside = next((p for p in scene.of("source") if 0 <= cue.first - p.last <= 1), None)
    if beside is None:
        found = first_name(scene, first, cue.first)
        if found is not None and all(p.last <= first or p.first >= cue.first for p in scene.pieces):
            scene.pieces.append(found)  # "Brown agreed, saying"
        return
    before = [p for p in scene.pieces if first <= p.first < beside.first and p.role in ("source", "cue")]
    if [p.role for p in before[-2:]] == ["source", "cue"] and before[-1].last < beside.first:
        scene.pieces.remove(beside)


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
    if first == at or any(first <= p.first < last and p.role in ("source", "cue") for p in scene.pieces):
        return
    stop = next((i for i in range(at, min(at + _LONGEST, last)) if held[i] in STOPS), min(at + _LONGEST, last))
    said = next((i for i in range(at, stop) if held[i].lower() in verbs and _past(held[i].lower())), -1)
    if said < 0:
        return
    low, high = (at, said) if said > at else (said + 1, stop)
    if is_subject(held[low:high]):
        scene.pieces += [
            Piece("source", scene.number, low, high, 0.6),
            Piece("cue", scene.number, said, said + 1, 0.6),
        ]


def is_subject(held: list[str]) -> bool:
    """Say whether words can be the whole subject of a verb of speech: a pronoun, or a short run with a name."""
    if not held or held[0].lower() in grammar("conjunction") | grammar("relative") | grammar("preposition"):
        return False
    if len(held) == 1:
        return held[0].lower() in ("he", "she", "it", "they") or held[0][0].isupper()
    opens = held[0][0].isupper() or held[0].lower() in grammar("determiner") or held[-1][0].isupper()
    whole = all(word[0].isalnum() or word in ("'s", "’s") for word in held)
    return opens and whole and held[-1][0].isalnum() and held[-1].lower() not in grammar("auxiliary")


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
    if i == start or i >= at or not held[i][0].islower() or i - start > 10:
        return None
    return Piece("source", scene.number, start, i, 0.5)


def _adding(scene: Scene) -> None:
    """Read ", adding the town had asked for it twice" as speech where the tagger saw none."""
    held, verbs = scene.paragraph.words, verb_forms("cue_verbs")
    for i in range(2, len(held) - CLAUSE):
        low = held[i].lower()
        if not low.endswith("ing") or held[i - 1] != "," or verbs.get(low) not in plain_verbs():
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
    while at < len(held):
        first, last = sentence_bounds(scene, at)
        at = last
        comma = next((i for i in range(first + 2, min(first + _LONGEST, last)) if held[i] == ","), -1)
        if held[first].lower() != "for" or comma < 0 or any(first <= p.first < last for p in scene.pieces):
            continue
        named = any(word[0].isupper() for word in held[first + 1 : comma])
        quoted = [i for i in range(comma, last) if paragraph.inside[i] >= 0 and held[i][0].isalnum()]
        if named and len(quoted) >= CLAUSE and held[quoted[0]][0].islower():
            scene.pieces += [
                Piece("cue", scene.number, first, first + 1, 0.6),
                Piece("source", scene.number, first + 1, comma, 0.6),
                trimmed(scene, Piece("content", scene.number, comma, quoted[-1] + 1, 0.6)),
            ]


def _afterwards(scene: Scene) -> None:
    """End what is said before ", days after somebody else said something"."""
    held, verbs = scene.paragraph.words, verb_forms("cue_verbs")
    for content in scene.of("content"):
        commas = [i for i in range(content.first + CLAUSE, content.last - CLAUSE) if held[i] == ","]
        for comma in commas:
            after = next((i for i in range(comma + 2, comma + 5) if held[i].lower() in ("after", "before")), -1)
            timed = any(word.lower() in grammar("spell") for word in held[comma + 1 : after]) if after > 0 else False
            if not timed or scene.paragraph.inside[comma] >= 0 or scene.paragraph.inside[after] >= 0:
                continue
            said = next(
                (i for i in range(after + 2, min(after + _LONGEST, content.last)) if held[i].lower() in verbs), -1
            )
            if said < 0:
                continue
            rest, certain = content.last, content.certain
            content.last = comma
            if _past(held[said].lower()) and held[said - 1][0].isupper() and rest - said > CLAUSE:
                start = said + 1 + _hearer(held, said + 1)
                scene.pieces += [
                    Piece("source", scene.number, after + 1, said, 0.6),
                    Piece("cue", scene.number, said, said + 1, 0.6),
                    trimmed(scene, Piece("content", scene.number, start, rest, min(0.6, certain))),
                ]
            break


def _hearer(held: list[str], at: int) -> int:
    """Give how many words name whom something was told: "told employees their jobs were safe"."""
    if held[at - 1].lower() not in ("told", "tells", "informed", "assured", "warned"):
        return 0
    return int(held[at].islower() and held[at].endswith("s") and held[at] not in words("source_pronouns"))


def _parenthesis(scene: Scene) -> None:
    """In "The buoy, according to the coast guard, carries a camera" all but the parenthesis is what the guard says."""
    paragraph = scene.paragraph
    held = paragraph.words
    for cue in scene.of("cue"):
        low = [word.lower() for word in held[cue.first : cue.last]]
        source = next((p for p in scene.of("source") if p.first == cue.last), None)
        if low[:2] != ["according", "to"] or source is None or source.last + CLAUSE > len(held):
            continue
        first, last = sentence_bounds(scene, cue.first)
        if held[cue.first - 1 : cue.first] != [","] or held[source.last] != "," or cue.first - first > _OPENING:
            continue
        follows = held[source.last + 1].lower()
        verbal = follows in grammar("auxiliary") or follows.endswith(("ed", "s"))
        free = not any(source.last <= p.first < last for p in scene.pieces)
        if verbal and free and not any(paragraph.inside[i] >= 0 for i in range(first, last)):
            known = [p for p in scene.of("content") if first <= p.first < cue.first]
            if not known:
                scene.pieces.append(trimmed(scene, Piece("content", scene.number, first, cue.first, 0.6)))
            scene.pieces.append(trimmed(scene, Piece("content", scene.number, source.last, last, 0.6)))


def _finding(scene: Scene) -> None:
    """Take what a poll or a report "found" or "showed" for its statement."""
    held = scene.paragraph.words
    for piece in scene.of("other"):
        if held[piece.first].lower() != "that":
            continue
        cue = next((p for p in scene.of("cue") if p.last == piece.first), None)
        source = next((p for p in scene.of("source") if cue is not None and p.last == cue.first), None)
        if cue is None or source is None or held[cue.last - 1].lower() not in grammar("finding"):
            continue
        if any(word.lower() in words("names/documents") for word in held[source.first : source.last]):
            piece.role = "content"


def _blunt(scene: Scene) -> None:
    """Read "The minister was blunt: the tunnel will cost more" as a statement of the minister."""
    paragraph = scene.paragraph
    held = paragraph.words
    for i in range(2, min(len(held) - CLAUSE, 3 * _LONGEST)):
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
