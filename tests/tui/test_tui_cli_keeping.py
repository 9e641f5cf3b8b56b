"""newsreader check and newsreader backup, as typed."""

import json
import os
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Block, Extract
from tui.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library") as library:
        extract = Extract(path="a.txt", text="One two.", blocks=(Block("paragraph", 0, 8),), title="Two words")
        library.add(extract, Analysis(analyser="x"))
        library.compact()
    return tmp_path / "library"


def test_a_whole_library_is_called_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(folder), "check"]) == 0
    assert "the library is whole: 1 article," in capsys.readouterr().out


def test_one_of_a_kind_is_counted_as_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(folder) as library:
        library.save_search("mine", "one two")
    assert main(["--library", str(folder), "check"]) == 0
    assert "1 article, 0 claims" in (said := capsys.readouterr().out)
    assert "1 search, 0 feeds" in said


def test_damage_is_named_and_repaired(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.truncate(folder / "library.json", 50)
    assert main(["--library", str(folder), "check"]) == 0
    printed = capsys.readouterr().out
    assert "problem: library.json is damaged" in printed
    assert "everything found was repaired" in printed


def test_what_cannot_be_mended_fails_and_names_the_way_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    next(folder.glob("bodies/*/*.json")).unlink()
    assert main(["check", "--library", str(folder), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert "add it again" in report["problems"][0]


def test_a_backup_is_one_file_and_never_overwrites(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder.parent / "b.tar.gz"
    assert main(["--library", str(folder), "backup", str(file)]) == 0
    assert "wrote 1 article and" in capsys.readouterr().err
    size = file.stat().st_size
    assert main(["--library", str(folder), "backup", str(file)]) == 1
    assert "name another" in capsys.readouterr().err
    assert file.stat().st_size == size


def test_a_library_that_is_not_there_is_one_line_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["check"], ["backup", str(tmp_path / "b.tar")]):
        assert main(["--library", str(tmp_path / "nothing"), *words]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_history_of_a_claim_is_found_by_its_words_and_says_what_became_of_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library.open(folder) as library:
        claim = library.tag_span(library.articles()[0].id, 0, 7, ["Numbers"])
        library.set_note(claim.id, "count \x1b[31mthem")
        library.tag_span(claim.anchor.article, 0, 7, ["Words"])
        library.undo()
        library.remove_claim(claim.id)
        library.undo()
    assert main(["--library", str(folder), "history", "one TWO"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[32:].strip() for line in lines] == [
        "tag “Numbers” on “One two”",
        "note on “One two”",
        "note: nothing → count them",
        "tag “Words” on “One two”",
        "tags: Numbers → Numbers, a removed tag " + lines[4][-8:],
        "undo: tag “Words” on “One two”",
        "tags: Numbers, a removed tag " + lines[4][-8:] + " → Numbers",
        "remove the claim “One two”",
        "removed",
        "undo: remove the claim “One two”",
    ]
    for words in (claim.id, "Numbers", "Two words"):
        assert main(["--library", str(folder), "history", words, "--json"]) == 0
        first, *_ = map(json.loads, capsys.readouterr().out.splitlines())
        assert first["revision"] > 0
        assert first["after"]


def test_the_last_changes_come_newest_first_over_all_journals(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(folder) as library:
        article = library.articles()[0].id
        for number in range(3):
            library.tag_span(article, number, number + 3, ["Numbers"])
            library.set_reading(article, position=number)
            library.compact()
    assert main(["--library", str(folder), "history"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[32:].split(" ")[0] for line in lines] == ["tag", "tag", "tag", "add"]
    assert lines[0].endswith("“e t”")


def test_the_history_of_nothing_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(folder), "history", "nothing at all"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
