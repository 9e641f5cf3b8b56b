"""Choosing the format and the file of an export from the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import press
from textual.widgets import Input

from store.exchange import FORMS
from store.library import Library
from store.model import Analysis, Block, Extract
from tui.app import NewsreaderApp
from tui.screens.export_ask import FormList, with_ending

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


def shown(app: NewsreaderApp) -> tuple[str, str | None]:
    """Give the line and the format under the cursor."""
    return app.screen.query_one(Input).value, app.screen.query_one(FormList).current


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_every_format_is_there_to_choose(
    stocked: Library, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(stocked).run_test(size=size) as pilot:
        await press(pilot, "E")
        lines = seen(pilot.app)
        assert all(f"{form.endings[0]} " in lines for form in FORMS.values())
        assert "↑ ↓ format   enter export   esc back" in lines


async def test_in_few_lines_the_list_goes_along_with_the_choice(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(40, 12)) as pilot:
        await press(pilot, "E")
        for form in FORMS.values():
            assert f"▌{form.endings[0]} " in seen(pilot.app)
            assert "esc back" in seen(pilot.app)
            await press(pilot, "down")


async def test_up_and_down_choose_a_format_and_the_ending_follows(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "E")
        assert shown(pilot.app) == ("~/newsreader-export.json", "json")
        await press(pilot, "up")
        assert shown(pilot.app) == ("~/newsreader-export.json", "json")
        await press(pilot, "down", "down", "down")
        assert shown(pilot.app) == ("~/newsreader-export.receipt.md", "receipt")
        await press(pilot, "up")
        assert shown(pilot.app) == ("~/newsreader-export.md", "markdown")
        await press(pilot, "ctrl+u", *"a.b.csv")
        assert shown(pilot.app) == ("a.b.csv", "csv")
        await press(pilot, "down")
        assert shown(pilot.app) == ("a.b.md", "markdown")


async def test_a_name_of_no_known_ending_is_written_in_the_format_that_is_chosen(
    stocked: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "E", "down", "ctrl+u", *"table.txt")
        assert shown(pilot.app) == ("table.txt", "csv")
        await press(pilot, "enter")
        assert (tmp_path / "table.txt").read_text("utf-8-sig").startswith("exact,")


@pytest.mark.parametrize("name", ["2026.11", "St. Ives", "v1.2-final", ".hidden"])
async def test_a_dot_in_a_name_is_no_ending(stocked: Library, make_app: MakeApp, tmp_path: Path, name: str) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "E", "down", *name, "enter")
    assert [path.name for path in tmp_path.glob("*.csv")] == [f"{name}.csv"]


async def test_a_name_typed_after_the_format_was_chosen_takes_the_place_of_the_one_offered(
    stocked: Library, make_app: MakeApp
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "E", "down", *"strike")
        assert shown(pilot.app) == ("strike", "csv")
        await press(pilot, "down", *"-old")
        assert shown(pilot.app) == ("strike-old.md", "markdown")
        await press(pilot, "end", *"x", "ctrl+u", *"a/b", "up", *"c")
        assert shown(pilot.app) == ("a/bc.csv", "csv")


async def test_a_folder_gets_a_file_of_the_format_that_is_chosen(
    stocked: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "E", "ctrl+u", *"out", "down", "enter")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["newsreader-export.csv"]


async def test_one_is_one_and_what_is_not_in_it_is_said(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    article = stocked.articles()[0]
    stocked.tag_span(article.id, 0, 16, ["rates"])
    async with make_app(stocked).run_test(size=(120, 36), notifications=True) as pilot:
        await press(pilot, "ctrl+f", *"Lind", "escape", "X")
        assert "1 article with hits, with all claims." in seen(pilot.app)
        await press(pilot, "down", "enter")
        (said,) = [note.message for note in pilot.app._notifications]
    assert said.startswith("Wrote 1 claim of 1 article to ~/newsreader-export.csv. Not in it: ")
    assert "1 article's whole text" in said
    assert "3 quotes found by the program" in said


async def test_where_it_was_written_is_told_in_full_and_in_plain_words(
    stocked: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    deep = tmp_path.joinpath(*["investigations"] * 4, "harbour")
    deep.mkdir(parents=True)
    stocked.add(
        Extract(path="/home/somebody/a.txt", text="Bread.", blocks=(Block("paragraph", 0, 6),)),
        Analysis(analyser="test"),
    )
    async with make_app(stocked).run_test(size=(50, 20), notifications=True) as pilot:
        await press(pilot, "E", "ctrl+u", *str(deep.relative_to(tmp_path)), "enter")
        (said,) = [note.message for note in pilot.app._notifications]
        where = said.partition(" to ")[2].partition(". ")[0]
        assert where.startswith("~/investig")
        assert where.endswith("harbour/newsreader-export.json")
        assert "…" in where
        assert len(where) <= 48
        assert said.endswith("1 local file's folder")


async def test_the_names_of_all_formats_are_whole_in_forty_columns(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(40, 12)) as pilot:
        await press(pilot, "E")
        for form in FORMS.values():
            assert f"{form.endings[0]} " in seen(pilot.app)
            assert f" {form.title}" in seen(pilot.app)
            await press(pilot, "down")


def test_an_ending_takes_the_place_of_a_known_one_only(tmp_path: Path) -> None:
    refi = FORMS["refi"]
    names = ("a.json", "a.claimreview.json", "A.MD", "v1.2", "", "~", f"{tmp_path}/", str(tmp_path))
    assert [with_ending(name, refi) for name in names] == [
        "a.qdpx", "a.qdpx", "A.qdpx", "v1.2.qdpx", "", "~", f"{tmp_path}/", str(tmp_path),
    ]  # fmt: skip


def written(tmp_path: Path) -> list[str]:
    """Give the titles of the articles in the export."""
    found = json.loads((tmp_path / "newsreader-export.json").read_text("utf8"))
    return [article["title"] for article in found["articles"]]


async def test_what_is_marked_is_exported_and_tab_makes_it_the_whole_library(
    stocked: Library, make_app: MakeApp, seen: Seen, tmp_path: Path
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "v", "E")
        assert "The 2 articles marked, with all claims.   tab the whole library" in seen(pilot.app)
        await press(pilot, "tab")
        assert "The whole library.   tab The 2 articles marked" in seen(pilot.app)
        await press(pilot, "tab", "enter")
    assert len(written(tmp_path)) == 2


async def test_in_the_reader_this_article_is_exported_and_tab_makes_it_the_whole_library(
    stocked: Library, make_app: MakeApp, seen: Seen, tmp_path: Path
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "E")
        assert "This article, with all claims.   tab the whole library" in seen(pilot.app)
        await press(pilot, "enter")
        assert written(tmp_path) == ["Bank holds its rate as growth slows"]
        await press(pilot, "E", "tab", "enter", "enter")
        assert len(written(tmp_path)) == 5


async def test_a_folder_that_is_not_there_is_named_as_what_is_missing(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await press(pilot, "E", "ctrl+u", *"no/where.json", "enter")
        assert "no/where.json: the export was not written (no such folder)" in seen(pilot.app)


async def test_the_prompt_names_the_folder_and_a_name_typed_takes_the_place_of_the_one_offered(
    stocked: Library, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "E")
        assert shown(pilot.app) == ("~/desk/newsreader-export.json", "json")
        await press(pilot, *"strike")
        assert shown(pilot.app) == ("strike", "json")
        await press(pilot, "enter")
        assert json.loads((tmp_path / "desk" / "strike.json").read_text())


async def test_what_is_typed_after_choosing_a_format_takes_the_place_of_the_name_offered(
    stocked: Library, make_app: MakeApp
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await press(pilot, "E", "down", "a")
        assert shown(pilot.app) == ("a", "csv")


@pytest.mark.parametrize("name", ["~nobody-of-this-name/a", "x" * 300])
async def test_a_name_that_no_file_can_have_is_asked_for_again(
    stocked: Library, make_app: MakeApp, seen: Seen, name: str
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await press(pilot, "E", "ctrl+u")
        pilot.app.screen.query_one(Input).insert_text_at_cursor(name)
        await press(pilot, "down", "enter")
        assert "the export was not written" in " ".join(seen(pilot.app).split())
