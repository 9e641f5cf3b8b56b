"""A person's settings: one TOML file, read at the start, checked line by line. A mistake costs its line, no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from store.paths import config_dir, told
from tui.keymap import checked, with_changes
from tui.keys import KEYS, Key

FILE = "config.toml"
LEAST_MEASURE, MOST_MEASURE = 48, 120
"""The narrowest and the widest lines, in columns, that a person may choose."""
MOST_BYTES = 1_000_000

THEMES = (
    *("newsreader-dark", "newsreader-light", "newsreader-ansi", "ansi-dark", "ansi-light"),
    *("atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato"),
    *("catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn"),
    *("rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark", "textual-light", "tokyo-night"),
)
"""The names of all themes, our own first; known here so that a check needs no screen."""


class Setting(NamedTuple):
    """One setting: its name, its default, what it does, and a test that gives what is wrong with a value."""

    name: str
    default: str | int | bool
    text: str
    wrong: Callable[[Any], str]


def _theme(value: str) -> str:
    near = get_close_matches(value, THEMES, 1, 0.4)
    return "" if not value or value in THEMES else "no such theme" + (f"; did you mean {near[0]}?" if near else "")


def _between(least: int, most: int) -> Callable[[int], str]:
    return lambda value: "" if least <= value <= most else f"from {least} to {most}, please"


def _line(value: str) -> str:
    return "" if value.isprintable() and len(value) <= 100 else "one line of at most 100 characters, please"


def _word(value: str) -> str:
    return (
        "" if value.strip() and value.isprintable() and len(value) <= 20 else "a word of at most 20 characters, please"
    )


SETTINGS = (
    Setting("theme", "", "the colours at the start; empty: those chosen last with ctrl+t", _theme),
    Setting(
        "measure",
        80,
        "the widest line of an article's text, in columns, until + or - changes it",
        _between(LEAST_MEASURE, MOST_MEASURE),
    ),
    Setting("person", "", "who tags and corrects; empty: the login name", _line),
    Setting("verdict_open", "open", "your word for a claim that nothing was said of yet", _word),
    Setting("verdict_supported", "supported", "your word for a claim that holds", _word),
    Setting("verdict_disputed", "disputed", "your word for a claim that others contradict", _word),
    Setting("verdict_false", "false", "your word for a claim that does not hold", _word),
    Setting("verdict_unclear", "unclear", "your word for a claim of which one cannot tell", _word),
    Setting("mouse", True, "take the mouse; false leaves it to the terminal", lambda _: ""),
)


class Config(Struct, frozen=True):
    """The settings as they hold; `keys` are those a person changed, by id, in Textual's names."""

    theme: str = ""
    measure: int = 80
    person: str = ""
    verdict_open: str = "open"
    verdict_supported: str = "supported"
    verdict_disputed: str = "disputed"
    verdict_false: str = "false"
    verdict_unclear: str = "unclear"
    mouse: bool = True
    keys: Mapping[str, str] = {}

    @property
    def verdicts(self) -> dict[str, str]:
        """The words for verdicts, by what they are called in the library."""
        return {
            "open": self.verdict_open,
            "supported": self.verdict_supported,
            "disputed": self.verdict_disputed,
            "false": self.verdict_false,
            "unclear": self.verdict_unclear,
        }

    @property
    def table(self) -> tuple[Key, ...]:
        """The table of keys with the changes in it."""
        return with_changes(self.keys) if self.keys else KEYS


class Trouble(Struct, frozen=True):
    """Something wrong in the file: its line (0: unknown), what, and how to put it right."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return self._told(str(self.path))

    def short(self) -> str:
        """Say it with `~` for the home folder, to fit a line of the screen."""
        return self._told(told(self.path))

    def _told(self, path: str) -> str:
        return f"{path}{f':{self.line}' if self.line else ''}: {self.text}"


def config_file() -> Path:
    """Give the path of the file, whether or not it is there."""
    return config_dir() / FILE


def load(path: Path) -> tuple[Config, list[Trouble]]:
    """Read the settings in `path`: what can be used, and what is wrong. No file means the defaults."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Config(), []
    except OSError as error:
        return Config(), [Trouble(path, 0, f"cannot be read ({error.strerror}); the defaults hold")]
    import tomllib  # noqa: PLC0415 - most starts have no file

    try:
        if len(raw) > MOST_BYTES:
            raise ValueError("too long for a file of settings")
        text = raw.decode("utf-8-sig")
        said = tomllib.loads(text)
    except UnicodeDecodeError:
        return Config(), [Trouble(path, 0, "this is no text (UTF-8); the defaults hold until that is put right")]
    except (ValueError, RecursionError) as error:  # wrong TOML is a ValueError
        found = re.search(r" ?\(at line (\d+), column \d+\)$", str(error))
        what = str(error)[: found.start()] if found else str(error) or "nested too deep"
        line = int(found.group(1)) if found else 0
        return Config(), [Trouble(path, line, f"{what[:100]}; the defaults hold until that is put right")]
    return _read(path, said, _lines(text))


def _read(path: Path, said: dict[str, Any], lines: Mapping[str, int]) -> tuple[Config, list[Trouble]]:
    keys = said.pop("keys", {})
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, value in said.items():
        reason = _reason(name, value)
        if reason:
            wrong[name] = reason
        else:
            values[name] = value
    if not isinstance(keys, dict):
        wrong["keys"], keys = "this is a table; write [keys] on a line of its own", {}
    changes, wrong_keys = checked(_flat(keys))
    wrong |= {f"keys.{name}": text for name, text in wrong_keys.items()}
    troubles = [Trouble(path, lines.get(name, 0), f"{name.removeprefix('keys.')}: {wrong[name]}") for name in wrong]
    return Config(**values, keys=changes), sorted(troubles, key=lambda trouble: trouble.line)


def _reason(name: str, value: object) -> str:
    setting = next((one for one in SETTINGS if one.name == name), None)
    if setting is None:
        near = get_close_matches(name, [*(one.name for one in SETTINGS), "keys"], 1, 0.5)
        return "no such setting" + (f"; did you mean {near[0]}?" if near else "; newsreader config show lists them")
    if type(value) is not type(setting.default):
        kinds = {str: "text in quotation marks", int: "a whole number", bool: "true or false"}
        return f"{kinds[type(setting.default)]}, please"
    return setting.wrong(value)


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Give ids with their values, whether they were written `"reader.tag"` or `reader.tag`."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return flat


_HEAD = re.compile(r"\s*\[+\s*([^\]\s]+)\s*\]")
_ENTRY = re.compile(r"\s*([\w\"'.\- ]+?)\s*=")


def _lines(text: str) -> dict[str, int]:
    """Find the line of each entry, which tomllib does not tell."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = head.group(1).replace('"', "").replace("'", "") + "."
            found.setdefault(table.rstrip("."), number)
        elif entry := _ENTRY.match(line):
            found.setdefault(table + entry.group(1).replace('"', "").replace("'", "").replace(" ", ""), number)
    return found
