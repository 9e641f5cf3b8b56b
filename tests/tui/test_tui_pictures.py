"""How the screens look, at three widths. After a wanted change: pytest --snapshot-update tests/tui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.library import Library
from tui.app import NewsreaderApp

MakeApp = Callable[..., NewsreaderApp]
Compare = Callable[..., bool]

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)], ids=lambda size: f"{size[0]}x{size[1]}")


def after(*keys: str) -> Callable[[Pilot[Any]], Any]:
    """Press keys and wait until all that they set going is done."""

    async def press(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return press


@SIZES
def test_an_empty_library(snap_compare: Compare, library: Library, make_app: MakeApp, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(library), terminal_size=size, run_before=after())


@SIZES
def test_the_library(snap_compare: Compare, stocked: Library, make_app: MakeApp, size: tuple[int, int]) -> None:
    first, second, third, *_ = stocked.articles()
    stocked.tag_span(first.id, 0, 16, ["rates"])
    stocked.set_reading(second.id, read=True)
    stocked.star(third.id, True)
    assert snap_compare(make_app(stocked), terminal_size=size, run_before=after())


def test_the_text_stands_beside_the_list(snap_compare: Compare, stocked: Library, make_app: MakeApp) -> None:
    app = make_app(stocked)
    settled = after("S", "G", "up", "up", "enter", "v", "k")

    async def look(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        app.screen_stack[0]._show_beside()  # type: ignore[attr-defined]  # at once, not when the cursor has rested
        await pilot.pause()

    assert snap_compare(app, terminal_size=(170, 36), run_before=look)


@SIZES
def test_feeds(snap_compare: Compare, stocked: Library, make_app: MakeApp, size: tuple[int, int]) -> None:
    stocked.follow("https://post.example/rss", "The Post", "papers")
    stocked.follow("https://daily.example/rss", "Harbour Daily")
    assert snap_compare(make_app(stocked), terminal_size=size, run_before=after("F"))


@SIZES
def test_the_order_of_the_library(
    snap_compare: Compare, stocked: Library, make_app: MakeApp, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(stocked), terminal_size=size, run_before=after("S", "j", "enter", "S"))


@SIZES
def test_search(
    snap_compare: Compare,
    stocked: Library,
    make_app: MakeApp,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.search.perf_counter", lambda: 0.0)
    stocked.tag_span(stocked.articles()[0].id, 4, 26, ["rates"])
    keys = after("ctrl+f", *"govenor")
    assert snap_compare(make_app(stocked), terminal_size=size, run_before=keys)


@SIZES
def test_help_over_the_library(
    snap_compare: Compare, stocked: Library, make_app: MakeApp, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(stocked), terminal_size=size, run_before=after("question_mark"))


@SIZES
def test_the_formats_of_an_export(
    snap_compare: Compare,
    stocked: Library,
    make_app: MakeApp,
    size: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "desk")
    assert snap_compare(make_app(stocked), terminal_size=size, run_before=after("E", "down", "down", "down", "down"))
