"""Times as machines write them on pages and in feeds: ISO 8601, RFC 2822, epoch; else a date in words."""

from __future__ import annotations

import datetime
import re

from store.ingest import dates

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ]\s*(?P<time>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.I,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?Z?)?$")
_EPOCH = re.compile(r"\d{10}(?:\d{3}){0,2}$")
_PATH = re.compile(
    r"/((?:19|20)\d\d)(?:([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)"
)
_PATH_WORD = re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/(0?[1-9]|[12]\d|3[01])/", re.I)
_LONGEST = 80
_UNSET = frozenset(("1969-12-31", "1970-01-01"))


def read(text: str) -> str | None:
    """Give a time as `YYYY-MM-DD` or, where the hour and the zone are stated, RFC 3339; None when it is no time.

    The zone stays as stated, so that the day is the one the page names. The day on which computers begin to count is
    what a program writes that knows none.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    found = _read(text)
    return None if found and found[:10] in _UNSET else found


def _read(text: str) -> str | None:
    found = _ISO.match(text)
    if found:
        return _from_iso(found)
    compact = _COMPACT.match(text)
    if compact:
        return _day(*map(int, compact.groups()[:3]))
    if _EPOCH.match(text):
        return _from_epoch(int(text[:10]))
    return _from_mail(text) or next((d.day for d in dates.find(text) if not d.unsure), None)


def same_minute(one: str, other: str) -> bool:
    """Say whether two times as `read` gives them are the same minute; a day alone is none."""
    if "T" not in one or "T" not in other:
        return False
    first, second = map(datetime.datetime.fromisoformat, (one, other))
    return abs(first - second) < datetime.timedelta(minutes=1)


def in_address(url: str) -> str | None:
    """Give the day that an address holds (`/2026/01/28/`, `/2026/jan/28/`), or None."""
    found = _PATH.search(url)
    if found:
        return _day(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    word = _PATH_WORD.search(url)
    return next((d.day for d in dates.find(f"{word[3]} {word[2]} {word[1]}")), None) if word else None


def _from_iso(found: re.Match[str]) -> str | None:
    day = _day(*map(int, found["day"].split("-")))
    if not day or not found["time"] or not found["zone"]:
        return day
    hour = found["time"].zfill(5 if found["time"].count(":") == 1 else 8)
    zone = found["zone"].upper()
    zone = (
        "Z"
        if zone in ("Z", "UTC", "GMT", "+00:00", "+0000", "+00")
        else zone[:3] + ":" + (zone[3:].lstrip(":") or "00")
    )
    stamp = f"{day}T{hour if hour.count(':') == 2 else hour + ':00'}{zone}"
    try:
        datetime.datetime.fromisoformat(stamp)
    except ValueError:
        return day
    return stamp


def _from_epoch(seconds: int) -> str | None:
    when = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if 1990 <= when.year <= 2100 else None


def _from_mail(text: str) -> str | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not 1990 <= when.year <= 2100:
        return None
    if when.tzinfo is None:
        return when.date().isoformat()
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None
