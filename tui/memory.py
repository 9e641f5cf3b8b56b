"""What the app remembers between two starts besides the library: the colours, and where the person was.

It is a convenience that can be thrown away: a file that cannot be read or written is as good as none.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from tui.ordering import Order


class Place(Struct):
    """Where a person was in one library: the article under the cursor, and whether it was open."""

    article: str = ""
    reading: bool = False


class Memory(Struct):
    """The contents of the file: the theme, the order of the list, the cells of a line of text, a place per library."""

    theme: str = ""
    order: Order = Order()
    measure: int = 0
    places: dict[str, Place] = {}


def load(path: Path) -> Memory:
    """Read the memory kept in `path`; an empty one when there is none or it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Memory)
    except (OSError, msgspec.MsgspecError):
        return Memory()


def save(path: Path, memory: Memory) -> None:
    """Write `memory` to `path` in one step; does nothing when the disk refuses."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(msgspec.json.encode(memory))
        part.replace(path)
