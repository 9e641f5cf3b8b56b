"""A step of undo is JSON that is read in pieces, and read by any other reader as well."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from store.keep import step as steps
from store.keep.step import Step, head_of, read_step, written

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
documents = st.dictionaries(words, st.none() | st.integers(-9, 9) | words | st.lists(words, max_size=2), max_size=3)
befores = st.none() | st.builds(lambda doc: {"doc": doc}, documents) | st.builds(lambda doc: {"set": doc}, documents)
given_steps = st.builds(
    Step,
    what=words,
    at=words,
    undone=st.booleans(),
    by=words,
    was=st.dictionaries(words, st.dictionaries(words, befores, max_size=5), max_size=4),
)


@given(given_steps, st.integers(1, 80))
def test_a_step_is_read_as_it_was_written_in_pieces_of_any_size(step: Step, size: int) -> None:
    before, steps.PIECE = steps.PIECE, size
    try:
        document = written(step)
    finally:
        steps.PIECE = before
    assert bytes(written(read_step(document))) == bytes(written(step))
    assert head_of(document) == msgspec.structs.replace(step, was={})


@given(given_steps)
def test_a_step_is_plain_json_without_an_end_of_line(step: Step) -> None:
    document = bytes(written(step))
    assert msgspec.json.decode(document, type=Step) == step
    assert b"\n" not in document


@given(given_steps)
def test_a_step_that_was_written_in_one_piece_is_read_too(step: Step) -> None:
    document = Raw(msgspec.json.encode(step))
    assert bytes(written(read_step(document))) == bytes(written(step))
    assert head_of(document) == msgspec.structs.replace(step, was={})
