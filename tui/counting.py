"""Numbers with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.exchange import ExportReport

WORDS_A_MINUTE = 230
LONG_MINUTES = 120
"""From how many minutes on reading is told in hours."""


def count(number: int, word: str) -> str:
    """Give a number with its word: `1 claim`, `1,200 claims`, `2 entries`."""
    if number == 1:
        return f"1 {word}"
    return f"{number:,} " + (f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s")


def brief(number: int, cells: int) -> str:
    """Give a number in at most `cells` cells (at least 3 for up to 99,999), in thousands where it is too long."""
    forms = (str(number), f"{number / 1000:.1f}k", f"{number // 1000}k")
    return next((form for form in forms if len(form) <= cells), forms[-1])


def reading_time(words: float) -> str:
    """Say how long `words` take to read: at least a minute, in whole hours where it is long."""
    minutes = max(1, round(words / WORDS_A_MINUTE))
    return f"{minutes} min" if minutes < LONG_MINUTES else f"{minutes // 60} h"


def exported(report: ExportReport) -> str:
    """Say how much an export holds: claims and articles, or tags where it holds nothing else."""
    if report.tags is not None:
        return count(report.tags, "tag")
    return f"{count(report.claims, 'claim')} of {count(report.articles, 'article')}"
