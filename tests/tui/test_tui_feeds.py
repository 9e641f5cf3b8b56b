"""The screen of feeds, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from textual.worker import WorkerFailed

from store.library import Library
from tui.app import NewsreaderApp
from tui.screens.feeds import FeedList, FeedsScreen
from tui.screens.library import LibraryScreen

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
NOWHERE = "http://127.0.0.1:9/feed"  # the port of nobody: refused at once, and private besides


async def settle(pilot: object) -> None:
    app = pilot.app  # type: ignore[attr-defined]
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause()  # type: ignore[attr-defined]


async def test_without_feeds_it_says_what_to_do(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        await settle(pilot)
        assert seen(pilot.app).startswith(" Feeds")
        assert "You follow no feeds yet." in seen(pilot.app)
        assert "Press a and give the address" in seen(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_feeds_are_listed_left_and_brought_back(
    stocked: Library, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    stocked.follow("https://post.example/rss", "The Post", "papers")
    stocked.follow("https://daily.example/rss", "Harbour Daily")
    async with make_app(stocked).run_test(size=size) as pilot:
        await pilot.press("F")
        await settle(pilot)
        shown = seen(pilot.app)
        assert "papers/The Post" in shown
        assert "https://post.example/rss" in shown
        assert "never fetched" in shown
        before = pilot.app.screen.query_one(FeedList).cursor
        await pilot.press("x")
        await settle(pilot)
        assert [feed.title for feed in stocked.feeds()] == ["The Post"]
        assert "Harbour Daily" not in [row.feed.title for row in pilot.app.screen.query_one(FeedList).rows]
        await pilot.press("u")
        await settle(pilot)
        assert len(stocked.feeds()) == 2
        assert pilot.app.screen.query_one(FeedList).cursor == before


async def test_the_screen_of_feeds_says_what_it_is_before_they_are_read(
    stocked: Library, make_app: MakeApp, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.feeds.FeedsScreen._read", lambda self: None)
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        await pilot.pause()
        assert seen(pilot.app).splitlines()[0].split() == ["Feeds", "reading…"]


async def test_what_went_wrong_with_a_feed_is_said_and_shown(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    stocked.follow(NOWHERE, "Nobody")
    async with make_app(stocked).run_test(size=(120, 24), notifications=True) as pilot:
        await pilot.press("F")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FeedsScreen)
        assert any("127.0.0.1" in note.message for note in pilot.app._notifications)
        assert len(stocked.articles()) == 5


async def test_a_feed_with_hostile_words_is_shown_as_words(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    stocked.follow("https://x.example/[link=1]", "[@click=app.quit()]\x1b]0;gone\x07 [b]")
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        await settle(pilot)
        shown = seen(pilot.app)
        assert "[@click=app.quit()]" in shown
        assert "\x1b" not in shown


async def test_feeds_that_came_after_the_screen_was_empty_are_moved_in(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        await settle(pilot)
        stocked.follow("https://post.example/rss", "The Post")
        stocked.follow("https://daily.example/rss", "Harbour Daily")
        pilot.app.changed()  # type: ignore[attr-defined]
        await settle(pilot)
        await pilot.press("j")
        assert pilot.app.screen.query_one(FeedList).cursor == 1


async def test_feeds_that_cannot_be_read_hold_up_no_key(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Library) -> dict[str, tuple[str, str]]:
        raise OSError("no such disk")

    monkeypatch.setattr("store.intake.last_looks", broken)
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        with suppress(WorkerFailed):
            await settle(pilot)
        await pilot.pause()
        assert ["no such disk" in note.message for note in pilot.app._notifications] == [True]
        assert not pilot.app.screen.awaited  # type: ignore[attr-defined]
