"""How tags, speakers and dossiers look, at three widths. After a wanted change: pytest --snapshot-update tests/tui."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from newsroom import press, settle, stock
from textual.pilot import Pilot

from store.library import Library
from tui.app import NewsreaderApp

MakeApp = Callable[..., NewsreaderApp]
Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)], ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def news(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    for module in ("claims", "tags", "speakers"):
        monkeypatch.setattr(f"store.keep.{module}.now", lambda: "2026-11-23T08:00:00.000000Z")
    return stock(library)


def after(*keys: str) -> Callable[[Pilot[Any]], Any]:
    """Press keys, each after all that the one before set going is done."""

    async def pressed(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        pilot.app.clear_notifications()
        await pilot.pause()

    return pressed


SCREENS = {
    "tags": ("3", "j"),
    "tags by uses": ("3", "S"),
    "merging a tag": ("3", "M"),
    "renaming a tag": ("3", "j", "R"),
    "speakers": ("4",),
    "joining speakers": ("4", "M"),
    "dossier of a tag": ("3", "j", "enter"),
    "dossier by speaker": ("3", "j", "enter", "V", "V"),
    "dossier of a search": ("slash", *"voss", "tab", "D"),
    "timeline": ("3", "j", "enter", "V"),
    "comparing": ("3", "j", "enter", "C"),
}


@SIZES
@pytest.mark.parametrize("keys", SCREENS.values(), ids=[name.replace(" ", "_") for name in SCREENS])
def test_the_screen(
    snap_compare: Compare, news: Library, make_app: MakeApp, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(news), terminal_size=size, run_before=after(*keys))


@SIZES
@pytest.mark.parametrize("keys", [("3",), ("4",)], ids=["no_tags", "no_speakers"])
def test_an_empty_library(
    snap_compare: Compare, library: Library, make_app: MakeApp, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(library), terminal_size=size, run_before=after(*keys))
