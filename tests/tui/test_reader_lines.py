"""The lines around the text: hints, what a prompt is about and the rows of the pane are whole at every width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from newsroom import press
from reading_room import reader, said
from reading_room import tag as tag_words
from textual.events import MouseMove

from store.library import Library
from store.model import Article
from tui.app import NewsreaderApp
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import HintBar

AddArticle = Callable[..., Article]
MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]

LONG = "We shall run every ferry of the island on time, " * 12 + "and nobody will wait"


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add("The ferries", f"“{LONG},” said Ada Voss. The hall was quiet.", "“No,” said Mo Hale.")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_the_hint_of_the_tag_prompt_ends_with_a_whole_word_and_the_way_back(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await press(pilot, "right_square_bracket", "t")
        foot = seen(pilot.app).splitlines()[-1].rstrip()
        assert foot.startswith(" enter take")
        assert foot.endswith("   esc back")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_a_prompt_shows_begin_and_end_of_long_words_and_leaves_out_the_middle_once(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        for key in ("t", "i"):
            await press(pilot, "right_square_bracket", "left_square_bracket", key)
            about = next(line for line in seen(pilot.app).splitlines() if "…" in line)
            assert about.count("…") == 1
            assert "We shall" in about
            assert "wait" in about
            await press(pilot, "escape")


async def test_what_is_said_of_a_selection_is_done_with_the_mouse_too(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "l")
        foot = seen(pilot.app).splitlines()[-1]
        await pilot.click(HintBar, offset=(foot.index("t tag"), 0))
        await pilot.pause()
        assert reader(pilot).prompt.is_open


async def test_after_a_drag_the_line_no_longer_says_that_motions_select(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = reader(pilot).view
        await pilot.mouse_down(view, offset=(8, 4))
        reader(pilot).view.on_mouse_move(drag(view, 20, 4))
        await pilot.pause()
        assert "SELECT" in seen(pilot.app).splitlines()[-1]
        await pilot.mouse_up(view, offset=(20, 4))
        await pilot.pause()
        assert " selected " in seen(pilot.app).splitlines()[-1]


def drag(view: ArticleView, x: int, y: int) -> MouseMove:
    return MouseMove(view, x, y, 1, 0, 1, False, False, False)


async def test_a_click_on_the_text_closes_a_question_so_that_keys_are_never_typed_beside_it(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        for question in ("t", "c"):
            await press(pilot, "left_square_bracket", question)
            assert reader(pilot).prompt.is_open
            await pilot.click(reader(pilot).view, offset=(12, 5))
            await pilot.pause()
            assert not reader(pilot).prompt.is_open
            assert reader(pilot).focused is reader(pilot).view
        await press(pilot, "slash", *"hall")
        await pilot.click(reader(pilot).view, offset=(12, 5))
        await pilot.pause()
        assert not reader(pilot).query_one("#find").display
        assert reader(pilot).found
    assert not list(library.claims())


async def test_in_the_pane_a_verdict_is_a_sign_that_long_names_of_tags_do_not_push_out(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag_words(library, article, "No", "a name that is longer than the pane is wide")
    library.set_verdict(claim.id, "supported")
    library.set_note(claim.id, "seen")
    short = tag_words(library, article, "The hall", "hall")
    library.set_verdict(short.id, "false")
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        rows = [line for line in seen(pilot.app).splitlines() if "¶" in line]
        assert ["a name that" in rows[1], rows[1].rstrip().endswith("… ✎✓ ¶  2")] == [True, True]
        assert "hall · false" in rows[0]


async def test_the_share_read_stays_said_while_the_pane_covers_the_text(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("Long", *["“We shall appeal,” said Ada Voss. Much more was said in the hall."] * 40)
    add("Longer", *["Nothing of that was said in the hall, and nobody heard it there."] * 40, published="2025-01-01")
    async with make_app(library, article.id).run_test(size=(50, 20)) as pilot:
        await press(pilot, "G")
        assert "100%" in seen(pilot.app).splitlines()[0]
        await press(pilot, "s")
        assert "100%" in seen(pilot.app).splitlines()[0]
        await press(pilot, "J")
        assert " 0%" in seen(pilot.app).splitlines()[0], "of another article it is that one's"


async def test_the_text_alone_is_left_with_escape_though_words_were_found(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"hall", "enter", "z")
        assert reader(pilot).has_class("-zen")
        await press(pilot, "escape")
        assert not reader(pilot).has_class("-zen")
        assert reader(pilot).found


async def test_names_in_the_line_are_not_offered_again_and_enter_takes_them_alone(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag_words(library, article, "The hall", "ferries")
    tag_words(library, article, "No", "island")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "t", *"fer", "comma")
        choices = reader(pilot).prompt.choices
        assert [row.value for row in choices.rows] == ["island"]
        assert choices.resting
        await press(pilot, "enter")
    assert sorted(len(library.tag_names(claim)) for claim in library.claims()) == [1, 1, 1]


async def test_undo_calls_a_note_a_note(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", *"seen", "enter")
        await press(pilot, "u")
        assert said(pilot).startswith("Undone: note on “We shall")


async def test_what_takes_long_to_read_is_told_in_hours(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    article = add("Long", "\n\n".join(["word " * 200] * 400))
    async with make_app(library, article.id).run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        assert " 5 h left" in seen(pilot.app).splitlines()[0]
        await press(pilot, "1")
        assert " 5 h " in seen(pilot.app)
        assert " min " not in seen(pilot.app)


async def test_what_was_found_in_an_article_is_not_said_of_the_next(
    library: Library, article: Article, add: AddArticle, make_app: MakeApp, seen: Seen
) -> None:
    add("Older", "Nothing was said of it. Not there.", published="2025-01-01")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"hall", "enter")
        assert "1 of 13" in seen(pilot.app).splitlines()[-1], "the first is in the word “shall”"
        await press(pilot, "J")
        assert not reader(pilot).found
        assert "hall" not in seen(pilot.app).splitlines()[-1]


async def test_what_a_note_is_on_stands_in_one_pair_of_marks(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "G", "w", "w", "w", "i")
        assert " note on “No,” said Mo Hale." in seen(pilot.app)
        await press(pilot, "escape", "escape", "G", "w", "i")
        assert " note on “Hale”" in seen(pilot.app)


async def test_the_keys_of_a_note_are_done_with_the_mouse_too(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        for words in ("new line", "keep"):
            await press(pilot, *(["i", *"seen"] if words == "new line" else "it"))
            foot = seen(pilot.app).splitlines()[-1]
            await pilot.click(offset=(foot.index(words), 23))
            await pilot.pause()
        assert library.claims()[0].note == "seen\nit"
        await press(pilot, "i", "x")
        for words in ("back", "drops it"):
            await pilot.click(offset=(seen(pilot.app).splitlines()[-1].index(words), 23))
            await pilot.pause()
        assert library.claims()[0].note == "seen\nit"
        assert reader(pilot).view.has_focus


async def test_an_address_that_no_browser_takes_can_still_be_copied(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser._tryorder", [])
    monkeypatch.setenv("XDG_STATE_HOME", str(library.folder / "state"))
    article = add("The ferries", "They sail.", url="https://post.example/ferries")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await press(pilot, "o", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "No browser took the address.   y copy   esc back" in seen(pilot.app)
        await press(pilot, "y")
        assert pilot.app.clipboard == "https://post.example/ferries"
