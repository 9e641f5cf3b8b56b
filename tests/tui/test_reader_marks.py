"""The reader: what a person says of quotes and claims, and that all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from reading_room import reader, said, tag
from textual.pilot import Pilot

from store.library import Library
from store.model import Article
from tui.app import NewsreaderApp
from tui.said import said_day
from tui.screens.history import HistoryScreen
from tui.widgets.article_view import ArticleView

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]

OPENING = "The central bank kept its main rate at 3.5% on Monday. Growth has slowed for a year."
LIND = "“We are not there yet, but we can see the shore,” said Governor Lind."
LIND_WORDS = "We are not there yet, but we can see the shore,"
QUOTE = "right_square_bracket"


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add(
        "Bank holds its rate",
        *(OPENING, LIND, "Nobody was surprised. Markets rose."),
        outlet="Evening Post",
        published="2026-11-23",
        url="https://post.example/rate",
    )


@pytest.fixture(autouse=True)
def state_of_this_test_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def selected(pilot: Pilot[None]) -> str | None:
    span = reader(pilot).view.selection
    return None if span is None else reader(pilot).view.reading.text[slice(*span)]


# Quotes


async def test_a_quote_is_confirmed_with_one_key_and_that_is_undone_with_another(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press(QUOTE, "C")
        assert library.analysis(article.id).quotes[0].why == "you: confirmed"
        assert "Confirmed: Governor Lind" in said(pilot)
        await pilot.press("u")
        assert library.analysis(article.id).quotes[0].why != "you: confirmed"


async def test_what_is_no_quote_is_rejected_with_one_key_and_comes_back(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press(QUOTE, "X")
        assert not library.analysis(article.id).quotes
        await pilot.press("u")
        assert len(library.analysis(article.id).quotes) == 1
        await pilot.press("g", "X")
        assert "No quote here" in said(pilot)


async def test_the_edges_of_a_quote_are_moved(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press(QUOTE, "e", "e", "l", "l", "enter")
        (quote,) = library.analysis(article.id).quotes
        text = library.version(article.id).text
        assert text[quote.start : quote.end] == "not there yet, but we can see the shore,"
        assert quote.speaker == "Governor Lind"


# Claims


async def test_the_edges_of_a_claim_are_moved_by_words_and_characters(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag(library, article, "Growth has slowed", "growth")
    library.set_note(claim.id, "compare")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "e")
        await pilot.pause()
        assert selected(pilot) == "Growth has slowed"
        assert "EDGES 3 words" in seen(pilot.app)
        await pilot.press("right_parenthesis")
        assert selected(pilot) == "Growth has slowed for a year"
        await pilot.press("shift+right", "enter")
        now = library.claim(claim.id)
        assert now.anchor.exact == "Growth has slowed for a year."
        assert (now.note, now.tags, now.id) == ("compare", claim.tags, claim.id)
        await pilot.press("u")
        assert library.claim(claim.id).anchor.exact == "Growth has slowed"
        await pilot.press("e", "e", "h", "h", "enter")
        assert library.claim(claim.id).anchor.exact == "on Monday. Growth has slowed"


async def test_escape_leaves_the_edges_where_they_were(library: Library, article: Article, make_app: MakeApp) -> None:
    claim = tag(library, article, "Growth has slowed", "growth")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "e", "l", "escape", "v", "l", "enter")
        await pilot.pause()
        assert reader(pilot).prompt.is_open, "enter tags again"
        assert library.claim(claim.id).anchor.exact == "Growth has slowed"


@pytest.mark.parametrize("away", [("J",), ("tab", "enter", "escape")], ids=["another article", "the side pane"])
async def test_edges_left_for_something_else_are_moved_no_more(
    library: Library, article: Article, add: AddArticle, make_app: MakeApp, away: tuple[str, ...]
) -> None:
    add("Older", "“We shall appeal to the court,” said Ada Voss.", published="2026-01-01")
    tag(library, article, LIND_WORDS, "rates")
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for key in ("right_curly_bracket", "e", *away, "v", "l", "enter"):
            await pilot.press(key)
            await pilot.pause()
        assert reader(pilot).prompt.is_open, "enter asks for a tag"
    (claim,) = library.claims()
    assert claim.anchor.exact == LIND_WORDS


@pytest.mark.parametrize(("size", "mark"), [((120, 36), "✗   ▌"), ((80, 24), "✗   ▌"), ((50, 20), "#growth ✗ false")])
async def test_a_verdict_takes_two_keys_and_is_shown_by_sign_and_word(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int], mark: str
) -> None:
    claim = tag(library, article, "Growth has slowed", "growth")
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_curly_bracket", "V", "4")
        await pilot.pause()
        assert library.claim(claim.id).verdict == "false"
        assert mark in seen(pilot.app)
        assert "✗ false" in seen(pilot.app).replace("\n", " ")
        await pilot.press("V", *"sup", "enter")
        assert library.claim(claim.id).verdict == "supported"
        await pilot.press("u", "u")
        assert library.claim(claim.id).verdict == "open"


async def test_what_is_no_verdict_is_not_taken_and_the_question_stays(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag(library, article, "Growth has slowed", "growth")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "V", "j", "enter")
        assert reader(pilot).prompt.is_open
        assert "Nothing here is called that" in seen(pilot.app)
        await pilot.press("backspace", *"dis", "enter")
        assert library.claim(claim.id).verdict == "disputed"


async def test_a_claim_in_the_pane_gets_a_speaker_of_its_own(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    claim = tag(library, article, LIND_WORDS, "rates")
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "G", "c", *"The bank", "enter")
        assert library.claim(claim.id).speaker == "The bank"
        assert library.analysis(article.id).quotes[0].speaker == "Governor Lind"


async def test_the_day_on_which_a_claim_was_said(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag(library, article, "Growth has slowed", "growth")
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("right_curly_bracket", "S", *"fri", "enter")
        await pilot.pause()
        assert library.claim(claim.id).said_on == "2026-11-20"
        assert "2026-11-20" in seen(pilot.app)
        await pilot.press("S", *"x", "enter")
        await pilot.pause()
        assert "is no day" in seen(pilot.app)
        await pilot.press("ctrl+u", "enter")
        assert library.claim(claim.id).said_on is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026", "2026"),
        ("2026-3", "2026-03"),
        ("2026-11-23", "2026-11-23"),
        ("today", "2026-11-23"),
        ("Yesterday", "2026-11-22"),
        ("monday", "2026-11-23"),
        ("sun", "2026-11-22"),
        ("23 Nov 2026", "2026-11-23"),
        ("3 september  2026", "2026-09-03"),
        ("Sept. 2026", "2026-09"),
        ("30 Feb 2026", None),
        ("mayor 2026", None),
        ("2026-13", None),
        ("2026-02-30", None),
        ("", None),
        ("tu", None),
        ("0000", None),
        ("²026", None),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: str | None) -> None:
    assert said_day(typed, "2026-11-23T08:00:00Z", date(2026, 12, 25)) == day


async def test_the_history_of_a_claim_says_what_changed(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag(library, article, "Growth has slowed", "growth")
    library.set_verdict(claim.id, "disputed")
    library.set_note(claim.id, "see the minutes")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "H")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, HistoryScreen)
        shown = seen(pilot.app)
        assert "3 changes" in shown
        assert "open → disputed" in shown
        assert shown.index("see the minutes") < shown.index("open → disputed") < shown.index("tags: growth")
        await pilot.press("H")
        assert reader(pilot)


# Copying and the original


async def test_a_receipt_holds_all_that_it_takes_to_check_a_claim(
    library: Library, article: Article, make_app: MakeApp, tmp_path: Path
) -> None:
    claim = tag(library, article, LIND_WORDS, "rates")
    library.set_verdict(claim.id, "disputed")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press(QUOTE, "Y")
        copied = next(tmp_path.glob("state/**/copied.txt"))
        text = copied.read_text("utf8")
        assert copied.stat().st_mode & 0o077 == 0, "nobody else can read it"
        assert pilot.app.clipboard == text
        for wanted in (LIND_WORDS, LIND, "Governor Lind", "https://post.example/rate", "disputed", "rates"):
            assert wanted in text
        assert library.version(article.id).sha256 in text


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://post.example/rate?x=[b]1[/b]", "enter open it"),
        ("https://me:secret@post.example/", "a name or a password"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("https://[bad/", "cannot be read"),
    ],
)
async def test_the_address_is_shown_in_full_before_it_is_opened(
    library: Library,
    add: AddArticle,
    make_app: MakeApp,
    seen: Seen,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    told: str,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tui.screens.link.needs_terminal", lambda: False)
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    article = add("Linked", "Some words.", url=url)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert url in seen(pilot.app)
        assert told in seen(pilot.app)
        assert not opened
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        assert opened == ([url] if told.startswith("enter") else [])


async def test_an_article_without_an_address_says_where_it_came_from(
    library: Library, add: AddArticle, make_app: MakeApp
) -> None:
    article = add("No link", "Some words.")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("o")
        assert "came from No link.txt" in said(pilot)


# Moving, looks


async def test_the_cursor_goes_by_paragraphs_and_over_marks_that_begin_them(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    def word() -> str:
        view = reader(pilot).view
        return view.reading.text[slice(*view.units.word(view.cursor))]

    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        assert word() == "We"
        await pilot.press("p")
        assert word() == "Nobody"
        await pilot.press("P", "P")
        assert word() == "The"
        await pilot.press("p", "left_parenthesis")
        assert word() == "Growth", "a sentence that begins with a mark does not hold the cursor"
        await pilot.press("g", "v", "p")
        assert selected(pilot) == OPENING.rstrip(".")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_zen_leaves_the_text_and_nothing_else(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    tag(library, article, "Growth has slowed", "growth")
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("z")
        pilot.app.clear_notifications()
        await pilot.pause()
        words = " ".join(seen(pilot.app).split())
        title, line, text = words.partition("Evening Post · 23 Nov 2026")
        assert title.strip() == "Bank holds its rate"
        assert text.split() == library.version(article.id).text.split()
        assert line
        await pilot.press("t", *"rates", "enter", "escape")
        await pilot.pause()
        assert "#growth" in seen(pilot.app).replace("\n", " ")


async def test_lines_get_wider_and_narrower_and_stay_so(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(160, 36)) as pilot:
        assert reader(pilot).view.line_cells == 80
        await pilot.press("plus", "plus", "minus")
        assert reader(pilot).view.line_cells == 84
    async with make_app(library, article.id).run_test(size=(160, 36)) as pilot:
        assert reader(pilot).view.line_cells == 84
        await pilot.press(*["plus"] * 20)
        assert "no room for more" in said(pilot) or "120 columns" in said(pilot)


async def test_the_text_stands_in_the_middle_of_a_wide_screen(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, article.id).run_test(size=(220, 36)) as pilot:
        await pilot.press("z")
        await pilot.pause()
        (line,) = [line for line in seen(pilot.app).splitlines() if "central bank" in line]
        left, right = len(line) - len(line.lstrip()), len(line) - len(line.rstrip())
        assert abs(left - (220 - 80) // 2) <= 2
        assert right >= left - 2


async def test_dragging_with_ctrl_selects_characters(library: Library, article: Article, make_app: MakeApp) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = reader(pilot).view
        rows = [view.render_line(y).text for y in range(view.size.height)]
        y = next(at for at, row in enumerate(rows) if "central" in row)
        x = rows[y].index("central") + 2
        await pilot.mouse_down(ArticleView, offset=(x, y), control=True)
        await pilot._post_mouse_events([_move()], ArticleView, offset=(x + 6, y), button=1, control=True)
        await pilot.mouse_up(ArticleView, offset=(x + 6, y), control=True)
        await pilot.pause()
        assert selected(pilot) == "ntral b"


def _move() -> type:
    from textual.events import MouseMove

    return MouseMove


async def test_what_is_confirmed_already_is_said_and_no_step_is_made(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press(QUOTE, "C", "C")
        assert said(pilot) == "Confirmed already: Governor Lind"
        await pilot.press("u")
        assert library.corrections() == []


async def test_moved_edges_are_undone_in_the_same_words(library: Library, article: Article, make_app: MakeApp) -> None:
    claim = tag(library, article, "main rate", "rates")
    async with make_app(library, article.id).run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("right_curly_bracket", "e", "l", "enter")
        assert said(pilot) == "Edges moved   u undo"
        moved = library.claim(claim.id).anchor.exact
        await pilot.press("u")
        assert said(pilot).startswith("Undone: edges moved on “")
        assert library.claim(claim.id).anchor.exact != moved


async def test_an_article_without_claims_has_none_whose_words_changed(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("exclamation_mark")
        assert said(pilot) == "No claims in this article yet: t tags"


async def test_the_history_names_a_person_and_no_machine(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag(library, article, "main rate", "rates")
    (entry,) = library.history(claim.id)
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("right_curly_bracket", "H")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "tag “rates”" in seen(pilot.app)
        assert entry.device[:8] not in seen(pilot.app)


async def test_what_was_found_before_does_not_hide_what_was_done(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("slash", *"Nobody", "enter", "v", "l", "c")
        await pilot.press(*"Lind", "enter")
        await pilot.pause()
        assert said(pilot) == "Speaker: Governor Lind   u undo"
        await pilot.press("slash", *"Markets")
        await pilot.pause()
        assert said(pilot) == ""
