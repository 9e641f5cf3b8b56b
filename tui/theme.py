"""Colours: two calm themes of our own and one in the terminal's 16 colours, and the variables that every theme gets.

Variables for styles: `$speaker-1` … `$speaker-8` (one a speaker; a name or initials always stand beside a colour),
`$muted`, `$rule`, `$claim`, `$hit` and `$hit-text` (words found), `$row` (the row or words the cursor is on).
"""

from __future__ import annotations

import os

from textual.color import Color
from textual.theme import Theme

SPEAKER_COLOURS = 8

DARK = Theme(
    name="newsreader-dark",
    primary="#7fa8d1",
    secondary="#8d9db0",
    accent="#dfae67",
    warning="#dfae67",
    error="#e0807a",
    success="#93bf85",
    foreground="#d3d7dc",
    background="#14171b",
    surface="#1b1f25",
    panel="#232931",
    dark=True,
)

LIGHT = Theme(
    name="newsreader-light",
    primary="#2b5f92",
    secondary="#5b6b7c",
    accent="#8f5a0f",
    warning="#8f5a0f",
    error="#a8322c",
    success="#35702a",
    foreground="#23272c",
    background="#faf8f4",
    surface="#f2efe8",
    panel="#e7e3da",
    dark=False,
)

ANSI = Theme(
    name="newsreader-ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    warning="ansi_magenta",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_black",
    },
)
"""The 16 colours as the terminal has them; nothing in it needs a dark or a light background."""

OWN_THEMES = (DARK, LIGHT, ANSI)

_ON_DARK = ("#7fb2e8", "#e5a55f", "#8fc77f", "#e394b6", "#b7a0ea", "#5fc6ba", "#d8c65c", "#ea857c")
_ON_LIGHT = ("#1f5fa6", "#96540a", "#2f6f25", "#a32a68", "#6338ad", "#0b6b66", "#726000", "#b02a22")
_ANSI = ("blue", "yellow", "green", "magenta", "cyan", "red", "bright_blue", "bright_magenta")

_PLAIN_ANSI = {
    "muted": "ansi_bright_black",
    "rule": "ansi_bright_black",
    "claim": "ansi_yellow",
    "hit": "ansi_yellow",
    "hit-text": "ansi_black",
    "row": "ansi_default",
    "row-text": "ansi_default",
}


def variables(theme: Theme) -> dict[str, str]:
    """Give the variables of this program for `theme`, by name without the dollar sign."""
    if theme.ansi:
        claim = {} if theme.dark and theme is not ANSI else {"claim": "ansi_magenta"}
        return _speakers([f"ansi_{name}" for name in _ANSI]) | _PLAIN_ANSI | claim
    back = Color.parse(theme.background or ("#121212" if theme.dark else "#e0e0e0"))
    front = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#1e1e1e"))
    accent = Color.parse(theme.accent or theme.primary)
    return _speakers(list(_ON_DARK if theme.dark else _ON_LIGHT)) | {
        "muted": back.blend(front, 0.58).hex6,
        "rule": back.blend(front, 0.22).hex6,
        "claim": accent.hex6,
        "hit": back.blend(accent, 0.38).hex6,
        "hit-text": front.hex6,
        "row": back.blend(Color.parse(theme.primary), 0.22).hex6,
        "row-text": front.hex6,
    }


def _speakers(colours: list[str]) -> dict[str, str]:
    return {f"speaker-{place}": colour for place, colour in enumerate(colours, 1)}


def colour_wanted() -> bool:
    """Say whether NO_COLOR leaves us our colours; an empty NO_COLOR does, and is taken out of the environment.

    Textual takes even an empty one for a wish and then still writes greys.
    """
    if os.environ.get("NO_COLOR"):
        return False
    os.environ.pop("NO_COLOR", None)
    return True
