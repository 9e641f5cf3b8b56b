"""Finds what is said, by which words it is reported, and which words say who: no names yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import chain

from store.model import Block
from store.speech.carriers import carried
from store.speech.draft import Draft, draft, span_of
from store.speech.floating import carry
from store.speech.formats import formatted
from store.speech.linking import Piece, Scene, choose, cue_candidates, source_candidates, weights
from store.speech.network import tagger
from store.speech.records import Attribution
from store.speech.repair import apart, complete, subject, told_and_carried
from store.speech.sieve import is_speech
from store.speech.tokens import Paragraph, paragraph_spans, read_paragraph
from store.speech.wordlists import noun_forms, verb_forms

BARE = 0.9  # speech without marks is right this much more seldom than the network believes
_FEW = 12  # tokens
_SIGNS_A_WORD = 10
ROLES = ("", "content", "other", "source", "cue")


def read(text: str, blocks: Sequence[Block] = ()) -> list[Paragraph]:
    """Cut a text into the paragraphs in which speech is looked for."""
    return [read_paragraph(text, *span) for span in paragraph_spans(text, blocks)]


def find(text: str, paragraphs: Sequence[Paragraph]) -> list[Attribution]:
    """Find everything in the paragraphs that is reported as said, in the text's order."""
    scenes = tagged(paragraphs)
    drafts = formatted(text, scenes)
    for scene in scenes:
        if scene.number not in drafts:
            complete(scene)
            found = [made for made in linked(scene) if is_speech(scene, made)]
            if found:
                drafts[scene.number] = found
    carry(scenes, drafts)
    for scene in scenes:
        carried(text, scene, drafts.get(scene.number, ()))
    return joined(chain.from_iterable(drafts[number] for number in sorted(drafts)))


def tagged(paragraphs: Sequence[Paragraph]) -> list[Scene]:
    """Tag the paragraphs: each with its contents, cues and sources."""
    network = tagger()
    hopeful = [may_hold_speech(paragraph) for paragraph in paragraphs]
    labelled = iter(network.tag(network.encoder.encode(paragraphs, hopeful)))
    return [
        Scene(number, paragraph, pieces_of(number, paragraph.sentence, *next(labelled)) if may else [])
        for number, (paragraph, may) in enumerate(zip(paragraphs, hopeful, strict=True))
    ]


def may_hold_speech(paragraph: Paragraph) -> bool:
    """Say whether a paragraph holds a quotation mark, a colon or any word that reports speech, among other words.

    In a long row of signs, or of letters apart, nothing is said; to tag it would cost five times what a text costs.
    """
    reports = bool(paragraph.marks) or not _reporting().isdisjoint(paragraph.low)
    return reports and _is_worded(paragraph.words)


def _is_worded(held: Sequence[str]) -> bool:
    if len(held) <= _FEW:
        return any(word[0].isalnum() for word in held)
    return sum(len(word) > 1 and word[0].isalnum() for word in held) * _SIGNS_A_WORD >= len(held)


@cache
def _reporting() -> frozenset[str]:
    return frozenset(verb_forms("cue_verbs")) | noun_forms("cue_nouns") | {":", "according", "per"}


def pieces_of(number: int, sentence: Sequence[int], labels: Sequence[int], certain: Sequence[float]) -> list[Piece]:
    """Join the labels of one paragraph to pieces; a source or a cue ends with its sentence."""
    out = []
    last = 0
    for first in [i for i, label in enumerate(labels) if label]:
        if first < last:
            continue
        role = (labels[first] + 1) // 2
        stop = len(labels)
        if ROLES[role] in ("source", "cue"):
            stop = bisect_right(sentence, sentence[first], first)
        last = first + 1
        while last < stop and labels[last] == role * 2:
            last += 1
        out.append(Piece(ROLES[role], number, first, last, sum(certain[first:last]) / (last - first)))
    return out


def linked(scene: Scene) -> list[Draft]:
    """Give every content of a paragraph its cue and its source."""
    table = weights()
    out: list[Draft] = []
    for content in scene.of("content"):
        cue, sure = choose(cue_candidates(scene, content), table)
        cue = told_and_carried(scene, content, cue)
        source, surer = choose(source_candidates(scene, content, cue), table)
        if cue is not None and apart(scene, content, cue):
            cue = source = None
        made = draft(scene, content.first, content.last)
        made.cue = span_of(scene.paragraph, cue) if cue else None
        made.source = span_of(scene.paragraph, source) if source else None
        made.floating = cue is None and source is None
        made.confidence = round(content.certain * min(sure, surer) * (BARE if made.kind == "indirect" else 1), 2)
        subject(scene, made, out)
        out.append(made)
    return out


def joined(drafts: Sequence[Draft] | chain[Draft]) -> list[Attribution]:
    """Make the attributions: neighbours in one paragraph with one cue and one source are parts of one."""
    groups: list[list[Draft]] = []
    for made in drafts:
        last = groups[-1][-1] if groups else None
        same = last is not None and last.paragraph == made.paragraph and made.cue is not None
        if same and last is not None and (last.cue, last.source, last.kind) == (made.cue, made.source, made.kind):
            groups[-1].append(made)
        else:
            groups.append([made])
    return [
        Attribution(
            kind=group[0].kind,
            spans=tuple(made.span for made in group),
            cue=group[0].cue,
            source=group[0].source,
            carrier_span=next((made.carrier for made in group if made.carrier), None),
            confidence=min(made.confidence for made in group),
            why=group[0].why,
        )
        for group in groups
    ]
