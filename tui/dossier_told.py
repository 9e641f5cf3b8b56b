"""What is told of one entry of a dossier: on the screen beside it, and in what is copied and exported."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from store.dossier.drift import told
from store.dossier.records import Dossier, Entry
from store.dossier.written import written
from tui.dates import full
from tui.dossier_rows import Compared, Sighting
from tui.quoting import attributed
from tui.safe import plain, safe
from tui.verdicts import NO_NAMES, Names, judged, name_of
from tui.widgets.wordings import facts, here, origin, there, worded

MOST_SHOWN = 6
SAME = "word for word"


def sightings_of(entry: Entry, compared: Compared | None) -> Sequence[Sighting]:
    """Give where else an entry's words stand."""
    return compared.sightings.get(entry.key, ()) if compared else ()


def entry_told(
    entry: Entry, dossier: Dossier, compared: Compared | None, *, short: bool = False, names: Names = NO_NAMES
) -> Content:
    """Tell all of an entry: who, the words, the source, what a person made of it, what contradicts it.

    With `short` also how the words differ elsewhere, where there is no room to tell that beside it.
    """
    found = sightings_of(entry, compared)
    marks = here(found[0].differences) if found else ()
    lines = [safe(origin(entry), "bold"), worded(entry, marks)]
    clash = contradiction(entry, dossier, compared, names)
    if clash:
        lines.append(safe(clash, "$claim"))
    if short and found:
        lines.append(safe(plain(_first_elsewhere(entry, found)), "$claim"))
    return Content("\n").join([*lines, facts(entry, names)])


def _first_elsewhere(entry: Entry, found: Sequence[Sighting]) -> str:
    how = told(entry.words, found[0].entry.words, found[0].differences) or SAME
    more = f"; {len(found) - 1} more" if len(found) > 1 else ""
    return f"{how} in {found[0].entry.where}{more}"


def contradiction(entry: Entry, dossier: Dossier, compared: Compared | None, names: Names = NO_NAMES) -> str:
    """Say what contradicts an entry by its verdict; empty when nothing does."""
    clash = compared.clashes.get(entry.key) if compared else None
    if clash is None:
        return ""
    others = [dossier.entries[at] for at in clash.others if at < len(dossier.entries)]
    where = f"#{clash.tag}" if clash.why == "same tag" else clash.why
    said = "; ".join(f"{name_of(one.verdict, names)}: {origin(one)}" for one in others)
    more = f" and {clash.count - len(others)} more" if clash.count > len(others) else ""
    return plain(f"contradicts ({where}): {said}{more}")


def elsewhere_told(entry: Entry, compared: Compared | None, names: Names = NO_NAMES) -> Content:
    """Tell where else the words of an entry stand, and how they differ there."""
    if compared is None:
        return Content.styled("comparing with the rest of the library…", "$muted")
    found = sightings_of(entry, compared)
    if not found:
        return Content.styled("These words were found nowhere else.", "$muted")
    parts = [Content.styled(f"The same words elsewhere: {len(found)}", "$muted")]
    for one in found[:MOST_SHOWN]:
        how = told(entry.words, one.entry.words, one.differences)
        parts += [
            safe(" · ".join(filter(None, [origin(one.entry), judged(one.entry.verdict, names)])), "bold"),
            safe(plain(f"differs: {how}"), "$claim") if how else Content.styled(SAME, "$muted"),
            worded(one.entry, there(one.differences)),
        ]
    if len(found) > MOST_SHOWN:
        parts.append(Content.styled(f"and {len(found) - MOST_SHOWN} more", "$muted"))
    return Content("\n").join(parts)


def as_markdown(shown: Dossier, whole: Dossier, compared: Compared | None) -> str:
    """Write the entries shown as Markdown, with other wordings and contradictions of the whole dossier."""
    notes: dict[tuple[str, str, int, int], list[str]] = {}
    for entry in shown.entries:
        notes[entry.key] = [
            f"Elsewhere: {origin(one.entry)}: {told(entry.words, one.entry.words, one.differences) or SAME}"
            for one in sightings_of(entry, compared)
        ]
        clash = contradiction(entry, whole, compared)
        notes[entry.key] += [clash[0].upper() + clash[1:]] if clash else []
    return written(shown, notes)


def cited(entry: Entry) -> str:
    """Give an entry with its source, for pasting."""
    place = " · ".join(part for part in (entry.title, entry.outlet, full(entry.day), entry.url) if part)
    return f"{attributed(entry.words, entry.speaker, entry.speech)}\n{place}\n"
