"""The line at the head of a screen and the line of keys at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.keys import KEYS, Key, glyph
from tui.safe import plain
from tui.widgets.cells import Piece, fit, line

MOST_HINTS = 6


class TitleBar(Widget):
    """One line: what this is on the left, figures about it on the right; the left gives way when it is narrow."""

    COMPONENT_CLASSES = {"bar--strong", "bar--muted"}  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    TitleBar {
        dock: top; height: 1; padding: 0 1; background: $panel; color: $foreground;
        & > .bar--strong { text-style: bold; }
        & > .bar--muted { color: $muted; }
    }
    """

    def __init__(self, title: str = "", figures: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title, self._figures = plain(title), plain(figures)

    def show(self, title: str, figures: str = "") -> None:
        """Show other words; both may come from outside."""
        self._title, self._figures = plain(title), plain(figures)
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

    A screen can say something else in it for a while (`say`), such as what is selected.
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
        self._hints: list[tuple[str, str]] = []
        self._said = ""

    def say(self, text: str) -> None:
        """Show `text`, which may come from outside, in place of the keys; empty brings the keys back."""
        self._said = plain(text)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        key, muted = (self.get_component_rich_style(name, partial=True) for name in ("bar--key", "bar--muted"))
        if self._said:
            return line([(fit(self._said, width), key)], width, self.rich_style)
        if not self._hints:
            self._hints = hints(*self._contexts, table=getattr(self.app, "keys", KEYS))
        *others, last = self._hints
        room = width - _hint_width(last)
        pieces: list[Piece] = []
        for hint in others[: MOST_HINTS - 1]:
            if room < _hint_width(hint) + 3:
                break
            pieces += [*_hint_pieces(hint, key, muted), ("   ", None)]
            room -= _hint_width(hint) + 3
        pieces += [(" " * room, None), *_hint_pieces(last, key, muted)]
        return line(pieces, width, self.rich_style)


def hints(*contexts: str, table: Sequence[Key] = KEYS) -> list[tuple[str, str]]:
    """Give the hints of these contexts as key and words: those of the contexts first, help at the end."""
    shown = [key for key in table if key.hint and key.keys and key.id != "app.help"]
    first = [key for key in shown if key.context in contexts and key.context != "everywhere"]
    rest = [key for key in shown if key.context == "everywhere"]
    help_key = next((key for key in table if key.id == "app.help" and key.keys), None)
    return [_hint(key) for key in [*first[: MOST_HINTS - 1 - len(rest)], *rest]] + [
        _hint(help_key) if help_key else ("", "")
    ]


def _hint(key: Key) -> tuple[str, str]:
    return glyph(key.keys.split(",")[0]), key.hint


def _hint_width(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1])


def _hint_pieces(hint: tuple[str, str], key: Style, words: Style) -> list[Piece]:
    return [(hint[0], key), (f" {hint[1]}", words)]
