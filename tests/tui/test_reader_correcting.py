"""The reader: correcting all quotes of a speaker at once, and what the mouse does to edges that are being moved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading_room import reader, said, tag
from textual.events import MouseMove
from textual.pilot import Pilot

from store.library import Library
from store.model import Article
from tui.app import NewsreaderApp
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import HintBar, TitleBar

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]

OPENING = "The bank kept its rate."
LIND = "“We are not there yet,” said Governor Lind."
HALE = "“Families are paying for this caution,” said Mo Hale."
AGAIN = "“The shore is in sight,” said Governor Lind. “Ask me in May,” said Governor Lind."


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add("Bank holds its rate", OPENING, LIND, HALE, AGAIN)


def speakers(library: Library, article: Article) -> list[str | None]:
    return [quote.speaker for quote in library.analysis(article.id).quotes]


BEFORE = ["Governor Lind", "Mo Hale", "Governor Lind", "Governor Lind"]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20), (40, 12)])
async def test_all_quotes_of_a_speaker_are_corrected_in_one_step(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    claim = tag(library, article, "The shore is in sight,", "rates")
    async with make_app(library, article.id).run_test(size=size, notifications=True) as pilot:
        await pilot.press("right_square_bracket", "c")
        await pilot.pause()
        assert "shift+tab all 3 quotes" in seen(pilot.app)
        await pilot.press("shift+tab")
        await pilot.pause()
        assert "who said it?   all 3 of" in seen(pilot.app)
        assert "shift+tab this one alone" in seen(pilot.app)
        assert "no quote" not in seen(pilot.app)
        await pilot.press(*"Ada Voss", "enter")
        await pilot.pause()
        assert speakers(library, article) == ["Ada Voss", "Mo Hale", "Ada Voss", "Ada Voss"]
        assert library.claim(claim.id).speaker == "Ada Voss"
        assert said(pilot) == "Speaker of 3 quotes: Ada Voss   u undo"
        assert reader(pilot).view.only_quotes is None
        await pilot.press("u")
        await pilot.pause()
        assert speakers(library, article) == BEFORE
        assert library.claim(claim.id).speaker == "Governor Lind"


async def test_the_choice_can_be_turned_back_and_does_not_last(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c", "shift+tab")
        assert reader(pilot).view.only_quotes == {0, 2, 3}, "those that are meant stand out"
        await pilot.press("shift+tab", *"Ada", "enter")
        await pilot.pause()
        assert speakers(library, article) == ["Ada", *BEFORE[1:]]
        await pilot.press("u", "c", "shift+tab", "escape")
        await pilot.pause()
        assert reader(pilot).view.only_quotes is None
        await pilot.press("c", *"Ada", "enter")
        await pilot.pause()
        assert speakers(library, article) == ["Ada", *BEFORE[1:]]


async def test_what_is_typed_stays_when_all_quotes_are_meant(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c", *"Ada", "shift+tab", "enter")
        await pilot.pause()
        assert speakers(library, article) == ["Ada", "Mo Hale", "Ada", "Ada"]


async def test_a_quote_that_stands_alone_or_has_no_name_is_corrected_by_itself(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    for quote in library.analysis(article.id).quotes[2:]:
        library.correct_speaker(article.id, quote, None)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        for keys in (("right_square_bracket",), ("right_square_bracket",)):
            await pilot.press(*keys, "c", "shift+tab")
            await pilot.pause()
            assert "shift+tab" not in seen(pilot.app)
            assert "all" not in seen(pilot.app).splitlines()[-1]
            await pilot.press("escape")


async def test_shift_tab_leaves_other_questions_open_and_else_goes_to_the_pane(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("right_square_bracket", "t", "shift+tab")
        await pilot.pause()
        assert reader(pilot).prompt.is_open
        await pilot.press("escape", "shift+tab")
        await pilot.pause()
        assert reader(pilot).pane.has_focus


async def test_the_mouse_chooses_all_quotes_too(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c")
        await pilot.pause()
        foot = seen(pilot.app).splitlines()[-1]
        await pilot.click(HintBar, offset=(foot.index("all 3"), 0))
        await pilot.pause()
        assert "who said it?   all 3 of Governor Lind" in seen(pilot.app)
        assert reader(pilot).prompt.is_open
        await pilot.click(ArticleView, offset=cell_of(pilot, "caution"))
        await pilot.pause()
        assert not reader(pilot).prompt.is_open
        assert reader(pilot).view.only_quotes is None


def cell_of(pilot: Pilot[None], words: str) -> tuple[int, int]:
    view = reader(pilot).view
    rows = [view.render_line(y).text for y in range(view.size.height)]
    return next((row.index(words) + 1, y) for y, row in enumerate(rows) if words in row)


async def test_the_words_it_is_about_can_be_read_on_the_smallest_screen(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("Families and unions ask the bank for another word on its rate", HALE, AGAIN, outlet="Evening Post")
    async with make_app(library, article.id).run_test(size=(40, 12)) as pilot:
        for key in ("c", "t"):
            await pilot.press(key)
            await pilot.pause()
            await pilot.pause()
            assert "“Families are paying for this" in seen(pilot.app)
            await pilot.press("escape")


async def test_a_prompt_keeps_its_keys_in_sight_while_the_screen_gets_another_size(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    for name in "ABCDEFGH":
        library.correct_speaker(article.id, library.analysis(article.id).quotes[1], f"{name}. Witness")
        library.add_quote(article.id, 0, 3 + ord(name) - 64, f"{name}. Witness")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c")
        for size in ((50, 14), (40, 12), (50, 20), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert "esc back" in seen(pilot.app).splitlines()[-1], size
            assert "▌1 " in seen(pilot.app), size


# Edges and the mouse


async def test_a_click_elsewhere_leaves_the_edges_of_a_claim_alone(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    claim = tag(library, article, "We are not there yet,", "rates")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "e")
        await pilot.pause()
        await pilot.click(ArticleView, offset=cell_of(pilot, "caution"))
        await pilot.pause()
        await pilot.press("t", *"cost", "enter")
        await pilot.pause()
        assert library.claim(claim.id).anchor.exact == "We are not there yet,"
        assert {c.anchor.exact for c in library.claims()} >= {"Families are paying for this caution,"}


@pytest.mark.parametrize(
    ("hold", "to", "left"),
    [
        ("yet,”", "there", "We are not there"),
        ("yet,”", "Governor", "We are not there yet,” said Governor"),
        ("We", "not", "not there yet,"),
    ],
)
async def test_the_mouse_takes_hold_of_an_edge_and_moves_it(
    library: Library, article: Article, make_app: MakeApp, hold: str, to: str, left: str
) -> None:
    claim = tag(library, article, "We are not there yet,", "rates")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "e")
        await pilot.pause()
        await pilot.mouse_down(ArticleView, offset=cell_of(pilot, hold))
        await pilot._post_mouse_events([MouseMove], ArticleView, offset=cell_of(pilot, to), button=1)
        await pilot.mouse_up(ArticleView, offset=cell_of(pilot, to))
        await pilot.pause()
        assert "EDGES" in reader(pilot)._hinted
        await pilot.press("t")
        await pilot.pause()
        assert library.claim(claim.id).anchor.exact == left


async def test_a_press_elsewhere_that_is_let_go_over_the_text_neither_begins_nor_ends_selecting(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("v", "l")
        for held in (True, False):
            await pilot.mouse_down(TitleBar)
            await pilot.mouse_up(ArticleView, offset=cell_of(pilot, "caution"))
            await pilot.pause()
            assert reader(pilot).view.selecting is held
            await pilot.press("escape")
