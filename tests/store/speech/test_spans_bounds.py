"""Whatever the text, speech analysis ends, stays inside the text and says the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_gold import check_spans

from store.model import Block
from store.speech import analyse

PIECES = [
    "“", "”", '"', "'", "’", "«", "»", ":", "—", ", ", ". ", "\n", "\n\n", " ", "said", "he said", "Ada Quill",
    "According to",
    "that", "told Reuters", "we go", "No comment", "Q:", "JUDGE:", "\u202e", "\U0001f600", "e\u0301", "\x00", "\ud800",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(deadline=None)
def test_texts_of_marks_and_cues_never_fail(text: str) -> None:
    check_spans(text, analyse(text))


@given(st.text(max_size=300))
@settings(deadline=None)
def test_arbitrary_unicode_never_fails(text: str) -> None:
    check_spans(text, analyse(text))


@given(st.text(max_size=80), st.lists(st.integers(0, 90), min_size=2, max_size=8))
@settings(deadline=None)
def test_blocks_of_any_kind_never_fail(text: str, cuts: list[int]) -> None:
    edges = sorted(min(cut, len(text)) for cut in cuts)
    blocks = [Block("subhead" if i % 3 else "paragraph", a, b) for i, (a, b) in enumerate(pairwise(edges))]
    check_spans(text, analyse(text, blocks))


HARD = {
    "quotes": "“We go on,” said Ada Quill of Tarn. ",
    "lines": "“We go on,” said Ada Quill.\n",
    "open marks": "“ ",
    "straight marks": '" a',
    "single marks": "‘a ",
    "apostrophes": "s' ",
    "closing marks": "a” ",
    "colons": "A: b\n",
    "one long word": "a",
    "full stops": ". ",
    "according": "according to ",
    "said": "said ",
}


@pytest.mark.parametrize("name", HARD)
def test_time_grows_with_length_and_not_with_its_square(name: str) -> None:
    def seconds(size: int) -> float:
        text = (HARD[name] * (size // len(HARD[name]) + 1))[:size]
        before = time.process_time()
        analyse(text)
        return time.process_time() - before

    seconds(1_000)
    short, long = seconds(5_000), seconds(40_000)
    assert long < 3 * 8 * (short + 0.02)  # eight times the text; a square would be 64 times


TOLD = "The river rose over the meadows of Tarn in March, and fell again before the fair came to town. "
SAID = "“The bridge is safe,” said Ada Quill. "
LARGE = {
    "a text of two million characters": (f"{TOLD}\n" * 40 + f"{TOLD}{SAID}\n", 2_000_000, 400),
    "ten thousand quotations": (f"{SAID}\n", 10_000 * len(f"{SAID}\n"), 10_000),
    "a hundred thousand marks without partners": ("“ a « b „ ‘", 100_000 // 4 * len("“ a « b „ ‘"), 0),
    "one line of a megabyte": (TOLD * 20 + SAID, 1_000_000, 400),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_texts_take_time_by_their_length(name: str) -> None:
    piece, size, least = LARGE[name]

    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        before = time.process_time()
        analysis = analyse(text)
        spent = time.process_time() - before
        check_spans(text, analysis)
        assert len(analysis.quotes) >= least * length // size
        return spent

    short, long = seconds(size // 4), seconds(size)
    assert long < 2.5 * 4 * (short + 0.02)  # four times the text; a square would be 16 times


def test_results_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from store.speech import analyse;"
        "print(analyse('“We go,” said Ada Quill, who told Reuters: “Soon.”\\n“I stay,” her son said.\\n“Why?”'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
