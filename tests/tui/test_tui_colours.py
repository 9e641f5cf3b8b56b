"""Colours: what is read can be read in every theme, and without any colour."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from newsroom import press
from textual.color import Color

from store.library import Library
from tui.app import NewsreaderApp
from tui.screens.reader import ReaderScreen
from tui.theme import ANSI, contrast

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]

WORDS = {
    "background": [
        "foreground",
        "muted",
        "claim",
        "subhead",
        "alarm",
        "gone",
        "new",
        *(f"speaker-{n}" for n in range(1, 9)),
    ],
    "bar": ["foreground"],
    "hit": ["hit-text"],
    "row": ["row-text"],
}
SIGNS = {"bar": ["muted"], "row": ["muted", "claim", *(f"speaker-{n}" for n in range(1, 9))]}


@pytest.mark.parametrize(("pairs", "least"), [(WORDS, 4.5), (SIGNS, 3.0)], ids=["words", "signs"])
def test_what_is_read_stands_out_in_every_theme(
    stocked: Library, make_app: MakeApp, pairs: dict[str, list[str]], least: float
) -> None:
    app = make_app(stocked)
    themes = [theme for theme in app.available_themes.values() if not theme.ansi]
    assert len(themes) > 20
    for theme in themes:
        app.theme = theme.name
        colours = app.get_css_variables()
        words = min(least, 0.8 * contrast(*(Color.parse(colours[name]) for name in ("foreground", "background"))))
        for ground, names in pairs.items():
            for name in names:
                found = contrast(Color.parse(colours[name]), Color.parse(colours[ground]))
                assert found >= (words if name == "muted" else least), f"{theme.name}: {name} on {ground} {found:.1f}"


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


async def test_without_colours_words_found_are_told_from_others_and_from_the_cursor(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "enter", "slash", *"the", "enter")
        view = pilot.app.screen.query_one("#text")
        looks = {name: view.get_component_rich_style(f"text--{name}", partial=True) for name in ("found", "cursor")}
        written = {name: (look.bold, look.italic, look.underline, look.reverse) for name, look in looks.items()}
        assert written["found"] not in {written["cursor"], (True, None, None, None), (None, None, True, None)}


async def test_without_colours_none_are_chosen_and_that_is_said(
    stocked: Library, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "enter", "ctrl+t")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert ["NO_COLOR" in note.message for note in pilot.app._notifications] == [True]
        assert pilot.app.theme == ANSI.name
