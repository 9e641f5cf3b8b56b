"""Bringing a library from an older schema to this program's: pure functions, one for each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Raw

from store.engine.frames import encode
from store.engine.state import State

PlainTables = dict[str, dict[str, dict[str, Any]]]
Migrations = Mapping[int, Callable[[PlainTables], PlainTables]]


def migrate(state: State, schema: int, migrations: Migrations, before: Callable[[], None]) -> bool:
    """Apply the migrations from the state's schema up to `schema`; False when there is nothing to do.

    Each takes every table as plain values and gives them as the next schema has them; a step without a function
    changes nothing but the number. `before` is called first, to keep a copy.
    """
    if state.schema >= schema:
        return False
    steps = [migrations[number] for number in range(state.schema, schema) if number in migrations]
    if steps:
        before()
        plain: PlainTables = {
            name: {key: msgspec.json.decode(document) for key, document in documents.items()}
            for name, documents in state.tables.items()
        }
        for step in steps:
            plain = step(plain)
        state.tables = {
            name: {key: Raw(encode(document)) for key, document in documents.items()}
            for name, documents in plain.items()
        }
        state.next_ids = {name: number for name, number in state.next_ids.items() if name in state.tables}
        state.count_ids()
    state.schema = schema
    return True
