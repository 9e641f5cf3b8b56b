"""A line of the journal says the same whether it was written in one piece or in many."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from store.engine import frames
from store.engine.frames import NULL, Record, documents, pieces, unframe

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
bodies = st.none() | st.dictionaries(words, words | st.integers(-9, 9) | st.lists(words, max_size=2), max_size=3)
changes = st.dictionaries(words, st.none() | st.dictionaries(words, bodies, max_size=5), max_size=4)


@given(changes, words, st.integers(1, 200))
def test_a_change_is_read_back_from_its_pieces(change: dict[str, Any], what: str, size: int) -> None:
    before, frames.PIECE = frames.PIECE, size
    try:
        line = b"".join(pieces(Record(s=7, t="now", w=what, d=documents(change))))
    finally:
        frames.PIECE = before
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    record = unframe(line[:-1])
    assert record is not None
    assert (record.s, record.t, record.w) == (7, "now", what)
    read = {
        table: None if docs is None else {key: msgspec.json.decode(doc) for key, doc in docs.items()}
        for table, docs in record.d.items()
    }
    assert read == change


def test_what_is_removed_is_null_and_keys_are_words() -> None:
    taken = documents({"claims": {5: None}, "tags": None})  # type: ignore[dict-item]
    assert taken["tags"] is None
    assert {key: bytes(doc) for key, doc in (taken["claims"] or {}).items()} == {"5": NULL}
