"""The reader shows what comes from outside and obeys none of it, even when it was never cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.model import Analysis, ArticleSpeaker, Block, Extract, Quote, Removed
from tui.app import NewsreaderApp
from tui.safe import visible

MakeApp = Callable[..., NewsreaderApp]
HOSTILE = "a\x1b]0;PWNED\x07b \x9b31m \u202erev\u202c [@click=app.quit()]quit[/] [link=https://x.y/z]l[/link] nul\x00"
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


@given(st.text())
def test_what_is_made_visible_keeps_its_length_and_holds_nothing_to_obey(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert not OBEYED.search(visible(text))


@pytest.fixture(autouse=True)
def state_of_this_test_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def test_hostile_words_anywhere_in_an_article_reach_no_cell(library: Library, make_app: MakeApp) -> None:
    text = f"“{HOSTILE}” said {HOSTILE}.\n\n{HOSTILE}"
    end = text.index("”")
    quote = Quote(kind="direct", spans=((1, end),), speaker=HOSTILE, carrier=HOSTILE, why=HOSTILE, confidence=0.2)
    analysis = Analysis(
        analyser="test", quotes=(quote,), speakers=(ArticleSpeaker(name=HOSTILE, kind="person", mentions=((1, 5),)),)
    )
    extract = Extract(
        path="x",
        text=text,
        blocks=(Block("paragraph", 0, text.index("\n")),),
        title=HOSTILE,
        outlet=HOSTILE,
        aggregator=HOSTILE,
        authors=(HOSTILE,),
        url=HOSTILE,
        removed=(Removed(HOSTILE, HOSTILE, 0, 1),),
    )
    article = library.add(extract, analysis).article
    library.tag_span(article.id, 1, end, [HOSTILE], note=HOSTILE)
    keys = [
        "]",
        "t",
        "escape",
        "c",
        "escape",
        "W",
        "i",
        "escape",
        "R",
        "escape",
        "v",
        "w",
        "w",
        "y",
        "escape",
        "tab",
        "s",
    ]
    names = {"]": "right_square_bracket"}
    for size in ((120, 36), (50, 20)):
        app = make_app(library, article.id)
        async with app.run_test(size=size, notifications=True) as pilot:
            for key in keys:
                await pilot.press(names.get(key, key))
                await pilot.pause()
                shown = "".join(strip.text for strip in app.screen._compositor.render_strips())
                assert not OBEYED.search(shown), key
                assert app.is_running, key
