"""What grammar and layout settle where words alone would mislead."""

from __future__ import annotations

import pytest

from store.speech.linking import Piece, Scene
from store.speech.repair import complete
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


@pytest.mark.parametrize(
    ("content", "middle", "source", "back"),
    [
        ("Rescuers dug with their bare hands", ", said ", "Ada Quill, the chief of Tarn", "."),
        ("The buoy", ", according to ", "the Tarn Coast Guard", ", is ten metres wide and carries a camera."),
        ("A clerk emptied the accounts of dead men", ", ", "a court in Tarn", " heard on Monday."),
    ],
)
def test_who_speaks_may_stand_behind(content: str, middle: str, source: str, back: str) -> None:
    assert (source, content) in said(content + middle + source + back)


@pytest.mark.parametrize(
    ("source", "middle", "content"),
    [
        ("The minister", " was blunt: ", "the tunnel will cost twice as much as planned"),
        ("Its president, Ada Quill", ", maintained that ", "only metal string was deadly"),
    ],
)
def test_who_speaks_may_stand_before_an_unusual_cue(source: str, middle: str, content: str) -> None:
    assert (source, content) in said(f"{source}{middle}{content}.")


def test_whom_others_call_something_does_not_say_it() -> None:
    text = "Ada Quill, who bakes in Tarn, has been called a cheat by the other bakers over her “miracle” bread."
    assert "Ada Quill" not in " ".join(source for source, _ in said(text))


def test_the_union_and_not_the_man_it_blames_speaks_in_a_participle() -> None:
    text = "The Tarn Bar Association faulted the arrest of the editor, Mr. Tom Reed, describing it as “an assault.”"
    assert [source for source, _ in said(text)] == ["The Tarn Bar Association"]


def test_a_quotation_behind_an_act_belongs_to_who_acts() -> None:
    text = "“You have none,” Judge Ada Quill said.\nTom Reed rose once more. “With respect, I have one question.”"
    assert said(text)[-1] == ("Tom Reed", "With respect, I have one question.")


@pytest.mark.parametrize("place", ["TARN, June 4 (Wire) -- ", "PORT-AU-PRINCE — ", "MOSCOW, June 4. /WIRE/. "])
def test_the_place_a_report_was_sent_from_belongs_to_no_sentence(place: str) -> None:
    text = f"{place}The bridge will stay open until spring, Mayor Ada Quill said."
    assert said(text) == [("Mayor Ada Quill", "The bridge will stay open until spring")]


def test_the_title_of_an_essay_is_not_spoken() -> None:
    text = "Ada Quill’s commentary, “Tom, tell your own story,” is very thoughtful. Tom Reed said that he liked it."
    assert "Tom, tell your own story," not in [what for _, what in said(text)]


def test_who_told_it_at_the_end_of_a_sentence_speaks() -> None:
    text = "Tarn has asked the quarry to hand over its records for the year, two clerks told the Tarn Herald."
    assert said(text)[0][0] == "two clerks"


def test_a_post_belongs_to_the_account_below_it() -> None:
    text = "The bridge is shut. Please use the ferry.\n— Ada Quill (@adaquill) May 4, 2025"
    assert said(text) == [("Ada Quill", "The bridge is shut. Please use the ferry")]


@pytest.mark.parametrize(
    "words", ["The county submitted", '" by would the , about liked work intimated', "Officials held"]
)
def test_a_paragraph_may_end_with_its_verb(words: str) -> None:
    assert said(f"Ada Quill said the bridge is safe.\n\n{words}")[0] == ("Ada Quill", "the bridge is safe")
    paragraph = read_paragraph(words, 0, len(words))
    scene = Scene(0, paragraph, [Piece("content", 0, 0, len(paragraph.words))])
    complete(scene)
    assert all(0 <= piece.first < piece.last <= len(paragraph.words) for piece in scene.pieces)
