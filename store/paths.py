"""Where things lie: the library, the program's own state, the sample articles.

Nothing here touches the disk when it is imported, and nothing is created by asking.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP = "newsreader"

XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "config": ("XDG_CONFIG_HOME", ".config"),
}
"""The variables of the XDG Base Directory Specification, with their defaults below the home folder."""


def default_library() -> Path:
    """Return the folder used when none is named: `NEWSREADER_LIBRARY`, else in the user's data folder."""
    named = os.environ.get("NEWSREADER_LIBRARY")
    if named:
        return named_folder(named)
    return _folder("data") / "library"


def named_folder(name: str) -> Path:
    """Give the folder that a person names. `~` and `~name` are read as a shell does, or stay as they are."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def told(path: Path) -> str:
    """Say in full where a file or folder lies, with `~` for the home folder."""
    whole = Path(os.path.abspath(path))
    try:
        return str("~" / whole.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(whole)


def state_dir() -> Path:
    """Return the folder for what is remembered between starts and can be thrown away (logs, window state)."""
    return _folder("state")


def config_dir() -> Path:
    """Return the folder of the user's settings."""
    return _folder("config")


def _folder(kind: str) -> Path:
    """Return what platformdirs says. On Linux that is one line, and loading it a tenth of a short verb."""
    variable, below = XDG[kind]
    named = os.environ.get(variable, "").strip()
    if sys.platform == "linux" and (not named or named.startswith("/")):
        return (Path(named) if named else Path.home() / below) / APP
    import platformdirs  # noqa: PLC0415

    return Path(getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False))


def sample_files() -> list[Path]:
    """List the articles that come with the program, sorted; none when they were not installed.

    They lie in `store/seeds` of an installed program and in `seeds` of a checkout.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "seeds", here.parent / "seeds"):
        if folder.is_dir():
            return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix == ".txt")
    return []
