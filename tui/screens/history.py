"""What became of one claim: who changed what, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from textual import work
from textual.binding import BindingType

from store.errors import NewsreaderError
from store.library import Library
from store.model import Claim, HistoryEntry
from tui.counting import count
from tui.keys import bindings
from tui.screens.page import app_of
from tui.screens.scrolled import ScrolledPage
from tui.widgets.pager import Line, Part

_FIELDS = {"note": "note", "verdict": "verdict", "speaker": "speaker", "said_on": "said on"}


class HistoryScreen(ScrolledPage):
    """Shows every change of a claim, the newest first."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("history", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")

    def __init__(self, claim: Claim) -> None:
        super().__init__()
        self._claim = claim

    def begin(self) -> None:
        """Read the journals in the background."""
        self.show("History of the claim", "reading…", [])
        self._read()

    def library_changed(self) -> None:
        """Read again."""
        self._read()

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _read(self) -> None:
        app = app_of(self)
        try:
            entries = app.library.history(self._claim.id)
        except NewsreaderError as error:
            app.call_from_thread(app.say, str(error), True)
            return
        lines = told(entries, app.library)
        app.call_from_thread(self._show, len(entries), [[(f"“{self._claim.anchor.exact}”", "strong")], [], *lines])

    def _show(self, changes: int, lines: Sequence[Line]) -> None:
        if self.is_mounted:
            self.show("History of the claim", count(changes, "change"), lines)


def told(entries: Sequence[HistoryEntry], library: Library) -> list[Line]:
    """Give the lines of a history, newest first: when, by whom and what, then each field before and after."""
    lines: list[Line] = []
    before: Mapping[str, Any] = {}
    for entry in entries:
        after = entry.after or {}
        stamp = entry.at.replace("T", " ")[:16]
        what = entry.what.rpartition(" on “")[0] or entry.what  # on which words is said at the head
        block: list[Line] = [[(f"{stamp}  ", "muted"), (what, "strong"), (f"   {entry.by}", "muted")]]
        if entry.after is None:
            block.append([("    the claim was removed", "gone")])
        block += [[("    ", "plain"), *line] for line in _changes(before, after, library)] if entry.after else []
        lines = [*block, [], *lines]
        before = after
    return lines


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], library: Library) -> list[list[Part]]:
    found: list[list[Part]] = []
    for field, name in _FIELDS.items():
        old, new = before.get(field) or "", after.get(field) or ""
        if old != new and not (not before and field == "verdict" and new == "open"):
            found.append(_change(name, str(old), str(new)))
    names = [
        ", ".join(_tag(one, library) for one in cast("list[str]", side.get("tags") or [])) for side in (before, after)
    ]
    if names[0] != names[1]:
        found.append(_change("tags", *names))
    old, new = (side.get("anchor") or {} for side in (before, after))
    if before and old != new:
        found.append(_change(f"words ({new.get('state', '')})", str(old.get("exact", "")), str(new.get("exact", ""))))
    return found


def _change(name: str, old: str, new: str) -> list[Part]:
    sides: list[Part] = [(f"{name}: ", "muted")]
    if old == new:
        return [*sides, (new, "plain")]
    if old:
        sides += [(old, "gone"), (" → ", "muted")]
    return [*sides, (new, "new") if new else ("nothing", "muted")]


def _tag(tag_id: str, library: Library) -> str:
    try:
        return library.tag(tag_id).name
    except NewsreaderError:
        return "a removed tag"
