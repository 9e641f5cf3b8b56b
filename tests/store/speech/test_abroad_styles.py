"""Small articles in other languages, each with its gold; the first letters of a file's name are its language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_gold import Folder, Line, check_spans

from store.speech import analyse
from store.speech.abroad.language import known

ABROAD = Folder(Path(__file__).parent / "abroad", lambda name: name.partition("_")[0])
ENGLISH = "“The bridge is safe,” Ada Quill told the council on Monday. She said that the work would go on."


@pytest.mark.parametrize("line", ABROAD.cases())
def test_who_said_what_in_other_languages(line: Line) -> None:
    ABROAD.check(line)


def test_every_known_failure_abroad_is_a_line_of_gold() -> None:
    assert set(ABROAD.known_failures()) <= {(line.article, line.words) for line in ABROAD.gold()}


def test_every_language_has_articles() -> None:
    assert {line.article.partition("_")[0] for line in ABROAD.gold()} >= known()


@pytest.mark.parametrize("language", ["de", "ru", "xx", "", "en-GB", None])
def test_an_english_text_is_read_as_english_whatever_its_page_claims(language: str | None) -> None:
    assert analyse(ENGLISH, language=language) == analyse(ENGLISH)


def test_no_speaker_comes_from_inside_a_quotation() -> None:
    text = "„Ich traue Ada Quill“, sagte er. „Der Rat kennt Jon Marek und will ihn trotzdem nicht hören.“"
    assert {quote.speaker for quote in analyse(text, language="de").quotes} == {None}


def test_whoever_is_carried_over_is_told_so_and_is_less_sure() -> None:
    text = "«El puente no es seguro», dijo la alcaldesa Ada Quill.\n\n«Lo renovaremos en otoño», añadió."
    first, second = analyse(text, language="es").quotes
    assert (first.speaker, second.speaker) == ("Ada Quill", "Ada Quill")
    assert second.confidence < first.confidence
    assert "speaker before" in second.why


def test_results_abroad_do_not_depend_on_the_hash_seed() -> None:
    text = ABROAD.article("de_wald")
    code = f"from store.speech import analyse; print(analyse({text!r}, language='de'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1


PIECES = [
    "«", "»", "„", "“", "”", '"', "'", "「", "」", "—", " — ", ", ", ". ", ": ", "：", "\n", " ", "sagte", "dijo",
    "сказал",
    "a déclaré", "a-t-elle ajouté", "по словам", "Ada Quill", "Квилл", "説", "说", "と述べた", "قال", "ने कहा", "teilte",
    "mit",
    "der", "-", "-il", "\u202e", "e\u0301", "\x00", "\ud800", "İ",
]  # fmt: skip
LANGUAGES = st.sampled_from([*sorted(known()), "sv", "xx", "", "zz-ZZ", "../en", "\x00"])


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), LANGUAGES)
@settings(deadline=None)
def test_marks_and_cues_of_other_languages_never_fail(text: str, language: str) -> None:
    check(text, language)


@given(st.text(max_size=300), LANGUAGES)
@settings(deadline=None)
def test_arbitrary_unicode_in_any_language_never_fails(text: str, language: str) -> None:
    check(text, language)


def check(text: str, language: str) -> None:
    analysis = analyse(text, language=language)
    check_spans(text, analysis)
    for speaker in analysis.speakers:
        assert speaker.name in {quote.speaker for quote in analysis.quotes}
