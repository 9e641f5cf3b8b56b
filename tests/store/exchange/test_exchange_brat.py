"""Texts and claims as brat standoff files, read back by a strict reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pybrat.parser import BratParser, Example

from store.exchange import FORMS, Selection, write_export
from store.library import Library


@pytest.fixture
def folder(library: Library, tmp_path: Path) -> Path:
    write_export(library, tmp_path / "x.brat.zip", form="brat")
    with zipfile.ZipFile(tmp_path / "x.brat.zip") as archive:
        archive.extractall(tmp_path / "brat")
    return tmp_path / "brat"


@pytest.fixture
def examples(folder: Path) -> list[Example]:
    return BratParser(error="raise").parse(folder)


def test_every_claim_is_an_entity_on_its_words(library: Library, examples: list[Example]) -> None:
    found = []
    for example in examples:
        for entity in example.entities:
            words = [str(example.text)[span.start : span.end] for span in entity.spans]
            assert entity.mention == " ".join(words)
            assert not any("\n" in part for part in words)
            found.append(" ".join(words))
    assert sorted(found) == sorted(" ".join(claim.anchor.exact.split()) for claim in library.claims())


def test_a_claim_over_several_lines_has_a_part_for_each(examples: list[Example]) -> None:
    (entity,) = [entity for example in examples for entity in example.entities if len(entity.spans) > 1]
    assert entity.type == "economy"
    assert entity.mention.endswith("The last line <stays> & ends.")


def test_types_are_tags_in_letters_that_brat_allows(folder: Path, examples: list[Example]) -> None:
    types = {entity.type for example in examples for entity in example.entities}
    assert types == {"home", "economy", "tag", "Claim"}
    listed = (folder / "annotation.conf").read_text().split("[relations]")[0].split()
    assert set(listed) == {"[entities]", *types}
    assert "tag | رحيل" in (folder / "visual.conf").read_text()


def test_verdict_speech_and_everything_else_are_in_attributes_and_notes(folder: Path) -> None:
    lines = "".join(path.read_text() for path in sorted(folder.glob("*.ann"))).splitlines()
    assert len([line for line in lines if line.startswith("A") and " false" in line]) == 1
    notes = [line for line in lines if line.startswith("#")]
    assert len(notes) == 4
    assert all(len(line.split("\t")) == 3 for line in notes)
    (said,) = [line for line in notes if "Ann Lee" in line and "رحيل" in line]
    assert "speaker: Ann Lee; carrier: Reuters; said on: 2026-01; tags: رحيل; note: 'quoted" in said
    assert any('note: first line second, with “quotes” & "more"' in line for line in notes)


def test_names_of_files_are_plain_and_texts_are_there_once(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert all(name.isascii() and " " not in name for name in names)
    assert len([name for name in names if name.endswith(".txt")]) == 2


def test_tags_that_read_alike_in_plain_letters_stay_apart(library: Library) -> None:
    article = library.articles()[0]
    for at, name in enumerate(("a b", "a/b", "A_B", "claim")):
        library.tag_span(article.id, at, at + 1, [name])
    files = b"".join(FORMS["brat"].export(Selection(library)))
    assert files
    from store.exchange.brat import _labels

    labels = _labels(["a b", "a/b", "A_B", "claim", "日本"])
    assert len({label.lower() for label in labels.values()}) == 5
    assert "claim" not in {label.lower() for label in labels.values()}
