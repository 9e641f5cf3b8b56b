"""Quotation marks stand around a speaker's own words only: on the screen, in what is copied, in what is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import press
from reading_room import tag

from store.dossier.gather import gather
from store.dossier.records import Subject
from store.dossier.written import written
from store.library import Library
from store.model import Analysis, Article, Block, Extract, Quote
from store.search import Index
from tui.app import NewsreaderApp
from tui.widgets.entry_list import EntryList

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
OWN, PARAPHRASE, MIXED = "We shall stay", "the port would close in spring", "the plan was “very good” for all"
STORY = "The hall was full to the last seat."
TEXT = f"“{OWN},” said Ada Voss.\n\nVoss said {PARAPHRASE}.\n\nShe said {MIXED} of them.\n\n{STORY}"


@pytest.fixture
def article(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    quotes = tuple(
        Quote(kind=kind, spans=((TEXT.index(words), TEXT.index(words) + len(words)),), speaker="Ada Voss", why="named")
        for kind, words in (("direct", OWN), ("indirect", PARAPHRASE), ("mixed", MIXED))
    )
    blocks, at = [], 0
    for paragraph in TEXT.split("\n\n"):
        blocks.append(Block("paragraph", at, at + len(paragraph)))
        at += len(paragraph) + 2
    extract = Extract(
        path="port.txt", text=TEXT, blocks=tuple(blocks), title="News of the port", published="2026-11-23"
    )
    found = library.add(extract, Analysis(analyser="test", quotes=quotes)).article
    for words in (OWN, PARAPHRASE, MIXED, STORY):
        tag(library, found, words, "port")
    return found


async def test_a_dossier_puts_marks_around_a_speakers_own_words_only(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "enter")
        shown = seen(pilot.app)
        assert f"“{OWN}”" in shown
        assert PARAPHRASE in shown
        assert f"“{PARAPHRASE}" not in shown
        assert MIXED in shown
        assert f"“{MIXED}" not in shown
        await press(pilot, "j")
        assert "Ada Voss, indirect · 23 Nov 2026" in seen(pilot.app)


async def test_words_that_are_no_speech_are_nobodys_and_not_an_unnamed_sources(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "enter")
        row = next(line for line in seen(pilot.app).splitlines() if STORY in line)
        assert "no speaker" in row
        assert "unnamed" not in row
        await press(pilot, "V", "V")
        assert "─ no speaker 1" in seen(pilot.app)
        assert "unnamed" not in seen(pilot.app)
    dossier = gather(library, Index(library), Subject("tag", "port"), lambda: False)
    assert "· no speaker" in written(dossier)


async def test_an_entry_without_an_outlet_says_the_title_of_its_article(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    for width in (120, 80, 50):
        async with make_app(library).run_test(size=(width, 24)) as pilot:
            await press(pilot, "3", "enter")
            entries = pilot.app.screen.query_one(EntryList).region
            shown = "\n".join(seen(pilot.app).splitlines()[entries.y : entries.bottom])
            assert "News of the" in shown


@pytest.mark.parametrize(
    ("words", "copied"),
    [
        (OWN, f"“{OWN}” — Ada Voss"),
        (PARAPHRASE, f"{PARAPHRASE} — Ada Voss (indirect)"),
        (MIXED, f"{MIXED} — Ada Voss (mixed)"),
        (STORY, f"“{STORY}”"),
    ],
)
async def test_what_is_copied_from_the_text_says_how_it_was_said(
    library: Library, article: Article, make_app: MakeApp, words: str, copied: str
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        pilot.app.screen.view.go_to(TEXT.index(words))
        await press(pilot, "y")
        assert pilot.app.clipboard == f"{copied}\nNews of the port · 23 Nov 2026\n"
        await press(pilot, "Y")
        assert pilot.app.clipboard.startswith(copied.partition(" — ")[0] + "\n")


async def test_what_is_copied_from_a_dossier_says_how_it_was_said(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "enter")
        await press(pilot, "j", "y")
        assert pilot.app.clipboard.startswith(f"{PARAPHRASE} — Ada Voss (indirect)\n")


async def test_the_tag_prompt_puts_no_marks_around_a_paraphrase(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        pilot.app.screen.view.go_to(TEXT.index(PARAPHRASE))
        await press(pilot, "t")
        assert f"Ada Voss: {PARAPHRASE}" in seen(pilot.app)
