"""The reader when a text has changed: its versions, the claims whose words changed, the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_room import reader, said
from textual.pilot import Pilot

from store.library import Library
from store.model import Analysis, Article, Block, Extract
from tui.app import NewsreaderApp
from tui.differences import lines, sides, words
from tui.screens.altered import AlteredScreen
from tui.screens.versions import VersionsScreen

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
SIZES = [(120, 36), (80, 24), (50, 20)]

FIRST = (
    "The ferry costs the town 3.5 million a year, the treasurer said on Monday in the hall.",
    "Islanders were never asked about the new timetable, a speaker of theirs told the council.",
    "The old pier will be repaired before the winter storms come in.",
    "A vote is due.",
)
SECOND = (
    "A line that was put in later.",
    "The ferry costs the town 8.5 million a year, the treasurer said on Monday in the hall.",
    "Islanders were hardly ever asked about the new timetables, a speaker of theirs told the council.",
    "A vote is due.",
)


def take(library: Library, parts: tuple[str, ...]) -> Article:
    text = "\n\n".join(parts)
    blocks, at = [], 0
    for part in parts:
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    extract = Extract(
        path="ferry.txt",
        text=text,
        blocks=tuple(blocks),
        title="Ferry",
        url="https://post.example/ferry",
        raw=f"<p>{text}</p>\x1b[31m".encode(),
    )
    return library.add(extract, Analysis(analyser="test")).article


@pytest.fixture
def changed(library: Library, monkeypatch: pytest.MonkeyPatch) -> Article:
    """Give an article with claims, the text of which has changed since; the clock stands, for the pictures."""
    monkeypatch.setattr("store.keep.articles.now", lambda: "2026-11-23T09:30:00Z")
    article = take(library, FIRST)
    for words_, name in (
        ("The ferry costs the town 3.5 million a year", "costs"),
        ("The old pier will be repaired before the winter storms come in.", "pier"),
    ):
        start = library.version(article.id).text.index(words_)
        library.tag_span(article.id, start, start + len(words_), [name])
    return take(library, SECOND)


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


# Differences


@given(st.text(st.sampled_from("ab .3\n"), max_size=40), st.text(st.sampled_from("ab .3\n"), max_size=40))
def test_a_comparison_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece.words for piece in pieces if piece.how != "new") == old
    assert "".join(piece.words for piece in pieces if piece.how != "gone") == new
    then, now = sides(old, new)
    assert ("".join(p.words for p in then), "".join(p.words for p in now)) == (old, new)
    compared = lines(old, new)
    for text, other in ((old, "new"), (new, "gone")):
        kept = ["".join(p.words for p in change.pieces if p.how != other) for change in compared]
        assert [line for line in kept if line.strip()] == [line for line in text.split("\n") if line.strip()]


def test_a_changed_number_is_told_apart_from_what_stands_around_it() -> None:
    gone = [piece.words for piece in words("It costs 3.5 million", "It costs 8.5 million") if piece.how != "same"]
    assert gone == ["3.5", "8.5"]


# Claims whose words changed


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
async def test_the_reader_says_at_the_head_that_words_changed_under_claims(
    library: Library, changed: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, changed.id).run_test(size=size) as pilot:
        await pilot.pause()
        assert "! 2 claims stand on words that changed" in seen(pilot.app)


async def test_nothing_is_said_where_every_claim_stands(library: Library, make_app: MakeApp, seen: Seen) -> None:
    article = take(library, FIRST)
    library.tag_span(article.id, 0, 8, ["town"])
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "words that changed" not in seen(pilot.app)
        await pilot.press("exclamation_mark")
        assert "Every claim of this article stands" in said(pilot)


@pytest.mark.parametrize(("key", "line"), [("a", "tands on the new words"), ("o", "tands on the old words")])
async def test_what_a_claim_stands_on_is_undone_in_the_words_in_which_it_was_said(
    library: Library, changed: Article, make_app: MakeApp, seen: Seen, key: str, line: str
) -> None:
    async with make_app(library, changed.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "n p next, before   esc" in seen(pilot.app).splitlines()[-1]
        await pilot.press(key)
        await settled(pilot)
        assert line in said(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert f"Undone: s{line}" in said(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_old_and_new_words_are_shown_and_taken_with_two_keys(
    library: Library, changed: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    (claim,) = [claim for claim in library.claims() if library.tag_names(claim) == ("costs",)]
    assert claim.anchor.state == "altered"
    async with make_app(library, changed.id).run_test(size=size) as pilot:
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert isinstance(pilot.app.screen, AlteredScreen)
        shown = seen(pilot.app)
        assert "ALTERED" in shown
        assert "3.5" in shown
        assert "8.5" in shown
        await pilot.press("a")
        await settled(pilot)
        now = library.claim(claim.id)
        assert (now.anchor.exact, now.anchor.state) == ("The ferry costs the town 8.5 million a year", "exact")
        assert now.anchor.version == changed.version
        assert "in the text no more" in " ".join(seen(pilot.app).split()), "the next claim is shown"
        await pilot.press("u")
        assert library.claim(claim.id).anchor.exact == "The ferry costs the town 3.5 million a year"


async def test_the_old_words_are_kept_and_nobody_is_asked_again(
    library: Library, changed: Article, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(library, changed.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("exclamation_mark")
        await settled(pilot)
        await pilot.press("o")
        await settled(pilot)
        await pilot.press("o")
        await settled(pilot)
        assert reader(pilot), "nothing is left to look at"
        assert "words that changed" not in seen(pilot.app)
    assert {claim.anchor.exact for claim in library.claims()} == {
        "The ferry costs the town 3.5 million a year",
        "The old pier will be repaired before the winter storms come in.",
    }
    assert all(claim.anchor.version != changed.version for claim in library.claims())


async def test_words_that_are_gone_are_marked_elsewhere_by_hand(
    library: Library, changed: Article, make_app: MakeApp, seen: Seen
) -> None:
    (claim,) = [claim for claim in library.claims() if library.tag_names(claim) == ("pier",)]
    assert claim.anchor.state == "orphan"
    async with make_app(library, changed.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("exclamation_mark", "n")
        await settled(pilot)
        await pilot.press("a")
        assert "There are no new words" in said(pilot)
        await pilot.press("e")
        await settled(pilot)
        assert "EDGES" in seen(pilot.app)
        await pilot.press("enter")
        assert library.claim(claim.id).anchor.exact == SECOND[1], "the sentence that is read"


async def test_an_edited_claim_shows_the_words_it_was_made_on(library: Library, make_app: MakeApp, seen: Seen) -> None:
    article = take(library, ("Islanders were never asked about their timetable for the winter season.", "A vote."))
    claim = library.tag_span(article.id, 0, 71, ["islands"])
    take(library, ("Islanders were never asked about their time-table for the winter season.", "A vote."))
    assert library.claim(claim.id).anchor.state == "edited"
    async with make_app(library, article.id).run_test(size=(120, 36)) as pilot:
        await pilot.press("exclamation_mark")
        await settled(pilot)
        shown = seen(pilot.app)
        assert "timetable" in shown
        assert "time-table" in shown
        await pilot.press("enter")
        await settled(pilot)
        assert library.claim(claim.id).anchor.state == "exact"
        assert reader(pilot)


# Versions and the source


@pytest.mark.parametrize("size", SIZES)
async def test_the_texts_of_an_article_are_listed_with_what_changed(
    library: Library, changed: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    async with make_app(library, changed.id).run_test(size=size) as pilot:
        await pilot.press("T")
        await settled(pilot)
        assert isinstance(pilot.app.screen, VersionsScreen)
        shown = " ".join(seen(pilot.app).split())
        assert "the current text" in shown
        assert "an older text" in shown
        assert "+ A line that was put in later." in shown
        assert "3.5→8.5" in shown, "the old number struck through before the new one"
        assert "unchanged" in shown or "A vote is due." in shown
        await pilot.press("j")
        await settled(pilot)
        assert "The old pier will be repaired" in " ".join(seen(pilot.app).split())
        await pilot.press("escape")
        assert reader(pilot)


async def test_the_raw_source_is_shown_as_it_is_and_obeyed_in_nothing(
    library: Library, make_app: MakeApp, seen: Seen
) -> None:
    article = take(library, FIRST)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("R", "s")
        await settled(pilot)
        shown = seen(pilot.app)
        assert "<p>The ferry costs" in shown
        assert "\x1b" not in shown
        await pilot.press("s")
        await pilot.pause()
        assert "Nothing was taken out." in seen(pilot.app)


async def test_the_reader_stays_at_the_words_when_a_new_text_comes_in(library: Library, make_app: MakeApp) -> None:
    article = take(library, FIRST)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        view = reader(pilot).view
        assert view.reading.text[slice(*view.units.word(view.cursor))] == "due"
        reader(pilot).keep()
        take(library, SECOND)
        pilot.app.changed()
        await pilot.pause()
        assert "put in later" in view.reading.text
        assert view.reading.text[slice(*view.units.word(view.cursor))] == "due"
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        view = reader(pilot).view
        assert view.reading.text[slice(*view.units.word(view.cursor))] == "due", "and at the next start"


async def test_the_next_start_is_at_the_words_when_the_text_changed_between(
    library: Library, make_app: MakeApp
) -> None:
    article = take(library, FIRST)
    library.set_reading(article.id, position=library.version(article.id).text.index("speaker"))
    take(library, SECOND)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        view = reader(pilot).view
        assert view.reading.text[slice(*view.units.word(view.cursor))] == "speaker"


# Pictures


@pytest.mark.parametrize("size", SIZES, ids=["120x36", "80x24", "50x20"])
@pytest.mark.parametrize("key", ["!", "T", "R"], ids=["altered", "versions", "removed"])
def test_what_is_shown_of_a_changed_text(
    library: Library,
    changed: Article,
    make_app: MakeApp,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    key: str,
) -> None:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.press({"!": "exclamation_mark"}.get(key, key))
        if key == "R":
            await pilot.press("s")
        await settled(pilot)

    assert snap_compare(make_app(library, changed.id), run_before=press, terminal_size=size)
