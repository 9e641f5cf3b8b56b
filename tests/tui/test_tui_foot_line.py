"""The line at the foot: it says what the keys do now, and a message in it goes with its screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import press

from store.library import Library
from tui.app import NewsreaderApp
from tui.widgets.bars import HintBar

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


@pytest.mark.parametrize(
    ("keys", "own", "typing"),
    [
        ("", "n unread", "esc show all"),
        ("3", "R rename", "esc show all"),
        ("4", "/ filter", "esc show all"),
        ("1enter", "next quote", "esc back"),
    ],
)
async def test_while_a_line_is_typed_into_the_foot_says_its_keys(
    stocked: Library, make_app: MakeApp, seen: Seen, keys: str, own: str, typing: str
) -> None:
    stocked.tag_span(stocked.articles()[0].id, 0, 16, ["rates"])
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, *(["1", "enter"] if keys == "1enter" else keys))
        assert own in seen(pilot.app).splitlines()[-1]
        await press(pilot, "slash")
        foot = seen(pilot.app).splitlines()[-1]
        assert typing in foot
        assert own not in foot
        await press(pilot, "escape")
        assert own in seen(pilot.app).splitlines()[-1]


async def test_the_search_line_says_where_escape_leads(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+f")
        assert "tab narrow   esc back" in seen(pilot.app).splitlines()[-1]
        await press(pilot, *"Lind")
        assert "tab narrow   esc to the hits" in seen(pilot.app).splitlines()[-1]
        await press(pilot, "escape")
        assert "t tag all" in seen(pilot.app).splitlines()[-1]
        await press(pilot, "slash")
        assert "esc to the hits" in seen(pilot.app).splitlines()[-1]


def said(app: NewsreaderApp) -> list[str]:
    return [note.message for note in app._notifications]


async def test_a_message_goes_with_the_screen_it_was_said_on(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "x")
        assert "No claim here" in said(pilot.app)[0]
        await press(pilot, "3")
        assert said(pilot.app) == []
        await press(pilot, "q", "x", "q")
        assert said(pilot.app) == []


async def test_what_is_said_when_a_question_is_answered_stays(
    stocked: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app(stocked).run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "E", "ctrl+u", *str(tmp_path / "one.json"), "enter")
        assert "one.json" in said(pilot.app)[0]


async def test_what_is_said_has_only_its_keys_in_bold_as_the_line_of_keys(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await press(pilot, "enter", "right_square_bracket", "w")
        said = [(part.text.strip(), part.style.bold) for part in pilot.app.screen.query_one(HintBar).render_line(0)]
        strong = [words for words, bold in said if bold and words]
        assert strong == ["t", "w", "c", "y", "esc"]
        assert ("tag", None) in said or ("tag", False) in said


@pytest.mark.parametrize("size", [(120, 36), (50, 20)])
async def test_a_note_says_all_its_keys_however_narrow(
    stocked: Library, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    article = stocked.articles()[0]
    stocked.tag_span(article.id, 0, 16, ["rates"])
    async with make_app(stocked, article.id).run_test(size=size) as pilot:
        await press(pilot, "right_curly_bracket", "left_curly_bracket", "i")
        foot = " ".join(" ".join(seen(pilot.app).splitlines()[-2:]).split())
        assert "ctrl+e your editor" in foot
        assert foot.endswith("esc back")
