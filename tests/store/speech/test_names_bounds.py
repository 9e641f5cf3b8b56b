"""Naming keeps its bounds: any text, any spans, long texts, every machine the same."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Span
from store.speech.names import resolve
from store.speech.records import Attribution, Named

_WORDS = st.sampled_from(
    [
        *(
            "He",
            "she",
            "they",
            "who",
            "the",
            "a",
            "said",
            "Mr.",
            "Mrs.",
            "Putin",
            "Al-Sharaa",
            "bin",
            "von",
            "President",
        ),
        *(
            "“",
            "”",
            "'",
            ",",
            ".",
            ":",
            "(",
            ")",
            "-",
            "‘",
            "63-year-old",
            "bank",
            "NATO",
            "of",
            "and",
            "&",
            "statement",
        ),
        *("Clinton’s", "Clinton’", "U.S.", "J.", "Jr.", "campaign", "\n", "\n\n", "Минск", "中国", "O’Brien", "İ", "ß"),
    ]
)


@st.composite
def told(draw: st.DrawFn) -> tuple[str, list[Span], list[Attribution]]:
    text = draw(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=60).map(" ".join)))
    size = len(text)

    def span() -> st.SearchStrategy[Span]:
        return st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda pair: (min(pair), max(pair)))

    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append((start, start + len(line)))
        start += len(line) + 1
    said = [
        Attribution(
            draw(st.sampled_from(["direct", "indirect", "mixed"])),
            (draw(span()),),
            cue=draw(st.none() | span()),
            source=draw(st.none() | span()),
            carrier_span=draw(st.none() | span()),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    return text, paragraphs, said


@settings(max_examples=300, deadline=None)
@given(told())
def test_any_text_with_any_spans_is_named(case: tuple[str, list[Span], list[Attribution]]) -> None:
    text, paragraphs, said = case
    named = resolve(text, paragraphs, said)
    assert len(named.resolved) == len(said)
    for one in named.resolved:
        assert 0 <= one.confidence <= 1
        assert (one.speaker is None) == (one.kind == "unnamed")
        assert one.why
    for speaker in named.speakers:
        assert all(0 <= start < end <= len(text) for start, end in speaker.mentions)


_FIRST = ("Anna", "Berta", "Carla", "Diana", "Edith", "Flora", "Greta", "Hanna")


def name(number: int) -> str:
    """A woman's name: eight first names for each of 676 surnames."""
    family = number // 8
    return f"{_FIRST[number % 8]} Berg{chr(97 + family // 26 % 26)}{chr(97 + family % 26)}"


def article(people: int) -> tuple[str, list[Span], list[Attribution]]:
    """An article in which many people of few surnames, and many banks, speak and are called back."""
    text, paragraphs, said = "", [], []
    for number in range(people):
        said_by = f"Senator {name(number)} met Berg{number % 300} Bank."
        line = f"{said_by} The senator said so, the bank said yes, and she agreed."
        start = len(text)
        paragraphs.append((start, start + len(line)))
        for words in ("The senator", "the bank", "she"):
            source = (start + line.index(words), start + line.index(words) + len(words))
            said.append(Attribution("indirect", ((source[1] + 1, source[1] + 5),), source=source))
        text += line + "\n"
    return text, paragraphs, said


def seconds(people: int) -> float:
    case = article(people)
    best = 9e9
    for _ in range(3):
        start = time.process_time()
        resolve(*case)
        best = min(best, time.process_time() - start)
    return best


def test_time_grows_with_the_length_and_not_with_its_square() -> None:
    seconds(50)
    assert seconds(1600) < 8 * seconds(400)  # 16 times would be the square


def test_the_same_text_is_named_the_same() -> None:
    case = article(40)
    first: Named = resolve(*case)
    assert first == resolve(*case)
    assert [one.speaker for one in first.resolved] == [
        name(n // 3) if n % 3 != 1 else f"Berg{n // 3} Bank" for n in range(120)
    ]
