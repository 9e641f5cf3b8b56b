"""Numbers with their words."""

from __future__ import annotations


def count(number: int, word: str) -> str:
    """Give a number with its word: `1 claim`, `1,200 claims`, `2 entries`."""
    if number == 1:
        return f"1 {word}"
    return f"{number:,} " + (f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s")


def brief(number: int, cells: int) -> str:
    """Give a number in at most `cells` cells (at least 3 for up to 99,999), in thousands where it is too long."""
    forms = (str(number), f"{number / 1000:.1f}k", f"{number // 1000}k")
    return next((form for form in forms if len(form) <= cells), forms[-1])
