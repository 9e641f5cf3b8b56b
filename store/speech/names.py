"""Who the sources are: every attribution of an article gets one canonical speaker, or stays unnamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from store.model import ArticleSpeaker, Span, SpeakerKind
from store.speech.naming import lists
from store.speech.naming.bodies import bare
from store.speech.naming.carry import Carry
from store.speech.naming.cast import Cast
from store.speech.naming.scene import Found, Scene
from store.speech.naming.sources import Sources
from store.speech.records import Attribution, Named, Resolved

_REACH = 9  # words from the cue on in which "said in a statement" is looked for


class _Place(Struct, frozen=True, gc=False):
    """One attribution and the word at which it is resolved."""

    at: int
    number: int
    said: Attribution


def resolve(text: str, paragraphs: Sequence[Span], attributions: Sequence[Attribution]) -> Named:
    """Name the speaker of each attribution.

    `paragraphs` are ordered and apart, in code points of `text`. The result keeps the order of `attributions`. Nothing
    in the text makes this raise; time grows with the length of the text.
    """
    quoted = [span for said in attributions if said.kind == "direct" for span in said.spans]
    cast = Cast(text, paragraphs, quoted, [said.source for said in attributions if said.source is not None])
    scene = Scene(cast)
    if not cast.reading.words:
        return Named(tuple(Resolved(why="the text has no words") for _ in attributions), ())
    for said in attributions:
        for start, end in said.spans:
            first, last = cast.reading.at(start), cast.reading.at(end)
            scene.inner[first:last] = b"\1" * max(0, last - first)
    sources, carry = Sources(cast, scene), Carry(cast, scene)
    found: list[Found] = [Found(None, "unnamed", 0.0, "")] * len(attributions)
    told: dict[Span, Found] = {}
    for place in _order(cast, attributions):
        said = place.said
        scene.advance(place.at, sources.subject)
        if said.source is None:
            result = carry.resolve(said, place.at)
        elif said.source in told:
            result = told[said.source]
        else:
            first, last = cast.reading.at(said.source[0]), _after(cast, said.source[1])
            result = sources.quoted(last, said.cue) or sources.resolve(first, last)
            told[said.source] = result
            scene.skip(last)
        if result.key is not None:
            scene.spoke(result.key, place.at)
            near = said.cue or said.source
            if near is not None:
                first = cast.reading.at(near[0])
                scene.issued(result.key, first, first + _REACH)
            carry.remember(said, result)
        found[place.number] = result
    return _named(cast, scene, attributions, found)


def _after(cast: Cast, end: int) -> int:
    """Give the index after the last word that begins before `end`."""
    index = cast.reading.at(end)
    return index + 1 if index < len(cast.reading.starts) and cast.reading.starts[index] < end else index


def _order(cast: Cast, attributions: Sequence[Attribution]) -> list[_Place]:
    """Give the attributions in the order in which their sources stand in the text."""
    out = []
    for number, said in enumerate(attributions):
        where = said.source or (said.cue if said.cue is not None else None) or said.spans[0]
        out.append(_Place(min(cast.reading.at(where[0]), len(cast.reading.words) - 1), number, said))
    return sorted(out, key=lambda place: (place.at, place.said.source is None, place.number))


def _named(cast: Cast, scene: Scene, attributions: Sequence[Attribution], found: Sequence[Found]) -> Named:
    out, used = [], Counter[tuple[str, int]]()
    for said, result in zip(attributions, found, strict=True):
        key = result.key
        carrier = carrier_name(cast, said.carrier_span) if said.carrier_span else None
        if key is None or key[0] == "u":
            out.append(Resolved(None, "unnamed", result.why, result.confidence, carrier))
            continue
        used[key] += 1
        out.append(Resolved(scene.name(key), result.kind, result.why, max(0.0, min(1.0, result.confidence)), carrier))
    return Named(tuple(out), tuple(_speaker(cast, scene, key) for key, _ in used.most_common()))


def _speaker(cast: Cast, scene: Scene, key: tuple[str, int]) -> ArticleSpeaker:
    reading = cast.reading
    thing = scene.person(key) if key[0] == "p" else scene.body(key)
    kind: SpeakerKind = "person" if key[0] == "p" else "organisation"
    spans = sorted({(reading.starts[a], reading.ends[b - 1]) for a, b in thing.mentions})
    roles: list[str] = []
    if key[0] == "p":
        roles = [" ".join(reading.text[role.start : role.end].split()) for role in scene.person(key).roles]
    return ArticleSpeaker(name=thing.name, kind=kind, mentions=tuple(spans), roles=tuple(dict.fromkeys(roles)))


def carrier_name(cast: Cast, span: Span) -> str | None:
    """Give the outlet a carrier's words name: "Russia's Sputnik news agency" → "Sputnik"."""
    reading = cast.reading
    first, last = reading.at(span[0]), _after(cast, span[1])
    outlet, owns, _ = reading.text[span[0] : span[1]].replace("’s ", "'s ").partition("'s ")
    parted = owns or "/" in outlet or " and " in outlet  # "CNN’s Paula Reyes", "RFE/RL"
    known = lists.outlets()
    if lists.fold(outlet) in known or (parted and lists.fold(bare(outlet)) in known):
        return outlet
    runs = [run for index in range(first, last) if (run := cast.runs.get(index)) is not None and not run.possessive]
    for run in reversed(runs):
        body = cast.body_at(run.first)
        if body is not None:
            return body.name
    return reading.span(runs[-1].first, runs[-1].last) if runs else None
