"""Asking for a file, a folder or an address to add."""

from __future__ import annotations

import shlex
from glob import glob
from os.path import exists, expanduser, normpath
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from tui.screens.ask import Ask
from tui.screens.page import app_of

_NOTE = "A file, a folder, the address of a page or of a feed to follow.   tab complete   enter add   esc back"


class Paths(Suggester):
    """Completes the name of a file or a folder."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Give the first path that begins with `value`."""
        return complete(value)


def complete(value: str) -> str | None:
    """Give `value` completed to the first path that begins with it, folders with a slash; None when there is none."""
    typed_folder, _, begun = value.rpartition("/")
    slash = "/" if "/" in value else ""
    try:
        entries = sorted(Path(expanduser(typed_folder + slash or ".")).iterdir())
    except OSError:
        return None
    for entry in entries:
        if entry.name.startswith(begun) and (begun or not entry.name.startswith(".")):
            return f"{typed_folder}{slash}{entry.name}" + ("/" if entry.is_dir() else "")
    return None


def named(value: str) -> list[str]:
    """Give the addresses and paths that a line names, written as for a shell or as a file manager drops them.

    Several may stand in it, quoted, with `~`, `*` and `file://`. Nothing is given when one of them is nowhere.
    """
    if whole := _places(value):
        return whole
    try:
        parts = [_places(part) for part in shlex.split(value)]
    except ValueError:  # a quotation mark that nothing closes
        return []
    return [place for part in parts for place in part] if all(parts) else []


def _places(one: str) -> list[str]:
    if one.startswith("file://"):
        _machine, slash, path = one.removeprefix("file://").partition("/")
        one = unquote(slash + path)
    elif "://" in one and not any(map(str.isspace, one)):
        return [one]
    path = expanduser(one)
    if exists(path):
        return [normpath(path)]
    return sorted(glob(path)) if any(sign in one for sign in "*?[") else []


class AddPrompt(Ask):
    """Asks for a path and has the app add what lies there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "complete", priority=True)]

    def __init__(self) -> None:
        super().__init__("add", "", _NOTE, Paths())

    def action_complete(self) -> None:
        """Take the completion shown."""
        line = self.query_one(Input)
        completed = complete(line.value)
        if completed is not None:
            line.value = completed
            line.cursor_position = len(completed)

    def entered(self, value: str) -> None:
        """Add what lies at `value`, if something does."""
        found = named(value)
        if found:
            self.dismiss(None)
            app_of(self).add_sources(found)
        elif value == "-":
            self.tell("- takes what is piped in, on the command line; here name a file or an address")
        else:
            host, slash, _ = value.partition("/")
            address = f"; is it an address? Then https://{value}" if "." in host.strip(".") and slash else ""
            self.tell(f"{expanduser(value)}: there is no such file or folder{address}")
