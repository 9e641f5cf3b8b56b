"""A small library of news written for these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Article, Extract, Quote

KREMLIN = """\
Al-Sharaa told reporters in Moscow that Russian bases in Syria would stay for now.

“We want no new Russian base in Ṭarṭūs in 2026,” Vladimir Putin said. Iraq was not on the agenda.

He added: “Economic cooperation comes first.”

Убежище Асада не обсуждалось, сказал Шараа."""

HARBOUR = """\
The harbour of Latakia handled 1,200 containers in March, the port authority said.

“Nobody asked us about the bases,” fisherman Omar Haddad said.

وقال أحمد الشرع إن الميناء مفتوح."""

WHEAT = """\
Wheat prices fell in 2066 in the novel that the minister quoted.

“Bread is not a weapon,” Zelenskyy said on Monday."""


def quote(text: str, words: str, speaker: str | None, kind: str = "direct", confidence: float = 1.0) -> Quote:
    start = text.index(words)
    return Quote(kind=kind, spans=((start, start + len(words)),), speaker=speaker, confidence=confidence)  # type: ignore[arg-type]


def put(library: Library, text: str, title: str, outlet: str, day: str, *quotes: Quote) -> Article:
    extract = Extract(path=f"{title}.txt", text=text, blocks=(), title=title, outlet=outlet, published=day)
    return library.add(extract, Analysis(analyser="test", quotes=quotes)).article


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three articles, three claims, tags and a note."""
    with Library.open(tmp_path / "library") as library:
        kremlin = put(
            library,
            KREMLIN,
            "Kremlin meeting",
            "TASS",
            "2026-01-28",
            quote(KREMLIN, "Russian bases in Syria would stay for now", "Ahmed al-Sharaa", "indirect"),
            quote(KREMLIN, "We want no new Russian base in Ṭarṭūs in 2026,", "Vladimir Putin"),
            quote(KREMLIN, "Economic cooperation comes first.", "Vladimir Putin", "direct", 0.3),
        )
        harbour = put(
            library,
            HARBOUR,
            "Harbour news",
            "Latakia Post",
            "2026-03-31",
            quote(HARBOUR, "Nobody asked us about the bases,", "Omar Haddad"),
        )
        put(
            library,
            WHEAT,
            "Bread",
            "Field Weekly",
            "2025-11-02",
            quote(WHEAT, "Bread is not a weapon,", "Volodymyr Zelenskyy"),
        )
        start = KREMLIN.index("Russian bases")
        library.tag_span(kremlin.id, start, start + 13, ["Russian bases", "economy/trade"], note="check the treaty")
        start = KREMLIN.index("Economic cooperation")
        library.tag_span(kremlin.id, start, start + 20, ["economy"])
        start = HARBOUR.index("1,200 containers")
        library.tag_span(harbour.id, start, start + 16, ["harbour"])
        yield library
