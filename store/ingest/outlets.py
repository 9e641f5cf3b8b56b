"""Which outlet a text dump comes from, when no wrapper says so: from what a site says of itself all over its pages.

A site names itself in its copyright line, in its invitations (to subscribe, to follow, to load its app) and in its
addresses. Any one of these may name somebody else: a publishing house, a subject, a network. Two of a kind apart that
agree name the outlet; so does a copyright line alone whose name the page uses often besides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from store.ingest import lexicon
from store.ingest.captions import is_caption
from store.ingest.look import Seen

_YEARS = r"(?:(?:19|20)\d\d)?(?:\s*[-–—]\s*(?:(?:19|20)\d\d|present))?"
_NAME = r"(?P<name>(?:the\s+)?(?-i:[A-Z0-9])[\w.&'’-]*(?:\s+(?:(?-i:[A-Z0-9&])[\w.&'’-]*|of|the|and)){0,4})"
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b)(?:\s*(?:©|\(c\)|copyright))?[\s,:]*{_YEARS}[\s,:-]*(?:by\s+)?{_NAME}"
    r"|^(?P<named>(?:the\s+)?(?-i:[A-Z0-9])[\w.&'’ -]{1,40}?)[.,]? all rights reserved",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?://|www\.|@)((?:[\w-]+\.)+)[a-z]{2,6}\b", re.I)
_GROUP = re.compile(
    r"\b(?:group|holdings?|corporation|company|networks?|digital|inc|llc|ltd|media|publishing|communications)\b", re.I
)
_TAIL = re.compile(
    r"[.,]?\s*\b(?:all(?: rights?)?|or its|and its|a (?:division|part|subsidiary)|website|distributed)\b.*$", re.I
)
_THE = re.compile(r"^the\s+")
_NO_WORD = bytes(n for n in range(128) if not chr(n).isalnum())
_LONGEST_SIGN, _LONGEST_CLAIM = 14, 60
_LONGEST_NAME = 40
_CLAIMS = frozenset(("copyright", "rights"))
_ENOUGH = 2
_MOST_CLAIMED = 50
_OFTEN = 3

Votes = dict[str, set[str]]


def outlet_in(seen: Sequence[Seen], kept: Sequence[bool]) -> str | None:
    """Give the outlet that the lines of a page name as their own, None when they do not agree on one.

    `kept` says which lines are the article's: what it says of others counts for nothing.
    """
    votes: Votes = {}
    spelled: Counter[tuple[str, str]] = Counter()
    signs = frozenset(_signs())
    rest = [line for line, keep in zip(seen, kept, strict=True) if not keep and line.words <= _LONGEST_CLAIM]
    for line in rest:
        if "CPR" in line.marks or not signs.isdisjoint(line.tokens):
            for kind, name in _named(line):
                votes.setdefault(_key(name), set()).add(kind)
                spelled[_key(name), name] += 1
    if not votes:
        return None
    for key in _hosts(rest) & votes.keys():
        votes[key].add("address")
    best = _agreed(votes, spelled) or _claimed(votes, rest)
    return max((name for key, name in spelled if key == best), key=lambda name: spelled[best, name]) if best else None


def _hosts(lines: Iterable[Seen]) -> set[str]:
    """Give the labels of the hosts in the addresses of some lines."""
    named = (line.text for line in lines if "URL" in line.marks or "AT" in line.marks)
    return {_key(label) for text in named for found in _ADDRESS.finditer(text) for label in found[1].split(".")}


def _agreed(votes: Votes, spelled: Counter[tuple[str, str]]) -> str:
    """Give the folded name for which most kinds of signs speak, at least two, an empty string when there is none."""
    times: Counter[str] = Counter()
    for (key, _), count in spelled.items():
        times[key] += count
    ranked = sorted(
        (len(kinds), times[key], key) for key, kinds in votes.items() if any(kind[-1] != "*" for kind in kinds)
    )
    if not ranked or ranked[-1][0] < _ENOUGH:
        return ""
    return "" if len(ranked) > 1 and ranked[-2][:2] == ranked[-1][:2] else ranked[-1][2]


def _claimed(votes: Votes, lines: Iterable[Seen]) -> str:
    """Give the folded name in a copyright line that the page uses often besides, else an empty string."""
    claimed = [key for key, kinds in votes.items() if "copyright" in kinds][:_MOST_CLAIMED]
    folded = [_key(line.text) for line in lines if not _claims(line)] if claimed else []
    return next((key for key in claimed if sum(key in line for line in folded) >= _OFTEN), "")


@cache
def _signs() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Give for each word that may be in a sign the kinds and patterns to try."""
    found: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = dict.fromkeys(_CLAIMS, ())
    for kind, words, form in lexicon.rows("outlet_signs.txt"):
        made = (kind, re.compile(f"^{form.replace('{name}', _NAME)}$", re.I))
        for word in words.split():
            found[word] = (*found.get(word, ()), made)
    return found


def _named(line: Seen) -> Iterator[tuple[str, str]]:
    """Give the names in a line that may be the site's own, each with the kind of sign."""
    signs = _signs()
    known = signs.keys() & line.tokens if line.words <= _LONGEST_SIGN else ()
    tried = [sign for word in known for sign in signs[word]]
    if _claims(line) and not is_caption(line):
        tried.append(("copyright", _COPYRIGHT))
    for kind, pattern in tried:
        found = pattern.search(line.text)
        if found is None:
            continue
        name = _TAIL.sub("", next(filter(None, found.groups()), "")).strip(" .,’'&-")
        if _is_name(name):
            yield kind, name


def _claims(line: Seen) -> bool:
    return "CPR" in line.marks or not _CLAIMS.isdisjoint(line.tokens)


def _is_name(name: str) -> bool:
    words = name.casefold().split()
    return (
        bool(words)
        and 1 < len(_key(name)) <= _LONGEST_NAME
        and not lexicon.words("no_outlet").intersection((words[0], name.casefold()))
        and not name.isdigit()
        and not _GROUP.search(name)
    )


def _key(name: str) -> str:
    bare = _THE.sub("", name.casefold())
    return bare.encode().translate(None, _NO_WORD).decode() if bare.isascii() else re.sub(r"[\W_]+", "", bare)
