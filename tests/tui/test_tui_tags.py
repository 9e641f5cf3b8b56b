"""The tags screen, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from newsroom import press, settle, stock

from store.library import Library
from tui.app import NewsreaderApp
from tui.screens.dossier import DossierScreen
from tui.screens.tags import TagsScreen
from tui.widgets.tag_list import TagList

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


@pytest.fixture
def news(library: Library) -> Library:
    return stock(library)


def names(app: NewsreaderApp) -> list[str]:
    return [row.path for row in app.screen.query_one(TagList).rows]


def tags(library: Library) -> list[str]:
    return [tag.name for tag in library.tags()]


async def test_without_tags_it_says_how_to_make_one(library: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        assert "No tags yet" in seen(pilot.app)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, TagsScreen)


async def test_all_tags_are_a_tree_with_uses(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3")
        assert names(pilot.app) == ["cost of living", "harbour", "harbour/jobs"]
        shown = seen(pilot.app)
        assert "1 claim + 3 below" in shown
        assert "also employment" in shown
        assert "The harbour, its people and its money" in shown


async def test_one_tag_used_once_is_counted_as_people_count(stocked: Library, make_app: MakeApp, seen: Seen) -> None:
    stocked.tag_span(stocked.articles()[0].id, 4, 16, ["rates"])
    async with make_app(stocked).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        assert seen(pilot.app).splitlines()[0].rstrip().endswith("1 tag · 1 use")


async def test_typing_shows_only_what_matches_also_by_synonym(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "slash", *"EMPLOY")
        assert names(pilot.app) == ["harbour/jobs"]
        await press(pilot, "escape")
        assert len(names(pilot.app)) == 3


async def test_enter_opens_the_dossier_and_q_comes_back(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "j", "enter")
        assert isinstance(pilot.app.screen, DossierScreen)
        assert pilot.app.screen.subject.name == "harbour"
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, TagsScreen)


async def test_renaming_says_what_will_happen_and_takes_the_tags_below_along(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "j", "R", *["backspace"] * 7, *"port")
        assert "1 claim will say “port” and 1 tag below it" in seen(pilot.app)
        await press(pilot, "enter")
        assert tags(news) == ["cost of living", "port", "port/jobs"]
        assert names(pilot.app) == ["cost of living", "port", "port/jobs"]
        await press(pilot, "u")
        assert names(pilot.app) == ["cost of living", "harbour", "harbour/jobs"]


@pytest.mark.parametrize("screen", ["3", "4"])
async def test_the_name_it_has_already_changes_nothing(news: Library, make_app: MakeApp, screen: str) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        before = news.revision
        await press(pilot, screen, "R", "enter")
        assert news.revision == before
        assert not list(pilot.app._notifications)


async def test_while_a_name_is_asked_for_the_line_at_the_foot_has_the_keys_of_the_question(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "M")
        foot = seen(pilot.app).splitlines()[-1]
        assert "enter take" in foot
        assert "rename" not in foot
        await press(pilot, "escape")
        assert "rename" in seen(pilot.app).splitlines()[-1]


async def test_a_name_that_is_taken_is_refused_and_the_line_stays(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "R", "ctrl+u", *"harbour", "enter")
        assert "another tag has this name" in seen(pilot.app)
        await press(pilot, "escape")
        assert tags(news) == ["cost of living", "harbour", "harbour/jobs"]


async def test_merging_is_two_keys_says_how_many_claims_move_and_can_be_undone_and_split(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "M")
        assert "1 claim will have that tag" in seen(pilot.app)
        await press(pilot, "enter")
        assert tags(news) == ["harbour", "harbour/jobs"]
        assert news.tag_uses()[news.tag("harbour").id] == 2
        await press(pilot, "u")
        assert tags(news) == ["cost of living", "harbour", "harbour/jobs"]
        await press(pilot, "g", "M", "enter", "g", "X")
        assert tags(news) == ["cost of living", "harbour", "harbour/jobs"]


async def test_nesting_moves_a_tag_under_another_and_back_to_the_top(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "N", "enter")
        assert tags(news) == ["harbour", "harbour/cost of living", "harbour/jobs"]
        await press(pilot, "g", "j", "N", "enter")
        assert tags(news) == ["cost of living", "harbour", "harbour/jobs"]


async def test_description_synonyms_and_colour(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "i", *"prices", "enter", "s", *"rent, food", "enter", "c", *"red", "enter")
        tag = news.tag("cost of living")
        assert (tag.description, tag.synonyms, tag.colour) == ("prices", ("rent", "food"), "#d9635a")
        assert "red" in seen(pilot.app), "a colour is also a word"
        await press(pilot, "i", "ctrl+u", "enter")
        assert news.tag("cost of living").description == ""


async def test_a_synonym_that_is_another_tag_is_refused(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "s", *"harbour", "enter")
        assert "harbour: another tag has this name" in seen(pilot.app)


async def test_deleting_keeps_the_claims_and_can_be_undone(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "x")
        assert tags(news) == ["harbour", "harbour/jobs"]
        assert len(news.claims()) == 5
        await press(pilot, "u")
        assert names(pilot.app) == ["cost of living", "harbour", "harbour/jobs"]


async def test_the_order_can_be_by_uses(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "S")
        assert names(pilot.app)[0] == "harbour/jobs"


async def test_a_second_click_opens_the_dossier(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        await pilot.click(TagList, offset=(5, 1))
        await pilot.pause()
        await pilot.click(TagList, offset=(5, 1))
        await settle(pilot)
        assert isinstance(pilot.app.screen, DossierScreen)


async def test_a_key_goes_back_to_the_screen_that_is_open(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter", "3")
        assert isinstance(pilot.app.screen, TagsScreen)
        assert len(pilot.app.screen_stack) == 2


async def test_in_few_columns_both_lines_of_a_tag_are_indented_alike(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(50, 20)) as pilot:
        await press(pilot, "3")
        lines = seen(pilot.app).splitlines()
        at = next(at for at, line in enumerate(lines) if line[1:].strip() == "jobs")
        assert lines[at].index("jobs") == lines[at + 1].index("3 claims")


async def test_the_cursor_goes_with_a_merge_and_back_with_undo(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "j", "j", "M", *"cost", "enter")
        rows = pilot.app.screen.query_one(TagList)
        assert rows.current is not None
        assert rows.current.path == "cost of living"
        await press(pilot, "u")
        assert rows.current.path == "harbour/jobs"
        await press(pilot, "x", "g", "u")
        assert rows.current.path == "harbour/jobs", "what was deleted as well"


async def test_what_is_too_long_for_its_line_ends_with_a_sign_that_it_goes_on(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    news.describe_tag("cost of living", description="what families, shops and the town say that it costs to live")
    news.describe_speaker("Mo Hale", roles=["speaker of the union", "shop steward at the yard", "member"])
    async with make_app(news).run_test(size=(100, 24)) as pilot:
        await press(pilot, "3")
        assert seen(pilot.app).splitlines()[1].rstrip().endswith("…")
        await press(pilot, "4", "j")
        row = next(line for line in seen(pilot.app).splitlines() if line.startswith("▌ Mo Hale"))
        assert row.rstrip().endswith("…")


async def test_articles_are_written_out_at_eighty_columns(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert "2 articles" in next(line for line in seen(pilot.app).splitlines() if line.startswith("▌ Ada Voss"))


async def test_a_tag_that_is_shown_without_its_parent_shows_its_path(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "slash", *"jobs")
        assert seen(pilot.app).splitlines()[2].split()[1] == "harbour/jobs"
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(TagList).current.path == "harbour/jobs", (
            "what was found stays under the cursor"
        )  # type: ignore[union-attr]
        assert seen(pilot.app).splitlines()[3].split()[1] == "jobs"


@pytest.mark.parametrize("above", ["harbour", "harbour/jobs", "Harbour/jobs/more"])
async def test_a_tag_cannot_be_moved_under_itself(news: Library, make_app: MakeApp, above: str) -> None:
    before = tags(news)
    async with make_app(news).run_test(size=(120, 36), notifications=True) as pilot:
        await press(pilot, "3", "j", "N", *above, "enter")
        assert [note.message for note in pilot.app._notifications] == ["harbour cannot stand under itself"]
        assert tags(news) == before
