"""Claims as a table (CSV), for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection

_READ_FIRST = (
    *("exact", "speaker", "speech", "carrier", "said_on", "verdict", "tags", "note"),
    *("title", "outlet", "aggregator", "published", "published_inferred", "url", "also_at"),
)
COLUMNS = (*_READ_FIRST, *(name for name in ExportedClaim.__struct_fields__ if name not in _READ_FIRST))
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write(selection: Selection) -> Iterator[bytes]:
    """Give a row for each claim, UTF-8, the oldest publication first; tags are joined by `; `.

    The columns are those of the native export, the ones that a person reads first.
    A cell that a spreadsheet would run as a formula begins with an apostrophe, and so does one that begins with an
    apostrophe itself: taking one away gives the value. Empty is both nothing and none.
    """
    yield _line(COLUMNS)
    for article in selection.by_date():
        for claim in selection.exported(article):
            yield _line([_cell(getattr(claim, name)) for name in COLUMNS])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        value = "; ".join(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULAS) else text


def _line(cells: Collection[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode("utf-8", "replace")
