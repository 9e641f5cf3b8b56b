"""Screens that were left take no memory for long."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from weakref import WeakSet

import pytest
from newsroom import settle

from store.library import Library
from tui.app import NewsreaderApp
from tui.app_freeing import MIDDLE, MOST_LEFT, NEW, OLD
from tui.screens.reader import ReaderScreen

MakeApp = Callable[..., NewsreaderApp]


@pytest.fixture
def collected_as_in_the_app() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(NEW, MIDDLE, OLD)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("collected_as_in_the_app")
async def test_articles_that_were_read_long_are_let_go_after_some_more(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app_freeing.FREE_AFTER", 0.0)
    opened: WeakSet[ReaderScreen] = WeakSet()
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _ in range(2 * MOST_LEFT):
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, ReaderScreen)
            opened.add(pilot.app.screen)
            for _ in range(2):
                gc.collect(1)  # as it happens while one reads: from now on it is taken for what stays
            await pilot.press("q")
            await pilot.pause()
        assert len(opened) <= MOST_LEFT + 2
