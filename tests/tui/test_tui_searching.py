"""The search screen: narrowing, tagging all hits, saving, and answers that come late."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from store.library import Library
from store.model import Analysis, Extract
from store.search import Index
from tui.app import NewsreaderApp
from tui.screens.help import HelpScreen
from tui.screens.search import SearchScreen
from tui.widgets.choice_prompt import ChoicePrompt
from tui.widgets.hit_list import HitList

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


async def settle(pilot: Any) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def search(pilot: Any, query: str) -> HitList:
    await pilot.press("ctrl+f")
    pilot.app.screen.query_one(Input).value = query
    await pilot.pause()
    await settle(pilot)
    hits: HitList = pilot.app.screen.query_one(HitList)
    return hits


async def test_tab_narrows_to_one_place_and_goes_round(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await search(pilot, "the")
        everything = len(hits.rows)
        await pilot.press("tab")
        await settle(pilot)
        assert {hit.kind for hit in hits.rows} == {"article"}
        assert pilot.app.screen.query_one(Input).value == "the", "what was typed stays as it is"
        await pilot.press("tab", "tab")
        await settle(pilot)
        assert {hit.kind for hit in hits.rows} == {"quote"}
        await pilot.press("shift+tab", "shift+tab", "shift+tab")
        await settle(pilot)
        assert len(hits.rows) == everything


async def test_t_tags_all_hits_in_one_step(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await search(pilot, "in:quote the")
        count = len(hits.rows)
        assert count > 1
        await pilot.press("escape", "t", *"seen", "enter")
        await settle(pilot)
        claims = stocked.claims()
        assert 1 < len(claims) <= count
        assert all(stocked.tag_names(claim) == ("seen",) for claim in claims)
        await pilot.press("u")
        await settle(pilot)
        assert stocked.claims() == []


async def test_tagging_hits_offers_the_tags_there_are_and_says_which_is_new(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    article = stocked.articles()[0]
    stocked.tag_span(article.id, 0, 4, ["harbour"])
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await search(pilot, "in:quote the")
        await pilot.press("escape", "t", *"harbuor")
        await settle(pilot)
        assert "+ new tag “harbuor”" in seen(pilot.app)
        assert "adds another" in seen(pilot.app)
        await pilot.press("up", "enter")
        await settle(pilot)
        assert [tag.name for tag in stocked.tags()] == ["harbour"]
        assert len(stocked.claims()) > 1
        assert isinstance(pilot.app.focused, HitList)
        await pilot.press("t", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.focused, HitList)


async def test_a_question_is_left_when_the_mouse_goes_elsewhere(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await search(pilot, "in:quote the")
        for elsewhere in ("#query", "#hits"):
            await pilot.press("escape", "t")
            await settle(pilot)
            assert pilot.app.screen.query_one(ChoicePrompt).is_open
            await pilot.click(elsewhere, offset=(20, 2 if elsewhere == "#hits" else 0))
            await settle(pilot)
            assert not pilot.app.screen.query_one(ChoicePrompt).is_open
            assert "adds another" not in seen(pilot.app)
        assert stocked.claims() == []


async def test_a_quote_is_tagged_as_a_whole(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await search(pilot, "in:quote the")
        hit = hits.rows[0]
        await pilot.press("escape", "t", *"seen", "enter")
        await settle(pilot)
        quotes = {(q.start, q.end) for q in stocked.analysis(hit.article).quotes}
        spans = {(claim.anchor.start, claim.anchor.end) for claim in stocked.claims(hit.article)}
        assert spans <= quotes


async def test_a_search_is_saved_and_found_again_by_its_name(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await search(pilot, "strike")
        wanted = [hit.line for hit in hits.rows]
        await pilot.press("escape", "s", *"walkouts", "enter")
        await settle(pilot)
        assert stocked.saved_search("walkouts").query == "strike"
        await pilot.press("at")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "@walkouts"
        assert [hit.line for hit in hits.rows] == wanted


async def test_the_articles_with_hits_are_exported(
    stocked: Library, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await search(pilot, "strike")
        ids = {hit.article for hit in hits.rows if hit.article}
        assert 0 < len(ids) < len(stocked.articles())
        await pilot.press("escape", "X", "enter")
        await settle(pilot)
    written = json.loads((tmp_path / "newsreader-export.json").read_text("utf8"))
    assert {article["id"] for article in written["articles"]} == ids


async def test_an_answer_that_comes_late_never_takes_the_place_of_a_newer_one(
    stocked: Library, make_app: MakeApp
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        hits = await search(pilot, "strike")
        before = list(hits.rows)
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        screen._show(("all", "stri"), (), (), 0.0)
        assert list(hits.rows) == before


async def test_why_a_hit_matched_and_what_was_not_understood_are_told(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await search(pilot, "govenor")
        assert "1 typo: govenor → governor" in seen(pilot.app)
        await search(pilot, "colour:red")
        assert "no field “colour:”" in seen(pilot.app)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_hostile_words_in_hits_and_queries_are_only_words(
    stocked: Library, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    text = "[bold]Bracket[/bold] [@click=app.quit]harbour[/] news for everybody."
    stocked.add(Extract(path="h", text=text, blocks=(), title="[red]Ha[/"), Analysis(analyser="t"))
    async with make_app(stocked).run_test(size=size) as pilot:
        await search(pilot, "bracket harbour [/]")
        assert "[bold]Bracket[/bold]" in seen(pilot.app)


async def test_leaving_the_app_does_not_wait_for_a_large_library_to_be_searchable(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    started, left = threading.Event(), threading.Event()

    def refresh(index: Index, progress: Callable[[int, int], None]) -> bool:
        started.set()
        left.wait(10)
        for done in range(1000):
            steps.append(done)
            progress(done, 1000)
        return True

    monkeypatch.setattr(Index, "refresh", refresh)
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+f")
        assert started.wait(10)
        pilot.app.screen.workers.cancel_all()
        left.set()
    assert len(steps) <= 1


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold up the answer to the query "Lind" until this is set; to "broken" there is none but an error."""
    answered, search_now = threading.Event(), Index.search

    def search_later(index: Index, query: str, **how: Any) -> object:
        if query in {"Lind", "broken"}:
            answered.wait(10)
        if query == "broken":
            raise RuntimeError("the index broke")
        return search_now(index, query, **how)

    monkeypatch.setattr(Index, "search", search_later)
    return answered


async def enter_before_the_answer(pilot: Any, query: str) -> SearchScreen:
    await search(pilot, "")
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    screen.query_one(Input).value = query
    await pilot.pause()
    pilot.app.post_message(events.Key("enter", "\r"))
    while not screen.awaited:
        await pilot.pause()
    return screen


async def test_no_key_waits_for_a_search_that_failed(
    stocked: Library, make_app: MakeApp, held: threading.Event
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        screen = await enter_before_the_answer(pilot, "broken")
        held.set()
        while any(worker.is_running for worker in pilot.app.workers):
            await pilot.pause()
        await pilot.pause()
        assert "the index broke" in [note.message for note in pilot.app._notifications]
        assert not screen.awaited


async def test_an_answer_that_comes_after_the_search_was_left_opens_nothing(
    stocked: Library, make_app: MakeApp, held: threading.Event
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        screen = await enter_before_the_answer(pilot, "Lind")
        pilot.app.action_help()
        await pilot.pause()
        held.set()
        await settle(pilot)
        assert screen.hits.rows
        assert isinstance(pilot.app.screen, HelpScreen)
