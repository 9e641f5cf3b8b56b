"""Search, export, help, palette, colours: what is over the library and the reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot

from store.library import Library
from tui import memory
from tui.app import NewsreaderApp
from tui.keys import KEYS
from tui.other_words import _table
from tui.screens.export import ExportPrompt
from tui.screens.help import HelpList, HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.search import SearchScreen
from tui.theme import DARK, SPEAKER_COLOURS, variables
from tui.widgets.hit_list import HitList, window

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


async def found(pilot, query: str) -> HitList:  # type: ignore[no-untyped-def]
    await pilot.press("ctrl+f", *["space" if letter == " " else letter for letter in query])
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    hits: HitList = pilot.app.screen.query_one(HitList)
    return hits


async def test_search_finds_a_claim_by_its_misspelt_tag_and_opens_it_at_the_words(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    article = stocked.articles()[0]
    claim = stocked.tag_span(article.id, 4, 26, ["Interest rates"])
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await found(pilot, "intrest rate")
        assert claim.id in {hit.claim for hit in hits.rows}
        assert "#Interest rates" in seen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert getattr(pilot.app.screen, "article_id", None) == article.id
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SearchScreen), "back from the words is back to the hits"
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_arrows_move_through_the_hits_while_typing(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        hits = await found(pilot, "strike")
        await pilot.press("down")
        assert hits.cursor == min(1, len(hits.rows) - 1)
        await pilot.press("up", "up")
        assert hits.cursor == 0


async def test_a_search_that_finds_nothing_says_so(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await found(pilot, "zzqqxx")
        assert "Nothing found" in seen(pilot.app)


async def test_nothing_typed_is_never_an_error(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        for letter in '"tag:( -"[b]':
            await found(pilot, letter)
        assert isinstance(pilot.app.screen, SearchScreen)


@pytest.mark.parametrize("width", [12, 30, 60])
def test_the_first_word_found_is_in_view_and_marked(width: int) -> None:
    line = "The minister spoke for a long time about many other things before the port was named at last"
    at = line.index("port")
    text, marks = window(line, [(at, at + 4)], width)
    assert [text[start:end] for start, end in marks] == ["port"]
    assert len(text) <= width


async def test_export_writes_what_can_be_read_and_says_so(
    stocked: Library, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    stocked.tag_span(stocked.articles()[0].id, 0, 16, ["rates"])
    async with make_app(stocked).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("E", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        (said,) = [note.message for note in pilot.app._notifications]
        assert "newsreader-export.json" in said
    written = json.loads((tmp_path / "newsreader-export.json").read_text("utf8"))
    assert [claim["tags"] for claim in written["claims"]] == [["rates"]]


async def test_export_never_writes_over_a_file_without_asking(
    stocked: Library, make_app: MakeApp, seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "newsreader-export.json"
    there.write_text("mine")
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("E", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ExportPrompt)
        assert "is there already" in seen(pilot.app)
        assert there.read_text() == "mine"
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert there.read_text() != "mine"


async def test_a_message_gives_way_to_a_question(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert ["Deleted" in note.message for note in pilot.app._notifications] == [True]
        await pilot.press("a")
        await pilot.pause()
        assert not list(pilot.app._notifications), "it would lie over what the question says of its keys"


async def test_an_export_that_cannot_be_written_is_said_and_the_prompt_stays(
    stocked: Library, make_app: MakeApp, seen: Seen, tmp_path: Path
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("E", "ctrl+u", *str(tmp_path / "no" / "where.json"), "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, ExportPrompt)
        assert "where.json" in seen(pilot.app)


async def test_help_lists_every_key_of_the_screen_it_was_opened_on(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(120, 50)) as pilot:
        await pilot.press("question_mark")
        shown = {row.text for row in pilot.app.screen.query_one("HelpList").rows}  # type: ignore[attr-defined]
        assert {key.text for key in KEYS if key.context in ("everywhere", "move", "library")} <= shown
        await pilot.press("escape", "enter")
        await pilot.pause()
        await pilot.press("question_mark")
        shown = {row.text for row in pilot.app.screen.query_one("HelpList").rows}  # type: ignore[attr-defined]
        assert {key.text for key in KEYS if key.context == "reader"} <= shown


async def test_help_is_filtered_and_does_what_its_row_says(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("f1", "slash", *"star", "enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, HelpScreen)
        assert stocked.articles()[0].starred


async def test_the_palette_does_what_a_key_would(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"mark read")
        await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.name == "_gather_commands"])
        await pilot.pause()
        assert isinstance(pilot.app.screen, CommandPalette)
        assert pilot.app.screen.query_one(CommandList).option_count >= 1
        await pilot.press("enter")
        await pilot.pause()
        assert stocked.articles()[0].read


async def test_the_palette_finds_a_command_by_the_name_in_the_settings_too(stocked: Library, make_app: MakeApp) -> None:
    article = stocked.articles()[0]
    stocked.tag_span(article.id, 4, 11, ("rates",))
    async with make_app(stocked, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "ctrl+p", *"verdict")
        await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.name == "_gather_commands"])
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
    assert stocked.claims()[0].verdict == "supported"


async def test_a_theme_is_seen_at_once_kept_with_enter_and_put_back_with_escape(
    stocked: Library, make_app: MakeApp
) -> None:
    app = make_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+t", "j")
        app.screen._preview()  # type: ignore[attr-defined]
        assert app.theme == "newsreader-light"
        await pilot.press("escape")
        assert app.theme == DARK.name
        await pilot.press("ctrl+t", "j", "enter")
        assert app.theme == "newsreader-light"
    assert make_app(stocked).theme == "newsreader-light", "it is there at the next start"


async def drawn_on_the_way_back(pilot: Pilot[None]) -> list[str]:
    """Give all that is drawn, with its colours, on this screen and the two below, leaving each."""
    drawn: list[str] = []
    for keys in ((), ("q",), ("q",)):
        await pilot.press(*keys)
        await pilot.pause()
        strips = pilot.app.screen._compositor.render_strips()
        drawn += [f"{part.text!r} {part.style}" for strip in strips for part in strip]
    return drawn


async def test_screens_that_a_new_theme_could_not_be_seen_on_have_it_when_they_come_up(
    stocked: Library, make_app: MakeApp
) -> None:
    stocked.set_reading(stocked.articles()[0].id, read=True)
    drawn: dict[bool, list[str]] = {}
    for late in (True, False):
        app = make_app(stocked)
        async with app.run_test(size=(120, 36)) as pilot:
            if not late:
                app.theme = "newsreader-light"
            await pilot.press("enter", "3")
            await pilot.pause()
            if late:
                app.theme = "newsreader-light"
                await pilot.pause()
            drawn[late] = await drawn_on_the_way_back(pilot)
    assert drawn[True] == drawn[False]


async def test_screens_that_a_new_size_could_not_be_seen_on_have_it_when_they_come_up(
    stocked: Library, make_app: MakeApp
) -> None:
    stocked.set_reading(stocked.articles()[0].id, read=True)
    drawn: dict[bool, list[str]] = {}
    for late in (True, False):
        app = make_app(stocked)
        async with app.run_test(size=(120, 36) if late else (50, 20)) as pilot:
            await pilot.press("enter", "G", "3")
            await pilot.pause()
            if late:
                await pilot.resize_terminal(50, 20)
            drawn[late] = await drawn_on_the_way_back(pilot)
    assert drawn[True] == drawn[False]


def test_every_theme_has_all_the_colours_of_the_program(stocked: Library, make_app: MakeApp) -> None:
    app = make_app(stocked)
    names = variables(DARK).keys()
    for theme in app.available_themes.values():
        given = variables(theme)
        assert given.keys() == names, theme.name
        assert len({given[f"speaker-{place}"] for place in range(1, SPEAKER_COLOURS + 1)}) == SPEAKER_COLOURS


def test_a_damaged_or_unwritable_memory_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    path.write_bytes(b'{"theme": 7')
    assert memory.load(path) == memory.Memory()
    (tmp_path / "file").write_text("")
    memory.save(tmp_path / "file" / "app.json", memory.Memory(theme="x"))


async def test_a_command_is_found_by_words_that_it_does_not_say(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("ctrl+p", *"merge")
        await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.name == "_gather_commands"])
        await pilot.pause()
        shown = [str(option.prompt) for option in pilot.app.screen.query_one(CommandList).options]
        assert any("join with another speaker" in row for row in shown)
        await pilot.press("escape", "question_mark", "slash", *"merge")
        await pilot.pause()
        assert "join with another speaker" in [row.text for row in pilot.app.screen.query_one(HelpList).rows]


def test_other_words_are_of_commands_that_there_are() -> None:
    assert set(_table()) <= {key.id for key in KEYS}
