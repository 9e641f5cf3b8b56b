"""The JSON Schema of the native export, made from the records themselves.

python -m store.exchange.schema > docs/export.schema.json
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from store.exchange.records import Export

ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def export_schema() -> dict[str, Any]:
    """Give the schema; the same records give the same schema."""
    (whole,), parts = msgspec.json.schema_components((Export,), ref_template="#/$defs/{name}")
    return {"$schema": ADDRESS, "title": "newsreader export", **whole, "$defs": dict(sorted(parts.items()))}


def text() -> str:
    """Give the schema as the file in `docs` has it."""
    return json.dumps(export_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(text(), end="")
