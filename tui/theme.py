"""Colours: two calm themes of our own and one in the terminal's 16 colours, and the variables that every theme gets.

Variables for styles: `$speaker-1` … `$speaker-8` (one a speaker; a name or initials always stand beside a colour),
`$muted`, `$rule`, `$bar` (the ground of the line at the head), `$claim`, `$hit` and `$hit-text` (words found), `$row`
and `$row-text` (the row or words the cursor is on), `$subhead`, `$alarm`, `$gone` and `$new`. What is read in them
stands out enough from its ground in every theme, whatever colours the theme has for that.
"""

from __future__ import annotations

import os

from textual.color import Color
from textual.theme import Theme

SPEAKER_COLOURS = 8
READ, SEEN = 4.5, 3.0
"""The least contrast of words with their ground (WCAG 2.2, AA), and of signs and of what is said more quietly."""
STEPS = 20
MIDDLE = 0.18
"""The luminance of a grey half-way between black and white to the eye."""

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
    "bar": "ansi_default",
    "subhead": "ansi_blue",
    "alarm": "ansi_magenta",
    "gone": "ansi_red",
    "new": "ansi_green",
}


def variables(theme: Theme) -> dict[str, str]:
    """Give the variables of this program for `theme`, by name without the dollar sign."""
    if theme.ansi:
        claim = {} if theme.dark and theme is not ANSI else {"claim": "ansi_magenta"}
        return _speakers([f"ansi_{name}" for name in _ANSI]) | _PLAIN_ANSI | claim
    return {name: colour.hex6 for name, colour in _readable_colours(theme).items()}


def _readable_colours(theme: Theme) -> dict[str, Color]:
    back = Color.parse(theme.background or ("#121212" if theme.dark else "#e0e0e0"))
    front = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#1e1e1e"))
    primary = Color.parse(theme.primary)
    surface = Color.parse(theme.surface) if theme.surface else back.blend(front, 0.06)
    bar = _ground(Color.parse(theme.panel) if theme.panel else surface.blend(primary, 0.1), back, front)
    row = back.blend(primary, 0.22)
    claim = readable(readable(Color.parse(theme.accent or theme.primary), READ, back, surface), SEEN, row, bar)
    hit = back.blend(claim, 0.38)
    quiet = min(READ, 0.8 * contrast(front, back))
    signs = {"subhead": theme.primary, "alarm": theme.warning, "gone": theme.error, "new": theme.success}
    colours: dict[str, Color] = {
        "muted": readable(readable(back.blend(front, 0.58), quiet, back, surface), SEEN, row, bar),
        "rule": back.blend(front, 0.22),
        "bar": bar,
        "claim": claim,
        "hit": hit,
        "hit-text": readable(front, READ, hit),
        "row": row,
        "row-text": readable(front, READ, row),
    }
    colours |= {name: readable(Color.parse(sign or theme.primary), READ, back, surface) for name, sign in signs.items()}
    speakers = _speakers(list(_ON_DARK if theme.dark else _ON_LIGHT))
    colours |= {name: readable(Color.parse(colour), READ, back) for name, colour in speakers.items()}
    return colours


def _ground(panel: Color, back: Color, front: Color) -> Color:
    """Give the ground of the line at the head: the panel's, nearer to the background where words would not be read."""
    steps = (panel.blend(back, step / STEPS) for step in range(STEPS))
    return next((ground for ground in steps if contrast(front, ground) >= READ), back)


def readable(colour: Color, least: float, *grounds: Color) -> Color:
    """Give `colour`, brought nearer to black or white until its contrast with all `grounds` is at least `least`."""
    end = Color.parse("white" if _luminance(grounds[0]) < MIDDLE else "black")
    steps = (colour.blend(end, step / STEPS) for step in range(STEPS))
    return next((one for one in steps if all(contrast(one, ground) >= least for ground in grounds)), end)


def contrast(one: Color, other: Color) -> float:
    """Give the contrast of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    """Give the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    parts = ((part / 12.92) if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


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
