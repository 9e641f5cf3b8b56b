"""The screen goes on while a change takes long, and every change comes in its turn."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from textual.pilot import Pilot

from store.errors import LibraryError
from store.library import Library
from tui.app import NewsreaderApp

MakeApp = Callable[..., NewsreaderApp]


@pytest.fixture(autouse=True)
def nothing_is_waited_for(changes_are_waited_for: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app_changing.QUICK_SECONDS", 0.0)


async def until(pilot: Pilot[None], happened: Callable[[], bool]) -> None:
    while not happened():
        await pilot.pause(0.01)
    await pilot.pause()


def said(app: NewsreaderApp) -> str:
    return " / ".join(note.message for note in app._notifications)


async def test_keys_are_obeyed_while_a_change_is_made_and_it_is_told_when_it_is_done(
    stocked: Library, make_app: MakeApp
) -> None:
    go = Event()
    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        app.change(lambda: go.wait(60) and stocked.star(app.screen.chosen, True), "Starred")
        assert app.changing
        await pilot.press("j", "j")
        assert app.screen.listed.cursor == 2
        assert not said(app)
        go.set()
        await until(pilot, lambda: not app.changing)
        assert said(app) == "Starred"


async def test_changes_are_made_in_the_order_in_which_they_were_asked_for(stocked: Library, make_app: MakeApp) -> None:
    go = Event()
    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        first = app.screen.chosen
        app.change(lambda: go.wait(60))
        await pilot.press("m", "u")
        assert not stocked.article(first).starred
        go.set()
        await until(pilot, lambda: not app.changing)
        assert not stocked.article(first).starred
        assert stocked.next_redo() is not None


async def test_a_change_that_fails_late_is_said_and_the_app_goes_on(stocked: Library, make_app: MakeApp) -> None:
    def fail() -> None:
        raise LibraryError("the disk is full")

    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        app.change(fail, "never said")
        await until(pilot, lambda: not app.changing)
        assert said(app) == "the disk is full"


async def test_what_is_being_changed_when_the_app_is_left_is_changed(stocked: Library, make_app: MakeApp) -> None:
    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        first = app.screen.chosen
        await pilot.press("m", "q")
    assert stocked.article(first).starred


async def test_a_long_list_is_put_in_order_in_the_background(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.library_filter.AT_ONCE", 2)
    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("S", "j", "j", "j", "enter")
        await app.workers.wait_for_complete()
        titles = [article.title for article in app.screen.listed.articles]
        assert titles == sorted(titles, key=str.casefold)
        await pilot.press("slash", *"rate", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.opened.article.title == "Bank holds its rate as growth slows"


async def test_a_change_shows_in_a_long_list_before_it_is_put_in_order_anew(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.library_filter.AT_ONCE", 2)
    monkeypatch.setattr("tui.app_changing.QUICK_SECONDS", 60.0)
    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("S", "j", "j", "enter")
        await app.workers.wait_for_complete()
        await pilot.press("m")
        assert app.screen.listed.article.starred
