"""Which quoted stretches of a paragraph are speech, and the cue and source of each."""

from __future__ import annotations

from msgspec import Struct

from store.model import Span
from store.speech.abroad.cues import Cue, Found, before, behind, breaks, cue_at, sentence_start
from store.speech.abroad.language import Language
from store.speech.abroad.names import runs
from store.speech.abroad.reading import Line, Stretch

_NEAR = 8  # words between a quotation and the cue of a subject that stands first
_LONG = 8  # words of a quotation that no cue reports
_LONG_UNKNOWN = 4  # where no cues of the language are known
_CLOSING = ".!?…。！？।؟"
_MARKS = '»”“"'
_DASHES = "—–-"


class Said(Struct, gc=False):
    """A quotation that is speech: its parts, its cue and source; `floating` where nothing beside it says who.

    `last` is the word after its source or itself; `colon` tells that only a colon leads it.
    """

    spans: list[Span]
    line: Line
    last: int
    found: Found | None = None
    floating: bool = False


def said_in(line: Line, tongue: Language) -> list[Said]:
    """Find what is said in one paragraph, in its order."""
    out: list[Said] = []
    stretches = line.stretches
    for k, stretch in enumerate(stretches):
        following = next((s.first for s in stretches[k + 1 :] if not s.little), len(line.words))
        made = _one(line, stretch, following, tongue)
        if made is None:
            continue
        if made.floating and out and _goes_on(line, out[-1], stretch):
            out[-1].spans += made.spans
            out[-1].last = made.last
            continue
        if made.floating and stretch.little:
            continue
        out.append(made)
    return out


def _goes_on(line: Line, earlier: Said, stretch: Stretch) -> bool:
    """Say whether a quotation is the next part of the one whose cue and source stand right before it."""
    if earlier.found is None and not earlier.floating:
        return False
    return stretch.first - earlier.last <= _NEAR and not any(
        line.ends_sentence(at) for at in range(earlier.last, stretch.first)
    )


def _one(line: Line, stretch: Stretch, following: int, tongue: Language) -> Said | None:
    """Read one quoted stretch: as speech with what stands beside it, or as none."""
    whole = [(stretch.inner_start, stretch.inner_end)]
    opens = _opens(line, stretch, tongue)
    colon = line.text[max(line.start, stretch.start - 3) : stretch.start].rstrip().endswith((":", "："))
    made = None if stretch.little else _incised(line, stretch, tongue)
    found = _after(line, stretch, following, tongue) if made is None and (opens or tongue.option("sov")) else None
    if found is None and made is None and (colon or not stretch.little):
        found = _leading(line, stretch, tongue, colon)
        if found is not None:
            return Said(whole, line, stretch.last, found)
        found = None if opens else _after(line, stretch, following, tongue)
    if found is not None:
        return Said(whole, line, max(found.cue.last, found.source[1] if found.source else 0, found.cue.stop + 1), found)
    if made is None and _stands_alone(line, stretch, tongue, opens, colon):
        stretch.little = stretch.little and not colon
        return Said(whole, line, stretch.last, floating=True)
    return made


def _stands_alone(line: Line, stretch: Stretch, tongue: Language, opens: bool, colon: bool) -> bool:
    """Say whether a quotation with no cue beside it is a sentence of its own."""
    if stretch.little and not colon:
        return opens and (stretch.end >= line.end or line.text[stretch.end] in _CLOSING)
    count = stretch.last - stretch.first
    whole = stretch.end >= line.end or line.text[stretch.end] in _CLOSING
    long = count >= (_LONG if tongue.phrases else _LONG_UNKNOWN) or line.text[stretch.inner_end - 1] in _CLOSING
    return (opens and (long or whole)) or (colon and count > 3)


def _opens(line: Line, stretch: Stretch, tongue: Language) -> bool:
    """Say whether a quotation begins its sentence, or stands between its subject and verb: Demir, “…” dedi."""
    led = line.text[line.start : stretch.start].rstrip(" \u00a0\u202f—–-")
    return not led.strip() or led.endswith((*_CLOSING, *_MARKS, ":", "：", *("," if tongue.option("sov") else "")))


def _after(line: Line, stretch: Stretch, following: int, tongue: Language) -> Found | None:
    """Read the cue that follows a quotation, right behind it or behind its subject."""
    at = stretch.last
    if at >= following or not _cue_may_follow(line, stretch, tongue):
        return None
    for j in range(at, min(following, at + _NEAR)):
        if j > at and (line.ends_sentence(j) or ";" in line.gap(j) or ":" in line.gap(j)):
            break
        cue = cue_at(line, j, tongue, following)
        if cue is None and j == at:
            cue = _unknown_verb(line, j, following, tongue, little=stretch.little)
        if stretch.little and tongue.option("sov") and (cue is None or j > at):
            return None
        if cue is None:
            continue
        if tongue.option("sov"):
            return _subject_first(line, stretch, cue, following, tongue)
        if j > at and not cue.phrase and (subject := before(line, cue, at, tongue)) is not None:
            return subject
        return behind(line, cue, following, tongue) if j <= at + 2 else None
    return None


