"""The reader: tagging, correcting, notes, copying, and all that can be undone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_room import reader, said, tag
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from store.library import Library
from store.model import Article, Claim
from store.paths import sample_files
from tui.app import NewsreaderApp
from tui.widgets.choice_prompt import ChoicePrompt

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]
SIZES = [(120, 36), (80, 24), (50, 20)]

OPENING = "The central bank kept its main rate at 3.5% on Monday. Growth has slowed for a year."
LIND = "“We are not there yet, but we can see the shore,” said Governor Lind."
HALE = "“Families are paying for this caution,” said Mo Hale. Nobody was surprised."
LIND_WORDS = "We are not there yet, but we can see the shore,"


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add(
        "Bank holds its rate",
        *(OPENING, LIND, HALE),
        outlet="Evening Post",
        published="2026-11-23",
        url="https://post.example/rate",
    )


@pytest.fixture(autouse=True)
def state_of_this_test_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def prompt(pilot: Pilot[None]) -> ChoicePrompt:
    return reader(pilot).prompt


def offered(pilot: Pilot[None]) -> list[str]:
    return [row.words for row in prompt(pilot).choices.rows]


def highlighted(pilot: Pilot[None]) -> str:
    row = prompt(pilot).choices.current
    return row.words if row else ""


def claims(library: Library) -> dict[str, set[str]]:
    return {claim.anchor.exact: set(library.tag_names(claim)) for claim in library.claims()}


def only_claim(library: Library) -> Claim:
    (claim,) = library.claims()
    return claim


# Tagging


@pytest.mark.parametrize("size", SIZES)
async def test_t_tags_the_quote_under_the_cursor_with_what_was_typed(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_square_bracket", "t", *"monetary policy", "enter")
        await pilot.pause()
        assert claims(library) == {LIND_WORDS: {"monetary policy"}}
        assert only_claim(library).speaker == "Governor Lind"
        assert "#monetary policy" in seen(pilot.app).replace("\n", " ")


async def test_a_prompt_that_offers_nothing_says_what_to_type_and_never_that_there_are_no_tags(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t")
        await pilot.pause()
        assert "type a name, enter makes it" in seen(pilot.app)
        await pilot.press(*"rates", "enter", "t")  # the only tag is on these words already
        await pilot.pause()
        assert offered(pilot) == []
        assert "none yet" not in seen(pilot.app).partition("tag ▸")[2]


async def test_without_a_quote_the_sentence_is_tagged(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_parenthesis", "enter", *"growth", "enter")
        assert claims(library) == {"Growth has slowed for a year.": {"growth"}}


async def test_a_selection_goes_before_the_quote(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "v", "l", "l", "t", *"doubt", "enter")
        assert claims(library) == {"We are not": {"doubt"}}


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
async def test_the_words_asked_about_stay_in_view_over_the_prompt(
    library: Library, add: AddArticle, make_app: MakeApp, size: tuple[int, int]
) -> None:
    article = add("Long", *[OPENING] * 8, LIND, *[OPENING] * 8)
    for number in range(12):
        tag(library, article, OPENING[: 20 + number], f"tag {number}")
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_square_bracket")
        view = reader(pilot).view
        for _ in range(size[1]):
            await pilot.press("ctrl+u", "right_square_bracket", "t")
            await pilot.pause()
            start, end = view.selection or (0, 0)
            assert view.reading.text[start:end] == LIND_WORDS
            rows = [view._layout.row_at(at) + len(view._head) - view.scroll_offset.y for at in (start, end - 1)]
            assert 0 <= rows[0] <= rows[1] < view.size.height or view.size.height < 3
            assert prompt(pilot).outer_size.height <= (11 if size[1] >= 24 else 9)
            await pilot.press("escape")
            break


async def test_the_best_guess_is_what_the_same_words_were_tagged_with(
    library: Library, article: Article, add: AddArticle, make_app: MakeApp
) -> None:
    other = add("Elsewhere", LIND, HALE)
    tag(library, other, LIND_WORDS, "outlook")
    tag(library, other, "Families are paying for this caution,", "prices")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t")
        await pilot.pause()
        assert highlighted(pilot) == "outlook"
        await pilot.press("enter")
        assert only_in(library, article) == {LIND_WORDS: {"outlook"}}


def only_in(library: Library, article: Article) -> dict[str, set[str]]:
    return {claim.anchor.exact: set(library.tag_names(claim)) for claim in library.claims(article.id)}


async def test_a_name_that_is_no_tag_is_made_even_when_another_one_is_spelled_alike(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "Monday", "Iraq")
    tag(library, article, "Growth", "rate")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"Iran")
        await pilot.pause()
        assert highlighted(pilot) == "+ new tag “Iran”"
        await pilot.press("enter")
        assert claims(library)[LIND_WORDS] == {"Iran"}
        await pilot.press("right_square_bracket", "t", *"rates", "enter")
        assert claims(library)["Families are paying for this caution,"] == {"rates"}


async def test_a_few_letters_are_enough_for_a_tag_there_is(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "Monday", "cost of living")
    tag(library, article, "Growth", "growth")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"liv")
        await pilot.pause()
        assert highlighted(pilot) == "cost of living"
        assert offered(pilot)[-1] == "+ new tag “liv”", "and it can be made all the same"
        await pilot.press("enter")
        assert claims(library)[LIND_WORDS] == {"cost of living"}


async def test_the_last_row_makes_exactly_what_was_typed(library: Library, article: Article, make_app: MakeApp) -> None:
    tag(library, article, "Monday", "cost of living")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"cost", "down", "enter")
        assert claims(library)[LIND_WORDS] == {"cost"}


async def test_case_does_not_make_another_tag(library: Library, article: Article, make_app: MakeApp) -> None:
    tag(library, article, "Monday", "NATO")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"nato", "enter")
        assert claims(library)[LIND_WORDS] == {"NATO"}
        assert len(library.tags()) == 1


async def test_a_synonym_leads_to_its_tag(library: Library, article: Article, make_app: MakeApp) -> None:
    tag(library, article, "Monday", "cost of living")
    library.describe_tag("cost of living", synonyms=("prices",))
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"pri", "enter")
        assert claims(library)[LIND_WORDS] == {"cost of living"}


async def test_tab_completes_and_a_comma_takes_what_is_highlighted_and_goes_on(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "Monday", "cost of living")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"cos", "tab")
        field = prompt(pilot).query_one(Input)
        assert field.value == "cost of living"
        for _ in range(len(field.value)):
            await pilot.press("backspace")
        await pilot.press(*"cos", "comma")
        assert field.value == "cost of living, "
        await pilot.press(*"new one", "comma", *"third", "enter")
        assert claims(library)[LIND_WORDS] == {"cost of living", "new one", "third"}


def type_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys faster than the app takes them in, as fast fingers on a busy machine do."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else {"comma": ","}.get(key)))


async def all_typed(pilot: Pilot[None]) -> None:
    """Wait until every key was done."""
    await pilot.pause()
    while pilot.app.typing:  # type: ignore[attr-defined]
        await pilot.pause()


async def test_keys_that_come_fast_are_taken_in_the_order_in_which_they_were_typed(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "Monday", "cost of living")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t")
        type_at_once(pilot, *"cos", "comma", *"new one", "comma", *"last")
        await all_typed(pilot)
        assert prompt(pilot).query_one(Input).value == "cost of living, new one, last"
        await pilot.press("escape", "c")
        type_at_once(pilot, *"G", "7")
        await all_typed(pilot)
        assert prompt(pilot).query_one(Input).value == "G7", "a digit chooses only where nothing is typed"


async def test_t_its_words_and_enter_typed_at_once_take_the_tag_that_the_words_mean(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    for name in ("cost of living", "rates", "energy"):
        tag(library, article, "Monday", name)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket")
        type_at_once(pilot, "t", *"ene", "enter")
        for _ in range(100):
            await pilot.pause()
            if LIND_WORDS in claims(library) and not prompt(pilot).is_open:
                break
        assert claims(library)[LIND_WORDS] == {"energy"}


async def test_a_tag_chosen_with_the_arrow_behind_a_comma_is_taken(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    tag(library, article, "Monday", "alpha")
    tag(library, article, "Families", "beta")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"alp", "comma", "down")
        chosen = prompt(pilot).choices.current
        assert chosen is not None
        await pilot.press("enter")
        assert claims(library)[LIND_WORDS] == {"alpha", chosen.value}
        assert chosen.value != "alpha"


async def test_what_the_words_are_tagged_with_already_is_said_and_not_offered(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    tag(library, article, LIND_WORDS, "outlook")
    tag(library, article, "Monday", "days")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t")
        await pilot.pause()
        assert offered(pilot) == ["days"]
        assert "#outlook" in seen(pilot.app).splitlines()[-5:][0] or "#outlook" in seen(pilot.app)


async def test_escape_leaves_everything_as_it_was(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "v", "l", "l")
        view = reader(pilot).view
        before = (view.cursor, view.selection)
        await pilot.press("t", *"something", "escape")
        await pilot.pause()
        assert (view.cursor, view.selection) == before
        assert view.has_focus
        assert library.claims() == []


async def test_a_full_stop_tags_again_and_x_takes_the_claim_away(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("full_stop")
        await pilot.pause()
        assert "Nothing was tagged yet" in said(pilot)
        await pilot.press("right_square_bracket", "t", *"prices", "enter", "right_square_bracket", "full_stop")
        assert set(claims(library)) == {LIND_WORDS, "Families are paying for this caution,"}
        await pilot.press("x")
        assert set(claims(library)) == {LIND_WORDS}
        await pilot.press("u")
        assert set(claims(library)) == {LIND_WORDS, "Families are paying for this caution,"}
        await pilot.press("ctrl+r")
        assert set(claims(library)) == {LIND_WORDS}
        await pilot.press("g", "x")
        await pilot.pause()
        assert "No claim here" in said(pilot)


async def test_undo_of_a_tag_takes_its_words_off_the_screen(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"prices", "enter")
        await pilot.pause()
        assert "#prices" in seen(pilot.app)
        await pilot.press("u")
        await pilot.pause()
        assert "#prices" not in seen(pilot.app)


ONE_TAG_THEN_THE_BEST_GUESS = [
    "right_square_bracket",
    "t",
    *"bases",
    "enter",
    *["right_square_bracket", "t", "enter"] * 9,
]
TWO_TAGS_REPEATED = [
    *["right_square_bracket", "t", *"bases", "enter", *["right_square_bracket", "full_stop"] * 4],
    *["right_square_bracket", "t", *"trade", "enter", *["right_square_bracket", "full_stop"] * 4],
]


@pytest.mark.parametrize("keys", [ONE_TAG_THEN_THE_BEST_GUESS, TWO_TAGS_REPEATED])
async def test_ten_claims_take_at_most_35_keys(library: Library, make_app: MakeApp, keys: list[str]) -> None:
    from store.intake import take_in

    article = take_in(library, str(sample_files()[0])).article
    assert article is not None
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        assert len(library.claims(article.id)) == 10
        assert all(claim.speaker for claim in library.claims(article.id))
        assert len(keys) <= 35


# Speakers


@pytest.mark.parametrize("size", SIZES)
async def test_c_and_a_digit_correct_the_speaker(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_square_bracket", "c", "1")
        await pilot.pause()
        assert library.analysis(article.id).quotes[0].speaker == "Mo Hale"
        assert library.analysis(article.id).quotes[0].why.startswith("you:")
        await pilot.press("u")
        assert library.analysis(article.id).quotes[0].speaker == "Governor Lind"


async def test_a_corrected_speaker_is_on_the_claim_too(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "t", *"prices", "enter")
        await pilot.press("right_square_bracket", "left_square_bracket", "c", "enter")
        assert only_claim(library).speaker == "Mo Hale"


async def test_anybody_can_be_typed_as_the_speaker(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c", *"Ada Voss", "enter")
        assert library.analysis(article.id).quotes[0].speaker == "Ada Voss"


async def test_a_source_can_be_left_without_a_name(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c")
        number = next(at for at, words in enumerate(offered(pilot), 1) if "without a name" in words)
        await pilot.press(str(number))
        assert library.analysis(article.id).quotes[0].speaker is None


async def test_what_is_no_quote_loses_its_mark(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "c")
        number = next(at for at, words in enumerate(offered(pilot), 1) if "no quote" in words)
        await pilot.press(str(number))
        assert [quote.speaker for quote in library.analysis(article.id).quotes] == ["Mo Hale"]
        await pilot.press("u")
        assert len(library.analysis(article.id).quotes) == 2


async def test_selected_words_become_a_quote(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_parenthesis", "w", "w", "c", *"Lind", "enter")
        added = library.analysis(article.id).quotes[0]
        assert added.speaker == "Governor Lind"
        assert library.version(article.id).text[added.start : added.end] == "Growth has slowed for a year."


async def test_a_claim_that_is_no_quote_gets_a_speaker(library: Library, article: Article, make_app: MakeApp) -> None:
    tag(library, article, "Growth has slowed for a year.", "growth")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "c", *"Lind", "enter")
        assert only_claim(library).speaker == "Governor Lind"


async def test_why_this_speaker_is_said_in_one_line(library: Library, make_app: MakeApp) -> None:
    from store.intake import take_in

    article = take_in(library, str(sample_files()[0])).article
    assert article is not None
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_square_bracket", "W")
        await pilot.pause()
        assert "Kremlin" in said(pilot)
        assert "\n" not in said(pilot)


# Notes


async def test_a_note_is_written_changed_and_taken_away(library: Library, article: Article, make_app: MakeApp) -> None:
    tag(library, article, LIND_WORDS, "outlook")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "i", *"compare", "enter")
        assert only_claim(library).note == "compare"
        await pilot.press("i", "ctrl+j", *"twice")
        assert pilot.app.screen.query_one(TextArea).text == "compare\ntwice"
        await pilot.press("enter")
        assert only_claim(library).note == "compare\ntwice"
        await pilot.press("i", *["backspace"] * 20, "enter")
        assert only_claim(library).note == ""


async def test_a_note_on_words_without_a_claim_makes_one(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket", "i", *"check", "enter")
        assert only_claim(library).note == "check"
        assert only_claim(library).anchor.exact == LIND_WORDS


# Copying


async def test_copy_takes_words_speaker_and_source_and_says_where_they_went(
    library: Library, article: Article, make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_square_bracket", "y")
        await pilot.pause()
        copied = pilot.app.clipboard
        for part in (LIND_WORDS[:-1], "Governor Lind", "Evening Post", "23 Nov 2026", "https://post.example/rate"):
            assert part in copied
        (file,) = (tmp_path / "state").rglob("copied.txt")
        assert file.read_text("utf8") == copied
        assert str(file.name) in said(pilot)
        assert LIND_WORDS in (pilot.app.screen.get_selected_text() or "")


async def test_what_is_too_long_for_a_clipboard_goes_to_the_file_only(
    library: Library, add: AddArticle, make_app: MakeApp, tmp_path: Path
) -> None:
    article = add("Long", " ".join(["word"] * 20_000))
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("v", "G", "y")
        await pilot.pause()
        assert pilot.app.clipboard == ""
        assert "Too long" in said(pilot)
        (file,) = (tmp_path / "state").rglob("copied.txt")
        assert len(file.read_text("utf8")) > 90_000


async def test_a_copy_that_cannot_be_written_is_said(
    library: Library, article: Article, make_app: MakeApp, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    async with make_app(library, article.id).run_test(size=(120, 24), notifications=True) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert "could not be written" in said(pilot)
        assert pilot.app.clipboard


# The article


async def test_star_and_unstar(library: Library, article: Article, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert library.article(article.id).starred
        assert "★" in seen(pilot.app)
        await pilot.press("m")
        assert not library.article(article.id).starred


async def test_what_cleaning_took_out_is_shown_with_the_reason(library: Library, make_app: MakeApp, seen: Seen) -> None:
    from store.intake import take_in

    article = take_in(library, str(sample_files()[0])).article
    assert article is not None
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("R")
        await pilot.pause()
        shown = seen(pilot.app)
        removed = library.version(article.id).removed
        assert f"{len(removed)} lines" in shown
        assert removed[0].reason in shown
        await pilot.press("escape")
        assert reader(pilot)


async def test_a_library_that_cannot_be_written_is_said_in_one_line(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        next((library.folder / "bodies").rglob("*.json")).unlink()
        heard = ""
        for keys in (["t", "escape"], ["right_square_bracket", "c", "escape"], ["full_stop"], ["J"], ["R", "escape"]):
            await pilot.press(*keys)
            await pilot.pause()
            heard += said(pilot)
        assert pilot.app.is_running
        assert "text is missing" in heard
        assert "\n" not in said(pilot)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
async def test_a_read_only_library_can_be_read(tmp_path: Path, library: Library, article: Article) -> None:
    os.chmod(library.folder, 0o500)
    try:
        async with NewsreaderApp(library, article.id, state=tmp_path / "app.json").run_test() as pilot:
            await pilot.press("t", "a", "enter", "q")
            assert pilot.app.is_running
    finally:
        os.chmod(library.folder, 0o700)
