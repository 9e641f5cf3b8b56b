"""Which chunks of a page are the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from store.ingest import boxes, chain
from store.ingest.headline import label
from store.ingest.look import Seen
from store.ingest.signals import Page, names

KEEP = 0.2
"""A chunk is kept from this probability on: a line of the article lost is worse than a line of the page kept."""

SURE = 0.5
"""From this probability on a chunk is surely the article's; doubtful ones count only near such a one."""

_NEAR = 4
_STRAY, _ABOVE = 3, 8
_CLEAN = 0.9
_OPENING_WORDS = 12
_HEADER_WORDS = 14
_TURNS = 2
_LABELS = frozenset(("CR", "EN", "FU", "PR"))
_STUB_WORDS = 8
_CUT_SHORT = ("...", "…")
_CERTAIN = 0.7


def choose(page: Page, elsewhere: Collection[int] = frozenset()) -> list[bool]:
    """Say for each chunk of `page` whether it is kept as the article's.

    `elsewhere` are the indices of chunks that other pages of its site hold; they go. A page that is nearly all
    article is a text without a page round it, and stays whole; of one in which no article is found all stays that is
    no known label.
    """
    found = _chances(page)
    known = [at in elsewhere for at in range(len(page.seen))]
    kept = [keep and not seen for keep, seen in zip(attached(found), known, strict=True)]
    words = sum(seen.words for seen in page.seen)
    share = sum(seen.words for seen, keep in zip(page.seen, kept, strict=True) if keep) / max(1, words)
    if 0 < share < _CLEAN:
        kept = _without_doubtful(page, found, kept)
    else:
        furniture = [bool(seen.known.keys() & {"FU", "EN", "PR"}) for seen in page.seen]
        kept = [keep or not (known[at] or furniture[at]) for at, keep in enumerate(kept)]
        kept = _without_edges(page, kept)
    return _with_every_turn(page, kept) if any(kept) else [True] * len(kept)


def _chances(page: Page) -> list[float]:
    """Give how likely each chunk is the article's; what stands round a box in its middle is read as if it were none.

    Where the chain found a teaser and passed by the page's longest text, that text is read anew, by itself.
    """
    boxed = set(boxes.offers(page.seen))
    rest = [at for at in range(len(page.seen)) if at not in boxed]
    chances = _read(page, rest)
    if _is_astray(page, chances):
        first, end = page.core
        return _read(page, [at for at in rest if first - _ABOVE <= at < end])
    return chances


def _read(page: Page, chosen: Sequence[int]) -> list[float]:
    """Give what the chain makes of the `chosen` chunks as if they were the page; the others are none of the article."""
    read = page if len(chosen) == len(page.seen) else Page([page.chunks[at] for at in chosen])
    chances = [0.0] * len(page.seen)
    for at, chance in zip(chosen, chain.load("body", names).chances(read.facts()), strict=True):
        chances[at] = chance
    return chances


def _is_astray(page: Page, chances: Sequence[float]) -> bool:
    """Say whether hardly anything is likely of the longest text of a page, and little, but something, elsewhere.

    Headlines that are cut short ("…") make no text.
    """
    first, end = page.core
    inside, likely, told = 0, 0, 0
    for at, seen in enumerate(page.seen):
        if seen.prose:
            within = first <= at < end
            told += seen.words * (within and not seen.text.endswith(_CUT_SHORT))
            if chances[at] >= KEEP:
                likely, inside = likely + seen.words, inside + seen.words * within
    return 0 < _STRAY * likely < told and inside <= told // 10


def _without_doubtful(page: Page, chances: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """Take out what the lists know and the chain is not sure of, and the short lines that close nothing at the end."""
    found = [
        keep and (chance >= SURE or seen.prose or _is_told(seen) or not (seen.known and seen.known.keys() & _LABELS))
        for keep, chance, seen in zip(kept, chances, page.seen, strict=True)
    ]
    for at in range(len(found) - 1, -1, -1):
        if found[at] and not (chances[at] < _CERTAIN and _is_stub(page, at)):
            break
        found[at] = False
    return found


def _is_told(seen: Seen) -> bool:
    """Say whether a line is a sentence that says who said something: no label or notice does."""
    return "SAYS" in seen.marks and seen.words >= _OPENING_WORDS and seen.last in '.?!"'


def _is_stub(page: Page, at: int) -> bool:
    """Say whether a line is a label or heading by its form: with nothing below it, it closes no article."""
    seen = page.seen[at]
    return seen.words <= _STUB_WORDS and seen.last in "-:" and not page.chunks[at].bullet


def _with_every_turn(page: Page, kept: Sequence[bool]) -> list[bool]:
    """Keep every line of a conversation: what somebody says who speaks twice in the text, in it or right beside it."""
    speakers = {at: label(seen) for at, seen in enumerate(page.seen) if ": " in seen.text}
    often = Counter(speaker for at, speaker in speakers.items() if speaker and kept[at])
    turns = [at for at, speaker in speakers.items() if speaker and often[speaker] >= _TURNS]
    found = list(kept)
    for order in (turns, reversed(turns)):
        for at in order:
            found[at] = any(found[max(0, at - 1) : at + 2])
    return found


def _without_edges(page: Page, kept: Sequence[bool]) -> list[bool]:
    """Take byline, date and address above a bare text and the copyright line below it out of what is kept."""
    start = opening(page, kept)
    below = max((at for at, seen in enumerate(page.seen) if seen.prose), default=len(kept))
    return [
        keep and not (at < start and _is_header(page.seen[at])) and not (at > below and "CPR" in page.seen[at].marks)
        for at, keep in enumerate(kept)
    ]


def _is_header(seen: Seen) -> bool:
    stated = seen.known.get("BY") == "start" or "DATE" in seen.marks or ("/" in seen.text and " " not in seen.text)
    return stated and not seen.prose and seen.words <= _HEADER_WORDS


def attached(chances: Sequence[float]) -> list[bool]:
    """Say which chunks are likely enough to be kept: before and after all sure ones, only what is joined to them.

    A few chunks may stand between; a doubtful line further off belongs to the page.
    """
    kept = [chance >= KEEP for chance in chances]
    sure = [at for at, chance in enumerate(chances) if chance >= SURE]
    if not sure:
        return kept
    for run in (range(sure[-1] + 1, len(kept)), range(sure[0] - 1, -1, -1)):
        since = 0
        for at in run:
            since = 0 if kept[at] and since <= _NEAR else since + 1
            kept[at] = kept[at] and since == 0
    return kept


def opening(page: Page, kept: Sequence[bool]) -> int:
    """Give the index of the first paragraph that is kept, else of the first chunk kept."""
    first = kept.index(True) if True in kept else 0
    return next(
        (at for at, seen in enumerate(page.seen) if kept[at] and seen.prose and seen.words >= _OPENING_WORDS), first
    )
