"""Read a folder of annotated news (brat standoff: Source, Cue, Content) and turn it into labelled tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from store.speech.tokens import Paragraph, paragraph_spans, read_paragraph
from store.speech.wordlists import noun_forms, verb_forms

LABELS = ("O", "B-speech", "I-speech", "B-other", "I-other", "B-source", "I-source", "B-cue", "I-cue")
_SPAN = re.compile(r"^(T\d+)\t\S+ ([\d ;]+)\t?")
_AMERICAN = re.compile(r"([,.])([”\"])")
_EVENT = re.compile(r"^E\d+\t(.+)$")


@dataclass
class Gold:
    """One attribution as annotated: lists of spans; `speech` tells it from belief, wish and support."""

    content: list[tuple[int, int]] = field(default_factory=list)
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    speech: bool = False


@dataclass
class Annotated:
    """An article with its attributions."""

    name: str
    text: str
    gold: list[Gold]
    paragraphs: list[Paragraph]


def load(folder: Path, without: tuple[str, ...] = ()) -> Iterator[Annotated]:
    """Read `text/*.txt` and `attributions/*.ann` of a folder, in order; the first annotator of each text counts.

    Articles whose file name begins with one of `without` are left out.
    """
    for path in sorted((folder / "text").glob("*.txt")):
        if path.name.startswith(without) if without else False:
            continue
        notes = sorted((folder / "attributions").glob(path.stem.replace("[", "[[]") + "_????.ann"))
        if notes:
            text = path.read_bytes().decode("utf-8")
            paragraphs = [read_paragraph(text, *span) for span in paragraph_spans(text)]
            yield Annotated(path.name, text, _events(notes[0], text, paragraphs), paragraphs)


def _events(path: Path, text: str, paragraphs: list[Paragraph]) -> list[Gold]:
    spans: dict[str, list[tuple[int, int]]] = {}
    out = []
    lines = path.read_bytes().decode("utf-8").split("\n")
    for line in lines:
        if match := _SPAN.match(line):
            pairs = (pair.split() for pair in match[2].split(";"))
            spans[match[1]] = [(int(a), min(len(text), int(b))) for a, b in pairs]
    quoted = bytearray(len(text))
    for mark in (m for p in paragraphs for m in p.marks):
        quoted[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    for line in lines:
        if match := _EVENT.match(line.rstrip()):
            gold = Gold()
            for role, _, name in (part.partition(":") for part in match[1].split()):
                target = {"Content": gold.content, "Source": gold.source, "Cue": gold.cue}.get(
                    role.rstrip("0123456789")
                )
                if target is not None:
                    target.extend(spans.get(name, []))
            for part in (gold.content, gold.source, gold.cue):
                part.sort()
            if gold.content:
                _set_right(text, gold)
                gold.speech = _is_speech(text, gold, quoted)
                out.append(gold)
    return out


def _set_right(text: str, gold: Gold) -> None:
    """Put right what annotators mixed up: a source that reads "said" beside a cue that is no verb."""
    verbs = verb_forms("cue_verbs")
    words = [" ".join(text[a:b] for a, b in spans).lower() for spans in (gold.source, gold.cue)]
    if words[0] in verbs and words[1] not in verbs and words[1]:
        gold.source, gold.cue = gold.cue, gold.source


def _is_speech(text: str, gold: Gold, quoted: bytearray) -> bool:
    letters = [i for a, b in gold.content for i in range(a, b) if text[i].isalnum()]
    if letters and sum(quoted[i] for i in letters) >= 0.9 * len(letters):
        return True
    cue = " ".join(text[a:b] for a, b in gold.cue).lower().replace("’", "'")
    if re.fullmatch(r"\W*", cue) or re.search(
        r"according to|put it|in (his|her|their|its) words|made (it )?clear|went on", cue
    ):
        return bool(cue)
    verbs, nouns = verb_forms("cue_verbs"), noun_forms("cue_nouns")
    return any(word in verbs or word in nouns for word in re.findall(r"[\w'-]+", cue))


def restyled(article: Annotated) -> Annotated:
    """Put commas and full stops behind closing marks, as is usual outside America; no offset changes."""
    text = _AMERICAN.sub(r"\2\1", article.text)
    paragraphs = [read_paragraph(text, paragraph.start, paragraph.end) for paragraph in article.paragraphs]
    return Annotated(article.name, text, article.gold, paragraphs)


def labels(article: Annotated) -> list[list[int]]:
    """Give every token of every paragraph its label's number."""
    rows = []
    spans = []
    for gold in article.gold:
        kind = 1 if gold.speech else 3
        spans += [(a, b, kind) for a, b in gold.content]
        spans += [(a, b, 5) for a, b in gold.source] + [(a, b, 7) for a, b in gold.cue]
    spans.sort(key=lambda s: (s[2] > 4, s[0]))
    for paragraph in article.paragraphs:
        row = [0] * len(paragraph.words)
        for a, b, kind in spans:
            if a < paragraph.end and b > paragraph.start:
                _paint(paragraph, row, a, b, kind)
        rows.append(row)
    return rows


def _paint(paragraph: Paragraph, row: list[int], a: int, b: int, kind: int) -> None:
    inside = [i for i, (s, e) in enumerate(zip(paragraph.starts, paragraph.ends, strict=True)) if s < b and e > a]
    if kind < 5:  # contents begin and end with a word: whether marks belong to them is not for labels to say
        while inside and not paragraph.words[inside[0]][0].isalnum():
            inside.pop(0)
        while inside and not paragraph.words[inside[-1]][-1].isalnum():
            inside.pop()
    for n, i in enumerate(inside):
        row[i] = kind if n == 0 else kind + 1
