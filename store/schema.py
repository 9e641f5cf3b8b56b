"""How an older library becomes one of today's schema.

`MIGRATIONS[n]` takes every table of schema n as plain values and gives them as schema n + 1 has them. A migration is
a pure function and is never changed once it was released; tests keep a library of every schema there ever was.
"""

from __future__ import annotations

from store.engine.migrate import Migrations
from store.model import SCHEMA_VERSION

MIGRATIONS: Migrations = {}

__all__ = ["MIGRATIONS", "SCHEMA_VERSION"]
