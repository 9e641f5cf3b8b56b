"""The reader while another program changes the article that something is asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading_room import reader, said, tag
from textual.pilot import Pilot
from textual.widgets import TextArea

from store.library import Library
from store.model import Analysis, Article, Block, Extract
from tui.app import NewsreaderApp
from tui.screens.note import NotePrompt

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]

OPENING = "The bank kept its rate."
QUOTED = (
    "“We are not there yet,” said Governor Lind.",
    "“Families are paying for this caution,” said Mo Hale.",
    "“The shore is in sight,” said Governor Lind. “Ask me in May,” said Governor Lind.",
)
PLAIN = ("The ferry costs 3.5 million a year.", "The old pier will be repaired before the winter.", "A vote is due.")
LATER = "A line was put in before all others, longer than some of them."


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add("Bank holds its rate", OPENING, *QUOTED)


def take(library: Library, *parts: str) -> Article:
    blocks, at = [], 0
    for part in parts:
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    extract = Extract(path="ferry.txt", text="\n\n".join(parts), blocks=tuple(blocks), title="Ferry")
    return library.add(extract, Analysis(analyser="test")).article


async def told(pilot: Pilot[None]) -> None:
    """Let the app notice what changed."""
    pilot.app.changed()  # type: ignore[attr-defined]
    await pilot.pause()


async def test_a_speaker_of_whom_no_quote_is_left_is_not_corrected(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_square_bracket", "c", "shift+tab")
        for quote in library.analysis(article.id).quotes:
            library.correct_speaker(article.id, quote, "Somebody Else")
        await told(pilot)
        await pilot.press(*"Ada", "enter")
        await pilot.pause()
        assert said(pilot) == "No quote of this speaker is left here"
        assert {quote.speaker for quote in library.analysis(article.id).quotes} == {"Somebody Else"}


@pytest.mark.parametrize("keys", [["escape"], ["shift+tab", "escape"], [*"Ada", "enter"]], ids=["left", "one", "all"])
async def test_quotes_that_were_dimmed_before_and_are_gone_are_not_dimmed_again(
    library: Library, article: Article, make_app: MakeApp, keys: list[str]
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("right_square_bracket")
        reader(pilot).view.only([3])
        await pilot.press("c", "shift+tab")
        await pilot.pause()
        for quote in library.analysis(article.id).quotes[2:]:
            library.reject_quote(article.id, quote)
        await told(pilot)
        await pilot.press(*keys, "j")
        await pilot.pause()
        assert reader(pilot).view.only_quotes is None


async def test_words_that_are_asked_about_are_tagged_where_a_new_text_has_them(
    library: Library, make_app: MakeApp
) -> None:
    article = take(library, *PLAIN)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_parenthesis", "t", *"pier")
        take(library, LATER, *PLAIN)
        await told(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert [claim.anchor.exact for claim in library.claims()] == [PLAIN[1]]


async def test_nothing_is_asked_any_more_about_words_that_a_new_text_lacks(library: Library, make_app: MakeApp) -> None:
    article = take(library, *PLAIN)
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_parenthesis", "t", *"pier")
        take(library, LATER, PLAIN[0], PLAIN[2])
        await told(pilot)
        assert not reader(pilot).prompt.is_open
        assert reader(pilot).view.has_focus
        assert "are gone" in said(pilot)
        assert not library.claims()


async def test_a_note_goes_where_a_new_text_has_its_words(library: Library, make_app: MakeApp) -> None:
    article = take(library, *PLAIN)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_parenthesis", "i", *"call")
        take(library, LATER, *PLAIN)
        await told(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert [(claim.anchor.exact, claim.note) for claim in library.claims()] == [(PLAIN[1], "call")]


async def test_a_note_on_words_that_a_new_text_lacks_is_asked_for_again(library: Library, make_app: MakeApp) -> None:
    article = take(library, *PLAIN)
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_parenthesis", "i", *"call")
        take(library, LATER, PLAIN[0], PLAIN[2])
        await told(pilot)
        for _ in range(2):
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, NotePrompt)
            assert pilot.app.screen.query_one(TextArea).text == "call"
            assert "are gone" in said(pilot)
        assert not library.claims()
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert reader(pilot)


async def test_an_article_that_is_gone_is_left_after_the_note_that_was_being_written(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "We are not there yet,", "rates")
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_curly_bracket", "i", *"call")
        library.delete_article(article.id)
        await told(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen.query_one(TextArea).text == "call", "what was written is still there"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert pilot.app.screen is pilot.app.screen_stack[0]
        assert len(pilot.app.screen_stack) == 1
