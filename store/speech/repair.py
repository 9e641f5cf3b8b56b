"""Puts right, by rules of grammar, what the tagger left open: "according to", participles without a subject."""

from __future__ import annotations

from bisect import bisect_left

from store.speech.bounds import CLAUSE, STOPS, adverbial, bound, sentence_bounds, trimmed
from store.speech.clauses import straighten
from store.speech.draft import Draft, span_of
from store.speech.linking import Piece, Scene
from store.speech.missed import supply
from store.speech.phrases import reread
from store.speech.subjects import first_name, is_subject, past
from store.speech.wordlists import grammar, plain_verbs, verb_forms

_ADVERBS = frozenset({"also", "however", "meanwhile", "too"})
_OPENS = frozenset({"after", "as", "before", "because", "that", "when", "while"})
_LONGEST = 25
_SUBJECT = 10


def complete(scene: Scene) -> None:
    """Put right the pieces of a paragraph before they are linked; changes the scene."""
    paragraph = scene.paragraph
    for i in [i for i, word in enumerate(paragraph.low[:-2]) if word == "according"]:
        if paragraph.low[i + 1] == "to" and paragraph.inside[i] < 0:
            _according(scene, i)
    _dateline(scene)
    straighten(scene)
    supply(scene)
    reread(scene)
    bound(scene)
    for content in scene.of("content"):
        _swallowed(scene, content)
        _led(scene, content)
    for cue in scene.of("cue"):
        if cue in scene.pieces and _is_plain(scene, cue):
            _subjectless(scene, cue)
            _orphan(scene, cue)
        elif cue in scene.pieces and cue.last - cue.first == 1:
            _bare(scene, cue)
    _trailing(scene)
    for cue in scene.of("cue"):
        _clause_before(scene, cue)
    scene.pieces.sort(key=lambda piece: piece.first)


def _dateline(scene: Scene) -> None:
    """Take away the source (and the colon as its cue) that is the place a report was sent from ("PARIS: …")."""
    held = scene.paragraph.words
    for piece in scene.of("source"):
        after = held[piece.last] if piece.last < len(held) else ""
        capitals = all(word.isupper() for word in held[piece.first : piece.last] if word[0].isalpha())
        if piece.first == 0 and capitals and after in (":", "—", "–", "-", "("):
            drop = {id(piece)} | {id(p) for p in scene.of("cue") if p.first == piece.last}
            scene.pieces = [p for p in scene.pieces if id(p) not in drop]


def _is_plain(scene: Scene, cue: Piece) -> bool:
    """Say whether a cue is one plain verb of speech, perhaps with a word before it."""
    last = scene.paragraph.words[cue.last - 1].lower()
    return cue.last - cue.first < 3 and verb_forms("cue_verbs").get(last) in plain_verbs()


def _swallowed(scene: Scene, content: Piece) -> None:
    """Part a content that ends in its own ", the minister said" before another source ("…, according to Reuters")."""
    held, verbs = scene.paragraph.words, verb_forms("cue_verbs")
    said = content.last - 1
    if verbs.get(held[said].lower()) not in plain_verbs() or scene.paragraph.inside[said] >= 0:
        return
    comma = next((i for i in range(said - 2, max(content.first + CLAUSE, said - 12), -1) if held[i] == ","), -1)
    if comma > 0 and is_subject(held[comma + 1 : said]):
        scene.pieces += [
            Piece("source", scene.number, comma + 1, said, 0.7),
            Piece("cue", scene.number, said, said + 1, 0.7),
        ]
        content.last = comma


def _led(scene: Scene, content: Piece) -> None:
    """Part a content that begins with its own "The minister said that".

    No other cue stands in its sentence, or only one that names who carried it ("…, according to Reuters").
    """
    held, verbs = scene.paragraph.words, verb_forms("cue_verbs")
    first, last = sentence_bounds(scene, content.first)
    low = scene.paragraph.low
    others = [cue for cue in scene.of("cue") if first <= cue.first < last]
    carried = low[content.last : content.last + 2] in ([",", "according"], ["according", "to"])
    reported = all(cue.first >= content.last and low[cue.last - 1] in ("reported", "reports") for cue in others)
    if not carried and not reported:
        return
    stop = min(content.last, content.first + _SUBJECT)
    said = next((i for i in range(content.first + 1, stop) if verbs.get(low[i]) in plain_verbs()), -1)
    if said < 0:
        said = next((i for i in range(content.first + 1, stop) if _opens_words(scene, i, bool(others))), -1)
    if (
        said < 0
        or not is_subject(held[content.first : said])
        or any(scene.paragraph.inside[k] >= 0 for k in range(content.first, said))
    ):
        return
    if content.last - said > CLAUSE:
        scene.pieces += [
            Piece("source", scene.number, content.first, said, 0.7),
            Piece("cue", scene.number, said, said + 1, 0.7),
        ]
        content.first = said + 1
        scene.pieces.sort(key=lambda piece: piece.first)
        adverbial(scene, content)


