"""The file of an article: what other programs put there stays, and damage costs only what it hit."""

import json
from pathlib import Path

import pytest

from store.check import check
from store.library import Library
from store.model import Analysis, Block, Extract, Quote

TEXT = "The minister spoke.\n\n“We will open the bridge in 2027,” Anna Berg said."
QUOTE = Quote(kind="direct", spans=((22, 53),), speaker="Anna Berg")


def extract(text: str = TEXT) -> Extract:
    blocks = (Block("paragraph", 0, len(text)),)
    url = "https://example.org/bridge"
    return Extract(path="a.txt", text=text, blocks=blocks, title="The bridge", url=url, raw=text.encode())


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library")
    library.add(extract(), Analysis(analyser="x", quotes=(QUOTE,)))
    library.add(extract(TEXT + " More."), Analysis(analyser="x", quotes=(QUOTE,)))
    return library


def file_of(library: Library) -> Path:
    (path,) = library.folder.glob("bodies/*/*.json")
    return path


def test_fields_and_tables_of_a_newer_program_are_kept_when_the_file_is_written_again(library: Library) -> None:
    path = file_of(library)
    tables = json.loads(path.read_text())
    tables["_meta"]["1"]["made_by"] = "the future"
    tables["article"]["1"]["mood"] = 3
    for version in tables["versions"].values():
        version["pages"] = [1, 2]
        version["blocks"][0]["column"] = "left"
    tables["analyses"]["1"]["analysis"]["quotes"][0]["tone"] = "calm"
    tables["pictures"] = {"1": {"caption": "a bridge"}}
    path.write_text(json.dumps(tables))

    library.set_analysis(library.articles()[0].id, Analysis(analyser="y"))
    library.add(extract(TEXT + " Still more."), Analysis(analyser="y"))

    kept = json.loads(path.read_text())
    assert kept["_meta"]["1"]["made_by"] == "the future"
    assert kept["article"]["1"]["mood"] == 3
    assert kept["pictures"] == {"1": {"caption": "a bridge"}}
    assert kept["versions"]["1"] == tables["versions"]["1"]
    assert kept["versions"]["2"] == tables["versions"]["2"]
    assert kept["analyses"]["1"] == tables["analyses"]["1"]
    assert kept["analyses"]["2"]["analysis"]["analyser"] == "y"
    assert [version.text for version in library.versions(library.articles()[0].id)][2] == TEXT + " Still more."


def test_adding_a_damaged_article_again_mends_it_and_keeps_the_older_text(library: Library) -> None:
    path = file_of(library)
    path.write_bytes(path.read_bytes().replace(b"More.", b"More\xff"))
    assert not check(library.folder).ok
    assert library.add(extract(TEXT + " More."), Analysis(analyser="x", quotes=(QUOTE,))).outcome == "updated"
    assert sorted(version.text for version in library.versions(library.articles()[0].id)) == [TEXT, TEXT + " More."]
    assert check(library.folder).ok
    (aside,) = library.folder.glob("salvage-*")
    assert b"More\xff" in aside.read_bytes()


def test_a_repair_saves_the_whole_texts_of_a_damaged_file(library: Library) -> None:
    path = file_of(library)
    path.write_bytes(path.read_bytes().replace(b'"1":{"sha256"', b'"1":{sha256"', 1))
    report = check(library.folder, repair=True)
    assert report.ok
    assert "what is whole of it was saved" in report.repaired[0]
    assert library.version(library.articles()[0].id).text == TEXT + " More."
    assert check(library.folder).ok


def test_a_repair_leaves_a_file_alone_whose_current_text_is_lost(library: Library) -> None:
    path = file_of(library)
    damaged = path.read_bytes().replace(b"More.", b"More\xff")
    path.write_bytes(damaged)
    assert not check(library.folder, repair=True).ok
    assert path.read_bytes() == damaged
    assert not list(library.folder.glob("salvage-*"))


def test_adding_an_article_again_mends_its_source(library: Library) -> None:
    for path in library.folder.glob("sources/*/*"):
        path.write_bytes(b"rot")
    assert library.add(extract(TEXT + " More."), Analysis(analyser="x", quotes=(QUOTE,))).outcome == "unchanged"
    assert library.source(library.articles()[0].id) == (TEXT + " More.").encode()
