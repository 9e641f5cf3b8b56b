"""A library of a few articles, an app on it, and what a person sees of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Article, ArticleSpeaker, Block, Extract, Quote
from tui.app import NewsreaderApp

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def changes_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the screen wait for every change, on however slow a machine; what happens when it does not is a test."""
    monkeypatch.setattr("tui.app_changing.QUICK_SECONDS", 60.0)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


AddArticle = Callable[..., Article]


@pytest.fixture
def add(library: Library) -> AddArticle:
    """Add an article: every `“…” said NAME.` in its paragraphs becomes a direct quote of NAME."""

    def add_article(title: str, *paragraphs: str, **known: object) -> Article:
        text = "\n\n".join(paragraphs) or f"{title}."
        blocks, at = [], 0
        for paragraph in text.split("\n\n"):
            blocks.append(Block("paragraph", at, at + len(paragraph)))
            at += len(paragraph) + 2
        extract = Extract(path=f"{title}.txt", text=text, blocks=tuple(blocks), title=title, **known)  # type: ignore[arg-type]
        return library.add(extract, _quotes(text)).article

    return add_article


def _quotes(text: str) -> Analysis:
    quotes, names = [], {}
    at = text.find("“")
    while at >= 0:
        close = text.find("”", at)
        said, stop = text.find(" said ", close), text.find(".", text.find(" said ", close))
        name = text[said + 6 : stop]
        quotes.append(Quote(kind="direct", spans=((at + 1, close),), source=(said + 6, stop), speaker=name))
        names.setdefault(name, []).append((said + 6, stop))
        at = text.find("“", close)
    speakers = tuple(ArticleSpeaker(name=name, kind="person", mentions=tuple(m)) for name, m in names.items())
    return Analysis(analyser="test", quotes=tuple(quotes), speakers=speakers)


@pytest.fixture
def stocked(library: Library, add: AddArticle) -> Library:
    """Give a library of five articles of one week."""
    add(
        "Bank holds its rate as growth slows",
        "The central bank kept its main rate at 3.5% on Monday.",
        "“We are not there yet,” said Governor Lind. “Families pay for this caution,” said Mo Hale.",
        "“The shore is in sight,” said Governor Lind.",
        outlet="The Evening Post",
        published="2026-11-23",
        authors=("A. Okafor",),
    )
    add("Waiting list falls for a third month", outlet="City News", published="2026-11-22")
    add(
        "Court halts the port strike",
        "“We shall appeal,” said Ada Voss.",
        outlet="Harbour Daily",
        published="2026-11-21",
    )
    add("Budget : « aucune hausse » promise", outlet="Le Phare", published="2026-11-20", published_inferred=True)
    add("港湾ストライキ、裁判所が停止を命令", outlet="港新聞", published="2026-10-03")
    return library


MakeApp = Callable[..., NewsreaderApp]


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """Make an app whose memory lies in the test's folder and whose day is 23 November 2026."""

    def make(library: Library, open_article: str | None = None) -> NewsreaderApp:
        app = NewsreaderApp(library, open_article, state=tmp_path / "state" / "app.json")
        app.today = lambda: TODAY
        return app

    return make


@pytest.fixture
def seen() -> Callable[[NewsreaderApp], str]:
    """Give what the screen on top shows, line by line."""

    def lines(app: NewsreaderApp) -> str:
        return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

    return lines
