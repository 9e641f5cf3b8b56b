"""Where things lie: the library, the program's own state, the sample articles.

Nothing here touches the disk when it is imported, and nothing is created by asking.
"""

from __future__ import annotations

import os
from pathlib import Path

APP = "newsreader"


def default_library() -> Path:
    """Return the folder used when none is named: `NEWSREADER_LIBRARY`, else in the user's data folder."""
    named = os.environ.get("NEWSREADER_LIBRARY")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - 10 ms that most starts with a named library save

    return user_data_path(APP, appauthor=False) / "library"


def state_dir() -> Path:
    """Return the folder for what is remembered between starts and can be thrown away (logs, window state)."""
    from platformdirs import user_state_path  # noqa: PLC0415

    return user_state_path(APP, appauthor=False)


def config_dir() -> Path:
    """Return the folder of the user's settings."""
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path(APP, appauthor=False)


def sample_files() -> list[Path]:
    """List the articles that come with the program, sorted; none when they were not installed.

    They lie in `store/seeds` of an installed program and in `seeds` of a checkout.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "seeds", here.parent / "seeds"):
        if folder.is_dir():
            return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix == ".txt")
    return []
