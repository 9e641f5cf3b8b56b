"""A dossier as the screen shows it: entries in, rows and figures out. Knows no screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from store.dossier.clashes import Clash, clashes
from store.dossier.drift import Difference, drift
from store.dossier.elsewhere import elsewhere
from store.dossier.groups import Folded, groups
from store.dossier.records import Dossier, Entry
from store.library import Library
from store.search import Index
from store.search.filters import answer
from store.search.fold import words
from tui.counting import count
from tui.dates import full
from tui.plot import span

VIEWS = ("newest first", "timeline", "by speaker")
UNNAMED = {"unnamed": "unnamed sources"}
MOST_GROUPED = 20_000
"""Entries, the newest, that are compared with one another."""
MOST_LOOKED_UP = 300
"""Entries, the newest, whose words are looked for in the rest of the library."""


Key = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Sighting:
    """The same words somewhere else, and how they differ; `heavy` when a number, a negation or a name does."""

    entry: Entry
    differences: tuple[Difference, ...]

    @property
    def heavy(self) -> bool:
        """Whether more than plain words differ."""
        return any(one.weight != "word" for one in self.differences)


@dataclass(frozen=True, slots=True)
class Compared:
    """What entries say of one another: sightings of the same words by entry, and contradictions."""

    sightings: dict[Key, tuple[Sighting, ...]] = field(default_factory=dict)
    clashes: dict[Key, Clash] = field(default_factory=dict)


class Row(Struct, frozen=True, gc=False):
    """An entry, or (without one) a heading with its figures; `speaker` is whose heading it is."""

    entry: Entry | None = None
    heading: str = ""
    figures: str = ""
    speaker: str = ""


def compare(library: Library, index: Index, dossier: Dossier, stopped: Callable[[], bool]) -> Compared:
    """Find the same words among the entries and in the rest of the library; cost is bounded. For a worker."""
    entries = dossier.entries[:MOST_GROUPED]
    alike = groups([entry.words for entry in entries])
    clashing = {entries[at].key: clash for at, clash in clashes(entries, alike).items()}
    others: dict[Key, list[Entry]] = {}
    for members in alike:
        for at in members:
            here = [entries[other] for other in members if entries[other].article != entries[at].article]
            others[entries[at].key] = here
    for entry in entries[:MOST_LOOKED_UP]:
        if stopped():
            return Compared()
        known = {(one.article, one.start) for one in others.get(entry.key, ())} | {(entry.article, entry.start)}
        near = [one for one in elsewhere(library, index, entry) if not _known(one, others.get(entry.key, ()), known)]
        if near:
            others.setdefault(entry.key, []).extend(near)
    known_as = {entry.key: entry for entry in entries}
    sightings = {key: tuple(_sightings(known_as[key], found)) for key, found in others.items() if found}
    return Compared(sightings, clashing)


def _known(one: Entry, others: Sequence[Entry], places: set[tuple[str, int]]) -> bool:
    overlaps = any(one.article == it.article and one.start < it.end and it.start < one.end for it in others)
    return overlaps or (one.article, one.start) in places


MOST_SIGHTINGS = 40


def _sightings(entry: Entry, found: Sequence[Entry]) -> list[Sighting]:
    """Compare an entry with others, those that differ most weightily first."""
    made = [Sighting(one, tuple(drift(entry.words, one.words))) for one in found[:MOST_SIGHTINGS]]
    return sorted(made, key=lambda one: (not one.heavy, not one.differences))


def rows(entries: Sequence[Entry], view: int) -> list[Row]:
    """Put entries into the rows of a view: newest first, a timeline by month, or by speaker."""
    if view == 0:
        return [Row(entry) for entry in entries]
    if view == 1:
        dated = sorted((entry for entry in entries if entry.day), key=lambda entry: entry.day)
        undated = [entry for entry in entries if not entry.day]
        return _under([(full(entry.day[:7]), "", entry) for entry in dated] + [("undated", "", e) for e in undated])
    spoken = Counter(entry.who for entry in entries)
    by_speaker = sorted(entries, key=lambda one: (one.speaker is None, -spoken[one.who], one.who))
    return _under([(UNNAMED.get(entry.who, entry.who), entry.speaker or "", entry) for entry in by_speaker])


def _under(headed: Sequence[tuple[str, str, Entry]]) -> list[Row]:
    found: list[Row] = []
    many = Counter(heading for heading, _, _ in headed)
    last = None
    for heading, speaker, entry in headed:
        if heading != last:
            found.append(Row(None, heading, f"{many[heading]:,}", speaker))
            last = heading
        found.append(Row(entry))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A dossier made ready for the screen: what the filter lets through, its rows, and what the head says of it."""

    entries: tuple[Entry, ...] = ()
    rows: Sequence[Row] = ()
    figures: tuple[str, ...] = ()
    open_ends: tuple[str, ...] = ()
    months: Mapping[str, int] = field(default_factory=dict)
    place: int = 0
    filled: frozenset[str] = frozenset()
    """Which of `verdict`, `note`, `mark` and `tags` some entry has; the others need no room."""