def _opens_words(scene: Scene, at: int, carried: bool) -> bool:
    """Say whether a verb at `at` has "that" or, where an outlet carries it, a quotation right behind it."""
    paragraph = scene.paragraph
    low = paragraph.low[at]
    if low in grammar("holding") or (low in verb_forms("cue_verbs") and past(low)):
        return paragraph.low[at + 1 : at + 2] == ["that"] or (
            carried and any(k >= 0 for k in paragraph.inside[at + 1 : at + 3])
        )
    return False


def _bare(scene: Scene, cue: Piece) -> None:
    """Look for the subject of a single verb that is no plain one, and for what it reports."""
    low = scene.paragraph.low[cue.first]
    if _is_verb(low) and past(low) and any(p.first == cue.last for p in scene.of("content")):
        _subjectless(scene, cue)
    if _closes(scene, cue.last):
        _orphan(scene, cue, only_before=True)


def _subjectless(scene: Scene, cue: Piece) -> None:
    """Give a plain verb of speech that no source stands beside the words before it, where they can be its subject."""
    paragraph = scene.paragraph
    first, _ = sentence_bounds(scene, cue.first)
    for piece in scene.pieces:
        if piece is not cue and first <= piece.first < cue.first + 4 and (piece.role == "source" or piece.last > first):
            if piece.first > cue.first and piece.role != "source":
                continue
            return
    held = paragraph.words
    start = max([first, *(i + 1 for i in range(first, cue.first) if held[i] in ":;—–")])
    stop = _before_aside(scene, start, cue.first)
    start = max([start, *(i + 1 for i in range(start, stop) if held[i] in _OPENS)])
    if paragraph.low[first].endswith(("ing", "ed")):  # "Opening the case at Tarn, Ada Quill said"
        start = max([start, *(i + 1 for i in range(start, stop) if held[i] == ",")])
    for i in range(stop - 1, max(start, stop - 4), -1):
        if held[i].lower() in ("on", "in", "at", "late", "early") and held[i + 1][0].isupper():
            stop = i
            break
    subject = held[start:stop]
    named = any(word[0].isupper() for word in subject[1:]) or len(subject) == 1
    if (
        0 < len(subject) <= _SUBJECT
        and named
        and is_subject(subject)
        and all(paragraph.inside[i] < 0 for i in range(start, stop))
    ):
        scene.pieces.append(Piece("source", scene.number, start, stop, 0.5))


def _before_aside(scene: Scene, first: int, at: int) -> int:
    """Give where the subject ends before a verb at `at`: "Ada Quill, in an interview with the Herald, said"."""
    held = scene.paragraph.words
    if at - first < CLAUSE or held[at - 1] != ",":
        return at
    commas = [i for i in range(max(first, at - _LONGEST), at - 1) if held[i] == ","]
    aside = scene.paragraph.low[commas[-1] + 1] if commas else ""
    return commas[-1] if aside in grammar("preposition") | _ADVERBS or aside.endswith("ing") else at


def _closes(scene: Scene, at: int) -> bool:
    """Say whether nothing but a day or a place follows at token `at`: no object of the verb before it."""
    held = scene.paragraph.words
    word = held[at].lower() if at < len(held) else "."
    return word in (".", "in", "on", "at", "during") or word.endswith("day")


