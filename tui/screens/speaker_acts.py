"""What a person says of a speaker: names, roles, kind, who is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from store.dossier.people import Person, record_of
from store.model import SpeakerKind
from tui.counting import count
from tui.screens.catalogue import Catalogue
from tui.screens.page import app_of
from tui.widgets.choice_prompt import Choice, Offer
from tui.widgets.people_list import SuggestionList, quotes

T = TypeVar("T")
MOST = 30
KINDS: tuple[SpeakerKind, ...] = ("person", "organisation", "office", "group", "unnamed")


class SpeakerActs(Catalogue):
    """The part of the screen of speakers that changes them; `seen` is what the newest texts call each."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, tuple[str, ...]] = {}

    @property
    def suggestions(self) -> SuggestionList:
        """The names that may be one person's."""
        return self.query_one(SuggestionList)

    @property
    def under_cursor(self) -> Person | None:
        """The speaker under the cursor; among the suggestions the one who may be another."""
        pair = self.suggestions.current if self.suggestions.has_focus else None
        current: Person | None = self.rows.current
        return self._named(pair.name) if pair else current

    def _named(self, name: str) -> Person | None:
        wanted = " ".join(name.split()).casefold()
        return next((one for one in self.every if one.name.casefold() == wanted), None)

    def _join(self, name: str, into: str, change: Callable[[Callable[[], object], str], T]) -> T:
        """Join two names; the cursor goes to the one that stays, and with undo back to the other."""
        library = app_of(self).library
        self.rows.seek(name)
        self.rows.go_to_key(into)
        return change(lambda: library.merge_speakers(name, into), f"{name} is {into}")

    def _ask_name(
        self, label: str, row: Person, told: Callable[[str], str], done: Callable[[str], str], *, keeps: bool
    ) -> None:
        """Ask for a name of the speaker; one that another has joins the two, under this one's name if it `keeps` it."""

        def other(name: str) -> Person | None:
            found = self._named(name)
            return found if found is not None and found.name != row.name else None

        def say(name: str) -> str:
            one = other(name)
            joins = one and f"{one.name} speaks here too ({quotes(one)}): enter joins the two.   esc back"
            return joins or told(name)

        def do(name: str) -> str:
            if one := other(name):
                names = (one.name, row.name) if keeps else (row.name, one.name)
                return self._join(*names, self.change)
            return done(name)

        self.ask_line(label, "" if keeps else row.name, say, do)

    def action_rename(self) -> None:
        """Give the speaker another name everywhere; a name that another one has joins the two."""
        row = self.under_cursor
        if row is None:
            return
        library = app_of(self).library

        def told(value: str) -> str:
            return f"{quotes(row)} and {count(row.claims, 'claim')} will say “{value}”.   enter rename   esc back"

        def done(value: str) -> str:
            if value == row.name:
                return ""
            self.rows.seek(row.name, value)
            return self.change(lambda: library.rename_speaker(row.name, value), f"{row.name} is now {value}")

        self._ask_name("rename to", row, told, done, keeps=False)

    def action_merge(self) -> None:
        """Join the speaker with another one."""
        row = self.under_cursor
        if row is None:
            return

        def merge(name: str) -> None:
            self._join(row.name, name, self.change_or_say)

        about = f"{row.name} is the same as …   {quotes(row)}, {count(row.claims, 'claim')}"
        self.ask_choice("joined with", about, self._offer(row.name), merge)

    def _offer(self, without: str) -> Offer:
        from store.search.suggest import suggest  # noqa: PLC0415

        spoken = {one.name: quotes(one) for one in self.every if one.name != without}
        near = [pair.into if pair.name == without else pair.name for pair in self.suggestions.rows
                if without in {pair.name, pair.into}]  # fmt: skip
        names = list(dict.fromkeys([*(name for name in near if name in spoken), *spoken]))

        def offer(typed: str) -> Sequence[Choice]:
            return [Choice(name, name, marks, spoken[name]) for name, marks in suggest(typed, names, MOST)]

        return offer

    def action_split(self) -> None:
        """Split off one of the speaker's other names."""
        row = self.under_cursor
        if row is None or not row.aliases:
            app_of(self).say("This speaker has no other name")
            return
        library = app_of(self).library

        def split_off(name: str) -> None:
            if name in row.joined:
                self.rows.seek(name)
                self.change_or_say(lambda: library.split_speaker(name), f"{name} stands alone again")
                return
            record = record_of(library, row.name)
            left = [alias for alias in record.aliases if alias != name] if record else []
            self.change_or_say(
                lambda: library.describe_speaker(row.name, aliases=left), f"{name} is no name of {row.name} now"
            )

        if len(row.aliases) == 1:
            split_off(row.aliases[0])
            return
        choices = [Choice(name, name, (), "joined" if name in row.joined else "name") for name in row.aliases]
        self.ask_choice("split off", f"other names of {row.name}", lambda typed: choices, split_off)

    def action_alias(self) -> None:
        """Add another name of the speaker; one that speaks here already is joined."""
        row = self.under_cursor
        if row is None:
            return
        library = app_of(self).library
        told = f"Another name of {row.name}, by which search finds them too.   enter add   esc back"

        def done(value: str) -> str:
            record = record_of(library, row.name)
            names = [*(record.aliases if record else ()), " ".join(value.split())]
            return self.change(lambda: library.describe_speaker(row.name, aliases=names), f"{row.name}, also {value}")

        self._ask_name("also called", row, lambda value: told, done, keeps=True)

    def action_roles(self) -> None:
        """Set what the speaker is."""
        row = self.under_cursor
        if row is None:
            return
        library = app_of(self).library
        seen = [part for part in self.seen.get(row.name, ()) if part not in KINDS]

        def done(value: str) -> str:
            roles = [role for part in value.split(",") if (role := " ".join(part.split()))]
            said = f"{row.name}: {', '.join(roles) or 'no role'}"
            return self.change(lambda: library.describe_speaker(row.name, roles=roles), said)

        told = "Roles with commas between: president of Syria, minister of finance.   enter keep   esc back"
        self.ask_line("roles", ", ".join(row.roles or seen[:1]), lambda value: told, done, empty=True)

    def action_kind(self) -> None:
        """Say whether it is a person, an organisation, an office or a group."""
        row = self.under_cursor
        if row is None:
            return
        library = app_of(self).library

        def offer(typed: str) -> Sequence[Choice]:
            return [Choice(kind, kind) for kind in KINDS if kind.startswith(typed.strip().casefold())]

        def kind(name: str) -> None:
            chosen: SpeakerKind = next((one for one in KINDS if one == name), "person")
            self.change_or_say(lambda: library.describe_speaker(row.name, kind=chosen), f"{row.name}: {chosen}")

        self.ask_choice("kind", f"{row.name} is …", offer, kind)
