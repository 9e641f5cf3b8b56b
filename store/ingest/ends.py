"""Where an article is over although prose goes on: another story below it, a digest of others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.look import Seen

_LEAST_TOLD = 40
_SHARE_TOLD = 6
_HEAD = (3, 25)
_UNDER = 3
_BYLINE, _PARAGRAPH = 14, 12
_TEASERS = 2
_MORE_WORDS = 6
_WHO = re.compile(
    r",? (?:is|has (?:been|worked|written|covered|reported)|"
    r"covers|joined|leads|reports|runs|serves|teaches|works|writes)\b"
)
_MORE = re.compile(
    r"(?:\b(?:read (?:more|on|the (?:full|whole|rest of the) (?:story|article|report))|continue reading|full story|"
    r"weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leia mais|continua a leggere|leggi tutto|"
    r"lees verder|читать далее|подробнее)|اقرأ المزيد|阅读全文|続きを読む)[\s.…»›→>]*$",
    re.I,
)


def another_story(seen: Sequence[Seen], start: int) -> int | None:
    """Give the index of the headline of another story below the article whose text starts at `start`, or None.

    It is told by a line like a headline with a byline and a date right under it, and a paragraph under these. Where
    hardly anything was told before, these are the article's own, below its deck.
    """
    told = 0
    total = sum(line.words for line in seen[start:] if line.prose)
    for at in range(start, len(seen)):
        if (
            told >= max(_LEAST_TOLD, total // _SHARE_TOLD)
            and _is_head(seen[at])
            and _is_signed(seen[at + 1 : at + 2 + _UNDER])
        ):
            return at
        told += seen[at].words if seen[at].prose else 0
    return None


def _is_head(line: Seen) -> bool:
    return not line.prose and _HEAD[0] <= line.words <= _HEAD[1] and line.last in "-?!" and not line.known


def _is_signed(below: Sequence[Seen]) -> bool:
    """Say whether lines below a headline name a writer and a day, before the first paragraph."""
    text = next((at for at, line in enumerate(below) if line.prose and line.words >= _PARAGRAPH), 0)
    small = below[:text]
    written = any(line.known.get("BY") == "start" for line in small)
    dated = any("DATE" in line.marks for line in small)
    return written and dated and all(line.words <= _BYLINE for line in small)


def is_more(line: Seen) -> bool:
    """Say whether a line is nothing but a link to the rest of a story."""
    return line.words <= _MORE_WORDS and bool(_MORE.fullmatch(line.text.strip()))


def digest(seen: Sequence[Seen]) -> int | None:
    """Give the index from which the last lines only lead to other stories, None when they do not.

    Each is a paragraph that ends with "Read more", or one with a heading above and "Read more" below. One alone
    counts when a label stands above it that closes articles.
    """
    at, teasers = len(seen), 0
    while at > 0:
        top = _teaser(seen, at)
        if top is None:
            break
        at, teasers = top, teasers + 1
    labelled = 0 < at < len(seen) and seen[at - 1].closing
    return at - labelled if teasers >= _TEASERS or (teasers and labelled) else None


def _teaser(seen: Sequence[Seen], end: int) -> int | None:
    """Give the index of the first line of a teaser that ends before `end`."""
    alone = is_more(seen[end - 1])
    text = end - 1 - alone
    if text <= 0 or seen[text].words < _PARAGRAPH or not (alone or _MORE.search(seen[text].text)):
        return None
    above = seen[text - 1]
    headed = not above.prose and above.words <= _HEAD[1] and not above.closing and not _MORE.search(above.text)
    return text - headed if headed or not alone else None


def note_on_writer(seen: Sequence[Seen], authors: Sequence[str]) -> int | None:
    """Give the index of the paragraph in the second half of a text that says who one of its `authors` is, or None."""
    for at in range(len(seen) // 2 + 1, len(seen)):
        text = seen[at].text
        if any(text.startswith(name) and _WHO.match(text, len(name)) for name in authors):
            return at
    return None
