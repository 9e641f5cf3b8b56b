"""The library screen, as a person uses it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.library import Library
from store.model import Article
from tui.adding import pace
from tui.app import NewsreaderApp
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars import HintBar

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]


def titles(app: NewsreaderApp) -> list[str]:
    return [article.title for article in app.screen_stack[0].query_one(ArticleList).articles]


def chosen(app: NewsreaderApp) -> str:
    article = app.screen_stack[0].query_one(ArticleList).article
    return article.title if article else ""


async def test_an_empty_library_says_what_to_do_next(library: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = seen(pilot.app)
        assert "The library is empty" in shown
        assert "open the sample article" in shown
        assert "filter" not in shown, "nothing is offered that does nothing here"


async def test_enter_in_an_empty_library_takes_the_sample(library: Library, make_app: MakeApp) -> None:
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        (article,) = library.articles()
        assert article.outlet == "Enab Baladi"
        assert getattr(pilot.app.screen, "article_id", None) == article.id


async def test_the_newest_article_stands_first_with_outlet_day_quotes_and_claims(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    first = stocked.articles()[0]
    stocked.tag_span(first.id, 0, 16, ["rates"])
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        row = seen(pilot.app).splitlines()[1]
        assert "● Today" in row
        assert "The Evening Post" in row
        assert '3"' in row
        assert "1▌" in row
        assert "1 min" in row


async def test_the_preview_names_speakers_with_their_quotes_and_tags_with_their_claims(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    stocked.tag_span(stocked.articles()[0].id, 0, 16, ["rates"])
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        shown = seen(pilot.app)
        assert "■ Governor Lind 2   ■ Mo Hale 1" in shown
        assert "▌rates 1" in shown
        assert "The Evening Post · 23 Nov 2026 · A. Okafor" in shown


async def test_under_sixty_columns_a_row_has_two_lines_and_there_is_no_line_of_keys(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(50, 20)) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        assert "Bank holds its rate" in lines[1]
        assert "The Evening Post" in lines[2]
        assert "filter" not in lines[-1]


async def test_in_a_few_lines_even_the_title_line_goes(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "Bank holds its rate" in seen(pilot.app).splitlines()[0]


async def test_n_and_p_go_round_the_unread_articles(stocked: Library, make_app: MakeApp) -> None:
    first, second, third, *_ = stocked.articles()
    stocked.set_reading(second.id, read=True)
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("n")
        assert chosen(pilot.app) == third.title
        await pilot.press("p")
        assert chosen(pilot.app) == first.title


async def test_r_marks_read_and_m_stars(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    key = stocked.articles()[0].id
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("r", "m")
        await pilot.pause()
        assert stocked.article(key).read
        assert stocked.article(key).starred
        row = seen(pilot.app).splitlines()[1]
        assert "●" not in row
        assert "★" in row


async def test_a_deleted_article_comes_back_with_u_and_goes_again_with_ctrl_r(
    stocked: Library, make_app: MakeApp
) -> None:
    before = [article.title for article in stocked.articles()]
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("j", "d")
        assert titles(pilot.app) == [before[0], *before[2:]]
        assert chosen(pilot.app) == before[2], "the cursor goes to the next article"
        await pilot.press("u")
        assert titles(pilot.app) == before
        await pilot.press("ctrl+r")
        assert before[1] not in titles(pilot.app)


async def test_undo_says_what_was_undone(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(notifications=True) as pilot:
        await pilot.press("d", "u")
        await pilot.pause()
        (said,) = [note.message for note in pilot.app._notifications]
        assert said.startswith("Undone: ")
        assert "Bank holds" in said
        await pilot.press("V", "r", "u")
        await pilot.pause()
        (said,) = [note.message for note in pilot.app._notifications]
        assert said == "Undone: mark 5 articles read"


async def test_what_another_program_adds_appears(stocked: Library, make_app: MakeApp, tmp_path: Path) -> None:
    sample = tmp_path / "a.txt"
    sample.write_text("A new bridge\n\nThe new bridge was opened on Tuesday by the mayor of the town.\n" * 2)
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("j")
        with Library.open(stocked.folder) as other:
            other.delete_article(stocked.articles()[0].id)
        pilot.app._poll()
        await pilot.pause()
        assert len(titles(pilot.app)) == 4
        assert chosen(pilot.app) == "Waiting list falls for a third month", "the cursor stays on its article"


async def test_a_row_is_chosen_with_the_mouse_and_opened_with_a_second_click(
    stocked: Library, make_app: MakeApp
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.click(ArticleList, offset=(30, 2))
        assert chosen(pilot.app) == "Court halts the port strike"
        await pilot.click(ArticleList, offset=(30, 2))
        await pilot.pause()
        assert not isinstance(pilot.app.screen, LibraryScreen)


@pytest.mark.parametrize("key", ["enter", "l", "right"])
async def test_enter_l_and_right_open_the_article(stocked: Library, make_app: MakeApp, key: str) -> None:
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("j", key)
        await pilot.pause()
        assert getattr(pilot.app.screen, "article_id", None) == stocked.articles()[1].id


async def test_the_filter_shows_what_matches_while_typing_and_escape_shows_all(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"port strike")
        await pilot.pause()
        assert "Court halts the port strike" in titles(pilot.app)
        assert "Waiting list falls for a third month" not in titles(pilot.app)
        assert "show only ▸ port strike" in seen(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(titles(pilot.app)) == 5
        assert "show only" not in seen(pilot.app)


async def test_a_folder_is_added_from_inside(stocked: Library, make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("Bridge", "Tunnel"):
        (folder / f"{name}.txt").write_text(
            f"{name} opened\n\nThe {name.lower()} was opened by the mayor on Tuesday.\n"
        )
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("a", *str(folder), "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert len(titles(pilot.app)) == 7


async def test_several_refusals_are_told_by_number_and_first_reasons(
    stocked: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(5):
        (folder / f"empty{number}.txt").write_bytes(b"")
    app = make_app(stocked)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.add_sources([str(folder)])
        await app.workers.wait_for_complete()
        await pilot.pause()
        (said,) = [note.message for note in app._notifications]
        assert said.startswith("5 refused: ")
        assert all(f"empty{number}.txt" in said for number in range(3))
        assert "empty3.txt" not in said
        assert said.endswith("and 2 more: newsreader add says why of each")


async def test_a_missing_file_is_said_and_the_prompt_stays(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("a", *"nowhere.txt", "enter")
        await pilot.pause()
        assert "there is no such file or folder" in seen(pilot.app)
        assert "address?" not in seen(pilot.app)
        await pilot.press("ctrl+u", *"post.example/rss", "enter")
        await pilot.pause()
        assert "is it an address? Then https://post.example/rss" in " ".join(seen(pilot.app).split())
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_quitting_and_starting_again_comes_back_to_the_same_article(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("j", "j", "q")
    async with make_app(stocked).run_test() as pilot:
        await pilot.pause()
        assert chosen(pilot.app) == "Court halts the port strike"


async def test_s_sorts_the_list_says_so_and_remembers_it(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("S", "j", "j", "j", "enter")
        await pilot.pause()
        assert titles(pilot.app)[0] == "Bank holds its rate as growth slows"
        assert titles(pilot.app)[1] == "Budget : « aucune hausse » promise"
        assert "by title, A to Z" in seen(pilot.app).splitlines()[0]
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "by title, A to Z" in seen(pilot.app).splitlines()[0]
        await pilot.press("S", "j", "enter")
        assert titles(pilot.app)[-1] == "Bank holds its rate as growth slows", "the other way round stands below it"


async def test_the_order_that_holds_and_its_reverse_are_told_in_words(
    stocked: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("S")
        await pilot.pause()
        rows = [line.partition("│")[2].strip("▌ ") for line in seen(pilot.app).splitlines()]
        assert rows[1:5] == ["Sort by", "• date, newest first", "date, oldest first", "outlet, A to Z"]
        await pilot.press("g", "k")
        await pilot.pause()
        assert "│▌ • date, newest first" in seen(pilot.app), "the cursor stays on what can be chosen"


async def test_groups_fold_and_open_again(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "S", "G", "up", "up", "enter")
        await pilot.pause()
        assert "grouped by outlet" in seen(pilot.app).splitlines()[0]
        assert chosen(pilot.app) == "Waiting list falls for a third month", "grouping leaves the cursor on its article"
        assert seen(pilot.app).splitlines()[1].startswith(" ▾ The Evening Post")
        await pilot.press("g", "enter")
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        assert lines[1].startswith("▌▸ The Evening Post")
        assert "1 article · 1 unread" in lines[1]
        assert lines[2].startswith(" ▾ City News")
        await pilot.press("z", "j")
        assert chosen(pilot.app) == "Bank holds its rate as growth slows"
        await pilot.press("z")
        await pilot.pause()
        assert seen(pilot.app).splitlines()[1].startswith("▌▸ The Evening Post"), "z folds from inside as well"


async def test_enter_in_the_filter_opens_the_first_article_and_not_its_heading(
    stocked: Library, make_app: MakeApp
) -> None:
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("S", "G", "up", "up", "enter", "slash", *"court", "enter")
        await pilot.pause()
        assert getattr(pilot.app.screen, "article_id", "") == next(
            one.id for one in stocked.articles() if one.title.startswith("Court")
        )


@pytest.mark.parametrize(("width", "outlet"), [(120, "The Evening Post"), (80, "Harbour Daily")])
async def test_common_names_of_outlets_are_not_cut(
    stocked: Library, make_app: MakeApp, seen: Seen, width: int, outlet: str
) -> None:
    async with make_app(stocked).run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        assert outlet in seen(pilot.app)


async def test_marked_articles_are_changed_together(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    first, second, third, *_ = stocked.articles()
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.press("v", "v")
        await pilot.pause()
        assert "2 marked" in seen(pilot.app).splitlines()[0]
        assert "●+" in seen(pilot.app).splitlines()[1]
        await pilot.press("r", "m")
        assert [stocked.article(one.id).read for one in (first, second, third)] == [True, True, False]
        assert [stocked.article(one.id).starred for one in (first, second, third)] == [True, True, False]
        await pilot.press("d")
        assert len(titles(pilot.app)) == 3
        await pilot.press("u")
        assert len(titles(pilot.app)) == 5, "what one key did, one key takes back"
        await pilot.press("u")
        assert [stocked.article(one.id).starred for one in (first, second)] == [False, False]
        await pilot.press("u")
        assert [stocked.article(one.id).read for one in (first, second)] == [False, False]
        await pilot.press("V", "escape", "d")
        assert len(titles(pilot.app)) == 4, "without marks it is the one under the cursor"


async def test_the_list_fills_and_says_how_far_it_is_while_more_is_added(
    stocked: Library, make_app: MakeApp, seen: Seen, tmp_path: Path
) -> None:
    first, slow = tmp_path / "first.txt", tmp_path / "slow.txt"
    first.write_text("Bridge one\n\nThe first bridge was opened on Tuesday, the mayor said.\n")
    os.mkfifo(slow)
    app = make_app(stocked)
    async with app.run_test() as pilot:
        before = len(titles(app))
        app.add_sources([str(first), str(slow)])
        while len(titles(app)) == before:
            await pilot.pause(0.05)
        assert "adding 1 of 2" in seen(app)
        slow.write_text("Bridge two\n\nThe second bridge was opened on Friday, the mayor said.\n")
        while len(titles(app)) < before + 2:
            await pilot.pause(0.05)


def test_the_pace_is_told_once_there_is_one() -> None:
    assert pace(0, 10, 9.0) == pace(3, 10, 0.5) == ""
    assert pace(20, 320, 10.0) == " · 2.0/s · 2:30 left"


async def test_adding_is_stopped_with_escape(stocked: Library, make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"Bridge {number}\n\nBridge {number} was opened on Tuesday.\n")
    app = make_app(stocked)
    async with app.run_test() as pilot:
        app.add_sources([str(folder)])
        await pilot.press("escape")
        await pilot.pause()
        assert not app.stop_adding(), "nothing is being added any more"
    assert len(stocked.articles()) < 65


async def test_y_copies_title_outlet_day_and_address(
    stocked: Library, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    async with make_app(stocked).run_test() as pilot:
        await pilot.press("j", "j", "y")
        await pilot.pause()
        assert pilot.app.clipboard == "Court halts the port strike\nHarbour Daily · 21 Nov 2026\n"


async def test_o_shows_the_address_in_full_or_says_that_there_is_none(
    stocked: Library, add: Callable[..., object], make_app: MakeApp, seen: Seen
) -> None:
    add("Newest of all", outlet="Post", published="2026-11-24", url="https://post.example/a/very/long/address")
    async with make_app(stocked).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert "https://post.example/a/very/long/address" in seen(pilot.app)
        await pilot.press("escape", "j", "o")
        assert any("No address is known" in note.message for note in pilot.app._notifications)


async def test_the_keys_at_the_foot_can_be_clicked(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    first = stocked.articles()[0]
    async with make_app(stocked).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        foot = seen(pilot.app).splitlines()[-1]
        await pilot.click(HintBar, offset=(foot.index("read", foot.index("unread") + 6), 0))
        await pilot.pause()
        assert stocked.article(first.id).read
        await pilot.click(HintBar, offset=(foot.index("?"), 0))
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_the_cursor_goes_to_what_undo_brings_back(stocked: Library, make_app: MakeApp) -> None:
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        rows = pilot.app.screen.query_one(ArticleList)
        await pilot.press("j", "j")
        assert rows.article is not None
        gone = rows.article.title
        await pilot.press("d", "g", "u")
        await pilot.pause()
        assert rows.article.title == gone


async def test_a_number_too_long_for_its_column_is_told_in_thousands(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    add("Long inquiry", " ".join(f"“It is so {number},” said Ada Voss{number}." for number in range(1381)))
    for width, told in ((120, '1381"'), (80, '1k"'), (50, '1381"')):
        async with make_app(library).run_test(size=(width, 20)) as pilot:
            await pilot.pause()
            rows = pilot.app.screen.query_one(ArticleList).region
            assert told in "\n".join(seen(pilot.app).splitlines()[rows.y : rows.y + 2])


async def test_what_was_changed_on_top_of_a_screen_stands_there_when_one_comes_back(
    make_app: MakeApp, add: Callable[..., Article], library: Library
) -> None:
    article = add("Ferry", "“We keep the ferry,” said Ann Lee. More is to come, they say.")
    app = make_app(library, article.id)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("t", *"ferries", "enter")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        below = app.screen
        assert isinstance(below, LibraryScreen)
        assert below.listed.claims == {article.id: 1}
        await pilot.press("u")
        await pilot.pause()
        assert not any(below.listed.claims.values())
