"""Quoted speech in Chinese and Japanese, where no spaces part the words and no capitals show a name.

The words before 说 or 「…」と述べた are the source; a name is given only where a title stands beside it: 发言人李明,
山本氏.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from store.model import ArticleSpeaker, Quote, Span
from store.speech.abroad.language import Language, language
from store.speech.abroad.reading import plain
from store.speech.marks import marked

_STOP = re.compile("[。！？!?；;]")
_CLAUSE = re.compile("[，、,]")
_LONGEST = 40  # letters of a source
_ALONE = 12  # letters of a quotation that no cue reports
_JA_TOPIC = re.compile("(?P<source>[^、。]{1,40}?)(?:は|が|も)(?=[、\\s]|[^、。]{0,14}[、]?$)")
_JA_ACCORDING = re.compile("(?P<source>[^、。]{1,40}?)(?:によると|によれば)、?$")
_JA_NAME = re.compile("(?P<name>[一-龥々]{2,5}|[ァ-ヶー]{2,}(?:[・＝][ァ-ヶー]+)*)(?P<title>%s)$")
_JA_NO_NAME = re.compile("[省庁府県市町村社党会局課部署団側者員国院]$|^(?:同|前|元|両|現)")


class _Heard(Struct, frozen=True, gc=False):
    """What stands beside a quotation: its cue and source, either of them perhaps missing."""

    cue: Span | None = None
    source: Span | None = None


def find(
    text: str, paragraphs: Sequence[Span], tongue: Language
) -> tuple[tuple[Quote, ...], tuple[ArticleSpeaker, ...]]:
    """Find the quoted speech of the paragraphs, and who is surely named for it."""
    quotes: list[Quote] = []
    mentions: dict[str, set[Span]] = {}
    speaker: str | None = None
    for start, end in paragraphs:
        for spans, heard in _said_in(text, start, end, tongue):
            speaker, sure, why = _who(text, heard, speaker, tongue)
            quotes.append(
                Quote(
                    kind="direct",
                    spans=tuple(spans),
                    cue=heard.cue,
                    source=heard.source,
                    speaker=speaker,
                    confidence=sure,
                    why=why,
                )
            )
            if speaker is not None:
                at = text.find(speaker, *heard.source) if heard.source is not None else -1
                mentions.setdefault(speaker, set()).update([(at, at + len(speaker))] if at >= 0 else [])
    count = Counter(quote.speaker for quote in quotes if quote.speaker)
    who = (ArticleSpeaker(name=n, kind="person", mentions=tuple(sorted(mentions[n]))) for n, _ in count.most_common())
    return tuple(quotes), tuple(who)


def _said_in(text: str, start: int, end: int, tongue: Language) -> list[tuple[list[Span], _Heard]]:
    """Find what is said in one paragraph: the parts of each quotation, and what stands beside it."""
    out: list[tuple[list[Span], _Heard]] = []
    floor, part = start, -1
    for mark in marked(plain(text, start, end, tongue), 0, end - start):
        begin, a, b, stop = (start + at for at in (mark.start, mark.inner_start, mark.inner_end, mark.end))
        if not text[a:b].strip():
            continue
        heard = _heard(text, floor, (begin, a, b, stop), end, tongue)
        goes_on = part >= 0 and _CLAUSE.fullmatch(text[part:begin].strip()) is not None
        part = -1
        if goes_on and (heard is None or heard.source is None):
            out[-1][0].append((a, b))
        elif heard is not None:
            out.append(([(a, b)], heard))
            if heard.cue is not None and heard.cue[0] >= stop:
                part = heard.cue[1]
        else:
            continue
        floor = max(stop, part)
    return out


def _who(text: str, heard: _Heard, last: str | None, tongue: Language) -> tuple[str | None, float, str]:
    source = text[slice(*heard.source)] if heard.source is not None else ""
    if source and not tongue.has("pronoun", source):
        name = _ja_name(source) if tongue.code == "ja" else _zh_name(source)
        if name is not None:
            return name, 0.7, "the name beside a title"
        return None, 0.6, "the words beside the cue are no sure name"
    if last is None:
        return None, 0.4, "nothing beside the quotation names its speaker"
    return last, 0.5 if heard.cue else 0.4, "goes on with the speaker before: the cue names nobody"


def _heard(text: str, floor: int, at: tuple[int, int, int, int], end: int, tongue: Language) -> _Heard | None:
    """Read what stands beside a quotation (its offsets: mark, words, their end, mark's end), None for no speech."""
    start, a, b, stop = at
    lead_start = max([floor, start - 80, *(m.end() for m in _STOP.finditer(text, max(floor, start - 80), start))])
    lead = text[lead_start:start]
    found = (_ja_heard if tongue.code == "ja" else _zh_heard)(text, lead_start, lead, stop, end, tongue)
    if found is not None:
        return found
    alone = not lead.strip() and b - a >= _ALONE and (text[b - 1] in "。！？!?" or stop >= end)
    colon = lead.endswith(("：", ":")) and b - a >= 4
    return _Heard() if alone or colon else None


def _zh_heard(text: str, lead_start: int, lead: str, stop: int, end: int, tongue: Language) -> _Heard | None:
    cues = _pattern(tongue.code, "cue")
    led = re.search(f"(?P<cue>{cues})(?:了|道|，|,|：|:|\\s)*$", lead)
    if led is not None:
        cue = (lead_start + led.start("cue"), lead_start + led.end("cue"))
        pieces = _CLAUSE.split(lead[: led.start("cue")])
        left = lead_start + led.start("cue") - len(pieces[-1])
        return _Heard(cue, _trimmed(text, left, cue[0], tongue))
    behind = re.compile(
        f"[，,]?\\s*(?P<source>[^，。；：“”「」\\s]{{0,{_LONGEST}}}?)(?P<cue>{cues})(?=[，。：；,:\\s]|$)"
    )
    after = behind.match(text, stop, min(end, stop + _LONGEST + 10))
    if after is not None and (text[stop - 2] in "，。！？,!?" or after.group().startswith(("，", ","))):
        return _Heard(after.span("cue"), _trimmed(text, *after.span("source"), tongue))
    return None


def _ja_heard(text: str, lead_start: int, lead: str, stop: int, end: int, tongue: Language) -> _Heard | None:
    behind = re.compile(f"(?:と|など|との|って)[^。「」]{{0,12}}?(?P<cue>{_pattern(tongue.code, 'cue')})")
    after = behind.match(text, stop, min(end, stop + 24))
    if after is None:
        return _ja_named_later(text, stop, end, tongue)
    according = _JA_ACCORDING.search(lead)
    topic = according or _JA_TOPIC.match(lead)
    source = None
    if topic is not None:
        source = _trimmed(text, lead_start + topic.start("source"), lead_start + topic.end("source"), tongue)
    return _Heard(after.span("cue"), source)


def _ja_named_later(text: str, stop: int, end: int, tongue: Language) -> _Heard | None:
    """Read the sentence behind a quotation that says who said so (佐藤さんはこう語った)."""
    source = "(?P<source>[^、。「」]{1,40}?)は"
    later = re.compile(f"。?{source}[^。「」]{{0,20}}?こう(?P<cue>{_pattern(tongue.code, 'cue')})")
    after = later.match(text, stop, min(end, stop + 80))
    return _Heard(after.span("cue"), _trimmed(text, *after.span("source"), tongue)) if after is not None else None


def _trimmed(text: str, start: int, end: int, tongue: Language) -> Span | None:
    """Leave days and adverbs out at both ends of a source; None where nothing is left, or too much."""
    words = _pattern(tongue.code, "day")
    piece = text[start:end]
    head = re.match(f"(?:{words}|\\s)*", piece)
    tail = re.search(f"(?:{words}|\\s)*$", piece)
    low = start + (head.end() if head else 0)
    high = start + (tail.start() if tail else len(piece))
    return (low, high) if low < high <= low + _LONGEST else None


def _zh_name(source: str) -> str | None:
    titles, surnames = _pattern("zh", "role"), _pattern("zh", "surname")
    found = re.search(f"(?:{titles})(?P<name>(?:{surnames})[一-龥]{{1,2}}|[一-龥]+(?:·[一-龥]+)+)$", source)
    return found["name"] if found is not None else None


def _ja_name(source: str) -> str | None:
    found = re.search(_JA_NAME.pattern % _pattern("ja", "role"), source.rpartition("の")[2])
    if found is None or _JA_NO_NAME.search(found["name"]):
        return None
    return found["name"]


@cache
def _pattern(code: str, kind: str) -> str:
    """Give the words of one kind as alternatives, the longest first; what matches nothing when there are none."""
    words = sorted(language(code).kinds.get(kind, ()), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, words)) or "(?!)"
