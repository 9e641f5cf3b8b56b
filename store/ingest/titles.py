"""Which of the titles a page states is its article's, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from store.ingest import lexicon

_SEPARATOR = re.compile(
    r"(\s+[-–—|·•»«:/]+\s+|\s?[|»]\s?|(?<=[\u3040-\u30ff\u3400-\u9fff])[_-](?=[\u3040-\u30ff\u3400-\u9fff]))"
)
_LABEL_WORDS = 3
_LEAST_WORDS = 3


def choose(heads: Sequence[str], stated: Sequence[str], sites: Iterable[str]) -> str | None:
    """Give the article's title.

    `heads` are the page's first-level headings, `stated` what it says elsewhere (JSON-LD, OpenGraph, title bar), best
    first; `sites` are names and hosts of the site. A heading wins when something stated agrees with it; the name of
    the site and of the section go.
    """
    names = {key for site in sites for key in _keys(site)}
    tidy = [strip_site(title, names) for title in stated if title]
    best, score = None, 0.0
    for head in heads:
        plain = strip_site(head, names)
        if not plain or _folded(plain) in names:
            continue
        agreed = max((_agreement(plain, title) for title in tidy), default=0.4)
        if agreed > score:
            best, score = plain, agreed
    if best is not None and score >= 0.4:
        return next((t for t in tidy if _longer_by_label(best, t)), best)
    return next((title for title in tidy if title and _folded(title) not in names), None) or best


def strip_site(title: str, names: Collection[str]) -> str:
    """Take the site's name or a section off the ends of `title`; `names` are folded (see `site_keys`)."""
    while len(parts := _SEPARATOR.split(title)) >= 3:
        if _is_name(parts[-1], names) and ":" not in parts[-2]:
            title = "".join(parts[:-2])
        elif _is_name(parts[0], names):
            title = "".join(parts[2:])
        else:
            break
    return title.strip(" |·•»")


def site_in(page_title: str, title: str) -> str:
    """Give what the title bar adds to the headline behind the last separator: most often the site's name."""
    parts = _SEPARATOR.split(page_title)
    if len(parts) < 3 or not title or not page_title.casefold().startswith(title.casefold()[:20]):
        return ""
    last = parts[-1].strip()
    return last if 1 < len(last) <= 40 and last.casefold() not in title.casefold() else ""


def _keys(site: str) -> Iterable[str]:
    """Give the folded forms in which a site's name or host can stand in a title."""
    folded = _folded(site)
    if folded:
        yield folded
        yield folded.removeprefix("the")
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", site):
        labels = site.casefold().split(".")
        yield from (_folded(label) for label in labels if len(label) > 3)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _is_name(part: str, names: Collection[str]) -> bool:
    """Say whether a part of a title is the site's name, its host, or the name of a section."""
    folded = _folded(part)
    if folded in names or folded.removeprefix("the") in names or part.strip().casefold() in lexicon.words("sections"):
        return True
    words = part.split()
    near = any(len(name) >= 4 and (folded.startswith(name) or name.startswith(folded)) for name in names)
    return len(folded) >= 3 and len(words) <= 4 and near


def _agreement(head: str, title: str) -> float:
    """Measure how much two titles share, 0 to 1, by their words."""
    a, b = set(lexicon.tokens(head)), set(lexicon.tokens(title))
    if not a or not b:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))


def _longer_by_label(head: str, title: str) -> bool:
    """Say whether `head` is `title` with a label before it ("Opinion What I …")."""
    extra = len(lexicon.tokens(head)) - len(lexicon.tokens(title))
    return (
        0 < extra <= _LABEL_WORDS
        and len(lexicon.tokens(title)) >= _LEAST_WORDS
        and head.casefold().endswith(title.casefold())
        and not head[: -len(title)].rstrip().endswith(("-", "–", "—", ":", "’", "'"))
    )
