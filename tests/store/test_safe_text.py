"""What may pass from outside into the library."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.safe_text import clean

ESC = "\x1b"
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("\x00\x07\x1b\x9b\x9d\x9c\r\n\t\x85\u2028\u202e\u2066\u200b\ufeff\u00ad[]\\;0mPX^_ab é؟"),
        st.characters(codec=None),
    ),
    max_size=60,
)


@given(HOSTILE)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(HOSTILE)
def test_no_control_character_but_the_line_feed_is_left(text: str) -> None:
    left = {unicodedata.category(c) for c in clean(text) if c != "\n"}
    assert "Cc" not in left
    assert "Cs" not in left
    clean(text).encode()  # and it can be written


@given(HOSTILE)
def test_lines_are_cleaned_each_for_itself(text: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    unix = unix.replace("\u2028", "\n").replace("\u2029", "\n")
    assert clean(text) == "\n".join(clean(line) for line in unix.split("\n"))


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs", "P", "Mn"]), max_size=80))
def test_letters_marks_figures_and_punctuation_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("hostile", "left"),
    [
        ("one\r\ntwo\rthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        (f"a{ESC}[31mred{ESC}[0m b", "ared b"),
        (f"a{ESC}]8;;https://evil.example\x07link{ESC}]8;;\x07b", "alinkb"),
        (f"a{ESC}]0;title{ESC}\\b", "ab"),
        (f"a{ESC}Pq#0;2;0;0;0{ESC}\\b", "ab"),
        ("a\x9b2Jb\x9d0;title\x9cc", "abc"),
        (f"a{ESC}(Bb{ESC}cd", "abd"),
        ("tab\there", "tab here"),
        ("nul\x00 del\x7f bell\x07", "nul del bell"),
        ("abc\u202egnp.exe\u2069", "abcgnp.exe"),
        ("in\u00advis\u200bible\ufeff", "invisible"),
        ("flag \U000e0067\U000e007f", "flag "),
        ("half \ud83d", "half \ufffd"),
    ],
)
def test_what_a_terminal_would_obey_goes(hostile: str, left: str) -> None:
    assert clean(hostile) == left


def test_a_lone_introducer_does_not_swallow_the_article() -> None:
    assert clean(f"before {ESC}] after\nnext line") == "before  after\nnext line"
    assert clean("V\x9edy jsme\nnext") == "Vdy jsme\nnext"


@pytest.mark.parametrize("kept", ["👩‍👩‍👧", "می‌خواهم", "❤️", "Élysée", "العربية", "日本語"])
def test_emoji_persian_and_every_script_stay_whole(kept: str) -> None:
    assert clean(kept) == kept
