"""A small library with everything an export has to carry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, ArticleSpeaker, Extract, Quote

HEAD = "😀 =SUM(A1) is what she typed: ]]> & <b>.\n\n"
SAID = "We *will* [never](http://evil.example) <b>leave</b> 😀,"
TEXT = f"{HEAD}“{SAID}” Ann Lee said.\n\nThe last line <stays> & ends."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Four claims: on a formula, on a quote with markup and emoji, over several lines, and on words gone since."""
    monkeypatch.setenv("NEWSREADER_USER", "lina <&>")
    with Library.open(tmp_path / "library") as library:
        start = TEXT.index("We *will*")
        quote = Quote(
            kind="direct", spans=((start, start + len(SAID)),), speaker="Ann Lee", carrier="Reuters", why="named in ¶2"
        )
        extract = Extract(
            path="/home/somebody/news/a.txt", text=TEXT, blocks=(), title="Leaving | staying", outlet="Post",
            url="https://example.org/a b>c", published="2026-01-28", published_inferred=True,
        )  # fmt: skip
        found = Analysis(analyser="t", quotes=(quote,), speakers=(ArticleSpeaker(name="Ann Lee", kind="person"),))
        article = library.add(extract, found).article
        formula = TEXT.index("=SUM")
        library.tag_span(
            article.id,
            formula,
            formula + 8,
            ["@home", "economy/trade"],
            note='first line\nsecond, with “quotes” & "more"',
        )
        said = library.tag_span(article.id, start, start + len(SAID), ["رحيل"], note="'quoted")
        library.set_verdict(said.id, "false")
        library.set_said_on(said.id, "2026-01")
        library.tag_span(article.id, start + 30, len(TEXT), ["economy"])
        other = library.add(
            Extract(path="/home/somebody/b.txt", text="Bread will be cheap in 2026.", blocks=(), title="Bread"),
            Analysis(analyser="t"),
        ).article
        library.tag_span(other.id, 0, 20, [])
        changed = Extract(path="/home/somebody/b.txt", text="Bread won't be cheap in 2031.", blocks=(), title="Bread")
        library.add(changed, Analysis(analyser="t"))
        yield library
