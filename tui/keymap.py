"""The keys of one person: the table with what a configuration changed in it, checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from tui.keys import CONTEXTS, KEYS, Key, glyph, keys_of

NO_KEY = "<none>"
"""What stands for the key of an action without one: Textual keeps the default for an empty name."""

_NAMED = {
    *("enter", "tab", "space", "escape", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
    *("up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 25)),
}
_SHORT = {
    **{"esc": "escape", "del": "delete", "pgup": "pageup", "pgdn": "pagedown", "return": "enter"},
    **{"↑": "up", "↓": "down", "←": "left", "→": "right"},
}
_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_MODIFIED = re.compile(r"((?:ctrl|alt|shift|super|meta|hyper)\+)*", re.IGNORECASE)


def key_name(typed: str) -> str | None:
    """Give Textual's name of a key as people write it (`/`, `Ctrl+T`, `PgDn`); None when there is no such key.

    A terminal sends what shift types and not shift itself, so that `shift+e` is `E`.
    """
    typed = typed.strip()
    found = _MODIFIED.match(typed)
    before = found.group().casefold() if found else ""
    last = typed[len(before) :]
    last = _SHORT.get(last.casefold(), last)
    if len(last) == 1:
        last = last.lower() if "ctrl+" in before else last.upper() if before == "shift+" else last
        if not last.isprintable() or (before == "shift+" and not last.isupper()):
            return None
        return (before if before != "shift+" else "") + _character(last)
    last = last.casefold()
    if last in _NAMED:
        return before + last
    known = last in {_character(char) for char in map(chr, range(0x21, 0x7F))}
    return before + last if known and before != "shift+" else None


def _character(char: str) -> str:
    if char.isalnum():
        return char
    if char == " ":
        return "space"
    name = unicodedata.name(char, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_PRINTED = frozenset(_character(char) for char in map(chr, range(0x21, 0x7F))) | {"space"}
_EDITING = frozenset({"backspace", "delete", "left", "right", "up", "down", "home", "end"})
"""The keys that change a note or move in it."""


def with_changes(changes: Mapping[str, str]) -> tuple[Key, ...]:
    """Give the table with other keys (comma-separated, Textual's names) for the ids named; empty means no key."""
    return tuple(replace(key, keys=changes[key.id]) if key.id in changes else key for key in KEYS)


def clash(table: Sequence[Key]) -> tuple[str, Key, Key] | None:
    """Find a key that would do two things on one screen: its name and both; None when there is none."""
    for context in CONTEXTS:
        taken: dict[str, Key] = {}
        for key in keys_of(*dict.fromkeys(("everywhere", "move", context)), table=table):
            for name in filter(None, key.keys.split(",")):
                if name in taken:
                    return name, taken[name], key
                taken[name] = key
    return None


def checked(wanted: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """Check keys by id as a person wrote them: give those that can be used, and by id what is wrong with the others."""
    wrong: dict[str, str] = {}
    changes: dict[str, str] = {}
    for name, value in wanted.items():
        try:
            changes[name] = _one(name, value)
        except ValueError as error:
            wrong[name] = str(error)
    while (found := clash(with_changes(changes))) is not None:
        key, *both = found
        ours = [one.id for one in both if one.id in changes]
        if not ours:
            break
        mine = max(ours, key=list(changes).index)
        other = next(one for one in both if one.id != mine)
        wrong[mine] = f"{glyph(key)} does “{other.text}” ({other.id}) there already; give that another key too"
        del changes[mine]
    return changes, wrong


def _one(name: str, value: object) -> str:
    ids = [key.id for key in KEYS]
    if name not in ids:
        near = get_close_matches(name, ids, 1, 0.7)
        raise ValueError("no such command" + (f"; did you mean {near[0]}?" if near else ""))
    if not isinstance(value, str):
        raise ValueError('write the keys as text: "t, enter"; "" for no key')
    names: list[str] = []
    for part in filter(None, map(str.strip, value.split(","))):
        found = key_name(part)
        if found is None:
            raise ValueError(f"{part}: no such key; write a character, or a name such as ctrl+t, f2, comma")
        if name.startswith("note."):
            _not_of_the_note(name, part, found)
        names.append(found)
    return ",".join(dict.fromkeys(names))


def _not_of_the_note(name: str, part: str, found: str) -> None:
    """Raise ValueError for a key that is needed to write the note itself."""
    if found in _PRINTED or (len(part) == 1 and found not in _NAMED):
        raise ValueError(f"{part}: is typed into the note; take a key such as ctrl+e or f2")
    if found in _EDITING:
        raise ValueError(f"{part}: is for writing in the note; take a key such as ctrl+e or f2")
    if found == "enter" and name in {"note.leave", "note.editor"}:
        raise ValueError(f"{part}: keeps the note or begins another line of it; take a key such as ctrl+e or f2")


def textual_keymap(table: Iterable[Key]) -> dict[str, str]:
    """Give what Textual is to be told about a table that differs from the program's own."""
    own = {key.id: key.keys for key in KEYS}
    return {key.id: key.keys or NO_KEY for key in table if own[key.id] != key.keys}
