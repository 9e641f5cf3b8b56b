"""The speakers screen, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from newsroom import press, settle, stock

from store.library import Library
from store.model import Analysis, ArticleSpeaker, Block, Extract, Quote
from tui.app import NewsreaderApp
from tui.screens.dossier import DossierScreen
from tui.widgets.people_list import PeopleList, SuggestionList

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]


@pytest.fixture
def news(library: Library) -> Library:
    return stock(library)


def names(app: NewsreaderApp) -> list[str]:
    return [row.name for row in app.screen.query_one(PeopleList).rows]


def asked(app: NewsreaderApp) -> list[tuple[str, str]]:
    return [(row.name, row.into) for row in app.screen.query_one(SuggestionList).rows]


async def test_a_library_without_quotes_says_what_to_do(library: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(library).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert "Nobody speaks here yet" in seen(pilot.app)


async def test_everybody_is_listed_with_quotes_articles_and_roles(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4")
        assert names(pilot.app)[:2] == ["Ada Voss", "Mo Hale"]
        shown = seen(pilot.app)
        assert "6 speakers · 8 quotes" in shown
        assert "called in the texts  mayor" in shown


async def test_the_screen_opens_at_its_top_however_the_counts_change_the_order(
    news: Library, make_app: MakeApp
) -> None:
    text = "“One,” said Zoe Zann. “Two,” said Zoe Zann. “Three,” said Zoe Zann. “Four,” said Zoe Zann."
    spans = [(at, text.index(",”", at)) for at in (1, 23, 45, 69)]
    news.add(
        Extract(path="z.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="Counting", outlet="Post"),
        Analysis(
            analyser="test",
            quotes=tuple(Quote(kind="direct", spans=(span,), speaker="Zoe Zann", why="named") for span in spans),
            speakers=(ArticleSpeaker(name="Zoe Zann", kind="person"),),
        ),
    )
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert names(pilot.app)[0] == "Zoe Zann"
        assert pilot.app.screen.query_one("#rows", PeopleList).cursor == 0


async def test_names_of_one_person_are_suggested_with_a_reason_and_joined_only_by_a_key(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4")
        assert asked(pilot.app) == [("A. Voss", "Ada Voss"), ("Lind", "Governor Lind")]
        assert "initials of the same name" in seen(pilot.app)
        assert news.speakers() == []
        await press(pilot, "y")
        assert names(pilot.app).count("A. Voss") == 0
        assert asked(pilot.app) == [("Lind", "Governor Lind")]
        await press(pilot, "u")
        assert "A. Voss" in names(pilot.app)


async def test_a_no_is_remembered_and_can_be_undone(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "n")
        assert asked(pilot.app) == [("Lind", "Governor Lind")]
        assert news.not_same_as("A. Voss") == ("Ada Voss",)
        await press(pilot, "q", "4")
        assert asked(pilot.app) == [("Lind", "Governor Lind")]
        await press(pilot, "u")
        assert len(asked(pilot.app)) == 2


async def test_tab_goes_to_another_suggestion(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "tab", "j", "n", "tab")
        assert asked(pilot.app) == [("A. Voss", "Ada Voss")]
        assert isinstance(pilot.app.focused, PeopleList)


async def test_keys_act_on_the_suggestion_while_the_cursor_is_there(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4", "tab", "j", "R")
        await press(pilot, "ctrl+u", *"Elsa Lind", "enter")
        assert news.known_as("Lind") == "Elsa Lind"
        assert news.known_as("Ada Voss") == "Ada Voss"
        await press(pilot, "u", "g", "M")
        assert "A. Voss is the same as" in seen(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.focused, SuggestionList)


async def test_a_suggestion_beside_the_scrollbar_is_cut_with_a_sign(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    text = "“One,” said Ada Voss. “Two,” said Ada Vos."
    news.add(
        Extract(path="z.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="Two", outlet="Post"),
        Analysis(
            analyser="test",
            quotes=(Quote(kind="direct", spans=((1, 4),), speaker="Ada Vos", why="named"),),
            speakers=(ArticleSpeaker(name="Ada Vos", kind="person"),),
        ),
    )
    async with make_app(news).run_test(size=(40, 12)) as pilot:
        await press(pilot, "4", "tab", "G")
        assert pilot.app.screen.query_one(SuggestionList).show_vertical_scrollbar
        assert "the surname; nobody else here has…" in seen(pilot.app)


async def test_a_question_is_left_when_the_mouse_goes_to_the_list(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "M")
        assert "Ada Voss is the same as" in seen(pilot.app)
        await pilot.click("#rows", offset=(4, 2))
        await settle(pilot)
        assert "is the same as" not in seen(pilot.app)
        assert "tab complete" not in seen(pilot.app)
        assert isinstance(pilot.app.focused, PeopleList)


async def test_renaming_keeps_the_old_name_as_an_alias_that_can_be_split_off(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "R", "ctrl+u", *"Ada M Voss", "enter")
        assert news.known_as("Ada Voss") == "Ada M Voss"
        assert "Ada M Voss" in names(pilot.app)
        await press(pilot, "X")
        assert news.known_as("Ada Voss") == "Ada Voss"
        await press(pilot, "u", "u")
        assert names(pilot.app)[0] == "Ada Voss"


async def test_a_name_that_somebody_has_says_that_it_joins(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "R", "ctrl+u", *"Mo Hale")
        assert "Mo Hale speaks here too (2 quotes): enter joins the two" in seen(pilot.app)
        await press(pilot, "escape")
        assert news.speakers() == []


async def test_joining_by_hand_and_splitting(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "M", *"лейл", "escape", "M", *"Hale", "enter")
        assert news.known_as("Ada Voss") == "Mo Hale"
        await press(pilot, "g", "X")
        assert news.known_as("Ada Voss") == "Ada Voss"


async def test_roles_kind_and_other_names(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4", "i", "enter", "c", *"off", "enter", "a", *"Адa Восс", "enter")
        (record,) = news.speakers()
        assert (record.roles, record.kind, record.aliases) == (("mayor",), "office", ("Адa Восс",))
        assert "office · mayor · also Адa Восс" in seen(pilot.app)


async def test_typing_finds_a_speaker_in_any_script(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "slash", *"khejl")
        assert names(pilot.app) == ["Мо Хейл"]


async def test_enter_opens_the_dossier(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "enter")
        assert isinstance(pilot.app.screen, DossierScreen)
        assert pilot.app.screen.subject.name == "Ada Voss"


async def test_a_click_answers_a_suggestion(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        line = pilot.app.screen.query_one("#question")
        at = str(line.render()).index("n no")
        await pilot.click(line, offset=(at + 2, 0))
        await settle(pilot)
        assert news.not_same_as("A. Voss") == ("Ada Voss",)


@pytest.mark.parametrize("keys", [("a", *"Mayor Voss", "enter"), ("n",), ("R", *" Smith", "enter")])
async def test_what_nobody_said_of_a_speaker_stays_unknown(
    news: Library, make_app: MakeApp, keys: tuple[str, ...]
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4", *keys)
        assert [row.kind for row in pilot.app.screen.query_one("#rows", PeopleList).rows if row.kind] == []


async def test_undo_says_of_a_speaker_what_was_said_before(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(120, 36), notifications=True) as pilot:
        await press(pilot, "4")
        for keys, line in (
            (("c", *"off", "enter"), "Ada Voss: office"),
            (("i", "ctrl+u", *"mayor", "enter"), "Ada Voss: mayor"),
            (("a", *"Mayor Voss", "enter"), "Ada Voss, also Mayor Voss"),
            (("X",), "Mayor Voss is no name of Ada Voss now"),
        ):
            await press(pilot, *keys)
            assert [note.message for note in pilot.app._notifications] == [f"{line}   u undo"]
            await press(pilot, "u")
            assert [note.message for note in pilot.app._notifications] == [f"Undone: {line}"]
            await press(pilot, "ctrl+r")


async def test_only_the_list_that_keys_go_to_has_the_bar_of_the_cursor(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        marks = [line[:1] for line in seen(pilot.app).splitlines() if line[:1] in {"▌", "›"}]
        assert marks == ["›", "▌"]
        await press(pilot, "tab")
        marks = [line[:1] for line in seen(pilot.app).splitlines() if line[:1] in {"▌", "›"}]
        assert marks == ["▌", "›"]


async def test_a_day_that_no_source_says_is_marked_as_inferred(library: Library, make_app: MakeApp, seen: Seen) -> None:
    for name, day, inferred in (("Ada Voss", "2026-10-03", True), ("Mo Hale", "2026-10-02", False)):
        library.add(
            Extract(
                path=f"{name}.txt", text=f"{name} spoke.", blocks=(Block("paragraph", 0, 12),),
                published=day, published_inferred=inferred,
            ),
            Analysis(
                analyser="test", speakers=(ArticleSpeaker(name=name, kind="person", mentions=((0, 4),)),),
                quotes=(Quote(kind="indirect", spans=((0, 4),), speaker=name),),
            ),
        )  # fmt: skip
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4")
        lines = seen(pilot.app).splitlines()
        assert any("Ada Voss" in line and " ~3 Oct" in line for line in lines)
        assert any("Mo Hale" in line and " 2 Oct" in line for line in lines)


async def test_undo_puts_the_cursor_back_on_the_suggestion_and_on_the_speaker(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4", "y", "u", "n")
        assert news.not_same_as("A. Voss") == ("Ada Voss",), "the second answer is to the same question"
        rows = pilot.app.screen.query_one("#rows", PeopleList)
        await press(pilot, "j", "R", "ctrl+u", *"Zed Hale", "enter")
        assert rows.current is not None
        assert rows.current.name == "Zed Hale"
        await press(pilot, "S")
        await press(pilot, "slash", *"zed", "tab", "R", "ctrl+u", *"Bo Zed", "enter", "escape", "u")
        assert rows.current.name == "Zed Hale", "whatever the order"


async def test_who_was_joined_is_where_the_cursor_goes(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4", "j", "M", *"gover", "enter")
        rows = pilot.app.screen.query_one("#rows", PeopleList)
        assert rows.current is not None
        assert rows.current.name == "Governor Lind"
        await press(pilot, "u")
        assert rows.current.name == "Mo Hale"
