"""Saved searches and hints on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Run, runner

from store.library import Library
from store.model import Analysis, Block, Extract, Quote
from store.paths import sample_files


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command with a library of its own that holds the sample article."""
    monkeypatch.setenv("NEWSREADER_LIBRARY", str(tmp_path / "library"))
    command = runner(capfd, monkeypatch)
    command("add", str(sample_files()[0]))
    return command


def test_a_search_is_saved_run_by_its_name_listed_and_forgotten(run: Run) -> None:
    direct = run("search", "putin", "bases")
    saved = run("search", "putin", "bases", "--save", "pb")
    assert saved.out == direct.out
    assert "@pb" in saved.err
    assert run("search", "@pb").out == direct.out
    assert run("list", "@pb").out.count("\n") == 1
    assert run("search", "--list").out.split() == ["@pb", "putin", "bases"]
    assert json.loads(run("search", "--list", "--json").out)["query"] == "putin bases"
    assert run("search", "--forget", "pb").code == 0
    assert run("search", "--list").out == ""


def test_a_saved_search_that_is_none_is_told_in_one_line(run: Run) -> None:
    ran = run("search", "--forget", "nothing")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    ran = run("search", "bases", "--save", "a:b")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_saving_needs_words(run: Run) -> None:
    assert run("search", "--save", "x").code == 2


def test_hints_go_to_standard_error_and_hits_to_standard_output(run: Run) -> None:
    ran = run("search", "sputnik", "is:purple")
    assert "Sputnik" in ran.out
    assert "purple" in ran.err
    ran = run("list", "tag:x", "OR", "outlet:enab")
    assert "OR" in ran.err


def test_why_a_hit_matched_is_in_the_json(run: Run) -> None:
    hits = [json.loads(line) for line in run("search", "rusian", "bases", "--json").out.splitlines()]
    assert hits
    for hit in hits:
        assert "1 typo: rusian → russian" in hit["why"]
        assert "Russian" in {hit["line"][start:end].split()[0] for start, end in hit["marks"]}


def test_an_index_that_cannot_be_written_is_told_and_nothing_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "library" / "search.cache").mkdir()
    for verb in ("search", "list"):
        ran = run(verb, "putin")
        assert ran.code == 0
        assert ran.out
        assert "memory" in ran.err


def test_the_columns_of_a_list_stand_under_one_another_however_much_is_said_in_an_article(
    run: Run, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "library") as library:
        text = "so " * 1200
        quotes = tuple(Quote(kind="direct", spans=((at, at + 2),)) for at in range(0, 3600, 3))
        blocks = (Block("paragraph", 0, len(text)),)
        library.add(
            Extract(path="a.txt", text=text, blocks=blocks, title="Long"), Analysis(analyser="test", quotes=quotes)
        )
    lines = run("list").out.splitlines()
    assert len(lines) == 2
    assert len({line.index("“”") for line in lines}) == 1
    assert any(" 1200 “”" in line for line in lines)
