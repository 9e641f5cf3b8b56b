"""What an aggregator wraps round an article it republishes, and what that says about who wrote it.

Known by form, not by site: the headline again with something glued on, a line that is the headline and an outlet's
name, notices about where the article was published, labels with nothing behind them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from store.ingest import lexicon
from store.ingest.lines import Chunk
from store.ingest.signals import Page

_LEAST_TITLE = 3
_GLUED = 4
_CREDIT = 5
_NAME = r"[^\n.,;()\[\]|]{2,60}?"
_LABEL = re.compile(r"^(?P<name>[^|·»:]{2,40}?)(?:\s+[-–—]\s+|\s*[|·»:]\s*)(?P<section>[^-–—|·»:]{2,30})$")
_EMPTY_LABEL = re.compile(r"^[^\W\d_][^.!?:]{0,38}\s?:$")


Notice = tuple[str, re.Pattern[str]]


@dataclass(slots=True)
class Wrapping:
    """What was recognised: reasons by chunk index, where the article is over at the latest, and the names found."""

    reasons: dict[int, str] = field(default_factory=dict)
    end: int | None = None
    outlet: str | None = None
    aggregator: str | None = None


@cache
def _notices() -> tuple[Sequence[Notice], frozenset[str]]:
    """Every notice as its longest literal part, to look for first, and its pattern; a word of each such part."""
    made = []
    for entry in lexicon.lines("notices.txt"):
        parts = re.split(r"(\{\w+\})", entry)
        literal = max((p.strip() for p in parts if not p.startswith("{")), key=len)
        pattern = "".join(_piece(p) for p in parts)
        made.append((literal, re.compile(pattern if not parts[-1] else pattern + r"(?!\w)", re.I)))
    return made, frozenset(max(lexicon.tokens(literal), key=len) for literal, _ in made)


def _piece(part: str) -> str:
    if part == "{title}":
        return r".{3,300}?"
    if part == "{any}":
        return r".{0,80}?"
    if part.startswith("{"):
        return f"(?P<{part[1:-1]}>{_NAME})"
    return (
        r"\s+".join(re.escape(word) for word in part.split(" "))
        .replace(r"\s+\(", r"\s*\(")
        .replace(r"\.", r"(?:[.,;]|$)")
    )


def recognise(page: Page, title: str | None, body_start: int) -> Wrapping:
    """Find the wrapping among the chunks of `page`.

    `title` is the article's headline and `body_start` the index of the first chunk of its text, as far as known.
    """
    found = Wrapping()
    names: list[str] = []
    credited: list[tuple[int, str]] = []
    headline = tuple(lexicon.tokens(title or ""))
    notices, telling = _notices()
    told = _mostly_told(page)
    for at, (chunk, seen) in enumerate(zip(page.chunks, page.seen, strict=True)):
        reason, name = "", ""
        if len(headline) >= _LEAST_TITLE and seen.tokens and seen.tokens[0] == headline[0]:
            reason, name = _repeated_title(chunk.text, seen.tokens, headline, at >= body_start)
        if reason == "credit line":
            credited.append((at, name))
            continue
        if reason:
            found.reasons[at] = reason
            names += [name] if name else []
            continue
        if at < body_start:
            name = _source_label(chunk.text)
            if name:
                found.reasons[at] = "source label"
                names.append(name)
            continue
        long = len(chunk.text) > len(seen.text)
        if (long or not telling.isdisjoint(seen.tokens)) and _read_notice(chunk.text, notices, found, names):
            found.reasons[at] = "aggregator notice"
            found.end = at if found.end is None and at > body_start and at >= told else found.end
    names += _credited(credited, told, found)
    _empty_labels(page.chunks, found)
    found.outlet = _best_spelling(names)
    return found


def _credited(credited: Sequence[tuple[int, str]], told: int, found: Wrapping) -> list[str]:
    """Take credit lines as such and give the outlet they name; headlines with different ends are subheads."""
    if len({_key(name) for _, name in credited}) != 1 or credited[0][0] < told:
        return []
    found.reasons |= {at: "credit line" for at, _ in credited}
    found.end = credited[0][0] if found.end is None else min(found.end, credited[0][0])
    return [credited[0][1]]


def _mostly_told(page: Page) -> int:
    """Give the index of the chunk by which half of the main text has been told: no wrapping ends an article before.

    An editor's note over the text says where it appeared first, and a subhead may begin with the headline.
    """
    first, last = page.core
    words = [seen.words if seen.prose else 0 for seen in page.seen[first:last]]
    before = 0
    for at, count in enumerate(words, first):
        if 2 * before >= sum(words):
            return at
        before += count
    return last


def _repeated_title(text: str, words: Sequence[str], headline: Sequence[str], after: bool) -> tuple[str, str]:
    """Give why a line that begins with the headline is no part of the text, and the outlet named behind it."""
    extra = len(words) - len(headline)
    if list(words[: len(headline)]) != list(headline) or extra > _CREDIT:
        return "", ""
    if extra == 0:
        return "headline", ""
    rest = _after_words(text, len(headline))
    named = rest.strip(" .?!-–—|:·»()\"'“”’…")
    if after:
        is_name = bool(named) and named[0].isupper() and not re.search(r"[a-z]{3,}\s+[a-z]{4,}", named)
        return ("credit line", named) if is_name else ("", "")
    if extra <= _GLUED:
        site = re.match(r"\s*[-–—|·»]\s*(.+)$", rest)
        return "headline", site.group(1).strip() if site else ""
    return "", ""


def _after_words(text: str, count: int) -> str:
    """Give what stands in `text` after its first `count` tokens."""
    at = 0
    for token in lexicon.tokens(text)[:count]:
        match = re.compile(r"\d+" if token == "0" else re.escape(token), re.I).search(text.replace("’", "'"), at)
        at = match.end() if match else at
    return text[at:]


def _source_label(text: str) -> str:
    """Give the outlet in a line such as "Enab Baladi - News", or an empty string."""
    match = _LABEL.match(text) if "-" in text or "|" in text or ":" in text or not text.isascii() else None
    if not match or match["section"].strip().casefold() not in lexicon.words("sections"):
        return ""
    name = match["name"].strip()
    return "" if name.casefold() in lexicon.words("sections") or not any(map(str.isalpha, name)) else name


def _read_notice(text: str, notices: Sequence[Notice], found: Wrapping, names: list[str]) -> bool:
    folded = text.casefold()
    known = False
    for literal, pattern in notices:
        match = pattern.search(text) if literal in folded else None
        if not match:
            continue
        known = True
        named = match.groupdict()
        if named.get("outlet"):
            names.append(named["outlet"].strip())
        if named.get("aggregator") and not found.aggregator:
            found.aggregator = tidy_name(named["aggregator"])
    return known


def _empty_labels(chunks: Sequence[Chunk], found: Wrapping) -> None:
    """Labels with nothing behind them: another label, wrapping or the end of the page follows."""
    nothing_follows = True
    for at in range(len(chunks) - 1, -1, -1):
        if at in found.reasons:
            nothing_follows = True
            continue
        nothing_follows = nothing_follows and bool(_EMPTY_LABEL.match(chunks[at].text))
        if nothing_follows:
            found.reasons[at] = "empty label"


def _best_spelling(names: Sequence[str]) -> str | None:
    """One outlet in several spellings: the first outlet named, in the spelling that keeps its words apart."""
    tidy = [name for name in map(tidy_name, names) if name]
    if not tidy:
        return None
    same = [name for name in tidy if _key(name) == _key(tidy[0])]
    return max(same, key=lambda name: (name.count(" "), -len(name)))


def tidy_name(name: str) -> str:
    """Take stray marks, brackets and punctuation off the ends of a name."""
    name = " ".join(name.split())
    while name and (unicodedata.category(name[0])[0] in "MPZS" and name[0] not in "@"):
        name = name[1:]
    return name.rstrip(" .,;:-–—|»·([{\"'“”")


def _key(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())
