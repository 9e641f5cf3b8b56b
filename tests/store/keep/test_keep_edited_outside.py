"""library.json laid out anew by another program: the edit is taken over, and nothing done afterwards is lost."""

import json
from pathlib import Path

import pytest

from store.library import Library

FIRST, SECOND = "https://one.example/feed", "https://two.example/feed"


def laid_out_anew(folder: Path, indent: int | str | None, forget: str = "") -> None:
    file = folder / "library.json"
    tables = json.loads(file.read_text("utf-8"))
    for step in tables["steps"].values():
        step.pop(forget, None)
    file.write_text(json.dumps(tables, indent=indent), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library") as library:
        library.follow(FIRST, "One")
        library.follow(SECOND, "Two")
        library.compact()
    return tmp_path / "library"


@pytest.mark.parametrize("indent", [None, 1, "\t", ""])
def test_what_is_removed_from_a_library_laid_out_anew_stays_removed_and_comes_back_by_undo(
    folder: Path, indent: int | str | None
) -> None:
    laid_out_anew(folder, indent)
    with Library.open(folder) as library:
        library.unfollow(FIRST)
    with Library.open(folder) as library:
        assert library.notices == []
        assert [feed.title for feed in library.feeds()] == ["Two"]
        library.undo()
        assert sorted(feed.title for feed in library.feeds()) == ["One", "Two"]
        library.compact()
    assert "\n\n" not in (folder / "library.json").read_text("utf-8")
    with Library.open(folder) as library:
        assert sorted(feed.title for feed in library.feeds()) == ["One", "Two"]


@pytest.mark.parametrize("forget", ["what", "at", "was"])
def test_a_step_that_lacks_a_field_keeps_no_library_from_opening(folder: Path, forget: str) -> None:
    laid_out_anew(folder, 1, forget)
    with Library.open(folder) as library:
        assert sorted(feed.title for feed in library.feeds()) == ["One", "Two"]
        library.undo()


def test_a_step_that_is_none_is_passed_over(folder: Path) -> None:
    file = folder / "library.json"
    tables = json.loads(file.read_text("utf-8"))
    tables["steps"][max(tables["steps"], key=int)] = {"what": 7}
    file.write_text(json.dumps(tables), "utf-8")
    with Library.open(folder) as library:
        library.undo()
        assert [feed.title for feed in library.feeds()] == ["Two"]
