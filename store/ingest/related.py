"""Lines of other stories in the middle of a text: links that say so, and long lists of headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest import lexicon
from store.ingest.look import Seen
from store.ingest.signals import Page

_PARTED = re.compile(r"\s*[:|»›>–—：]\s*|\s+-\s+")
_LABEL, _LONGEST, _LEAST = 40, 30, 2
_HEADLINE = 8
_ARROWS, _LEAST_LINKED = "»›→", 4
_BETWEEN = 2
_MANY = 12
_LEAST_TEXT = 60


def is_related(line: Seen) -> bool:
    """Say whether a line is a link to another story: "Related:", "See also:" or their like (`related.txt`), a title."""
    if line.words > _LONGEST:
        return False
    if line.text[-1] in _ARROWS and line.last == "-" and line.words >= _LEAST_LINKED:
        return line.text.count(line.text[-1]) == 1 and "«" not in line.text
    found = _PARTED.search(line.text, 0, _LABEL)
    if not found:
        return False
    label, known = line.text[: found.start()].casefold(), lexicon.words("related")
    if label not in known and (label + found.group().strip() not in known or line.last == "."):
        return False
    behind = line.text[found.end() :]
    return behind.count(" ") + 1 >= _LEAST or not behind.isascii()


def others(page: Page, kept: Sequence[bool]) -> frozenset[int]:
    """Give the indices of the kept chunks of `page` that are links to other stories.

    A list of a dozen or more headlines, none of which is a sentence or an item with a bullet, counts when more than
    such lists is kept.
    """
    links = {at for at, keep in enumerate(kept) if keep and is_related(page.seen[at])}
    listed = {at for run in _runs(page) for at in run if kept[at]}
    rest = (seen.words for at, seen in enumerate(page.seen) if kept[at] and at not in listed and seen.prose)
    return frozenset(links | listed) if listed and sum(rest) >= _LEAST_TEXT else frozenset(links)


def _runs(page: Page) -> list[range]:
    """Give the runs of headlines; two short lines at most stand between two of them."""
    runs: list[range] = []
    first = last = count = 0
    for at, seen in enumerate(page.seen):
        if seen.words >= _HEADLINE and seen.last == "-" and not page.chunks[at].bullet:
            first, last, count = (first, at, count + 1) if count else (at, at, 1)
        elif count and (at - last > _BETWEEN or (seen.prose and seen.last in '."')):
            runs += [range(first, last + 1)] if count >= _MANY else []
            count = 0
    return [*runs, range(first, last + 1)] if count >= _MANY else runs