def _unknown_verb(line: Line, at: int, following: int, tongue: Language, *, little: bool) -> Cue | None:
    """Take a small word behind a comma for a verb of speech where a name, an article or nothing follows it."""
    if "," not in line.gap(at) and "—" not in line.gap(at) and "–" not in line.gap(at):
        return None
    first = at
    at += tongue.has("self", line.low[at])
    if at >= following or not line.words[at].islower() or tongue.is_grammar(line.low[at]) or not tongue.phrases:
        return None
    after = at + 1
    after += after < following and tongue.has("self", line.low[after])
    if after >= following or breaks(line, after):
        bare = not little and tongue.option("bare") and (after >= len(line.words) or line.ends_sentence(after))
        return Cue(first, after, unknown=True) if bare else None
    low = line.low[after]
    led = tongue.has("pronoun", low) or (not little and (tongue.has("the", low) or tongue.has("role", low)))
    named = any(b - a > 1 or tongue.code != "de" for a, b in runs(line, after, min(following, after + 4), tongue)[:1])
    if led or (named and not little and line.words[after][0].isupper()):
        return Cue(first, after, unknown=True)
    return None


def _cue_may_follow(line: Line, stretch: Stretch, tongue: Language) -> bool:
    """Say whether the sentence goes on behind a quotation as it does before a cue."""
    gap = line.text[stretch.inner_end : line.starts[stretch.last]]
    if any(mark in gap for mark in ";:("):
        return False
    if any(mark in gap for mark in ",،，" + _DASHES):
        return True
    if "." in gap[1:] or line.words[stretch.last][0].isupper():
        return False
    return line.text[stretch.inner_end - 1] in _CLOSING or tongue.option("sov")


def _subject_first(line: Line, stretch: Stretch, cue: Cue, following: int, tongue: Language) -> Found | None:
    """Read the source where the verb ends the sentence: before cue or quotation, behind a participle."""
    if cue.phrase:
        return behind(line, cue, following, tongue)
    if cue.first > stretch.last and (found := before(line, cue, stretch.last, tongue)) is not None:
        return found
    first = sentence_start(line, stretch.first)
    led = before(line, Cue(stretch.first, stretch.first), first, tongue) if first < stretch.first else None
    return Found(cue, led.source, led.pronoun) if led is not None else Found(cue)


def _leading(line: Line, stretch: Stretch, tongue: Language, colon: bool) -> Found | None:
    """Read the cue before a quotation in its sentence."""
    first = sentence_start(line, stretch.first)
    at = stretch.first - 1
    while at >= first:
        cue = cue_at(line, at, tongue, stretch.first)
        if cue is not None and (cue.phrase or cue.last <= stretch.first):
            if cue.phrase:
                return behind(line, cue, stretch.first, tongue)
            subject = before(line, cue, first, tongue)
            if subject is not None and subject.source is not None:
                return subject
            found = behind(line, cue, stretch.first, tongue)
            return found if found.source is not None or subject is None else subject
        at -= 1
    if colon and 0 < stretch.first - first <= 10:
        return before(line, Cue(stretch.first, stretch.first), first, tongue)
    return None


def _incised(line: Line, stretch: Stretch, tongue: Language) -> Said | None:
    """Read a quotation with its cue inside the marks: « C'est faux, dit le maire. Rien … »; «…, — сказал он. — …»."""
    for at in range(stretch.first + 1, stretch.last):
        gap = line.gap(at)
        dashed = "—" in gap or "–" in gap or " - " in gap
        if not dashed and not ("," in gap and tongue.option("incise")):
            continue
        cue = cue_at(line, at, tongue, stretch.last)
        if cue is None or cue.phrase:
            continue
        found = behind(line, cue, stretch.last, tongue)
        last = max(cue.last, found.source[1] if found.source else 0, cue.stop + 1)
        while last < stretch.last and not breaks(line, last) and last < cue.last + 14:
            last += 1
        if last < stretch.last and not breaks(line, last):
            continue
        spans = [(stretch.inner_start, _kept_end(line, at))]
        if last < stretch.last:
            spans.append((line.starts[last], stretch.inner_end))
        return Said(spans, line, stretch.last, found)
    return None


def _kept_end(line: Line, at: int) -> int:
    end = line.ends[at - 1]
    while end < line.end and line.text[end] in "!?…":
        end += 1
    return end
