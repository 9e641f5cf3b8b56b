"""Live blogs: the entries that a page states for machines, where its tree holds only some of them."""

from __future__ import annotations

from collections.abc import Sequence

from store.ingest import lexicon
from store.ingest.aligning import folded
from store.ingest.html_meta import line
from store.ingest.html_tree import Part, count_words
from store.ingest.markup import Printed, printed

_FEW = 0.1
_MOST = 0.8
_SURE_WORDS = 5
_MOST_SEARCHED = 500_000_000

Update = tuple[str, str]


def is_live(title: str | None) -> bool:
    """Say whether a headline is that of a live blog: its entries are no other stories, though they are signed."""
    return not lexicon.words("live").isdisjoint(lexicon.tokens(title or ""))


def whole(updates: Sequence[Update], parts: Sequence[Part], lines: Sequence[Printed]) -> list[Part]:
    """Give `parts` with every entry of a live blog: `updates` are the headlines and texts that its page states.

    The entries come as the page prints them, or, where it prints too little of them, as it states them. What stands
    above and below them stays where it is.
    """
    stated = [(line(head), _rows(body)) for head, body in updates]
    heads = {folded(head) for head, _ in stated} - {""}
    said = " | ".join(f" {folded(' '.join(rows))} " for _, rows in stated)
    rows_of = {folded(row) for _, rows in stated for row in rows}
    entries = _printed(lines, heads, rows_of, said)
    if _words(entries) < _MOST * count_words(said):
        entries = [
            part
            for head, rows in stated
            for part in (*([Part("subhead", head)] if head else []), *(Part("paragraph", row) for row in rows))
        ]
    there = {folded(part.text) for part in parts}
    missing = [part for part in entries if folded(part.text) not in there]
    if _words(missing) <= _FEW * _words(entries):
        return list(parts)
    known = {folded(part.text) for part in entries}
    held = _held([folded(part.text) for part in parts], known | rows_of, said)
    own = [at for at, mine in enumerate(held) if mine]
    above, below = (parts[: own[0]], parts[own[-1] + 1 :]) if own else (parts, ())
    return [*above, *entries, *below]


def _printed(lines: Sequence[Printed], heads: set[str], rows: set[str], said: str) -> list[Part]:
    """Give the printed lines that belong to the entries: between the first and the last of which that is sure."""
    words = [folded(one.text) for one in lines]
    mine = _held(words, heads | rows, said)
    sure = [at for at, one in enumerate(words) if mine[at] and (one in heads or one.count(" ") + 1 >= _SURE_WORDS)]
    if not sure:
        return []
    end = sure[-1] + 1
    while end < len(mine) and mine[end]:
        end += 1
    places = (at for at in range(sure[0], end) if mine[at])
    return [Part("subhead" if words[at] in heads else lines[at].kind, lines[at].text) for at in places]


def _held(words: Sequence[str], rows: set[str], said: str) -> list[bool]:
    """Say of each line whether it is one of `rows` or stands in `said`; all are `folded`.

    Lines mostly come in the order of `said`, so each is looked for behind the last. One that is not there costs a look
    through the whole: when `_MOST_SEARCHED` letters were looked through so, only `rows` count.
    """
    known = {**dict.fromkeys(rows, True), "": False}
    at, left = 0, _MOST_SEARCHED
    for one in words:
        if one in known:
            continue
        found = said.find(f" {one} ", at) if left > 0 else -1
        if found < 0 < left:
            found = said.find(f" {one} ", 0, at + len(one) + 2)
            left -= len(said)
        known[one] = found >= 0
        at = found if found >= 0 else at
    return [known[one] for one in words]


def _rows(body: str) -> list[str]:
    rows = [row.text for row in printed(body)] if "<" in body else [line(row) for row in body.splitlines()]
    return [row for row in rows if row]


def _words(parts: Sequence[Part]) -> int:
    return sum(count_words(part.text) for part in parts)
