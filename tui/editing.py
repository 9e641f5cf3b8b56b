"""A note in the person's own editor, by way of a private file that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path

from store.safe_text import clean

MOST_READ = 200_000
"""The most bytes that are read back."""


def command() -> list[str]:
    """Give the editor's command: `VISUAL`, `EDITOR`, or `vi`. OSError when it cannot be read."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(named)
    except ValueError as error:
        raise OSError(f"{named}: {error}") from None
    return words or ["vi"]


def edit(text: str) -> str:
    """Have `text` edited and give what came of it, cleaned. OSError when the editor fails, and nothing is changed.

    The file lies in a folder that only this user can enter; the editor gets its path as an argument, never a shell.
    """
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        file = Path(folder) / "note.txt"
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf8") as out:
            out.write(clean(text) + "\n")
        _run([*command(), str(file)])
        with file.open("rb") as back:
            raw = back.read(MOST_READ + 1)
    if len(raw) > MOST_READ:
        raise OSError(f"the note is longer than {MOST_READ:,} bytes")
    return clean(raw.decode("utf8", "replace")).strip()


def _run(words: list[str]) -> None:
    try:
        ended = subprocess.run(words, check=False).returncode
    except OSError as error:
        raise OSError(f"{words[0]} cannot be started ({error.strerror}); VISUAL or EDITOR names another one") from None
    if ended < 0:
        raise OSError(f"{words[0]} was stopped ({_signal(-ended)})")
    if ended:
        raise OSError(f"{words[0]} failed (exit code {ended})")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
