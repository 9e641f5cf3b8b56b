"""Jumping in the reader by letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_room import reader, said
from textual.pilot import Pilot

from store.library import Library
from store.model import Article
from tui.app import NewsreaderApp
from tui.jumping import LETTERS, Target, labelled, labels
from tui.screens.jump import JumpOverlay

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]

LINES = (
    "“We shall appeal,” said Ada Voss.",
    "Nobody was surprised by that.",
    "“So shall we,” said Mo Hale.",
)


@given(st.integers(0, 2000), st.integers(2, 26))
def test_no_label_begins_another_and_short_ones_come_first(count: int, size: int) -> None:
    given_labels = labels(count, LETTERS[:size])
    assert len(given_labels) == min(count, size * size)
    assert len(set(given_labels)) == len(given_labels)
    assert [len(label) for label in given_labels] == sorted(len(label) for label in given_labels)
    singles = {label for label in given_labels if len(label) == 1}
    assert not any(label[0] in singles for label in given_labels if len(label) == 2)


def test_places_are_labelled_in_the_order_of_the_text_each_once() -> None:
    found = labelled([Target("quote", 30), Target("claim", 4), Target("quote", 4), Target("pane", row=2)])
    assert [(target.kind, target.offset, target.row) for target in found.values()] == [
        ("claim", 4, -1),
        ("quote", 30, -1),
        ("pane", 0, 2),
    ]


def word(pilot: Pilot[None]) -> str:
    view = reader(pilot).view
    return view.reading.text[slice(*view.units.word(view.cursor))]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20), (40, 12)])
async def test_a_letter_goes_to_the_quote_or_the_speaker_it_stands_on(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    article = add("Port", *LINES)
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("apostrophe")
        await pilot.pause()
        first, second, third, fourth = LETTERS[:4]
        shown = " ".join(seen(pilot.app).replace("[Voss] ", "").split())
        assert f"“{first}e shall appeal,” said {second}da Voss" in shown
        assert f"“{third}o shall we" in seen(pilot.app)
        await pilot.press(third)
        await pilot.pause()
        assert word(pilot) == "So"
        assert "“So shall we" in seen(pilot.app), "the letters are gone"
        await pilot.press("apostrophe", fourth)
        assert word(pilot) == "Mo"


async def test_escape_and_any_other_key_leave_everything_as_it_was(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("Port", *LINES)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "l")
        for key in ("escape", "down", "9", "ctrl+f"):
            await pilot.press("apostrophe", key)
            await pilot.pause()
            assert not isinstance(pilot.app.screen, JumpOverlay)
            assert word(pilot) == "appeal"
            assert "“We shall appeal,” said Ada Voss" in seen(pilot.app)


async def test_a_letter_goes_into_the_pane(library: Library, add: AddArticle, make_app: MakeApp) -> None:
    article = add("Port", *LINES)
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("apostrophe", LETTERS[5])
        await pilot.pause()
        assert reader(pilot).pane.has_focus
        assert reader(pilot).pane.current is not None
        assert reader(pilot).pane.current.words == "Mo Hale"


async def test_where_there_are_many_places_two_letters_lead_there(
    library: Library, add: AddArticle, make_app: MakeApp
) -> None:
    article = add("Port", " ".join(f"“It is so,” said Ada Voss{number}." for number in range(20)))
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("apostrophe")
        overlay = pilot.app.screen
        assert isinstance(overlay, JumpOverlay)
        label, target = list(overlay._labels.items())[-1]
        assert len(label) == 2
        await pilot.press(*label)
        assert reader(pilot).view.cursor == target.offset


@pytest.mark.parametrize(
    "away",
    [("G",), ("slash", *"Hale", "enter"), ("apostrophe", LETTERS[2]), ("tab", "j", "enter", "escape")],
    ids=["the end", "a find", "a letter", "the pane"],
)
async def test_ctrl_o_goes_back_to_where_one_was_and_there_again(
    library: Library, add: AddArticle, make_app: MakeApp, away: tuple[str, ...]
) -> None:
    article = add("Port", *LINES)
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("l", "l", "l")
        await pilot.pause()
        view = reader(pilot).view
        here = view.cursor
        for key in away:
            await pilot.press(key)
            await pilot.pause()
        there = view.cursor
        assert there != here
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert view.cursor == here
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert view.cursor == there


async def test_ctrl_o_says_when_nothing_led_away(library: Library, add: AddArticle, make_app: MakeApp) -> None:
    article = add("Port", *LINES)
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("l", "ctrl+o")
        await pilot.pause()
        assert said(pilot) == "Back to where? No jump, search or g G led away from anywhere yet"
