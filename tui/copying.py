"""Copying to the terminal's clipboard, and to a file for the terminals that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.paths import state_dir

if TYPE_CHECKING:
    from tui.app import NewsreaderApp

MOST_COPIED = 60_000


def copy(app: NewsreaderApp, text: str) -> None:
    """Copy `text` and say what became of it; what is too long for a clipboard is in the file alone."""
    file = state_dir() / "copied.txt"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf8")
        kept = f"also in {file}"
    except OSError as error:
        kept = f"{file} could not be written ({error.strerror})"
    if len(text) > MOST_COPIED:
        app.say(f"Too long for a terminal's clipboard; {kept}")
        return
    app.copy_to_clipboard(text)
    app.say(f"Sent to the terminal's clipboard; {kept}")
