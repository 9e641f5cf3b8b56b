"""newsreader config: where the settings lie, what holds, and what is wrong with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.cli.output import Out, one_line, say
from tui.config import SETTINGS, Config, config_file, load
from tui.keys import CONTEXTS, Key, glyph, keys_of

if TYPE_CHECKING:
    from tui.cli.parser import Options


def config(options: Options) -> int:
    """Print the path of the settings, the settings that hold, or what is wrong with them."""
    return {"path": _path, "show": _show, "check": _check}[options.sources[0]](options.json)


def _path(as_json: bool) -> int:
    path = config_file()
    if as_json:
        Out().json({"path": str(path), "exists": path.exists()})
    else:
        Out().line(one_line(str(path)))
    return 0


def _show(as_json: bool) -> int:
    holds, troubles = load(config_file())
    for trouble in troubles:
        say(str(trouble))
    if as_json:
        values = {setting.name: getattr(holds, setting.name) for setting in SETTINGS}
        Out().json(values | {"keys": {key.id: key.keys for key in holds.table}})
    else:
        Out().text(as_toml(holds))
    return 0


def _check(as_json: bool) -> int:
    path = config_file()
    _, troubles = load(path)
    out = Out()
    for trouble in troubles:
        if as_json:
            out.json({"path": str(path), "line": trouble.line or None, "message": trouble.text})
        else:
            out.line(one_line(str(trouble)))
    if not troubles:
        say(f"{path}: {'nothing is wrong' if path.exists() else 'there is no such file; the defaults hold'}")
    return 1 if troubles else 0


def as_toml(holds: Config) -> str:
    """Give the settings as a file of settings; what is as it came stands behind a #."""
    lines = ["# The settings of newsreader. A line behind # says the default; take the # away to change it.", ""]
    for setting in SETTINGS:
        value = getattr(holds, setting.name)
        mark = "# " if value == setting.default else ""
        lines += [f"# {setting.text}", f"{mark}{setting.name} = {_value(value)}", ""]
    lines += ["[keys]", '# id = "key, other key"; "" takes the key away; ? in the program shows what holds']
    for context, heading in CONTEXTS.items():
        lines += ["", f"# {heading}"]
        pairs = zip(keys_of(context, table=holds.table), keys_of(context), strict=True)
        lines += [_key_line(key, own) for key, own in pairs]
    return "\n".join(lines) + "\n"


def _key_line(key: Key, own: Key) -> str:
    names = ", ".join(glyph(name) for name in key.keys.split(",")) if key.keys else ""
    entry = f'"{key.id}" = {_value(names)}'
    return f"{'# ' if key.keys == own.keys else ''}{entry:<42} # {key.text}"


def _value(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False)
