"""The filter of the library where it asks for more than the list knows."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from store.library import Library
from store.search import Index
from tui.app import NewsreaderApp
from tui.screens.reader import ReaderScreen
from tui.widgets.article_list import ArticleList

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
BANK, COURT = "Bank holds its rate as growth slows", "Court halts the port strike"


def titles(app: NewsreaderApp) -> list[str]:
    return [article.title for article in app.screen_stack[0].query_one(ArticleList).articles]


@pytest.fixture
def tagged(stocked: Library) -> Library:
    """Give the five articles with a claim in two of them, a note on one, and a saved search."""
    for title, words, tag in ((BANK, "We are not there yet", "economy"), (COURT, "We shall appeal", "courts")):
        article = stocked.article(title)
        start = stocked.version(article.id).text.index(words)
        claim = stocked.tag_span(article.id, start, start + len(words), [tag])
    stocked.set_note(claim.id, "ask the clerk")
    stocked.set_verdict(claim.id, "disputed")
    stocked.save_search("money", "tag:economy")
    return stocked


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tag:economy", [BANK]),
        ("note:clerk", [COURT]),
        ("verdict:disputed", [COURT]),
        ("@money", [BANK]),
        ("tag:courts outlet:post", []),
        ("is:unread tag:economy,courts", [BANK, COURT]),
    ],
)
async def test_the_filter_knows_tags_notes_verdicts_and_saved_searches(
    tagged: Library, make_app: MakeApp, seen: Seen, typed: str, found: list[str]
) -> None:
    async with make_app(tagged).run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *typed)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert titles(pilot.app) == found
        assert f"{len(found)} of 5 articles" in seen(pilot.app).splitlines()[0]
        await pilot.press("escape")
        await pilot.pause()
        assert len(titles(pilot.app)) == 5


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_a_value_that_a_field_does_not_have_is_said_in_every_width(
    tagged: Library, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(tagged).run_test(size=size) as pilot:
        await pilot.press("slash", *"is:unred ")
        await pilot.pause()
        assert "“is:unred” is unknown; known: " in seen(pilot.app).splitlines()[0]
        await pilot.press("escape")
        await pilot.pause()
        assert seen(pilot.app).splitlines()[0].split()[0] == "Library"


async def test_an_unknown_saved_search_says_so(tagged: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(tagged).run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"@monkey ")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "no saved search “@monkey”" in seen(pilot.app).splitlines()[0]


class SlowIndex(Index):
    """Answers the first question only when it may."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.asked, self.may = Event(), Event()

    def articles(self, query: str) -> set[str]:
        """Give the answer, late."""
        if not self.asked.is_set():
            self.asked.set()
            self.may.wait(10)
        return super().articles(query)


async def test_a_late_answer_never_covers_a_newer_one_and_the_list_is_of_use_meanwhile(
    tagged: Library, make_app: MakeApp
) -> None:
    app = make_app(tagged)
    index = app.index = SlowIndex(tagged)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"tag:e")
        assert index.asked.wait(10)
        assert len(titles(app)) == 5, "what was shown stays until there is an answer"
        await pilot.press("down")
        assert app.screen.query_one(ArticleList).cursor == 1
        await pilot.press("backspace", *"courts")
        index.may.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert titles(app) == [COURT]


async def test_plain_words_need_no_index(tagged: Library, make_app: MakeApp) -> None:
    app = make_app(tagged)
    index = app.index = SlowIndex(tagged)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"tag:e", *["backspace"] * 5, *"port")
        await pilot.pause()
        assert titles(app) == [COURT]
        index.may.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert titles(app) == [COURT]


async def test_enter_before_the_answer_opens_what_the_answer_is(tagged: Library, make_app: MakeApp) -> None:
    app = make_app(tagged)
    index = app.index = SlowIndex(tagged)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"tag:c", "enter")
        assert not isinstance(app.screen, ReaderScreen)
        index.may.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.article_id == tagged.article(COURT).id


async def test_a_change_keeps_the_cursor_and_asks_again(tagged: Library, make_app: MakeApp) -> None:
    app = make_app(tagged)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"tag:economy,courts", "tab")
        await app.workers.wait_for_complete()
        await pilot.press("j")
        (claim,) = tagged.claims(tagged.article(BANK).id)
        tagged.remove_claim(claim.id)
        app.changed()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert titles(app) == [COURT]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_a_filter_that_fits_nothing_says_so_and_where_to_look(
    tagged: Library, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(tagged).run_test(size=size) as pilot:
        await pilot.press("slash", *"zeppelin")
        await pilot.pause()
        shown = " ".join(seen(pilot.app).split())
        assert "No title, outlet, author or speaker fits" in shown
        assert "ctrl+f searches the texts" in shown
        await pilot.press("tab", "escape")
        await pilot.pause()
        assert "No title" not in seen(pilot.app)
        await pilot.press("j")
        assert pilot.app.screen.query_one(ArticleList).cursor == 1, "the list has the keys again"


async def test_the_article_that_was_found_stays_under_the_cursor(tagged: Library, make_app: MakeApp) -> None:
    async with make_app(tagged).run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"court", "tab", "escape")
        await pilot.pause()
        row = pilot.app.screen.query_one(ArticleList).article
        assert row is not None
        assert (row.title, len(titles(pilot.app))) == (COURT, 5)
