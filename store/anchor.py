"""Where in which text: making anchors, and finding their words again when the text has changed.

Similarity alone never decides: "2066" for "2026" and an added "not" leave two texts nearly alike and turn the claim
round. Such a place is *altered*, and the person is asked.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from store.model import Anchor, AnchorState
from store.wording import says_the_same

CONTEXT = 32
CLEAR = 10.0  # by how much the best of several places must lead in context, in points of 100
SAME = 88.0  # from this likeness on an edit is small
LIKE = 70.0  # below this the words are gone
NEAR = 50.0  # the least likeness of what stands around an edited place
STANDS = frozenset(("exact", "moved", "edited"))  # the states in which the words stand in the text


def anchor_of(article_id: str, version_sha: str, text: str, start: int, end: int) -> Anchor:
    """Make the anchor of `text[start:end]`. ValueError when that is empty or outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no text from {start} to {end}: the text has {len(text)} characters")
    return Anchor(
        article=article_id,
        version=version_sha,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def reanchor(anchor: Anchor, new_version_sha: str, new_text: str) -> Anchor:
    """Find an anchor's words in another version of the text.

    `exact`: the same words at the same place. `moved`: the same words elsewhere. `edited`: a small change of spelling;
    numbers, negations, names and all other words of weight are the same. Those three stand in the new version, `exact`
    being the words there. In the others (`altered`, `ambiguous`, `orphan`) the anchor keeps its version and its words:
    a person has to look, unless the text becomes again what it was.
    """
    if anchor.version == new_version_sha and new_text[anchor.start : anchor.end] == anchor.exact:
        return anchor if anchor.state in STANDS else replace(anchor, state="exact")
    place = _find(anchor, new_text)
    if place.state in STANDS:
        found = anchor_of(anchor.article, new_version_sha, new_text, place.start, place.end)
        return replace(found, state=place.state)
    return replace(anchor, state=place.state)


class Place(Struct, frozen=True):
    """Where an anchor's words are in a text, and how surely; -1 when nowhere."""

    state: AnchorState
    start: int = -1
    end: int = -1


def locate(anchor: Anchor, text: str) -> Place:
    """Find where an anchor would stand in a text, also when a person has to decide (`altered`, `ambiguous`)."""
    return _find(anchor, text)


def carried(text: str, new_text: str, offset: int) -> int:
    """Find the place of `text` at `offset` in another text of the article: where reading goes on."""
    for size in (60, 24, 12):
        end = min(len(text), offset + size)
        if offset < end and text[offset:end] in new_text:
            return locate(anchor_of("", "", text, offset, end), new_text).start
    start, end = max(0, offset - 20), min(len(text), offset + 60)
    place = locate(anchor_of("", "", text, start, end), new_text) if start < end else Place("orphan")
    return min(offset, len(new_text)) if place.start < 0 else place.start


def _find(anchor: Anchor, text: str) -> Place:
    starts = _occurrences(anchor.exact, text)
    if starts:
        return _choose(anchor, text, starts)
    return _alike(anchor, text)


def _occurrences(words: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 1000:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _choose(anchor: Anchor, text: str, starts: list[int]) -> Place:
    length = len(anchor.exact)
    scored = sorted(((_context(anchor, text, start, start + length), start) for start in starts), reverse=True)
    best, start = scored[0]
    if anchor.start in starts and text[: anchor.start].endswith(anchor.prefix):
        return Place("exact", anchor.start, anchor.end)
    if len(scored) > 1 and best - scored[1][0] <= CLEAR:
        return Place("ambiguous", start, start + length)
    return Place("exact" if start == anchor.start else "moved", start, start + length)


def _context(anchor: Anchor, text: str, start: int, end: int) -> float:
    """Compare what stands around a place with what stood around the anchor: 0 to 100."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only texts that changed need it

    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    size = len(anchor.prefix) + len(anchor.suffix)
    if not size:
        return 100.0
    likeness = ratio(anchor.prefix, before) * len(anchor.prefix) + ratio(anchor.suffix, after) * len(anchor.suffix)
    return likeness / size


def _alike(anchor: Anchor, text: str) -> Place:
    from rapidfuzz.fuzz import partial_ratio_alignment, ratio  # noqa: PLC0415

    if not text:
        return Place("orphan")
    if len(anchor.exact) > len(text):
        start, end = 0, len(text)
    else:
        found = partial_ratio_alignment(anchor.exact, text, score_cutoff=LIKE)
        if found is None:
            return Place("orphan")
        start, end = _whole_words(text, *_stretch(anchor, text, found.dest_start, found.dest_end))
    likeness = ratio(anchor.exact, text[start:end])
    if likeness < LIKE or _context(anchor, text, start, end) < NEAR:
        return Place("orphan")
    same = likeness >= SAME and says_the_same(anchor.exact, text[start:end])
    return Place("edited" if same else "altered", start, end)


def _stretch(anchor: Anchor, text: str, start: int, end: int) -> tuple[int, int]:
    """Let the context decide where a changed place begins and ends: words may have come in or gone out."""
    room = max(40, len(anchor.exact) // 3)
    before, after = anchor.prefix[-12:], anchor.suffix[:12]
    if before and (at := text.rfind(before, max(0, start - room - len(before)), start + room)) >= 0:
        start = at + len(before)
    if after and (at := text.find(after, max(start + 1, end - room), end + room + len(after))) >= 0:
        end = at
    return start, max(end, start + 1)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
