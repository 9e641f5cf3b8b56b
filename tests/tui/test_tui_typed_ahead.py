"""Keys that are typed faster than screens come: each is done, in its turn, on the screen it was meant for."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from newsroom import settle, stock
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from store.dossier.people import Person
from store.library import Library
from tui.app import NewsreaderApp
from tui.screens import dossier
from tui.screens.dossier import DossierScreen
from tui.screens.export import ExportPrompt
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader import ReaderScreen
from tui.screens.speakers import SpeakersScreen
from tui.screens.tags import TagsScreen
from tui.widgets.article_view import ArticleView

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


async def all_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Let all keys lie in the terminal's buffer before the first is done."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()
    while pilot.app.typing:  # type: ignore[attr-defined]
        await pilot.pause()
    await settle(pilot)


async def test_motions_typed_with_the_key_that_opens_an_article_move_in_it(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "enter", "right_square_bracket", "right_square_bracket")
        assert isinstance(pilot.app.screen, ReaderScreen)
        typed = pilot.app.screen.view.cursor
        await all_at_once(pilot, "q", "enter", "g")
        await all_at_once(pilot, "right_square_bracket")
        await all_at_once(pilot, "right_square_bracket")
        assert pilot.app.screen.view.cursor == typed > 0


async def test_every_press_of_a_key_that_is_held_down_counts(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        view = pilot.app.screen.query_one(ArticleView)
        for _ in range(9):
            await pilot.press("l")
        await pilot.press("right_parenthesis", "h")
        one_by_one = view.cursor
        await all_at_once(pilot, "g", *"l" * 9, "right_parenthesis", "h")
        assert view.cursor == one_by_one > 0


async def test_a_key_that_opens_takes_what_the_motions_before_it_led_to(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "j", "j", "k", "j", "enter", "l", "l", "h", "l")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert pilot.app.screen.opened.article.title == "Court halts the port strike"
        assert pilot.app.screen.view.cursor == len("“We shall ")


async def test_what_moves_in_the_text_does_not_pass_for_a_motion_beside_it(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "enter", "tab", "j", "l", "l")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert pilot.app.focused is pilot.app.screen.pane
        assert pilot.app.screen.view.cursor > 0


async def test_an_export_asked_for_with_the_jump_is_of_the_article_and_takes_what_is_typed_on(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "ctrl+f", *"Lind", "enter", "E", "x", "y")
        assert isinstance(pilot.app.screen, ExportPrompt)
        assert "This article" in seen(pilot.app)
        assert pilot.app.screen.query_one(Input).value.endswith("xy")


async def test_what_is_typed_behind_an_escape_goes_to_the_screen_below(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "enter", "q", "j", "j")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert pilot.app.screen.query_one("#articles").cursor == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("opens", ["2", "3", "4", "ctrl+f", "E", "T", "a"])
async def test_escape_typed_with_a_key_that_opens_leaves_what_it_opened(
    stocked: Library, make_app: MakeApp, opens: str
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, opens, "escape", "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert isinstance(pilot.app.screen_stack[-2], LibraryScreen)


async def test_what_is_pasted_waits_for_the_keys_before_it(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        pilot.app.post_message(events.Key("ctrl+f", None))
        for key in "abcd":
            pilot.app.post_message(events.Key(key, key))
        pilot.app.post_message(events.Paste("XYZ"))
        await all_at_once(pilot, "e")
        assert pilot.app.screen.query_one(Input).value == "abcdXYZe"


async def test_keys_go_on_when_it_cannot_be_told_what_to_wait_for(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: LibraryScreen) -> bool:
        raise RuntimeError("no answer")

    lost: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(LibraryScreen, "awaited", property(broken))
        await all_at_once(pilot, "j", "j", "k", "j", "j")
        assert pilot.app.screen.query_one("#articles").cursor == 3  # type: ignore[attr-defined]
    gc.collect()
    await asyncio.sleep(0)
    assert not lost


async def test_leaving_while_keys_wait_is_quiet(stocked: Library, make_app: MakeApp) -> None:
    lost: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in ("j", "ctrl+q", "j", "j"):
            pilot.app.post_message(events.Key(key, None))
        await pilot.pause()
    gc.collect()
    await asyncio.sleep(0)
    assert not lost


Held = Callable[[object, str], threading.Event]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Have a method or a function wait, in its worker, until the event given is set."""

    monkeypatch.setattr("tui.app_typing.LONGEST_WAIT", 60.0)  # however slow the machine

    def hold(kind: object, name: str) -> threading.Event:
        go, really = threading.Event(), getattr(kind, name)

        def waiting(*given: object, **named: object) -> object:
            go.wait(5)
            return really(*given, **named)

        monkeypatch.setattr(kind, name, waiting)
        return go

    return hold


async def typed_while_held(pilot: Pilot[None], go: threading.Event, *keys: str) -> None:
    """Let all keys come before what the first of them asks for."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(10):
        await pilot.pause()
    go.set()
    await all_at_once(pilot)


@pytest.mark.parametrize(("opens", "screen"), [("3", TagsScreen), ("4", SpeakersScreen)])
async def test_keys_for_a_list_wait_until_its_rows_are_there(
    library: Library, make_app: MakeApp, held: Held, opens: str, screen: type
) -> None:
    stock(library)
    go = held(screen, "read")
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await typed_while_held(pilot, go, opens, "j", "enter")
        assert isinstance(pilot.app.screen, DossierScreen)
        assert pilot.app.screen.subject.name == {"3": "harbour", "4": "Mo Hale"}[opens]


async def test_a_motion_counts_while_the_speakers_are_put_in_order_by_their_quotes(
    library: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(library)
    begun, go, really = threading.Event(), threading.Event(), SpeakersScreen.ordered

    def ordered(screen: SpeakersScreen, rows: Sequence[Person], filtered: bool) -> Sequence[Person]:
        if screen._counted is not None:
            begun.set()
            go.wait(60)
        return really(screen, rows, filtered)

    monkeypatch.setattr(SpeakersScreen, "ordered", ordered)
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        while not begun.is_set():
            await pilot.pause()
        await pilot.press("j")
        go.set()
        await settle(pilot)
        assert isinstance(pilot.app.screen, SpeakersScreen)
        assert pilot.app.screen.rows.cursor == 1


async def test_keys_for_a_dossier_wait_until_its_entries_are_there(
    library: Library, make_app: MakeApp, held: Held
) -> None:
    stock(library)
    go = held(dossier, "gather")
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "4", "j")
        await typed_while_held(pilot, go, "enter", "j", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert library.article(pilot.app.screen.article_id).title == "Union warns of a cold winter"


async def test_an_enter_typed_with_the_words_of_a_filter_opens_what_they_find(
    library: Library, make_app: MakeApp, held: Held
) -> None:
    stock(library)
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "4")
        await typed_while_held(pilot, held(SpeakersScreen, "words_of"), "slash", *"lind", "enter")
        assert isinstance(pilot.app.screen, DossierScreen)
        assert pilot.app.screen.subject.name == "Governor Lind"


@pytest.mark.parametrize("name", ["strike.json", "no/where.json"])
async def test_a_key_typed_behind_an_export_waits_until_it_is_written_or_failed(
    library: Library, make_app: MakeApp, held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    stock(library)
    monkeypatch.chdir(tmp_path)
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await all_at_once(pilot, "E", *name)
        await typed_while_held(pilot, held(ExportPrompt, "written"), "enter", "3")
        if name == "strike.json":
            assert isinstance(pilot.app.screen, TagsScreen)
        else:
            assert pilot.app.screen.query_one(Input).value == f"{name}3"
