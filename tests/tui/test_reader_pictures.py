"""How the reader looks, at three widths. After a wanted change: pytest --snapshot-update tests/tui."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.library import Library
from store.model import Analysis, Article, ArticleSpeaker, Block, Extract, Quote
from tui.app import NewsreaderApp

MakeApp = Callable[..., NewsreaderApp]
SnapCompare = Callable[..., bool]

PARTS = (
    ("paragraph", "The harbour council voted on Monday to keep the old ferry running for another year, after a debate "
     "that lasted until midnight."),
    ("paragraph", "“Nobody on the islands was asked before the timetable was cut,” said Ada Voss, who speaks for the "
     "islanders. “We shall not accept that again.”"),
    ("subhead", "The cost of a crossing"),
    ("paragraph", "Treasurer Mo Hale said that each crossing costs the town three times what a ticket brings in. He "
     "added that the ferry has never paid for itself."),
    ("paragraph", "A person familiar with the talks said a new ship is out of the question, and the harbour master "
     "did not comment."),
    ("quote", "“A ferry is a road,” Voss told the council."),
    ("paragraph", "قال المسؤول إن العبّارة ستستمر في العمل عاماً آخر."),
    ("paragraph", "港湾当局は、フェリーの運航を一年延長すると発表した。"),
    ("paragraph", "The next vote is due in the autumn."),
)  # fmt: skip
SAID = (
    ("Nobody on the islands was asked before the timetable was cut,", "Ada Voss", "direct", 1.0),
    ("We shall not accept that again.", "Ada Voss", "direct", 1.0),
    ("that each crossing costs the town three times what a ticket brings in", "Mo Hale", "indirect", 1.0),
    ("that the ferry has never paid for itself", "Mo Hale", "indirect", 0.4),
    ("a new ship is out of the question", None, "indirect", 1.0),
    ("A ferry is a road,", "Ada Voss", "direct", 1.0),
    ("العبّارة ستستمر في العمل عاماً آخر", None, "indirect", 1.0),
)
QUOTE = ("right_square_bracket", "right_square_bracket", "right_square_bracket")
FEW = {
    "text": (),
    "selection": (*QUOTE, "v", "w", "l", "l"),
    "tag": (*QUOTE, "t", *"fer"),
    "speaker": (*QUOTE, "c"),
    "pane": ("tab",),
    "only": ("tab", "g", "enter"),
    "found": ("slash", *"ferry"),
    "note": (*QUOTE, "i"),
    "verdict": (*QUOTE, "V"),
    "judged": (*QUOTE, "V", "4"),
    "edges": (*QUOTE, "e", "l"),
    "zen": ("z",),
    "jump": ("apostrophe",),
    "link": ("o",),
}


@pytest.fixture
def article(library: Library, monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr("store.keep.claims.now", lambda: "2026-11-20T08:00:00Z")
    blocks, at = [], 0
    for kind, part in PARTS:
        blocks.append(Block(kind, at, at + len(part)))  # type: ignore[arg-type]
        at += len(part) + 2
    text = "\n\n".join(part for _, part in PARTS)
    quotes = []
    for words, speaker, kind, sure in SAID:
        start = text.index(words)
        span = (start, start + len(words))
        quotes.append(Quote(kind=kind, spans=(span,), speaker=speaker, confidence=sure, why="named beside it"))  # type: ignore[arg-type]
    speakers = tuple(ArticleSpeaker(name=name, kind="person") for name in ("Ada Voss", "Mo Hale"))
    extract = Extract(
        path="ferry.txt",
        text=text,
        blocks=tuple(blocks),
        title="Council keeps the old ferry for another year",
        url="https://harbour.example/2026/11/council-keeps-the-old-ferry-for-another-year?from=front",
        outlet="Harbour Daily",
        authors=("A. Okafor",),
        published="2026-11-21",
        published_inferred=True,
    )
    added = library.add(extract, Analysis(analyser="test", quotes=tuple(quotes), speakers=speakers)).article
    for quote, tags in ((quotes[0], ("island rights", "timetable")), (quotes[2], ("ferry costs",))):
        claim = library.tag_span(added.id, quote.start, quote.end, tags)
    library.set_note(claim.id, "compare with last year")
    library.describe_tag("ferry costs", colour="#e08a3c", synonyms=("price of the crossing",))
    return added


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)], ids=["120x36", "80x24", "50x20"])
@pytest.mark.parametrize("what", FEW)
def test_the_reader(
    library: Library,
    article: Article,
    make_app: MakeApp,
    snap_compare: SnapCompare,
    size: tuple[int, int],
    what: str,
) -> None:
    assert snap_compare(make_app(library, article.id), press=FEW[what], terminal_size=size)
