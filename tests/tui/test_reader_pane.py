"""The reader: the pane beside the text, and what stands in the margin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading_room import reader, tag
from rich.cells import cell_len
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from store.library import Library
from store.model import Analysis, Article, Block, Extract, Quote
from tui.app import NewsreaderApp

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]

OPENING = "The central bank kept its main rate on Monday. Growth has slowed for a year."
LIND = "“We are not there yet, but we can see the shore,” said Governor Lind."
HALE = "“Families are paying for this caution,” said Mo Hale."
AGAIN = "“The shore is in sight,” said Governor Lind."


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add("Bank holds its rate", OPENING, LIND, HALE, AGAIN, outlet="Evening Post", published="2026-11-23")


def word(pilot: Pilot[None]) -> str:
    view = reader(pilot).view
    start, end = view.units.word(view.cursor)
    return view.reading.text[start:end]


async def test_the_pane_lists_speakers_with_their_quotes_and_claims(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    tag(library, article, "Families are paying", "prices")
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        lines = [line.split("│")[-1] for line in seen(pilot.app).splitlines() if "│" in line]
        (lind,) = [line for line in lines if "Governor Lind" in line]
        (hale,) = [line for line in lines if "Mo Hale" in line]
        assert lind.split()[:1] == ["GL"]
        assert '2"' in lind
        assert '1"' in hale
        assert "1▌" in hale
        assert any("prices" in line and "¶  3" in line for line in lines)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_tab_goes_to_the_pane_and_enter_to_the_words(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    tag(library, article, "Growth has slowed", "growth")
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert reader(pilot).pane.has_focus
        assert "Mo Hale" in seen(pilot.app)
        await pilot.press("G", "enter")
        await pilot.pause()
        assert word(pilot) == "Growth"
        assert reader(pilot).view.has_focus
        assert reader(pilot).pane.display == (size[0] >= 100)


async def test_a_speaker_of_the_pane_leaves_only_their_quotes_to_step_through(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "g", "enter")
        await pilot.pause()
        assert word(pilot) == "We"
        assert "only Governor Lind" in seen(pilot.app).splitlines()[-1]
        await pilot.press("escape", "right_square_bracket")
        assert word(pilot) == "The", "Mo Hale is passed over"
        await pilot.press("left_square_bracket", "escape", "right_square_bracket")
        assert word(pilot) == "Families", "escape lets everybody speak again"


async def test_enter_on_a_speaker_again_goes_from_quote_to_quote(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "g", "enter")
        assert word(pilot) == "We"
        await pilot.press("enter")
        assert word(pilot) == "The"
        await pilot.press("enter")
        assert word(pilot) == "We"


async def test_keys_of_the_text_act_on_the_claim_chosen_in_the_pane(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "Growth has slowed", "growth")
    tag(library, article, "The shore is in sight", "outlook")
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "G", "x")
        await pilot.pause()
        assert [claim.anchor.exact for claim in library.claims()] == ["Growth has slowed"]
        assert word(pilot) == "The", "the cursor of the text stays"
        await pilot.press("u")
        await pilot.press("G", "t", *"shore", "enter")
        (claim,) = [claim for claim in library.claims() if claim.anchor.exact == "The shore is in sight"]
        assert set(library.tag_names(claim)) == {"outlook", "shore"}


async def test_s_hides_and_shows_the_pane_where_it_stands_beside_the_text(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert not reader(pilot).pane.display
        await pilot.press("s")
        await pilot.pause()
        assert reader(pilot).pane.display


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
async def test_s_lays_the_pane_over_the_text_and_takes_it_away(
    library: Library, article: Article, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.pause()
        assert not reader(pilot).pane.display
        await pilot.press("s")
        await pilot.pause()
        assert reader(pilot).pane.display
        await pilot.press("s")
        await pilot.pause()
        assert not reader(pilot).pane.display
        assert reader(pilot).view.has_focus
        assert reader(pilot).view.display


async def test_an_article_without_quotes_says_so(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("Plain", OPENING)
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "j", "k", "enter", "x", "t")
        await pilot.pause()
        assert "nobody is quoted here" in seen(pilot.app)


# The margin


async def test_initials_stand_beside_the_first_row_of_a_quote_and_a_bar_beside_a_claim(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    tag(library, article, "Families are paying for this caution,", "prices")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        (lind,) = [line for line in lines if "not there yet" in line]
        (hale,) = [line for line in lines if "Families" in line]
        assert lind.lstrip().startswith("GL  “")
        assert hale.lstrip().startswith("MH▌ “")
        assert "caution,” #prices said" in hale


async def test_under_60_columns_names_and_tags_stand_in_the_text(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    tag(library, article, "Families are paying for this caution,", "prices")
    async with make_app(library, article.id).run_test(size=(50, 20)) as pilot:
        await pilot.pause()
        shown = " ".join(line.strip() for line in seen(pilot.app).splitlines())
        assert "shore,” [Lind]" in shown
        assert "caution,” [Hale #prices]" in shown


def add_quotes(library: Library, text: str, *quotes: Quote) -> Article:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    extract = Extract(path="made.txt", text=text, blocks=tuple(blocks), title="Made")
    return library.add(extract, Analysis(analyser="test", quotes=quotes)).article


async def test_a_doubtful_speaker_has_a_question_mark_and_an_unnamed_one_a_dot(
    library: Library, make_app: MakeApp, seen: Seen
) -> None:
    text = "He said it rains.\n\nSome say it pours."
    article = add_quotes(
        library,
        text,
        Quote(kind="indirect", spans=((8, 16),), speaker="Ada Voss", confidence=0.3, why="nearest name"),
        Quote(kind="indirect", spans=((29, 36),), speaker=None),
    )
    for size, marks in (((80, 24), (" AV?  He", "·  Some")), ((50, 20), ("rains. [Voss?]", "pours. [unnamed]"))):
        async with make_app(library, article.id).run_test(size=size) as pilot:
            await pilot.pause()
            for mark in marks:
                assert mark in seen(pilot.app)


async def test_a_quote_over_two_paragraphs_is_named_at_both(library: Library, make_app: MakeApp, seen: Seen) -> None:
    text = "“It rains,\n\nand it pours,” said Voss."
    article = add_quotes(library, text, Quote(kind="direct", spans=((1, 10), (12, 24)), speaker="Ada Voss"))
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert sum(line.lstrip().startswith("AV  ") for line in seen(pilot.app).splitlines()) == 2


async def test_two_speakers_in_one_row_are_shown_as_the_first_and_more(
    library: Library, make_app: MakeApp, seen: Seen
) -> None:
    text = "“Yes,” said Voss. “No,” said Hale."
    article = add_quotes(
        library,
        text,
        Quote(kind="direct", spans=((1, 5),), speaker="Ada Voss"),
        Quote(kind="direct", spans=((19, 22),), speaker="Mo Hale"),
    )
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "AV+" in seen(pilot.app)


async def test_a_correction_changes_nobody_elses_colour(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = dict(reader(pilot).opened.colours)
        await pilot.press("right_square_bracket", "c", "1", "g", "right_square_bracket", "c", *"Ada Voss", "enter")
        await pilot.pause()
        after = reader(pilot).opened.colours
        assert {name: after[name] for name in before} == before
        assert after["Ada Voss"] not in before.values()


async def test_a_paragraph_from_the_right_is_aligned_right_and_can_be_tagged(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("أخبار", "قال الوزير إن الأسعار ترتفع.", "Prices rise.")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (row,) = [line for line in seen(pilot.app).splitlines() if "الوزير" in line]
        assert row.startswith(" " * 20)
        await pilot.press("l", "w", "w", "t", *"prices", "enter")
        (claim,) = library.claims()
        assert claim.anchor.exact == "قال الوزير إن الأسعار ترتفع."


@pytest.mark.parametrize("width", [80, 120])
async def test_the_text_is_back_when_a_screen_too_narrow_for_text_and_pane_grows(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, width: int
) -> None:
    async with make_app(library, article.id).run_test(size=(50, 20)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "The central bank" not in seen(pilot.app)
        await pilot.resize_terminal(width, 24)
        await pilot.pause()
        assert "The central bank" in seen(pilot.app)
        assert "Mo Hale" in seen(pilot.app)
        await pilot.resize_terminal(50, 20)
        await pilot.pause()
        assert ("The central bank" in seen(pilot.app)) == (width == 120)


async def test_short_names_in_wide_letters_move_no_text_and_no_figures(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("The budget", "“It is enough,” said 小池百合子.", "“It is not,” said Mo Hale.")
    tag(library, article, "It is enough", "money")
    tag(library, article, "It is not", "money")
    async with make_app(library, article.id).run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        rows = seen(pilot.app).splitlines()
        ends = {cell_len(row[: row.index("“It is")]) for row in rows if "“It is" in row}
        assert len(ends) == 1
        figures = [row for row in rows if '1"' in row]
        assert len(figures) == 2
        assert len({cell_len(row[: row.index('1"')]) for row in figures}) == 1
        assert sum("¶" in row and row.rstrip()[-1].isdigit() for row in rows) == 2


async def test_a_tag_inside_words_without_spaces_stands_apart_from_them(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("予算", "東京都の小池百合子知事は学校に三百億円を使うと述べた。")
    tag(library, article, "小池百合子", "予算")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "小池百合子 #予算 知事は学校に" in seen(pilot.app)


async def test_a_pane_that_scrolls_shows_its_figures_whole(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    words = [f"Item {number} is done." for number in range(30)]
    article = add("A list", *words)
    for sentence in words:
        tag(library, article, sentence, "done")
    async with make_app(library, article.id).run_test(size=(120, 20)) as pilot:
        await pilot.pause()
        rows = [row.rstrip("▁▂▃▄▅▆▇█ ") for row in seen(pilot.app).splitlines() if "¶" in row]
        assert [row.split()[-1] for row in rows[:12]] == [str(number) for number in range(1, 13)]


async def test_a_very_long_tag_takes_no_rows_of_the_text(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    tag(library, article, "Growth has slowed for a year.", "economy/" + "a very long path of tags/" * 6 + "growth")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_parenthesis", "t")
        await pilot.pause()
        shown = seen(pilot.app)
        assert shown.count("#economy/") == 2
        assert shown.count("/growth") == 2
        assert any("#economy/" in line and "Growth has" in line for line in shown.splitlines()[8:])


async def test_no_frame_of_a_long_text_is_empty_while_its_screen_takes_another_width(
    library: Library, add: AddArticle, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = add("Long", "\n\n".join(f"Item {number} was read and then it was put away." for number in range(4000)))
    async with make_app(library, article.id).run_test(size=(120, 30)) as pilot:
        await pilot.press("G")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        view = reader(pilot).view
        frames: list[str] = []
        drawn = view.render_lines

        def watched(crop: Region) -> list[Strip]:
            strips = drawn(crop)
            if crop.height > 10:
                frames.append("".join(strip.text for strip in strips))
            return strips

        monkeypatch.setattr(view, "render_lines", watched)
        await pilot.resize_terminal(50, 20)
        await pilot.pause()
        await pilot.resize_terminal(170, 45)
        await pilot.pause()
        assert frames
        assert all("Item" in frame for frame in frames)
