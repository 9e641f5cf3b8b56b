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
    assert "the library is whole: 1 articles" in capsys.readouterr().out


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
    assert "wrote 1 articles" in capsys.readouterr().err
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