def _orphan(scene: Scene, cue: Piece, only_before: bool = False) -> None:
    """Give a verb of speech that has no content in its sentence what stands before it, or, if it is plain, after it."""
    paragraph = scene.paragraph
    first, last = sentence_bounds(scene, cue.first)
    if any(paragraph.inside[i] >= 0 for i in range(max(0, first - 1), min(last + 1, len(paragraph.words)))):
        return
    here = [p for p in scene.pieces if first <= p.first < last]
    sources = [p for p in here if p.role == "source" and p.first - cue.last < 2 and cue.first - p.last < 3]
    if len(sources) != 1 or any(p.role == "content" for p in here):
        return
    (source,) = sources
    start = min(source.first, cue.first)
    if start - first > CLAUSE and paragraph.words[start - 1] == "," and paragraph.low[first] not in grammar("asking"):
        made = trimmed(scene, Piece("content", scene.number, first, start, 0.5))
    elif source.first < cue.first and not only_before:
        stop = min((p.first for p in here if p.role == "cue" and p.first > cue.last), default=last)
        made = trimmed(scene, Piece("content", scene.number, cue.last, stop, 0.5))
    else:
        return
    if made.last - made.first >= CLAUSE:
        scene.pieces = [p for p in scene.pieces if p.last <= made.first or p.first >= made.last]
        scene.pieces.append(made)


def _trailing(scene: Scene) -> None:
    """Find sentences that end in ", it said in a statement" whose content the tagger took for something else.

    Where it saw content but nobody who says it, any verb of speech will do; in court, "a jury heard" as well.
    """
    paragraph = scene.paragraph
    held = paragraph.words
    at = 0
    while at < len(held):
        first, last = sentence_bounds(scene, at)
        at = last
        comma = last - 3
        while comma >= first + CLAUSE and held[comma] != ",":
            comma -= 1
        if comma < first + CLAUSE or max(paragraph.inside[first:last]) >= 0:
            continue
        here = [p for p in scene.pieces if first <= p.first < last]
        lone = any(p.role == "content" for p in here)
        if lone and any(p.role in ("cue", "source") for p in here):
            continue
        said = next((i for i in range(comma + 2, min(comma + 12, last)) if _ends_report(held, comma, i, lone)), -1)
        who = held[comma + 1 : said - 1 if said > 0 and held[said - 1] in ("has", "have", "had") else said]
        if said < 0 or held[said].lower().endswith("ing") or not is_subject(who):
            continue
        scene.pieces = [p for p in scene.pieces if p.last <= first or p.first >= last]
        scene.pieces += [
            trimmed(scene, Piece("content", scene.number, _begin(scene, first, comma), comma, 0.6)),
            Piece("source", scene.number, comma + 1, comma + 1 + len(who), 0.6),
            Piece("cue", scene.number, said, said + 1, 0.6),
        ]


def _clause_before(scene: Scene, cue: Piece) -> None:
    """Take the clause before ", said Ada Quill, adding that" or ", the port said, while others" for what is said."""
    paragraph = scene.paragraph
    held = paragraph.words
    beside = [p for p in scene.of("source") if p.first == cue.last or p.last == cue.first]
    source = next(iter(sorted(beside, key=lambda p: p.last - p.first)), None)
    if source is None or not _is_plain(scene, cue) or cue.last - cue.first > 1:
        return
    first, last = sentence_bounds(scene, cue.first)
    start, stop = min(source.first, cue.first), max(source.last, cue.last)
    before = [p for p in scene.pieces if first <= p.first < start]
    clause = start - first > CLAUSE and "," in held[start - 1 : start]
    free = not any(p.role == "content" or (p.role == "source" and p.last - p.first <= _SUBJECT) for p in before)
    if (
        not (clause and free)
        or stop >= last - 1
        or held[stop] != ","
        or any(paragraph.inside[i] >= 0 for i in range(first, stop))
    ):
        return
    behind = paragraph.low[stop + 1]
    if behind.endswith("ing") or behind in ("while", "as", "after", "but", "and"):
        if not behind.endswith("ing"):
            scene.pieces = [
                p for p in scene.pieces if not (p.role == "content" and p.first in (stop, stop + 1, stop + 2))
            ]
        scene.pieces = [p for p in scene.pieces if p not in before]
        scene.pieces.append(trimmed(scene, Piece("content", scene.number, first, start, 0.6)))


def _begin(scene: Scene, first: int, last: int) -> int:
    """Give where a sentence begins behind the place its report was sent from ("PARIS (Reuters) — …")."""
    held = scene.paragraph.words
    dash = next((i for i in range(first, min(first + 8, last)) if held[i] in ("—", "–", "-", "--", ":")), -1)
    return dash + 1 if first == 0 and dash > 0 and held[0].isupper() and len(held[0]) > 2 else first


def _ends_report(held: list[str], comma: int, at: int, lone: bool) -> bool:
    """Say whether the word `at` is the verb that reports what stands before the comma."""
    low = held[at].lower()
    if low == "heard":
        return any(word.lower() in grammar("hearing") for word in held[comma + 1 : at])
    verb = verb_forms("cue_verbs").get(low)
    return verb in plain_verbs() or (lone and verb is not None and verb != low)


