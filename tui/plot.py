"""How much was said when: months in order, each with a bar and its number, so that no meaning is in a shape alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tui.dates import MONTHS, full

BARS = "▁▂▃▄▅▆▇█"
CELLS = 10
"""The room that one bar with its words takes at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time: what it is called, its bar (a space for nothing) and how many fall into it."""

    name: str
    bar: str
    count: int


def plot(days: Mapping[str, int], width: int) -> list[Bar]:
    """Give the bars for days (`YYYY`, `YYYY-MM` or longer) with how many fall on each, as many as fit into `width`.

    Months where they fit, else quarters, else years, the newest when even those are too many.
    """
    known = {day: count for day, count in days.items() if len(day) >= 4 and day[:4].isdigit()}
    if not known:
        return []
    fits = max(1, width // CELLS)
    for step in (1, 3, 12):
        counts: Counter[int] = Counter()
        for day, count in known.items():
            if step == 12 or len(day) >= 7:
                counts[_slot(day, step)] += count
        if not counts:
            continue
        first, last = min(counts), max(counts)
        if last - first < fits or step == 12:
            slots = range(max(first, last - fits + 1), last + 1)
            most = max(counts[slot] for slot in slots)
            return [Bar(_name(slot, step, slot == slots[0]), _bar(counts[slot], most), counts[slot]) for slot in slots]
    return []


def _slot(day: str, step: int) -> int:
    month = int(day[5:7]) - 1 if len(day) >= 7 else 0
    return (int(day[:4]) * 12 + month) // step


def _bar(count: int, most: int) -> str:
    return BARS[max(0, -(-count * len(BARS) // most) - 1)] if count else " "


def _name(slot: int, step: int, first: bool) -> str:
    year, month = divmod(slot * step, 12)
    if step == 12:
        return str(year)
    name = MONTHS[month] if step == 1 else f"Q{month // 3 + 1}"
    return f"{name} {year}" if first or month == 0 else name


def span(first: str, last: str) -> str:
    """Say from when to when: `2 Sep to 23 Nov 2026`."""
    if not first or not last:
        return ""
    if first == last:
        return full(last)
    early = full(first)
    if first[:4] == last[:4] and len(first) > 4 and len(last) > 4:
        early = early.rpartition(" ")[0]
    return f"{early} to {full(last)}"
