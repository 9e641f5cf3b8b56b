"""All speakers of the library: one person under one name, the spellings joined by hand and never by the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.widgets import Static
from textual.worker import get_current_worker

from store.dossier.namesakes import Namesake, Namesakes
from store.dossier.people import Person, people, quote_counts, renamed, seen_as
from store.dossier.records import Subject
from tui import dates
from tui.counting import count
from tui.keys import bindings
from tui.safe import own_markup, plain, safe
from tui.screens.catalogue import Folded, folded
from tui.screens.page import app_of
from tui.screens.speaker_acts import SpeakerActs
from tui.widgets.article_list import NARROW
from tui.widgets.line_list import LineList
from tui.widgets.people_list import PeopleList, SuggestionList, quotes

MOST_SUGGESTED = 200
ORDERS = ("by quotes", "by name", "by last day")

_NOTHING = """\
[bold $foreground]Nobody speaks here yet.[/]

Add an article with [bold $claim]<library.add>[/] in the library: who is quoted in it is listed here,
with how often, and with names that may be one person's.

[bold $claim]<app.back>[/] goes back"""

_ASKED = (
    "Same person?  {count}   [@click='screen.accept'][bold $foreground]<speakers.accept>[/] yes[/]   "
    "[@click='screen.refuse'][bold $foreground]<speakers.refuse>[/] no[/]"
)


class SpeakersScreen(SpeakerActs):
    """The speakers of the library, and above them who may be the same person."""

    WHAT = "Speakers"
    CONTEXTS: ClassVar = ("speakers", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("speakers")
    DEFAULT_CSS = """
    SpeakersScreen {
        & #question { height: 1; padding: 0 2; color: $muted; display: none; }
        & #suggestions { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._order = 0
        self._names_compared = False
        self._namesakes = Namesakes()
        self._counted: dict[str, int] | None = None
        self._opening = True

    # What is shown

    def above(self) -> ComposeResult:
        """Lay out the suggestions."""
        yield Static(id="question")
        yield SuggestionList(id="suggestions")

    def make_list(self) -> LineList[Any]:
        """Make the list."""
        return PeopleList(app_of(self).today(), id="rows")

    def read(self, stopped: Callable[[], bool]) -> Sequence[Person]:
        """Read everybody, first with the quotes known already, which take longer to count; then who may be who."""
        app = app_of(self)
        known = None if self._counted is None else renamed(app.library, self._counted)
        soon = people(app.library, known)
        self.app.call_from_thread(self.loaded, soon)
        self._compare(soon, stopped)
        self._counted = quote_counts(app.index)
        found = people(app.library, self._counted)
        self._compare(found, stopped)
        return found

    def loaded(self, rows: Sequence[Any], *, top: bool = False) -> None:
        """Show everybody; when the counts change the order for the first time, a cursor at the top stays at the top."""
        super().loaded(rows, top=top or (self._opening and self.rows.cursor == 0))
        self._opening = self._opening and self._counted is None

    def _compare(self, found: Sequence[Person], stopped: Callable[[], bool]) -> None:
        quoted = {one.name: (one.quotes or one.articles) + one.claims for one in found if one.kind != "unnamed"}
        apart = {record.name: frozenset(record.not_same_as) for record in app_of(self).library.speakers()}
        suggested = self._namesakes.suggest(quoted, lambda name: apart.get(name, frozenset()), stopped)
        if not stopped():
            self.seen.clear()
            self.app.call_from_thread(self._suggest, suggested[:MOST_SUGGESTED])

    def words_of(self, row: Person) -> Folded:
        """Find a speaker by all names and roles."""
        return folded(row.name, *row.aliases, *row.roles)

    def ordered(self, rows: Sequence[Person], filtered: bool) -> Sequence[Person]:
        """Put speakers in the order that was chosen."""
        if self._order == 1:
            return sorted(rows, key=lambda row: row.name.casefold())
        return sorted(rows, key=lambda row: row.last, reverse=True) if self._order else rows

    def figures(self, shown: int) -> str:
        """Say how many speakers and quotes there are."""
        if not self.every:
            return ""
        found = f"{shown:,} of " if self.filter.value.strip() else ""
        spoken = "" if self._counted is None else f" · {count(sum(self._counted.values()), 'quote')}"
        order = f" · {ORDERS[self._order]}" if self._order else ""
        return f"{found}{count(len(self.every), 'speaker')}{spoken}{order}"

    def about(self, row: Person) -> Content:
        """Tell all of a speaker."""
        if row.name not in self.seen:
            self._learn(row.name)
        day, spelled = dates.parse(row.last), app_of(self).spelled
        seen = [part for part in self.seen.get(row.name, ()) if part not in (*row.roles, row.kind)]
        facts = [quotes(row), count(row.articles, "article"), count(row.claims, "claim")]
        facts += [f"last {dates.long(day)}"] if day else []
        roles = ", ".join((*((row.kind,) if row.kind else ()), *row.roles))
        lines = [safe(plain(row.name), "bold"), safe(plain(" · ".join(facts)), "$muted")]
        lines.append(
            safe(plain(roles))
            if roles
            else Content.styled(spelled("no role given: <speakers.role> sets one"), "$muted")
        )
        if seen:
            lines.append(safe(plain(f"called in the texts  {', '.join(seen)}"), "$muted"))
        if row.aliases:
            lines.append(safe(plain(f"Also  {', '.join(row.aliases)}   {spelled('<speakers.split>')} splits one off")))
        return Content("\n").join(lines)

    @work(thread=True, exit_on_error=False, exclusive=True, group="learn")
    def _learn(self, name: str) -> None:
        library = app_of(self).library
        seen = seen_as(library, name, library.articles())
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._learned, name, seen)

    def _learned(self, name: str, seen: tuple[str, ...]) -> None:
        self.seen[name] = seen
        if self.is_mounted and self.under_cursor is not None and self.under_cursor.name == name:
            self._tell()

    def empty(self) -> Content:
        """Say what to do when there is nothing at all."""
        return own_markup(_NOTHING, app_of(self).keys)

    def subject_of(self, row: Person) -> Subject:
        """Give a speaker's dossier."""
        return Subject("speaker", app_of(self).library.known_as(row.name))

    @on(Resize)
    def _fit_suggestions(self) -> None:
        self.suggestions.set_row_height(2 if self.size.width < NARROW else 1)

    def action_order(self) -> None:
        """Show the speakers by quotes, by name, or by last day."""
        self._order = (self._order + 1) % len(ORDERS)
        self.sift_and_wait()

    # Who may be the same person

    def _suggest(self, found: Sequence[Namesake]) -> None:
        if not self.is_mounted:
            return
        self._names_compared = True
        asked = self.query_one("#question", Static)
        asked.display = self.suggestions.display = bool(found)
        self.suggestions.show_rows(found)
        if found:
            self.suggestions.set_row_height(2 if self.size.width < NARROW else 1)
            asked.update(own_markup(_ASKED.format(count=len(found)), app_of(self).keys))
        elif self.suggestions.has_focus:
            self.set_focus(self.rows)

    @on(DescendantFocus)
    def _turned(self) -> None:
        asked = self.suggestions.has_focus
        self.suggestions.rest(not asked)
        self.rows.rest(asked)
        self._tell()

    @on(LineList.Moved, "#suggestions")
    def _moved_on(self) -> None:
        if self.suggestions.has_focus:
            self.call_later(self._tell)

    def action_turn(self) -> None:
        """Go to the suggestions, or back to the list."""
        if self.suggestions.display and not self.suggestions.has_focus:
            self.set_focus(self.suggestions)
        else:
            self.set_focus(self.rows)

    def action_accept(self) -> None:
        """Join the two names of the suggestion under the cursor."""
        if pair := self._pair():
            library = app_of(self).library
            self.suggestions.seek(self.suggestions.key_of(pair))
            self.change_or_say(lambda: library.merge_speakers(pair.name, pair.into), f"{pair.name} is {pair.into}")

    def action_refuse(self) -> None:
        """Remember that the two names of the suggestion under the cursor are two people."""
        if pair := self._pair():
            library = app_of(self).library
            said = f"{pair.name} is not {pair.into}"
            self.suggestions.seek(self.suggestions.key_of(pair))
            self.change_or_say(lambda: library.not_same_speaker(pair.name, pair.into), said)

    def _pair(self) -> Namesake | None:
        pair = self.suggestions.current if self.suggestions.display else None
        if pair is None:
            nobody = "No names here look like one person's; <speakers.merge> joins two by hand"
            app_of(self).say(nobody if self._names_compared else "Still comparing the names…")
        return pair

    @on(LineList.Chosen, "#suggestions")
    def _chosen_pair(self) -> None:
        if pair := self._pair():
            app_of(self).open_dossier(Subject("speaker", pair.name))

    def action_open(self) -> None:
        """Open the dossier of the speaker under the cursor."""
        if self.suggestions.has_focus:
            self._chosen_pair()
        else:
            super().action_open()