class Asked(Struct, frozen=True):
    """What a person wants to see: the filter, the view, and the entry that the cursor is on."""

    query: str = ""
    view: int = 0
    kept: Key | None = None


def prepare(dossier: Dossier, texts: list[Folded], compared: Compared | None, asked: Asked) -> Shown:
    """Make a dossier ready for the screen. For a worker.

    `texts` are the folded words of its entries; the list is filled when a filter first needs it.
    """
    typed = [word.text for word in words(asked.query)]
    found = dossier.entries
    if typed:
        if len(texts) < len(found):
            texts[:] = [_text(entry) for entry in found]  # at once: an older worker may be about it too
        found = tuple(one for one, text in zip(found, texts, strict=True) if answer(typed, text) is not None)
    part = Dossier(subject=dossier.subject, entries=found, more=dossier.more)
    months = Counter(entry.day[:7] for entry in found if entry.day)
    made = rows(found, asked.view)
    kept = asked.kept
    first = next((at for at, row in enumerate(made) if row.entry), 0)
    place = next((at for at, row in enumerate(made) if row.entry and row.entry.key == kept), first)
    return Shown(found, made, figures(part), open_ends(part, compared), months, place, _filled(found, compared))


def _filled(entries: Sequence[Entry], compared: Compared | None) -> frozenset[str]:
    has = {
        "verdict": any(entry.verdict != "open" for entry in entries),
        "note": any(entry.note for entry in entries),
        "mark": any(mark(entry, compared)[0] for entry in entries),
        "tags": any(entry.tags for entry in entries),
    }
    return frozenset(name for name, there in has.items() if there)


def _text(entry: Entry) -> Folded:
    said = (entry.words, entry.speaker or "", entry.outlet, entry.note, entry.verdict, *entry.tags)
    return tuple(word.text for part in said for word in words(part))


def figures(dossier: Dossier) -> tuple[str, ...]:
    """Say what a dossier holds, the most needed first."""
    entries = dossier.entries
    claims = sum(bool(entry.claim) for entry in entries)
    days = [entry.day for entry in entries if entry.day]
    speakers = {entry.speaker for entry in entries if entry.speaker}
    outlets = {entry.outlet for entry in entries if entry.outlet}
    parts = [
        count(claims, "claim") if claims else "",
        count(len(entries) - claims, "quote") + " not tagged" if len(entries) > claims else "",
        count(len(speakers), "speaker") if speakers and dossier.subject.kind != "speaker" else "",
        count(len(outlets), "outlet") if outlets else "",
        span(min(days, default=""), max(days, default="")),
    ]
    return tuple(part for part in parts if part) + (("the newest only",) if dossier.more else ())


def open_ends(dossier: Dossier, compared: Compared | None) -> tuple[str, ...]:
    """Say what a person has still to look at: contradictions, changed wordings, what is unread and unclear."""
    entries = dossier.entries
    articles = {entry.article for entry in entries if entry.unread}
    unclear = sum(entry.verdict == "unclear" for entry in entries)
    unchecked = sum(bool(entry.claim) and entry.verdict == "open" for entry in entries)
    lost = sum(entry.state in {"altered", "ambiguous", "orphan"} for entry in entries)
    parts = []
    if compared is None:
        parts.append("comparing…")
    else:
        changed = sum(any(one.differences for one in found) for found in compared.sightings.values())
        same = len(compared.sightings) - changed
        parts += [f"{len(compared.clashes)} contradict" if compared.clashes else ""]
        parts += [f"{changed} told differently elsewhere" if changed else "", f"{same} also elsewhere" if same else ""]
    parts += [f"{unclear} unclear" if unclear else "", f"{unchecked} unchecked" if unchecked else ""]
    parts += [f"{lost} changed in the source" if lost else ""]
    parts += [f"{count(len(articles), 'article')} unread" if articles else ""]
    return tuple(part for part in parts if part)


def mark(entry: Entry, compared: Compared | None) -> tuple[str, bool]:
    """Say in a word or two what is to be known of an entry, and whether it is grave."""
    if entry.state in {"altered", "ambiguous", "orphan"}:
        return entry.state, True
    if compared is None:
        return "", False
    if entry.key in compared.clashes:
        return "contradicts", True
    found = compared.sightings.get(entry.key, ())
    differing = sum(bool(one.differences) for one in found)
    if differing:
        return f"{differing} differ" + ("s" if differing == 1 else ""), any(one.heavy for one in found)
    return (f"{len(found)} alike", False) if found else ("", False)
