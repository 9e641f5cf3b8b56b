"""All tags: what they are called, how they are used, and putting them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content

from store.dossier.records import Subject
from store.dossier.tagtree import Branch, below, split, tag_tree
from store.model import Tag
from tui import dates
from tui.counting import count
from tui.keys import bindings
from tui.safe import own_markup, plain, safe
from tui.screens.catalogue import Catalogue, Folded, folded
from tui.screens.page import app_of
from tui.widgets.choice_prompt import Choice, Offer
from tui.widgets.line_list import LineList
from tui.widgets.tag_list import COLOURS, TagList, colour_name

TOP = "\n"
"""What stands for no tag above; no name holds a line break."""
MOST = 30
ORDERS = ("as a tree", "by uses", "by last use")

_NOTHING = """\
[bold $foreground]No tags yet.[/]

Open an article and press [bold $claim]<reader.tag>[/] on a quote: what you type becomes a tag.
Tags nest by a slash, as in [$claim]economy/trade[/].

[bold $claim]<app.back>[/] goes back"""


class TagsScreen(Catalogue):
    """The tags of the library."""

    WHAT = "Tags"
    CONTEXTS: ClassVar = ("tags", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("tags")

    def __init__(self) -> None:
        super().__init__()
        self._order = 0

    # What is shown

    def make_list(self) -> LineList[Any]:
        """Make the list."""
        return TagList(app_of(self).today(), id="rows")

    def read(self, stopped: Callable[[], bool]) -> Sequence[Branch]:
        """Read all tags and count their claims."""
        return tag_tree(app_of(self).library)

    def words_of(self, row: Branch) -> Folded:
        """Find a tag by its path, synonyms, description and what was merged into it."""
        more = (*row.tag.synonyms, row.tag.description) if row.tag else ()
        return folded(row.path, *more, *row.merged)

    def ordered(self, rows: Sequence[Branch], filtered: bool) -> Sequence[Branch]:
        """Put tags in the order that was chosen."""
        if self._order == 0:
            return rows
        key = (lambda row: (row.uses, row.last)) if self._order == 1 else (lambda row: (row.last, row.uses))
        return sorted((row for row in rows if row.tag), key=key, reverse=True)

    def figures(self, shown: int) -> str:
        """Say how many tags and uses there are."""
        tags = [row for row in self.every if row.tag]
        found = f"{shown} of " if self.filter.value.strip() else ""
        order = f" · {ORDERS[self._order]}" if self._order else ""
        figures = f"{found}{count(len(tags), 'tag')} · {count(sum(row.uses for row in tags), 'use')}"
        return figures + order if tags else ""

    def about(self, row: Branch) -> Content:
        """Tell all of a tag."""
        tag = row.tag
        if tag is None:
            return Content("\n").join(
                [safe(plain(row.path), "bold"), Content.styled("A part of other tags' names, no tag itself.", "$muted")]
            )
        day, spelled = dates.parse(row.last), app_of(self).spelled
        uses = count(row.uses, "claim") + (f", {row.under:,} with those below" if row.under > row.uses else "")
        facts = [uses, f"last {dates.long(day)}" if day else "", colour_name(tag.colour)]
        lines = [
            safe(plain(tag.name), "bold"),
            safe(plain(" · ".join(fact for fact in facts if fact)), "$muted"),
            safe(plain(tag.description))
            if tag.description
            else Content.styled(spelled("no description: <tags.describe> writes one"), "$muted"),
        ]
        if tag.synonyms:
            lines.append(safe(plain(f"Synonyms  {', '.join(tag.synonyms)}")))
        if row.merged:
            lines.append(safe(plain(f"Merged in  {', '.join(row.merged)}   {spelled('<tags.split>')} splits one off")))
        return Content("\n").join(lines)

    def empty(self) -> Content:
        """Say what to do when there is nothing at all."""
        return own_markup(_NOTHING, app_of(self).keys)

    def subject_of(self, row: Branch) -> Subject | None:
        """Give a tag's dossier."""
        if row.tag is None:
            return None
        now = next((tag for tag in app_of(self).library.tags() if tag.id == row.tag.id), row.tag)
        return Subject("tag", now.name)  # the list may not have been read again since it was renamed

    def action_open(self) -> None:
        """Open the dossier of the tag under the cursor."""
        if self.rows.current is not None and self.dossier_subject() is None:
            app_of(self).say("No tag itself: the tags below it have dossiers")
        super().action_open()

    def action_order(self) -> None:
        """Show the tags as a tree, by uses, or by last use."""
        self._order = (self._order + 1) % len(ORDERS)
        self.query_one(TagList).flat = self._order > 0
        self.sift_and_wait()

    # What a person does

    def _tag(self) -> Tag | None:
        row = self.rows.current
        if row is not None and row.tag is None:
            app_of(self).say("A part of other tags' names, no tag itself")
        return row.tag if row is not None else None

    def _below(self, name: str) -> list[str]:
        return [row.path for row in below(self.every, name) if row.tag and row.path != name]

    def action_rename(self) -> None:
        """Rename the tag, and with it all below it."""
        if tag := self._tag():
            library, children = app_of(self).library, len(self._below(tag.name))
            also = f" and {count(children, 'tag')} below it" if children else ""

            def told(value: str) -> str:
                return f"{count(self._uses(tag), 'claim')} will say “{value}”{also}.   enter rename   esc back"

            def done(value: str) -> str:
                if value == tag.name:
                    return ""
                return self.change(lambda: library.rename_tag(tag.id, value), f"{tag.name} is now {value}")

            self.ask_line("rename to", tag.name, told, done)

    def _uses(self, tag: Tag) -> int:
        return next((row.uses for row in self.every if row.tag and row.tag.id == tag.id), 0)

    def action_merge(self) -> None:
        """Merge the tag into another."""
        if tag := self._tag():
            library = app_of(self).library
            moved = count(self._uses(tag), "claim")

            def merge(name: str) -> None:
                self.rows.seek(tag.id)
                self._go_to_tag(name)
                self.change_or_say(lambda: library.merge_tags(tag.id, name), f"{moved} now under {name}")

            about = f"merge #{tag.name} into …   {moved} will have that tag"
            self.ask_choice("into", about, self._offer({tag.name}), merge)

    def action_nest(self) -> None:
        """Move the tag, and all below it, under another one."""
        if tag := self._tag():
            library, leaf = app_of(self).library, split(tag.name)[-1]

            def nest(above: str) -> None:
                if f"{above}/".casefold().startswith(f"{tag.name}/".casefold()):
                    app_of(self).say(f"{tag.name} cannot stand under itself", error=True)
                    return
                name = leaf if above == TOP else f"{above}/{leaf}"
                self.change_or_say(lambda: library.rename_tag(tag.id, name), f"{tag.name} is now {name}")

            children = self._below(tag.name)
            also = f" with {count(len(children), 'tag')} below it" if children else ""
            top = [Choice(TOP, "(no other tag: to the top)")] if "/" in tag.name else []
            offer = self._offer({tag.name, *children}, top, new=True)
            self.ask_choice("under", f"move #{tag.name}{also} under …", offer, nest)

    def _go_to_tag(self, name: str) -> None:
        into = next((row.tag.id for row in self.every if row.tag and row.path == name), None)
        self.rows.go_to_key(into)

    def _offer(self, without: set[str], first: Sequence[Choice] = (), new: bool = False) -> Offer:
        """Offer tags, those used most first, and with `new` what was typed."""
        from store.search.suggest import suggest  # noqa: PLC0415

        uses = {row.path: row.under for row in self.every if row.tag and row.path not in without}
        names = sorted(uses, key=lambda name: -uses[name])

        def offer(typed: str) -> Sequence[Choice]:
            wanted = " ".join(typed.split())
            choices = [
                Choice(name, name, marks, count(uses[name], "claim")) for name, marks in suggest(typed, names, MOST)
            ]
            known = any(choice.value.casefold() == wanted.casefold() for choice in choices)
            if new and wanted and not known:
                choices.append(Choice(wanted, f"+ “{wanted}”"))
            return [*first, *choices] if not wanted else choices

        return offer

    def action_split(self) -> None:
        """Take back a merge: a tag that was merged into this one stands alone again."""
        row = self.rows.current
        if row is None or not row.merged:
            app_of(self).say("Nothing was merged into this tag")
            return
        library = app_of(self).library

        def split_off(name: str) -> None:
            self.change_or_say(lambda: library.split_tag(name), f"{name} stands alone again")

        if len(row.merged) == 1:
            split_off(row.merged[0])
            return
        choices = [Choice(name, name) for name in row.merged]
        self.ask_choice("split off", f"merged into #{row.path}", lambda typed: choices, split_off)

    def action_describe(self) -> None:
        """Write what the tag is for."""
        if tag := self._tag():
            library = app_of(self).library

            def done(value: str) -> str:
                return self.change(lambda: library.describe_tag(tag.id, description=value), f"{tag.name} described")

            told = f"What #{tag.name} is for, for whoever tags next.   enter keep   esc back"
            self.ask_line("description", tag.description, lambda value: told, done, empty=True)

    def action_synonyms(self) -> None:
        """Set the other names by which the tag is found."""
        if tag := self._tag():
            library = app_of(self).library

            def done(value: str) -> str:
                names = list(dict.fromkeys(name for part in value.split(",") if (name := " ".join(part.split()))))
                taken = [n for n in names if (other := self._known(n)) and other.id != tag.id]
                if taken:
                    return (
                        f"{taken[0]}: another tag has this name; {app_of(self).spelled('<tags.merge>')} merges the two"
                    )
                said = f"Synonyms of {tag.name}: {', '.join(names) or 'none'}"
                return self.change(lambda: library.describe_tag(tag.id, synonyms=names), said)

            told = f"Other names by which #{tag.name} is found, with commas between.   enter keep   esc back"
            self.ask_line("synonyms", ", ".join(tag.synonyms), lambda value: told, done, empty=True)

    def _known(self, name: str) -> Tag | None:
        wanted = name.casefold()
        tags = (row.tag for row in self.every if row.tag)
        return next((tag for tag in tags if wanted in {tag.name.casefold(), *map(str.casefold, tag.synonyms)}), None)

    def action_colour(self) -> None:
        """Choose a colour for the tag."""
        if tag := self._tag():
            library = app_of(self).library
            choices = [Choice("", "(no colour)"), *(Choice(name, f"■ {name}") for name in COLOURS)]

            def offer(typed: str) -> Sequence[Choice]:
                return [choice for choice in choices if typed.strip().casefold() in choice.words] or choices

            def colour(name: str) -> None:
                said = f"{tag.name}: {name or 'no colour'}"
                self.change_or_say(lambda: library.describe_tag(tag.id, colour=COLOURS.get(name, "")), said)

            self.ask_choice("colour", f"colour of #{tag.name}, now {colour_name(tag.colour) or 'none'}", offer, colour)

    def action_remove(self) -> None:
        """Delete the tag; the claims stay."""
        if tag := self._tag():
            self.rows.seek(tag.id)
            library, uses = app_of(self).library, self._uses(tag)
            said = f"Deleted {tag.name}" + (f", off {count(uses, 'claim')}" if uses else "")
            self.change_or_say(lambda: library.remove_tag(tag.id), said)
