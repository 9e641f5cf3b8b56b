"""Copying out of the app: to the terminal's clipboard, which never answers, and to a file, which is sure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from store.paths import state_dir
from store.safe_text import clean
from tui.safe import verbatim

if TYPE_CHECKING:
    from tui.app import NewsreaderApp

MOST_COPIED = 60_000
"""The most characters that are sent to a terminal; many drop longer ones without a word."""


def copy(app: NewsreaderApp, text: str) -> None:
    """Copy `text` and say what became of it; what is too long for a clipboard is in the file alone."""
    text = clean(text)
    kept = _keep(text, state_dir() / "copied.txt")
    if len(text) > MOST_COPIED:
        app.say(f"Too long for a terminal's clipboard; {verbatim(kept)}")
        return
    app.copy_to_clipboard(text)
    under = " (tmux passes it on with set-clipboard on)" if os.environ.get("TMUX") else ""
    app.say(f"Sent to the terminal's clipboard{under}; {verbatim(kept)}")


def _keep(text: str, file: Path) -> str:
    """Write `text` to `file`, readable by this user only; say in words where it is, or why it is not."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf8") as out:
            out.write(text)
        part.replace(file)
    except OSError as error:
        return f"{file} could not be written ({error.strerror})"
    return f"also in {file}"
