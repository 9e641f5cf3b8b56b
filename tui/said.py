"""Days as a person types them for when something was said."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tui.dates import DAYS, parse

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
HOW = "2026, 2026-11 or 2026-11-23; today, yesterday or a weekday, as the article has it; empty takes it away"


def said_day(typed: str, published: str | None, today: date) -> str | None:
    """Read a day: as `YYYY`, `YYYY-MM` or `YYYY-MM-DD` comes back; a weekday is the last one before publication.

    None when it is no day.
    """
    words = typed.strip().casefold()
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
