"""The reader: what was written into a note is not lost, and small screens show what is asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading_room import reader, said, tag
from textual.events import Key, Paste
from textual.widgets import TextArea

from store.errors import LibraryError
from store.library import Library
from store.model import Article
from tui.app import NewsreaderApp
from tui.screens.note import NotePrompt

MakeApp = Callable[..., NewsreaderApp]
AddArticle = Callable[..., Article]
Seen = Callable[[NewsreaderApp], str]

WORDS = "Growth has slowed"


@pytest.fixture
def article(add: AddArticle) -> Article:
    return add("Bank holds its rate", "The bank kept its rate. Growth has slowed for a year, as the bank had feared.")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_note_that_was_written_is_dropped_only_on_a_second_wish(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, size: tuple[int, int]
) -> None:
    claim = tag(library, article, WORDS, "growth")
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_curly_bracket", "i", *"call them", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NotePrompt)
        assert "not kept yet" in seen(pilot.app)
        await pilot.press("x")
        await pilot.pause()
        assert "not kept yet" not in seen(pilot.app)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert library.claim(claim.id).note == "call themx"
        await pilot.press("i", "backspace", "escape", "escape")
        await pilot.pause()
        assert reader(pilot)
        assert library.claim(claim.id).note == "call themx"


@pytest.mark.parametrize("keys", [(), ("a", "backspace")], ids=["nothing written", "taken back"])
async def test_a_note_that_was_not_changed_is_left_at_once(
    library: Library, article: Article, make_app: MakeApp, keys: tuple[str, ...]
) -> None:
    claim = tag(library, article, WORDS, "growth")
    library.set_note(claim.id, "call them")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "i", *keys, "escape")
        await pilot.pause()
        assert reader(pilot)


async def test_a_note_on_a_claim_that_somebody_removes_meanwhile_is_kept(
    library: Library, article: Article, make_app: MakeApp
) -> None:
    claim = tag(library, article, WORDS, "growth")
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", "i", *"call them")
        with Library.open(library.folder) as other:
            other.remove_claim(claim.id)
        library.refresh()
        pilot.app.changed()  # type: ignore[attr-defined] # what the app does when it looks for changes
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        (kept,) = library.claims()
        assert (kept.anchor.exact, kept.note) == (WORDS, "call them")


async def test_a_note_that_cannot_be_kept_stays_in_the_line(
    library: Library, article: Article, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag(library, article, WORDS, "growth")

    def full(*_: object, **__: object) -> None:
        raise LibraryError("the disk is full: nothing was saved")

    async with make_app(library, article.id).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("right_curly_bracket", "i", *"call them")
        monkeypatch.setattr(library, "set_note", full)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NotePrompt)
        assert pilot.app.screen.query_one(TextArea).text == "call them"
        monkeypatch.undo()
        await pilot.press("enter")
        await pilot.pause()
        assert [claim.note for claim in library.claims()] == ["call them"]
        assert said(pilot) == "Noted   u undo"


@pytest.mark.parametrize("key", ["i", "t"])
async def test_the_joiners_of_persian_hindi_and_emoji_are_typed(
    library: Library, article: Article, make_app: MakeApp, key: str
) -> None:
    claim = tag(library, article, WORDS)
    words = "می\u200cخواهم क्\u200dष 👩\u200d⚖"
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", key)
        await pilot.pause()
        for character in words:
            pilot.app.post_message(Key(character, character))
            await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert words == (library.claim(claim.id).note if key == "i" else library.tags()[0].name)


@pytest.mark.parametrize("key", ["slash", "t", "c", "i"])
async def test_what_is_pasted_drives_no_terminal(
    library: Library, article: Article, make_app: MakeApp, seen: Seen, key: str
) -> None:
    tag(library, article, WORDS)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", key)
        await pilot.pause()
        pilot.app.post_message(Paste("for\u202ewards \x1b[2J\x9b5mand [red]back[/]\x07"))
        await pilot.pause()
        await pilot.pause()
        assert "forwards and [red]back[/]" in seen(pilot.app)


@pytest.mark.parametrize(("key", "pasted"), [("slash", "slowed for a year"), ("i", "slowed\n  for a year")])
async def test_words_pasted_from_several_lines_are_one_line_where_there_is_one(
    library: Library, article: Article, make_app: MakeApp, key: str, pasted: str
) -> None:
    tag(library, article, WORDS)
    async with make_app(library, article.id).run_test(size=(80, 24)) as pilot:
        await pilot.press("right_curly_bracket", key)
        await pilot.pause()
        pilot.app.post_message(Paste("slowed\n  for a year"))
        await pilot.pause()
        await pilot.pause()
        line = pilot.app.screen.focused
        assert (line.text if isinstance(line, TextArea) else line.value) == pasted  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36)])
@pytest.mark.parametrize("key", ["S", "i", "V"])
async def test_the_claim_can_be_read_while_something_is_asked_about_it(
    library: Library, add: AddArticle, make_app: MakeApp, seen: Seen, key: str, size: tuple[int, int]
) -> None:
    rounds = (f"Nothing was said in round {n}." for n in range(size[1] // 2 - 2))
    article = add("Bank holds its rate", *rounds, "Growth has slowed.")
    tag(library, article, WORDS, "growth")
    async with make_app(library, article.id).run_test(size=size) as pilot:
        await pilot.press("right_curly_bracket", key)
        await pilot.pause()
        await pilot.pause()
        assert WORDS in seen(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert reader(pilot).view.size.height >= size[1] - 3, "the text has its room again"


async def test_the_history_of_a_claim_can_be_read_in_forty_columns(
    library: Library, article: Article, make_app: MakeApp, seen: Seen
) -> None:
    claim = tag(library, article, WORDS, "growth")
    library.set_note(claim.id, "call the bank once more before Monday, and ask for the figures")
    async with make_app(library, article.id).run_test(size=(40, 12)) as pilot:
        await pilot.press("right_curly_bracket", "H")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        at = next(at for at, line in enumerate(lines) if "note: call the bank" in line)
        assert lines[at - 1].rstrip().endswith("  note")
        assert lines[at + 1].startswith("     before Monday")
        assert sum(WORDS in line for line in lines) == 1
