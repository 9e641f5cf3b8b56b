"""Puts right, by the build of the clause, what the tagger read wrongly: who is subject, object or agent of a cue."""

from __future__ import annotations

from store.speech.bounds import CLAUSE, STOPS, sentence_bounds, trimmed
from store.speech.linking import Piece, Scene
from store.speech.subjects import first_name, is_subject, past
from store.speech.wordlists import grammar, plain_verbs, verb_forms, words

_LONGEST = 12
_OPENING = 8
_FRONT = 5


def straighten(scene: Scene) -> None:
    """Put right the pieces of a paragraph whose order or voice misled the tagger; changes the scene."""
    _asked(scene)
    off = [p for p in scene.of("cue") if scene.paragraph.low[p.last - 1] == "off"]
    scene.pieces = [p for p in scene.pieces if p not in off]  # "called off a visit"
    for cue in scene.of("cue"):
        _inverted(scene, cue)
        _passive(scene, cue)
        _participle(scene, cue)
    for source in scene.of("source"):
        _cut_short(scene, source)
    _afterwards(scene)
    _answered(scene)
    _parenthesis(scene)
    scene.pieces.sort(key=lambda piece: piece.first)


def _asked(scene: Scene) -> None:
    """Take what opens "Asked whether she would resign, she said" for a question that nobody named puts."""
    paragraph, at = scene.paragraph, 0
    if grammar("asking").isdisjoint(paragraph.low):
        return
    while at < len(paragraph.words):
        first, last = sentence_bounds(scene, at)
        at = last
        opens = first if paragraph.words[first][0].isalnum() else first + 1
        if opens >= last or paragraph.low[opens] not in grammar("asking") or paragraph.inside[opens] >= 0:
            continue
        stop = next((i for i in range(opens + 1, last) if _goes_on(scene, i, last)), -1)
        for piece in scene.of("source"):
            if opens <= piece.first < stop < piece.last - 1:  # "Pressed by an analyst on it, van der Plas said"
                piece.first = stop + 1
        inner = [p for p in scene.pieces if opens <= p.first < stop]
        for piece in inner if stop > 0 else ():
            if piece.role == "content" and piece.last > stop and paragraph.inside[piece.last - 1] < 0:
                if piece.last - stop > _OPENING:  # "Asked about it, she said …" read as one content
                    scene.pieces.append(trimmed(scene, Piece("content", scene.number, stop, piece.last, 0.6)))
                piece.last = stop
        if stop > 0 and not any(p.role == "source" for p in inner):
            scene.pieces = [p for p in scene.pieces if p not in inner]
            scene.pieces += [
                trimmed(scene, Piece("content", scene.number, stop, p.last, p.certain))
                for p in inner
                if p.role == "content" and p.last > stop + 1 and paragraph.inside[p.last - 1] >= 0
            ]


def _goes_on(scene: Scene, at: int, last: int) -> bool:
    """Say whether a question ends at the comma or colon `at`: a subject with its verb, or the answer, follows."""
    paragraph = scene.paragraph
    held = paragraph.words
    if held[at] not in (",", ":") or paragraph.inside[at] >= 0 or at + 1 >= last:
        return False
    if held[at] == ":" or paragraph.inside[at + 1] >= 0:
        return paragraph.inside[at + 1] >= 0
    verb = next((i for i in range(at + 2, min(at + _OPENING, last)) if _is_past(paragraph.low[i])), -1)
    return verb > 0 and is_subject(held[at + 1 : verb])


def _is_past(low: str) -> bool:
    return low.endswith("ed") or (low in verb_forms("cue_verbs") and past(low)) or low in words("names/past_verbs")


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
    if verb in (None, "quote", "cite") or not past(held[-1]) or before not in grammar("being"):
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
    before = [p for p in scene.of("source") if first <= p.first < beside.first]
    if before and beside.first - before[-1].last > 1 and "and" not in held[before[-1].last : beside.first]:
        scene.pieces.remove(beside)


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
            if past(held[said].lower()) and held[said - 1][0].isupper() and rest - said > CLAUSE:
                start = said + 1 + _hearer(held, said + 1)
                scene.pieces += [
                    Piece("source", scene.number, after + 1, said, 0.6),
                    Piece("cue", scene.number, said, said + 1, 0.6),
                    trimmed(scene, Piece("content", scene.number, start, rest, min(0.6, certain))),
                ]
            break


def _answered(scene: Scene) -> None:
    """End what is said before ", a claim the ministry dismissed as “a smoke screen”", which the ministry says."""
    paragraph = scene.paragraph
    for content in scene.of("content") if not grammar("claiming").isdisjoint(paragraph.low) else ():
        for i in range(content.first + CLAUSE, content.last - CLAUSE):
            opens = paragraph.words[i] == "," and paragraph.inside[i] < 0 and paragraph.low[i + 1] in ("a", "an")
            if not opens or paragraph.low[i + 2] not in grammar("claiming"):
                continue
            said = next((k for k in range(i + 3, content.last) if _is_past(paragraph.low[k])), -1)
            rest, content.last = content.last, i
            if said > i + 3 and said + 1 < rest:
                scene.pieces += [
                    Piece("source", scene.number, i + 3, said, 0.6),
                    Piece("cue", scene.number, said, said + 1, 0.6),
                    trimmed(
                        scene, Piece("content", scene.number, said + 1 + (paragraph.low[said + 1] == "as"), rest, 0.6)
                    ),
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
