"""What grammar and layout settle where words alone would mislead."""

from __future__ import annotations

import pytest

from store.speech.spans import find, read
from store.speech.tokens import paragraph_spans, read_paragraph


def said(text: str) -> list[tuple[str, str]]:
    """Give the source and the first part of the content of everything found."""
    out = []
    for found in find(text, read(text)):
        source = "" if found.source is None else text[slice(*found.source)]
        out.append((source, text[slice(*found.spans[0])]))
    return out


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill said the bridge will stay open until spring, according to the Tarn Herald.",
        "The bridge will stay open until spring, Ada Quill said, according to the Tarn Herald.",
    ],
)
def test_a_speaker_inside_somebody_elses_report_keeps_the_word(text: str) -> None:
    assert ("Ada Quill", "the bridge will stay open until spring") in [(who, what.lower()) for who, what in said(text)]


def test_the_end_of_a_sentence_may_say_who_said_all_of_it() -> None:
    text = "The town will open its market to farmers from the hills, Mayor Ada Quill said in Tarn on Friday."
    assert said(text) == [("Mayor Ada Quill", "The town will open its market to farmers from the hills")]


def test_a_sentence_in_marks_is_a_statement_of_its_own() -> None:
    text = 'The coach said his players had lost heart. "No excuses. We were second best."'
    assert [what for _, what in said(text)] == ["his players had lost heart", "No excuses. We were second best."]


def test_a_statement_announced_with_a_colon_belongs_to_the_one_announced() -> None:
    text = "The paper printed this statement by Ada Quill on Monday:\n“We were never asked, and we will not be silent.”"
    assert said(text)[-1] == ("Ada Quill", "We were never asked, and we will not be silent.")


def test_a_quotation_with_nobody_near_it_is_left_out() -> None:
    assert said("A Day At The Harbour In Tarn\n“We were never asked, and we will not be silent.”") == []


def test_lines_of_the_site_between_quotations_are_nobodys() -> None:
    text = "“We were never asked,” said Ada Quill.\n“Follow us on every channel.”"
    assert [what for _, what in said(text)] == ["We were never asked,"]


def test_numbers_and_initials_end_no_sentence() -> None:
    text = "J. Quill said 2.9 percent was fair. The U.S. paid 1.5."
    paragraph = read_paragraph(text, 0, len(text))
    assert paragraph.sentence[-1] == 1
    assert "2.9" in paragraph.words


def test_a_long_line_is_cut_at_an_end_of_a_sentence() -> None:
    text = "The river rose and the town slept on. " * 400
    spans = paragraph_spans(text)
    assert len(spans) > 4
    assert all(text[:end].rstrip().endswith(".") for _, end, _ in spans)
    assert "".join(text[a:b] for a, b, _ in spans) == text.strip()
