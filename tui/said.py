"""Days as a person types them for when something was said."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tui.dates import DAYS, parse

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTH = re.compile(r"(?:(\d{1,2}) )?([^\W\d_]{3,})\.? (\d{4})")
_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
HOW = "23 Nov 2026, 2026-11-23, 2026-11 or 2026; today, yesterday or a weekday, as the article has it; empty for none"


def said_day(typed: str, published: str | None, today: date) -> str | None:
    """Read a day, also as the app prints it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` comes back, None when it is no day.

    A weekday is the last one before publication.
    """
    words = _numbered(" ".join(typed.casefold().split()))
    from_day = parse(published) or today
    if words in {"today", "yesterday"}:
        return (from_day - timedelta(days=words == "yesterday")).isoformat()
    weekday = next((at for at, name in enumerate(DAYS) if len(words) >= 3 and words.startswith(name.casefold())), None)
    if weekday is not None and words.isalpha():
        return (from_day - timedelta(days=(from_day.weekday() - weekday) % 7)).isoformat()
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _numbered(words: str) -> str:
    """Give `23 nov 2026` or `november 2026` as `2026-11-23` or `2026-11`, and all else as it is."""
    found = _MONTH.fullmatch(words)
    if found is None:
        return words
    day, name, year = found.groups()
    month = next((at for at, full in enumerate(_NAMES, 1) if full.startswith(name)), 0)
    return "-".join([year, str(month), *([day] if day else [])]) if month else words
