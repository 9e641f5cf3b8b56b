"""Two wordings of one saying, the differing words marked in both."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from store.dossier.drift import Difference
from store.dossier.records import Entry
from store.model import Span
from store.safe_text import clean
from tui.dates import full
from tui.quoting import how_said, marks_around
from tui.safe import plain, safe
from tui.verdicts import NO_NAMES, Names, judged

HEAVY, LIGHT = "$hit-text on $hit bold underline", "bold underline"
Mark = tuple[Span, str]


def worded(entry: Entry, marks: Sequence[Mark]) -> Content:
    """Give an entry's words as content with some spans in another style; spans are of the words as they are."""
    words = entry.words
    if clean(words) != words:
        return safe(words)
    parts: list[Content] = []
    at = 0
    for (start, end), style in marks:
        parts += [safe(words[at:start]), safe(words[start:end], style)]
        at = end
    before, after = marks_around(words, entry.speech)
    return Content("").join([safe(before), *parts, safe(words[at:]), safe(after)])


def here(differences: Sequence[Difference]) -> list[Mark]:
    """Give the marks for the wording that others are compared with."""
    return [(one.here, _style(one)) for one in differences]


def there(differences: Sequence[Difference]) -> list[Mark]:
    """Give the marks for the other wording."""
    return [(one.there, _style(one)) for one in differences]


def _style(one: Difference) -> str:
    return LIGHT if one.weight == "word" else HEAVY


def origin(entry: Entry) -> str:
    """Say who said it where and when, in one line."""
    day = full(entry.day) + (" (inferred)" if entry.inferred and not entry.said and entry.day else "")
    day = f"said {day}" if entry.said else day
    via = f"carried by {entry.carrier}" if entry.carrier else ""
    doubt = "" if entry.sure else " (doubtful)"
    who = ", ".join(filter(None, [entry.who + doubt, how_said(entry.speech)]))
    parts = (who, entry.outlet, day, via)
    return plain(" · ".join(part for part in parts if part))


def facts(entry: Entry, names: Names = NO_NAMES) -> Content:
    """Tell what a person made of an entry: tags, verdict, note; and where it stands."""
    lines = [safe(plain(entry.title), "$muted")]
    said = [*(f"#{tag}" for tag in entry.tags), *filter(None, [judged(entry.verdict, names)])]
    if said or entry.claim:
        lines.append(safe(plain(" · ".join(said or ["not judged"]))))
    if entry.note:
        lines.append(safe(f"note: {entry.note}"))
    return Content("\n").join(lines)
