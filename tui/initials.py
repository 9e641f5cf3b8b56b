"""Short forms of names for the margin."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

UNNAMED = "·"
MOST_CELLS = 3


def initials(names: Iterable[str]) -> dict[str, str]:
    """Give each name letters of at most three cells, different ones for different names as far as three cells allow.

    "Dmitry Peskov" is DP, "Ahmed al-Sharaa" AS, "Kremlin" Kr, "港湾当局" 港.
    """
    given: dict[str, str] = {}
    for name in names:
        ways = _ways(name)
        given[name] = next((way for way in ways if way not in given.values()), ways[0])
    return given


def _ways(name: str) -> list[str]:
    parts = [part for word in name.split() for part in word.split("-") if part[:1].isalnum()]
    capital = [part for part in parts if not part[:1].islower()] or parts
    if not capital:
        return [UNNAMED]
    first, last = capital[0], capital[-1]
    if cell_len(first[:1]) > 1:
        return [letter for part in capital for letter in part if cell_len(letter) <= MOST_CELLS]
    if len(capital) == 1:
        return [_cut(way) for way in (first[:2], first[:3], first[:1] + first[-1:])]
    ways = (
        first[0] + last[0],
        first[0] + last[:2],
        first[:2] + last[0],
        first[0] + capital[1][0] + last[0],
        first[0] + last[0] + last[-1],
    )
    return [_cut(way) for way in ways]


def _cut(way: str) -> str:
    while cell_len(way) > MOST_CELLS:
        way = way[:-1]
    return way