def _according(scene: Scene, at: int) -> None:
    """See to it that "according to" is a cue, what follows it the source, and the rest of its sentence the content."""
    paragraph = scene.paragraph
    first, last = sentence_bounds(scene, at)
    stop = at + 2
    while stop < last and paragraph.words[stop] not in STOPS and stop - at < _LONGEST:
        stop += 1
    if stop == at + 2 or any(paragraph.inside[i] >= 0 for i in range(first, last)):
        return
    over = [p for p in scene.pieces if p.first < at + 2 and p.last > at]
    for piece in over:
        if piece.role == "cue" and piece.first == at:
            piece.last = min(piece.last, at + 2)
    known = [p for p in scene.of("source") if p.first < stop and p.last > at + 2]
    if not any(p.role == "cue" for p in over):
        if any(p.role == "content" and p.first < at and p.last > at + 3 for p in over):
            return
        scene.pieces = [p for p in scene.pieces if p.last <= at or p.first >= stop]
        scene.pieces.append(Piece("cue", scene.number, at, at + 2, 0.6))
        known = []
    if not known:
        scene.pieces = [p for p in scene.pieces if p.last <= at + 2 or p.first >= stop]
        scene.pieces.append(Piece("source", scene.number, at + 2, stop, 0.6))
    if at == first:
        _rest_is_content(scene, at, stop, last)


def _rest_is_content(scene: Scene, at: int, stop: int, last: int) -> None:
    """After "According to X," the whole rest of the sentence is what X says."""
    known = [p for p in scene.of("source") if p.first < stop and p.last > at + 2]
    contents = [p for p in scene.of("content") if at < p.first < last]
    if known and contents and contents[0].first <= known[0].last + 2:
        return
    if known and known[0].last > stop and (contents or known[0].last + 3 > last):
        # the source took in the subject of what is said
        known[0].last = stop
    low = known[0].last if known else stop
    made = trimmed(scene, Piece("content", scene.number, low, last, 0.6))
    if made.last - made.first > 3:
        scene.pieces = [p for p in scene.pieces if p.last <= low or p.first >= last]
        scene.pieces.append(made)


def told_and_carried(scene: Scene, content: Piece, cue: Piece | None) -> Piece | None:
    """Give the cue to use: "X said …, according to Y" is said by X and carried by Y, and so is "… , Y reported"."""
    if cue is None or cue.first < content.first:
        return cue
    held = scene.paragraph.words
    if held[cue.first].lower() != "according" and held[cue.last - 1].lower() not in ("reported", "reports"):
        return cue
    first, last = sentence_bounds(scene, content.first)
    said = [p for p in scene.of("cue") if first <= p.first < last and p is not cue and _is_plain(scene, p)]
    for other in reversed(said):
        if any(-1 <= other.first - p.last <= 2 for p in scene.of("source")):
            return other
    return cue


def apart(scene: Scene, content: Piece, cue: Piece) -> bool:
    """Say whether "according to" stands in another sentence than a content, which it then says nothing of."""
    if scene.paragraph.low[cue.first] != "according":
        return False
    sentence = scene.paragraph.sentence
    return not sentence[content.first] <= sentence[cue.first] <= sentence[content.last - 1]


def subject(scene: Scene, made: Draft, earlier: list[Draft]) -> None:
    """Give a cue without a source ("…, saying that …") the subject of its clause; changes the draft."""
    paragraph = scene.paragraph
    if made.cue is None or made.source is not None:
        return
    at = bisect_left(paragraph.starts, made.cue[0])
    word = paragraph.low[at] if 0 < at < len(paragraph.low) else ""
    if not word.endswith("ing") or not _is_verb(word):
        return
    first, _ = sentence_bounds(scene, at)
    for before in reversed(earlier):
        if before.source and before.cue and paragraph.starts[first] <= before.cue[0] < made.cue[0]:
            made.source, made.why = before.source, "same subject as the verb before"
            return
    sources = [p for p in scene.of("source") if first <= p.first < at]
    if sources:
        made.source = span_of(paragraph, sources[-1])
    else:
        found = first_name(scene, first, at)
        if found is not None:
            made.source, made.why = span_of(paragraph, found), "subject of the sentence"
            made.confidence = min(made.confidence, 0.6)


def _is_verb(word: str) -> bool:
    return word.lower() in verb_forms("cue_verbs")
