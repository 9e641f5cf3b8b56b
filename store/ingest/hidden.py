"""What a page holds and does not show: taken out of its tree before the article is looked for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from store.errors import SourceError
from store.ingest.aligning import folded
from store.ingest.markup import Printed, printed
from store.model import Removed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

REASON = "not shown by the page"
_MARKED = "@hidden or @aria-hidden='true' or @style[contains(translate(., 'DISPLAY', 'display'), 'display')]"
_NOT_DRAWN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.I)
_WITHIN_LINES = frozenset(
    ("a", "abbr", "b", "bdi", "cite", "em", "i", "img", "q", "small", "span", "strong", "sup", "svg")
)
_MOST = 0.5
_MOST_KEPT = 20


def leave_out(tree: HtmlElement) -> frozenset[str]:
    """Take out of a page's tree what its `hidden` marks and inline styles hide; give the lines of it, folded.

    What only readers aloud are told to pass over (`aria-hidden`) goes when it is a block. What holds most of the page's
    paragraphs stays: it is the article, which a script shows. Beyond `_MOST_KEPT` of such, one in the other, all stays.
    """
    gone: set[str] = set()
    tails: dict[tuple[HtmlElement, str], list[str]] = {}
    total, within, kept = -1, 0, 0
    for element in tree.xpath(f"//body//*[{_MARKED}]"):
        if within:
            within -= 1
            continue
        if not _is_hidden(element):
            continue
        total = _paragraphs(tree) if total < 0 else total
        if element.tag == "main" or _paragraphs(element) > _MOST * total:
            kept += 1
            if kept > _MOST_KEPT:
                break
            continue
        gone |= _lines(element)
        within = int(element.xpath(f"count(.//*[{_MARKED}])")) if len(element) else 0
        _drop(element, tails)
    for (place, side), pieces in tails.items():
        setattr(place, side, (getattr(place, side) or "") + "".join(pieces))
    return frozenset(gone - {""})


def _drop(element: HtmlElement, tails: dict[tuple[HtmlElement, str], list[str]]) -> None:
    """Take an element out; the words behind it are kept in `tails` for what stands before it.

    To put them there one by one would cost the square of the number of elements that stand in a row.
    """
    before, parent = element.getprevious(), element.getparent()
    if element.tail:
        place = (parent, "text") if before is None else (before, "tail")
        tails.setdefault(place, []).append(element.tail)
    parent.remove(element)


def shown_alone(lines: list[Printed], source: str, path: str) -> tuple[list[Printed], list[Removed]]:
    """Give the printed lines of a page that it shows, and what it hides: newsletters begin with a hidden teaser.

    The same line may be hidden once and shown below. Where no parser of pages is installed all lines are given.
    """
    from store.ingest.html import harmless, parse  # noqa: PLC0415

    try:
        tree = parse(harmless(source), path) if "display" in source or "hidden" in source else None
    except SourceError:
        tree = None
    unshown = leave_out(tree) if tree is not None else frozenset()
    if tree is None or not unshown:
        return lines, []
    from lxml.html import tostring  # noqa: PLC0415

    kept = Counter(folded(line.text) for line in printed(tostring(tree, encoding="unicode")))
    over = Counter(folded(line.text) for line in lines) - kept
    shown: list[Printed] = []
    removed: list[Removed] = []
    for line in lines:
        words = folded(line.text)
        if words in unshown and over[words] > 0:
            over[words] -= 1
            removed.append(Removed(line.text, REASON, line.start, line.end))
        else:
            shown.append(line)
    return shown, removed


def _is_hidden(element: HtmlElement) -> bool:
    stated = element.get("hidden")
    if stated is not None and stated.casefold() != "until-found":
        return True
    if element.get("aria-hidden") == "true" and element.tag not in _WITHIN_LINES:
        return True
    return bool(_NOT_DRAWN.search(element.get("style") or ""))


def _paragraphs(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _lines(element: HtmlElement) -> set[str]:
    from lxml.html import tostring  # noqa: PLC0415

    if not element.text_content().strip():
        return set()
    return {folded(line.text) for line in printed(tostring(element, encoding="unicode", with_tail=False))}
