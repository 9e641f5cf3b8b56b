"""The reader: moving, selecting, the mouse, finding, and the place that is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reading_room import reader, said
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.strip import Strip

from store.library import Library
from store.model import Article
from tui.app import NewsreaderApp
from tui.layout import Layout
from tui.ordering import Order
from tui.screens.library import LibraryScreen
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.ink import inserts

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]
SIZES = [(120, 36), (80, 24), (50, 20)]

OPENING = "The central bank kept its main rate at 3.5% on Monday. Growth has slowed for a year."
LIND = "“We are not there yet, but we can see the shore,” said Governor Lind."
HALE = "“Families are paying for this caution,” said M. Hale. Nobody was surprised."


@pytest.fixture
def article(add: AddArticle) -> Article:
    """Give an article with two quotes that fits on every screen."""
    return add("Bank holds its rate", OPENING, LIND, HALE, outlet="Evening Post", published="2026-11-23")


@pytest.fixture
def long_article(add: AddArticle) -> Article:
    """Give an article of many screens with a quote in every third paragraph."""
    paragraphs = [LIND if at % 3 == 1 else f"Paragraph {at} goes on. {OPENING} {OPENING}" for at in range(60)]
    return add("A long report", *paragraphs, "This is the end.")


@pytest.fixture(autouse=True)
def state_of_this_test_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def view(pilot: Pilot[None]) -> ArticleView:
    return reader(pilot).view


def word(pilot: Pilot[None]) -> str:
    start, end = view(pilot).units.word(view(pilot).cursor)
    return view(pilot).reading.text[start:end]


def selected(pilot: Pilot[None]) -> str | None:
    span = view(pilot).selection
    return None if span is None else view(pilot).reading.text[span[0] : span[1]]


def cursor_is_seen(pilot: Pilot[None]) -> bool:
    found = view(pilot)
    row = found._row_of_cursor() - found.scroll_offset.y
    return 0 <= row < found.size.height


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_goes_by_words_and_comes_back(
    library: Library, article: Article, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.pause()
        assert word(pilot) == "The"
        await pilot.press("l", "right", "l")
        assert word(pilot) == "kept"
        await pilot.press("h", "left", "h", "h")
        assert word(pilot) == "The", "the first word is the end of the way back"


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_goes_by_sentences_and_quotes(
    library: Library, article: Article, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_parenthesis")
        assert word(pilot) == "Growth"
        await pilot.press("left_parenthesis")
        assert word(pilot) == "The"
        await pilot.press("right_square_bracket")
        assert word(pilot) == "We"
        await pilot.press("right_square_bracket")
        assert word(pilot) == "Families"
        await pilot.press("right_square_bracket")
        assert word(pilot) == "Families", "there is no quote after the last"
        await pilot.press("left_square_bracket")
        assert word(pilot) == "We"


async def test_the_cursor_goes_from_claim_to_claim(library: Library, article: Article, make_app: MakeApp) -> None:
    text = library.version(article.id).text
    for words in ("Growth has slowed", "Nobody was surprised"):
        library.tag_span(article.id, text.index(words), text.index(words) + len(words), ["growth"])
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket")
        assert word(pilot) == "Growth"
        await pilot.press("right_curly_bracket")
        assert word(pilot) == "Nobody"
        await pilot.press("left_curly_bracket")
        assert word(pilot) == "Growth"


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
async def test_every_motion_keeps_the_cursor_on_the_screen(
    library: Library, long_article: Article, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with make_app(library, long_article.id).run_test(size=size) as pilot:
        for key in ("j", "ctrl+d", "space", "right_square_bracket", "right_parenthesis", "G", "k", "b", "ctrl+u", "g"):
            for _ in range(3):
                before = view(pilot).cursor
                await pilot.press(key)
                await pilot.pause()
                assert cursor_is_seen(pilot), key
                way = view(pilot).cursor - before
                assert way <= 0 if key in {"k", "b", "ctrl+u", "g"} else way >= 0, key
        assert word(pilot) == "Paragraph"
        assert view(pilot).scroll_offset.y == 0


async def test_down_and_up_keep_the_column(library: Library, long_article: Article, make_app: MakeApp) -> None:
    async with make_app(library, long_article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "l", "l", "l", "l")
        here = view(pilot).cursor
        await pilot.press("j", "j", "j", "j", "j", "k", "k", "k", "k", "k")
        assert view(pilot).cursor == here


async def test_select_grows_with_every_motion_and_says_how_much(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("v", "l", "l")
        await pilot.pause()
        assert selected(pilot) == "The central bank"
        assert "SELECT 3 words" in seen(pilot.app).splitlines()[-1]
        await pilot.press("right_parenthesis")
        assert selected(pilot) == "The central bank kept its main rate at 3.5% on Monday"
        await pilot.press("right_parenthesis")
        assert selected(pilot) == OPENING[:-1]
        await pilot.press("right_square_bracket")
        assert selected(pilot).endswith("we can see the shore")
        await pilot.press("escape")
        assert selected(pilot) is None


async def test_under_60_columns_the_selection_is_told_in_the_line_at_the_head(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(50, 20)) as pilot:
        await pilot.press("v", "l")
        await pilot.pause()
        assert not pilot.app.screen.query_one(HintBar).display
        assert "SELECT 2 words" in seen(pilot.app).splitlines()[0]


async def test_on_40_by_12_the_selection_is_told_only_while_there_is_one(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(40, 12)) as pilot:
        await pilot.press("v", "l")
        await pilot.pause()
        assert "SELECT 2 words" in seen(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert not pilot.app.screen.query_one(HintBar).display
        assert view(pilot).size.height == 12, "every line is for the text"


@pytest.mark.parametrize("size", SIZES)
async def test_widen_takes_the_word_then_what_is_around_it(
    library: Library, article: Article, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_square_bracket", "right_square_bracket")
        taken = []
        for _ in range(5):
            await pilot.press("w")
            taken.append(selected(pilot))
        quote = "Families are paying for this caution,"
        assert taken == ["Families", quote, HALE.split(" Nobody", maxsplit=1)[0], HALE, HALE]


async def test_a_widened_selection_goes_on_growing_when_it_was_begun_with_v(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("v", "w", "l")
        assert selected(pilot) == OPENING.replace("slowed for a year.", "").replace(" has ", "").strip()


async def test_a_click_moves_and_on_a_quote_selects_it(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await click_word(pilot, "Growth")
        assert word(pilot) == "Growth"
        assert selected(pilot) is None
        await click_word(pilot, "shore")
        assert word(pilot) == "shore"
        assert selected(pilot) == "We are not there yet, but we can see the shore,"


async def test_two_clicks_take_the_word_and_three_the_sentence(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await click_word(pilot, "slowed", times=2)
        assert selected(pilot) == "slowed"
        await click_word(pilot, "surprised", times=3)
        assert selected(pilot) == "Nobody was surprised."


async def test_dragging_selects_whole_words(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.mouse_down(ArticleView, offset=cell_of(pilot, "central"))
        await pilot.hover(ArticleView, offset=cell_of(pilot, "main"))
        await pilot.mouse_up(ArticleView, offset=cell_of(pilot, "main"))
        await pilot.pause()
        assert selected(pilot) == "central bank kept its main"


async def test_the_cursor_follows_the_wheel(library: Library, long_article: Article, make_app: MakeApp) -> None:
    async with make_app(library, long_article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _ in range(30):
            await pilot._post_mouse_events([wheel_down()], ArticleView, offset=(10, 10), button=0)
        await pilot.pause()
        await pilot.pause()
        assert view(pilot).scroll_offset.y > 10
        assert cursor_is_seen(pilot)
        at = view(pilot).scroll_offset.y
        await pilot.press("l")
        assert view(pilot).scroll_offset.y == at, "reading goes on where the eyes are"


def wheel_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


def cell_of(pilot: Pilot[None], words: str) -> tuple[int, int]:
    rows = [strip.text for strip in (view(pilot).render_line(y) for y in range(view(pilot).size.height))]
    return next((row.index(words) + 1, y) for y, row in enumerate(rows) if words in row)


async def click_word(pilot: Pilot[None], words: str, times: int = 1) -> None:
    await pilot.click(ArticleView, offset=cell_of(pilot, words), times=times)
    await pilot.pause()


# Finding


@pytest.mark.parametrize("size", SIZES)
async def test_find_goes_to_the_words_and_counts_them(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("slash", *"FOR", "enter")
        await pilot.pause()
        assert word(pilot) == "for"
        assert "1 of 2" in seen(pilot.app)
        await pilot.press("n")
        await pilot.pause()
        assert "2 of 2" in seen(pilot.app)
        assert view(pilot).cursor > len(OPENING)
        await pilot.press("n")
        assert view(pilot).cursor < len(OPENING), "after the last comes the first"
        await pilot.press("N")
        assert view(pilot).cursor > len(OPENING)


async def test_find_forgives_accents_and_kinds_of_quotation_marks(
    library: Library, add: AddArticle, make_app: MakeApp
) -> None:
    article = add("Budget", "Le ministre promet « aucune hausse » d’impôt. L’été sera calme.")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"d'impot", "enter")
        assert word(pilot) == "d’impôt"
        await pilot.press("slash", *"ete", "enter")
        assert word(pilot) == "L’été"


async def test_escape_in_find_goes_back_to_where_it_began(
    library: Library, long_article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, long_article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "l")
        here = view(pilot).cursor
        await pilot.press("slash", *"the end")
        await pilot.pause()
        assert view(pilot).cursor > here
        await pilot.press("escape")
        await pilot.pause()
        assert view(pilot).cursor == here
        assert reader(pilot).found == []


async def test_words_nearly_like_those_typed_are_found_with_the_arrow(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"centrl")
        await pilot.pause()
        assert "↓ finds “central”" in seen(pilot.app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert word(pilot) == "central"


async def test_nothing_found_is_said(library: Library, article: Article, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"xyzzy")
        await pilot.pause()
        assert "not in this text" in seen(pilot.app)
        await pilot.press("enter", "n")
        await pilot.pause()
        assert pilot.app.is_running


# The place


@pytest.mark.parametrize("size", SIZES)
async def test_the_place_is_kept_and_found_again_at_any_width(
    library: Library, long_article: Article, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with make_app(library, long_article.id).run_test(size=(100, 30)) as pilot:
        await pilot.press("space", "space", "l", "l")
        here = view(pilot).cursor
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen)
    assert library.article(long_article.id).position == here
    async with make_app(library, long_article.id).run_test(size=size) as pilot:
        await pilot.pause()
        assert view(pilot).cursor == here
        assert cursor_is_seen(pilot)
        await pilot.resize_terminal(140, 30)
        await pilot.pause()
        assert view(pilot).cursor == here
        assert cursor_is_seen(pilot)


async def test_an_article_counts_as_read_only_when_its_end_was_reached(
    library: Library, long_article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, long_article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "q")
        await pilot.pause()
        assert not library.article(long_article.id).read
        pilot.app.open_reader(long_article.id)
        await pilot.pause()
        await pilot.press("G")
        await pilot.pause()
        assert library.article(long_article.id).read


async def test_a_short_article_is_read_when_it_is_left_not_when_it_opens(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not library.article(article.id).read
        await pilot.press("q")
        await pilot.pause()
        assert library.article(article.id).read


async def test_what_was_marked_unread_by_hand_stays_unread(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    library.set_reading(article.id, read=True)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "G", "q")
        await pilot.pause()
    assert not library.article(article.id).read


async def test_next_and_previous_article(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    ids = [article.id for article in stocked.articles()]
    async with make_app(stocked, ids[0]).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("J")
        await pilot.pause()
        assert reader(pilot).article_id == ids[1]
        assert "Waiting list falls" in seen(pilot.app)
        await pilot.press("K")
        assert reader(pilot).article_id == ids[0]
        await pilot.press("K")
        await pilot.pause()
        assert reader(pilot).article_id == ids[0]
        assert "first article" in said(pilot)


async def test_an_article_opens_at_the_words_asked_for(
    library: Library, long_article: Article, make_app: MakeApp
) -> None:
    text = library.version(long_article.id).text
    start = text.index("This is the end")
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        pilot.app.open_reader(long_article.id, (start, start + 11))
        await pilot.pause()
        await pilot.pause()
        assert selected(pilot) == "This is the"
        assert cursor_is_seen(pilot)


async def test_the_head_says_title_outlet_and_date(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add(
        "Rates", OPENING, outlet="Post", published="2026-01-28", published_inferred=True, authors=("A. Okafor",)
    )
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = seen(pilot.app)
        for fact in ("Rates", "Post", "A. Okafor", "28 Jan 2026 (inferred)"):
            assert fact in shown


async def test_a_change_by_another_program_leaves_the_cursor_and_the_view_where_they_are(
    library: Library, long_article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, long_article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "l", "l")
        here, top = view(pilot).cursor, view(pilot).scroll_offset.y
        with Library.open(library.folder) as other:
            other.tag_span(long_article.id, here, here + 6, ["from elsewhere"])
            other.star(long_article.id, True)
        library.refresh()
        pilot.app.changed()
        await pilot.pause()
        assert view(pilot).reading.claims
        assert (view(pilot).cursor, view(pilot).scroll_offset.y) == (here, top)


async def test_an_article_deleted_by_another_program_closes_with_a_line(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        library.delete_article(article.id)
        pilot.app.changed()
        await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "is no longer in the library" in said(pilot)


async def test_an_article_that_cannot_be_read_is_said_in_one_line(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    body = next((library.folder / "bodies").rglob("*.json"))
    body.write_text("{ damaged")
    async with make_app(library).run_test(size=(120, 30), notifications=True) as pilot:
        pilot.app.open_reader(article.id)
        await pilot.pause()
        await pilot.press("t", "j", "c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "damaged" in said(pilot)


async def test_an_article_without_text_can_be_opened(library: Library, make_app: MakeApp) -> None:
    from store.model import Analysis, Extract

    empty = library.add(Extract(path="x", text="", blocks=(), title="Nothing"), Analysis(analyser="test")).article
    async with make_app(library, empty.id).run_test(size=(80, 24)) as pilot:
        await pilot.press(*"jklhwvyWG", "t", "escape", "x", "right_square_bracket", "space")
        await pilot.pause()
        assert pilot.app.is_running
        assert pilot.app.screen.query_one(TitleBar)


async def test_a_long_article_is_drawn_first_where_its_reader_stopped_and_beside_its_pane(
    library: Library, add: AddArticle, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(f"word{number}" for number in range(40))
    article = add("Long", *(f"Paragraph {number}: {words}." for number in range(100)))
    library.set_reading(article.id, position=library.version(article.id).text.index("Paragraph 60"))
    drawn: list[tuple[float, int]] = []
    render = ArticleView.render_line

    def noted(view: ArticleView, y: int) -> Strip:
        drawn.append((view.scroll_offset.y, view.size.width))
        return render(view, y)

    monkeypatch.setattr(ArticleView, "render_line", noted)
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert drawn[-1][0] > 100
        assert set(drawn) == {drawn[-1]}


async def test_the_next_article_is_the_next_one_in_the_list_as_it_is_sorted_and_filtered(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(80, 24), notifications=True) as pilot:
        pilot.app.choose_order(Order("title"))
        await pilot.press("slash", "h", "enter")
        await pilot.pause()
        shown = pilot.app.listed
        assert len(shown) == 3
        for after in shown[1:]:
            await pilot.press("J")
            await pilot.pause()
            assert reader(pilot).article_id == after
        await pilot.press("J")
        assert "last article" in said(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen.chosen == shown[-1], "the list is where the reading stopped"


async def test_how_far_a_long_article_is_read_is_right_from_the_first_line_on(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("Long", "\n\n".join(f"Paragraph {number} has some words. " * 8 for number in range(800)))
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        assert seen(pilot.app).splitlines()[0].split("%")[0].split()[-1] in {"0", "1"}
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert seen(pilot.app).splitlines()[0].split("%")[0].split()[-1] in {"0", "1"}


async def test_a_title_that_reads_from_right_to_left_stands_at_the_right_like_its_text(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("لا زيادة في الضرائب", "قال الوزير إن الحكومة لن ترفع الضرائب هذا العام. " * 3)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        lines = [line.rstrip() for line in seen(pilot.app).splitlines()]
        title = next(line for line in lines if "لا زيادة" in line)
        text = next(line for line in lines if "قال" in line)
        assert cell_len(title) == cell_len(text)


async def laid_out(pilot: Pilot[None]) -> None:
    while view(pilot)._layout.part is not None:
        await pilot.pause(0.01)
    await pilot.pause()


async def test_keys_and_other_sizes_while_a_long_text_is_laid_out_lose_no_place(
    library: Library, long_article: Article, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.widgets.text_view.AT_ONCE", 800)
    async with make_app(library, long_article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("G", "h")
        await laid_out(pilot)
        assert (word(pilot), cursor_is_seen(pilot)) == ("the", True)
        for size in ((58, 20), (170, 50), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press("left_parenthesis")
            here = view(pilot).cursor
            await laid_out(pilot)
            assert view(pilot).cursor == here
            assert cursor_is_seen(pilot)
            reading, layout = view(pilot).reading, view(pilot)._layout
            puts = inserts(reading, names=True) if size[0] < 60 else {}
            assert layout.rows == Layout(reading.text, reading.blocks, layout.width, puts).rows
