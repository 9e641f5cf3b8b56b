"""Who said what in languages other than English: by quotation marks and the words beside them.

Used only for texts that are not English by their own words. No model is behind it: a quotation is speech where a cue
stands right beside it, and its speaker is the name right beside the cue. Speech without marks is not looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from store.model import ArticleSpeaker, Block, Quote, Span
from store.speech.abroad import unspaced
from store.speech.abroad.language import Language, foreign, language
from store.speech.abroad.names import Name, Names
from store.speech.abroad.quoting import Said, said_in
from store.speech.abroad.reading import read
from store.speech.tokens import paragraph_spans

__all__ = ["find", "foreign"]

UNSPACED = ("zh", "ja")
_FAR = 3  # paragraphs over which a speaker is carried
_MANY = 4  # speakers that are remembered


class Spoke(Struct, frozen=True, gc=False):
    """Who spoke in which paragraph, with the gender that was told; `end` is the offset behind quotation and source."""

    name: Name
    paragraph: int
    gender: str
    end: int


def find(text: str, blocks: Sequence[Block], code: str) -> tuple[tuple[Quote, ...], tuple[ArticleSpeaker, ...]]:
    """Find the quoted speech of a text in the language `code`, and who speaks in it, most quoted first.

    Any text and any code are taken; a language without words here is read by its marks alone.
    """
    tongue = language(code[:2].lower())
    paragraphs = [(start, end) for start, end, _ in paragraph_spans(text, blocks)]
    if tongue.code in UNSPACED:
        return unspaced.find(text, paragraphs, tongue)
    lines = [read(text, start, end, tongue) for start, end in paragraphs]
    names = Names(tongue)
    names.gather(lines)
    quotes: list[Quote] = []
    speakers: Counter[str] = Counter()
    kinds: dict[str, Name] = {}
    mentions: dict[str, list[Span]] = {}
    last: list[Spoke] = []
    for number, line in enumerate(lines):
        for said in said_in(line, tongue):
            name, sure, why = _who(said, names, last, number)
            if name is not None:
                last = [Spoke(name, number, _gender(said, tongue), _end(said)), *last[:_MANY]]
                speakers[name.name] += 1
                kinds.setdefault(name.name, name)
            elif said.found is not None and said.found.source is not None and not said.found.pronoun:
                last = []
            if name is not None and said.found is not None and said.found.source is not None and not said.found.pronoun:
                a, b = name.words
                mentions.setdefault(name.name, []).append((line.starts[a], line.ends[b - 1]))
            quotes.append(_quote(said, name, sure, why, tongue))
    who = tuple(
        ArticleSpeaker(name=name, kind=kinds[name].kind, mentions=tuple(sorted(set(mentions.get(name, ())))))
        for name, _ in speakers.most_common()
    )
    return tuple(quotes), who


def _who(said: Said, names: Names, last: list[Spoke], number: int) -> tuple[Name | None, float, str]:
    """Say whose a quotation is, how sure that is, and why."""
    found = said.found
    if found is not None and found.source is not None and not found.pronoun:
        name = names.of(said.line, *found.source, bent=found.cue.phrase)
        if name is not None:
            sure = min(name.sure, 0.6) if found.cue.unknown or found.cue.first == found.cue.last else name.sure
            return name, sure, name.why
        return None, 0.6, "the words beside the cue name nobody"
    near = [spoke for spoke in last if number - spoke.paragraph <= _FAR]
    if not near:
        return None, 0.4, "nothing beside the quotation names its speaker"
    since = near[0].end if near[0].paragraph == number else said.line.start
    if (other := names.right_before(said.line, since, said.spans[0][0])) is not None:
        return other, other.sure, other.why
    return _carried(said, near, names.tongue)


def _carried(said: Said, near: list[Spoke], tongue: Language) -> tuple[Name | None, float, str]:
    """Carry over one of those who spoke before, the latest first."""
    found = said.found
    if found is None:
        return near[0].name, 0.4, "goes on with the speaker before: no cue stands beside it"
    if tongue.option("cases") and said.line.low[found.cue.last - 1].endswith(("ли", "li", "ły")):
        return None, 0.4, "the cue tells of several and names nobody"
    gender = _gender(said, tongue)
    chosen = near[0]
    if gender and chosen.gender != gender:
        chosen = next((spoke for spoke in near if spoke.gender == gender), chosen)
        if chosen.gender and chosen.gender != gender:
            return None, 0.4, "the cue names nobody, and the speaker before does not fit"
    sure = 0.45 if found.doubt or found.cue.unknown else 0.55
    return chosen.name, sure, "goes on with the speaker before: the cue names nobody"


def _end(said: Said) -> int:
    line, source = said.line, said.found.source if said.found is not None else None
    return max(said.spans[-1][1], line.ends[source[1] - 1] if source is not None else 0, line.ends[said.last - 1])


def _gender(said: Said, tongue: Language) -> str:
    """Give the gender that cue and source tell, "f" or "m" ("заявила", "она", "la ministra"), or nothing."""
    found = said.found
    if found is None:
        return ""
    low = said.line.low
    beside = list(range(found.cue.first, found.cue.last))
    if found.source is not None:
        beside += range(found.source[0], min(found.source[0] + 1, found.source[1]))
    for at in beside:
        if tongue.has("she", low[at]) or (tongue.option("cases") and low[at].endswith(("ла", "ла́", "ła", "лася"))):
            return "f"
        if tongue.has("he", low[at]) or (tongue.option("cases") and low[at].endswith(("л", "ł", "в"))):
            return "m"
    return ""


def _quote(said: Said, name: Name | None, sure: float, why: str, tongue: Language) -> Quote:
    line, found = said.line, said.found
    cue = source = None
    if found is not None and found.cue.first < found.cue.last:
        cue = (line.starts[found.cue.first], line.ends[found.cue.last - 1])
    if found is not None and found.source is not None:
        source = (line.starts[found.source[0]], line.ends[found.source[1] - 1])
    return Quote(
        kind="direct",
        spans=tuple(said.spans),
        cue=cue,
        source=source,
        speaker=name.name if name is not None else None,
        confidence=sure,
        why=why,
    )
