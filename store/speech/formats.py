"""Speech that the layout gives to its speaker: transcripts ("NAME: …") and the name after a quotation ("…" — Name)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from store.model import Span
from store.speech.draft import Draft, draft
from store.speech.linking import Scene
from store.speech.tokens import Paragraph
from store.speech.wordlists import grammar

_TURN = re.compile(
    r"[\"“”'‘«„]?\s*(?P<name>(?:[^\W\d_][\w.’'-]*\.?\s+){0,5}[^\W\d_][\w.’'-]*\.?)"
    r"(?P<note>\s*\([^()\n]{1,60}\))?\s*(?P<colon>[:：])\s*"
)
_NAME_AFTER = re.compile(
    r"\s*[.,]?\s*(?P<dash>[-–—―~]{1,3})\s*(?P<name>(?:[^\W\d_][\w.’'-]*[ ]){0,5}[^\W\d_][\w.’'-]*)"
    r"(?P<rest>(?:,|\s\(|\son\s)[^\n]{0,120})?\s*[.]?\s*$"
)
_SIGNED = re.compile(  # "— Ada Quill (@adaquill) May 4, 2025"
    r"\s*[-–—]{1,2}\s*(?P<name>[^()\n]{1,60}?)\s*\(@\w{1,30}\)(?:\s[^\n]{0,40})?$"
)
_FEW = 2


class _Turn(Struct, frozen=True, gc=False):
    """A paragraph that begins with a speaker's name and a colon; `label` is the last word of the name."""

    name: Span
    colon: Span
    shouted: bool
    label: str


def formatted(text: str, scenes: Sequence[Scene]) -> dict[int, list[Draft]]:
    """Find the paragraphs whose layout names the speaker: paragraph number → its attributions."""
    out: dict[int, list[Draft]] = {}
    turns = _turns(text, scenes)
    for number, turn in turns.items():
        made = _turn_draft(scenes[number], turn)
        if made is not None:
            out[number] = [made]
    for scene in scenes:
        made = None if scene.number in out else _name_after(text, scene, scenes) or _posted(text, scene, scenes)
        if made is not None:
            out[scene.number] = [made]
    return out


def _posted(text: str, scene: Scene, scenes: Sequence[Scene]) -> Draft | None:
    """Find a post that stands whole in the text, with its account on the next line or at its end."""
    paragraph, below = scene.paragraph, scene
    at = text.find("(@", paragraph.start, paragraph.end)
    if at < 0 and scene.number + 1 < len(scenes):
        below = scenes[scene.number + 1]
        at = text.find("(@", below.paragraph.start, below.paragraph.end)
    if at < 0 or paragraph.marks or "\n\n" in text[paragraph.end : below.paragraph.start]:
        return None
    dash = below.paragraph.start if below is not scene else max(text.rfind(sign, paragraph.start, at) for sign in "–—")
    match = _SIGNED.match(text, dash, below.paragraph.end) if dash >= 0 else None
    if match is None or dash == paragraph.start:
        return None
    words = [i for i, at in enumerate(paragraph.starts) if at < match.start() and paragraph.words[i][0].isalnum()]
    if not words:
        return None
    made = draft(scene, words[0], words[-1] + 1)
    made.kind, made.source, made.cue = "direct", match.span("name"), (dash, dash + 1)
    made.confidence, made.why = 0.9, "a post with its account"
    return made


def _turns(text: str, scenes: Sequence[Scene]) -> dict[int, _Turn]:
    """Find the turns of a transcript: names in capitals, or names that come again and again."""
    found: dict[int, _Turn] = {}
    for scene in scenes:
        paragraph = scene.paragraph
        end = min(paragraph.end, paragraph.start + 160)
        colon = text.find(":", paragraph.start, end) >= 0 or text.find("：", paragraph.start, end) >= 0
        match = _TURN.match(text, paragraph.start, end) if colon else None
        if match is None or match.end() >= paragraph.end or paragraph.goes_on:
            continue
        name = match["name"]
        words = name.split()
        role = name.lower().rstrip(".") in grammar("turn")
        shouted = name.isupper() and (len(name) > 2 or role)
        if shouted or role or all(w[0].isupper() or w in grammar("name-inside") for w in words):
            found[scene.number] = _Turn(match.span("name"), match.span("colon"), shouted or role, words[-1].casefold())
    counts = Counter(turn.label for turn in found.values())
    shouting = sum(turn.shouted for turn in found.values())
    again = sum(n for label, n in counts.items() if n >= _FEW)
    return {
        number: turn
        for number, turn in found.items()
        if (turn.shouted and shouting >= _FEW) or (again >= 2 * _FEW and counts[turn.label] >= _FEW)
    }


def _turn_draft(scene: Scene, turn: _Turn) -> Draft | None:
    paragraph = scene.paragraph
    words = [i for i, at in enumerate(paragraph.starts) if at >= turn.colon[1] and paragraph.words[i][0].isalnum()]
    if not words:
        return None
    made = draft(scene, words[0], words[-1] + 1)
    end = paragraph.end
    while end > made.span[1] and _ends_in_mark(paragraph, end):
        end -= 1
    made.span = (made.span[0], max(made.span[1], end))
    made.kind, made.source, made.cue = "direct", turn.name, turn.colon
    made.confidence, made.why = 0.9, "transcript: the name before the colon"
    return made


def _ends_in_mark(paragraph: Paragraph, end: int) -> bool:
    """Say whether the character before `end` is a closing quotation mark of the paragraph."""
    last = paragraph.marks[-1] if paragraph.marks else None
    return last is not None and last.closed and last.inner_end < end <= last.end


def _name_after(text: str, scene: Scene, scenes: Sequence[Scene]) -> Draft | None:
    """Find a paragraph that is one quotation with its speaker's name behind it, or on the next line."""
    paragraph = scene.paragraph
    if not paragraph.marks or paragraph.marks[0].start > paragraph.start:
        return None
    last = paragraph.marks[-1]
    spoken = bisect_left(paragraph.starts, last.start)
    outside = (i for i in range(spoken) if paragraph.inside[i] < 0)
    if not last.closed or any(paragraph.words[i][0].isalnum() for i in outside):
        return None
    match = _NAME_AFTER.match(text, last.end, paragraph.end)
    if match is None and paragraph.end - last.end <= 1 and scene.number + 1 < len(scenes):
        below = scenes[scene.number + 1].paragraph
        match = _NAME_AFTER.match(text, below.start, below.end) if below.end - below.start < 160 else None
    if match is None or not _is_name(match["name"]):
        return None
    inside = [i for i, k in enumerate(paragraph.inside) if k >= 0 and paragraph.words[i][0].isalnum()]
    if not inside:
        return None
    made = draft(scene, inside[0], inside[-1] + 1)
    made.source, made.cue = match.span("name"), match.span("dash")
    made.confidence, made.why = 0.9, "the name after the quotation"
    return made


def _is_name(words: str) -> bool:
    held = words.split()
    return held[0][0].isupper() and 2 * sum(word[0].isupper() for word in held) >= len(held)
