"""The line at the head of a screen and the line of keys at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.actions import perform
from tui.keys import ID, KEYS, Key, glyph, spelled
from tui.safe import plain
from tui.widgets.cells import Piece, fit, line

MOST_HINTS = 6
_BETWEEN = re.compile(r"( {2,}| · )")
_NAMED = re.compile(r"(?:(?:1–9 or enter|enter|esc|tab|space|[jkf,↑↓←→]+)(?: |$))+")
"""Keys that are written out where something is said, at the head of what they do."""


class TitleBar(Widget):
    """One line: what this is on the left, figures about it on the right; the left gives way when it is narrow."""

    COMPONENT_CLASSES = {"bar--strong", "bar--muted"}  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    TitleBar {
        dock: top; height: 1; padding: 0 1; background: $bar; color: $foreground;
        & > .bar--strong { text-style: bold; }
        & > .bar--muted { color: $muted; }
    }
    """

    def __init__(self, title: str = "", figures: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title, self._figures = plain(title), plain(figures)

    def show(self, title: str, figures: str = "") -> None:
        """Show other words; both may come from outside."""
        words = plain(title), plain(figures)
        if words != (self._title, self._figures):
            self._title, self._figures = words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        room = max(0, width - cell_len(self._figures) - 2)
        strong, muted = (self.get_component_rich_style(name, partial=True) for name in ("bar--strong", "bar--muted"))
        if room < min(12, cell_len(self._title)):
            return line([(fit(self._title, width), strong)], width, self.rich_style)
        return line(
            [(fit(self._title, room), strong), ("  ", None), (self._figures, muted)],
            width,
            self.rich_style,
        )


class HintBar(Widget):
    """One line of at most six keys of the contexts given, and `?` at its right end; hidden under 60 columns.

    A screen can say something else in it for a while (`say`), such as what is selected; a line that is typed into
    shows its own keys there (`typing_keys`), since the letters of the others are typed.
    """

    COMPONENT_CLASSES = {"bar--key", "bar--muted"}  # noqa: RUF012
    DEFAULT_CSS = """
    HintBar {
        dock: bottom; height: 1; padding: 0 1; color: $muted;
        & > .bar--key { color: $foreground; text-style: bold; }
        & > .bar--muted { color: $muted; }
    }
    """

    def __init__(self, *contexts: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._contexts = contexts
        self._said = self._typing_keys = ""

    @property
    def _told(self) -> str:
        return self._said or self._typing_keys

    def typing_keys(self, text: str) -> None:
        """Show the keys of a line while it is typed into, unless something is said; empty brings the screen's back."""
        if text != self._typing_keys:
            self._typing_keys = text
            self.refresh()

    def say(self, text: str) -> None:
        """Show `text` in place of the keys, ids such as `<app.undo>` as keys; empty brings the keys back.

        What comes from outside is given through `verbatim`.
        """
        if text != self._said:
            self._said = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        key, muted = (self.get_component_rich_style(name, partial=True) for name in ("bar--key", "bar--muted"))
        if self._told:
            return line(_cut(self._said_pieces(key, muted), width), width, self.rich_style)
        pieces: list[Piece] = []
        end = 0
        for start, hint in self._laid(width):
            pieces += [(" " * (start - end), None), (hint.glyph, key), (f" {hint.words}", muted)]
            end = start + hint.width
        return line(pieces, width, self.rich_style)

    def _said_pieces(self, key: Style, muted: Style) -> Iterator[Piece]:
        """Give what is said in pieces: keys as in the line of keys, what they do muted, and all else plain."""
        table = getattr(self.app, "keys", KEYS)
        for part in self._parts():
            named = _NAMED.match(part)
            at = named.end() if named else 0
            look = muted if at or ID.search(part) or _BETWEEN.fullmatch(part) else None
            yield part[:at], key
            for words in re.split(f"({ID.pattern.replace('(', '(?:')})", part[at:]):
                yield (spelled(words, table), key) if ID.fullmatch(words) else (plain(words), look)

    def _parts(self) -> list[str]:
        """Give what is said cut into keys and all else, without the keys for which there is no room."""
        parts, table = _BETWEEN.split(self._told), getattr(self.app, "keys", KEYS)
        while cell_len(plain(spelled("".join(parts), table))) > self.size.width:
            back = spelled(parts[-1], table).startswith("esc")  # the way back is said as long as it can be
            last = len(parts) - (3 if back else 1)
            if last < 1 or not (_NAMED.match(parts[last]) or ID.search(parts[last])):
                break
            del parts[last - 1 : last + 1]
        return parts

    def _said_key(self, x: int) -> Key | None:
        """Give the key of what is said at cell `x`."""
        table, end = getattr(self.app, "keys", KEYS), 0
        for part in self._parts():
            end += cell_len(plain(spelled(part, table)))
            if x < end:
                found = ID.search(part)
                return next((key for key in table if found and key.id == found[1]), None)
        return None

    def _laid(self, width: int) -> list[tuple[int, Hint]]:
        """Give the hints that fit, each with the cell it begins in; the last stands at the right end."""
        *others, last = hints(*self._contexts, table=getattr(self.app, "keys", KEYS))
        laid: list[tuple[int, Hint]] = []
        place = 0
        for hint in others[: MOST_HINTS - 1]:
            if width - last.width - place < hint.width + 3:
                break
            laid.append((place, hint))
            place += hint.width + 3
        return [*laid, (max(place, width - last.width), last)]

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse would do."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if self._told:
            if (key := self._said_key(offset.x)) is not None:
                await perform(self.screen, key)
            return
        for start, hint in self._laid(self.size.width):
            if start <= offset.x < start + hint.width and hint.key is not None:
                await perform(self.screen, hint.key)


def _cut(pieces: Iterable[Piece], width: int) -> Iterator[Piece]:
    """Give the pieces that fit, the last one cut."""
    left = width
    for words, look in pieces:
        yield (words if cell_len(words) <= left else fit(words, left)), look
        left -= cell_len(words)
        if left < 0:
            return


class Hint(NamedTuple):
    """A key of the line: its printed name, its words, and what it does."""

    glyph: str
    words: str
    key: Key | None

    @property
    def width(self) -> int:
        """The cells it takes."""
        return cell_len(self.glyph) + 1 + cell_len(self.words)


def hints(*contexts: str, table: Sequence[Key] = KEYS) -> list[Hint]:
    """Give the hints of these contexts: those of the contexts first, help at the end."""
    shown = [key for key in table if key.hint and key.keys and key.id != "app.help"]
    first = [key for key in shown if key.context in contexts and key.context != "everywhere"]
    rest = [key for key in shown if key.context == "everywhere"]
    help_key = next((key for key in table if key.id == "app.help" and key.keys), None)
    last = _hint(help_key) if help_key else Hint("", "", None)
    return [*map(_hint, first[: MOST_HINTS - 1 - len(rest)]), *map(_hint, rest), last]


def _hint(key: Key) -> Hint:
    return Hint(glyph(key.keys.split(",")[0]), key.hint, key)
