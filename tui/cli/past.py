"""The verb `history`: what was changed, when and by whom."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tui.cli.opening import open_library
from tui.cli.output import Out, cut, one_line, pad, say

if TYPE_CHECKING:
    from store.library import Library
    from store.model import HistoryEntry, LogEntry
    from tui.cli.parser import Options

LAST = 30
VALUE_WIDTH = 60
_UNTOLD = {"modified", "retrieved", "earlier"}


def history(options: Options) -> int:
    """Print what became of a record, oldest first, or the last changes of the library, newest first."""
    out = Out()
    with open_library(options.library, create=False) as library:
        if options.query:
            entries = library.history(library.find_record(options.query))
            for before, entry in pairwise([None, *entries]):
                assert entry is not None
                _tell_entry(out, library, before, entry, as_json=options.json)
            return 0
        log = library.log(LAST)
        for change in log:
            out.json(change) if options.json else out.line(_heading(change))
        if not log:
            say("nothing was changed yet")
    return 0


def _heading(entry: HistoryEntry | LogEntry) -> str:
    moment = f"{entry.at[:16].replace('T', ' ')} UTC"
    return f"{pad(moment, 20)}  {pad(one_line(entry.by) or '-', 8)}  {one_line(entry.what) or 'another program'}"


def _tell_entry(out: Out, library: Library, before: HistoryEntry | None, entry: HistoryEntry, *, as_json: bool) -> None:
    if as_json:
        out.json(entry)
        return
    out.line(_heading(entry))
    old = before.after if before else None
    if entry.after is None:
        out.line(f"{'':32}removed")
    elif old is not None:
        for name, value in entry.after.items():
            if name not in _UNTOLD and old.get(name) != value:
                out.line(f"{'':32}{name}: {_told(library, name, old.get(name))} → {_told(library, name, value)}")


def _told(library: Library, name: str, value: Any) -> str:
    """Put a value into a few words."""
    if name == "anchor" and isinstance(value, dict):
        value = f"{value.get('state')} at {value.get('start')}-{value.get('end')}"
    elif name == "tags" and isinstance(value, list):
        known = {tag.id: tag.name for tag in (*library.tags(), *library.merged_tags())}
        value = ", ".join(known.get(tag_id, f"a removed tag {tag_id[:8]}") for tag_id in value)
    elif isinstance(value, list):
        value = ", ".join(map(str, value))
    if value in {None, ""}:
        return "nothing"
    return cut(one_line(str(value)), VALUE_WIDTH)
