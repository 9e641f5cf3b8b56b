"""What is found as said, with its cue, its source and its carrier; small texts, one habit of news each."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from store.model import Block
from store.speech.records import Attribution
from store.speech.spans import find, may_hold_speech, read


@dataclass(frozen=True)
class Said:
    content: tuple[str, ...]
    kind: str
    cue: str
    source: str
    carrier: str


def said(text: str, *blocks: Block) -> list[Said]:
    def words(span: tuple[int, int] | None) -> str:
        return "" if span is None else text[slice(*span)]

    def one(found: Attribution) -> Said:
        parts = tuple(words(span) for span in found.spans)
        return Said(parts, found.kind, words(found.cue), words(found.source), words(found.carrier_span))

    return [one(found) for found in find(text, read(text, blocks))]


def only(text: str) -> Said:
    (found,) = said(text)
    return found


def test_a_quotation_broken_by_its_source_is_one_with_two_parts() -> None:
    found = only("“The bridge is safe,” Ada Quill said, “and it will stay open.”")
    assert found == Said(("The bridge is safe,", "and it will stay open."), "direct", "said", "Ada Quill", "")


def test_speech_reported_without_marks_is_indirect() -> None:
    found = only("The mayor said that the bridge would be closed until spring.")
    assert (found.kind, found.cue, found.source) == ("indirect", "said", "The mayor")
    assert "the bridge would be closed until spring" in found.content[0]


def test_speech_half_inside_marks_is_mixed() -> None:
    found = only("Mr. Quill said the plan was “a gift to the builders” and should be dropped.")
    assert (found.kind, found.source) == ("mixed", "Mr. Quill")


def test_the_source_may_follow_its_cue() -> None:
    found = only("“We have waited long enough,” said Ada Quill, who chairs the council.")
    assert found.cue == "said"
    assert found.source.startswith("Ada Quill")


def test_according_to_names_the_source() -> None:
    found = only("According to the ministry, three ships left the port on Monday.")
    assert found.source == "the ministry"
    assert "three ships left the port" in found.content[0]


def test_the_subject_of_the_sentence_speaks_in_a_participle() -> None:
    found = said("Varga rejected the offer on Monday, saying the company would never be sold.")
    assert [(one.cue, one.source) for one in found if "never be sold" in one.content[-1]] == [("saying", "Varga")]


def test_a_paragraph_that_is_all_quotation_takes_the_speaker_before_it() -> None:
    found = said("“We were never asked,” said Ada Quill.\n\n“They sent a letter in May. That was all.”")
    assert [one.source for one in found] == ["Ada Quill", "Ada Quill"]


def test_a_quotation_over_paragraphs_stays_with_its_speaker() -> None:
    found = said("“We were never asked,” said Ada Quill. “They sent a letter.\n\n“It came in May. That was all.”")
    assert {one.source for one in found} == {"Ada Quill"}
    assert any("It came in May" in part for one in found for part in one.content)


def test_an_interview_names_its_guest_in_full_and_then_by_the_surname() -> None:
    turns = ["Courier: How long will it take?", "Ann Lee: Two years.", "Courier: And the cost?", "Lee: Nobody knows."]
    found = said("\n\n".join(turns))
    assert [one.source for one in found] == ["Courier", "Ann Lee", "Courier", "Lee"]
    assert {one.kind for one in found} == {"direct"}


def test_a_transcript_gives_each_turn_to_the_name_before_the_colon() -> None:
    found = said("HOST: Why did you leave?\n\nQUILL: Because nobody asked me to stay.\n\nHOST: And now?")
    assert [(one.source, one.kind) for one in found] == [("HOST", "direct"), ("QUILL", "direct"), ("HOST", "direct")]
    assert found[1].content == ("Because nobody asked me to stay.",)


def test_the_name_after_a_quotation_speaks() -> None:
    found = only("“Nobody asked me to stay, and so I left the town for good.” — Ada Quill, baker")
    assert found.source == "Ada Quill"


def test_an_outlet_that_was_told_is_the_carrier_and_not_the_source() -> None:
    found = only("“We were never asked,” Ada Quill told the Tarn Herald on Friday.")
    assert (found.source, found.carrier) == ("Ada Quill", "the Tarn Herald")


def test_an_agency_behind_the_words_of_somebody_else_is_the_carrier() -> None:
    found = only("Ada Quill said the town was never asked, according to the news agency Reuters.")
    assert found.source == "Ada Quill"
    assert found.carrier.endswith("Reuters")


def test_silence_is_no_statement() -> None:
    assert said("The ministry did not comment on the future of the bridge.") == []
    assert said("Ada Quill declined to comment.") == []


def test_titles_and_nicknames_are_no_speech() -> None:
    assert said("She read from her novel “The Long Way Round” on Monday.") == []
    assert said("William “Buddy” Harker was born in Tarn in 1931.") == []


def test_subheads_are_not_searched() -> None:
    text = "“We go on,” says Quill\n\nThe road was long and the day was hot."
    assert said(text, Block("subhead", 0, 22), Block("paragraph", 24, len(text))) == []


def test_a_text_without_speech_has_none() -> None:
    assert said("") == []
    assert said("The road was long and the day was hot.") == []


@pytest.mark.parametrize(("sign", "times"), [("„", 1), ("„", 500), ('"', 500), ("“a” ", 200), ("A: ", 300)])
def test_a_row_of_signs_is_not_tagged_and_hides_nothing_beside_it(sign: str, times: int) -> None:
    row = sign * times
    first = "“The dam is sound,” said Ana Reyes, the engineer, on Tuesday."
    text = f"{first}\n\n{row}\n\n“We have seen no cracks in it,” Ana Reyes said."

    assert not any(map(may_hold_speech, read(row)))
    assert [one.content for one in said(text)] == [("The dam is sound,",), ("We have seen no cracks in it,",)]
