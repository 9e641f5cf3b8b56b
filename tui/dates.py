"""Dates as people say them: today, Sat 21, 28 Jan, Jan 2025 or 28 Jan 2025."""

from __future__ import annotations

from datetime import date

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse(stamp: str | None) -> date | None:
    """Give the day of `YYYY-MM-DD` or an RFC 3339 time; None when it is none."""
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None


def short(day: date, today: date, room: int = 8) -> str:
    """Give `day` in at most `room` letters, eight or more, the nearer the plainer; in full where that takes them."""
    age = (today - day).days
    if age == 0:
        return "Today"
    if 0 < age < 7:
        return f"{DAYS[day.weekday()]} {day.day}"
    if day.year == today.year:
        return f"{day.day} {MONTHS[day.month - 1]}"
    whole = long(day)
    return whole if len(whole) <= room else f"{MONTHS[day.month - 1]} {day.year}"


def long(day: date) -> str:
    """Give `day` in full: 28 Jan 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full(day: str) -> str:
    """Give `YYYY-MM-DD` as `23 Nov 2026`, and less where less is known."""
    year, month, number = (*day[:10].split("-"), "", "")[:3]
    if not (month.isdigit() and 1 <= int(month) <= 12):
        return year
    words = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(number)} {words}" if number.isdigit() else words
