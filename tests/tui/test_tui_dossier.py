"""The dossier and the comparing of wordings, as a person uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import press, settle, stock

from store.dossier.people import people
from store.dossier.records import Subject
from store.library import Library
from store.model import Analysis, ArticleSpeaker, Block, Extract, Quote
from tui.app import NewsreaderApp
from tui.plot import plot, span
from tui.screens.compare import CompareScreen
from tui.screens.dossier import DossierScreen
from tui.screens.export_dossier import file_name
from tui.screens.reader import ReaderScreen
from tui.widgets.dossier_head import DossierHead
from tui.widgets.entry_list import EntryList

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
HARBOUR = ("3", "j", "enter")


@pytest.fixture
def news(library: Library) -> Library:
    return stock(library)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


def entries(app: NewsreaderApp) -> list[str]:
    rows = app.screen.query_one(EntryList).rows
    return [row.entry.words.split(",")[0][:20] if row.entry else f"─ {row.heading}" for row in rows]


async def test_the_head_says_how_much_from_when_to_when_and_what_is_open(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, *HARBOUR)
        lines = seen(pilot.app).splitlines()
        assert "4 claims · 3 speakers · 3 outlets · 3 Oct to 23 Nov 2026" in lines[1]
        assert "2 contradict · 3 told differently elsewhere · 1 unclear · 1 unchecked · 3 articles unread" in lines[2]
        assert "Oct 2026 ▃ 1" in lines[3]
        assert "Nov █ 3" in lines[3]


async def test_an_entry_has_day_speaker_words_outlet_verdict_and_note(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(160, 40)) as pilot:
        await press(pilot, *HARBOUR)
        row = seen(pilot.app).splitlines()[4]
        for part in ("Today", "Ada Voss", "“We will keep 400 people", "The Evening Post", "supported ✎", "contradicts"):
            assert part in row
        assert "note: the payroll says 398" in seen(pilot.app)


async def test_other_wordings_are_told_with_the_heaviest_difference_first(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, *HARBOUR)
        shown = seen(pilot.app)
        assert "differs: 400 → 40 · not → –" in shown
        assert "contradicts (same words): false: A. Voss" in shown


async def test_side_by_side_and_enter_goes_to_the_other_place(news: Library, make_app: MakeApp, seen: Seen) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, *HARBOUR, "C")
        assert isinstance(pilot.app.screen, CompareScreen)
        assert "400 → 40 · not → –" in seen(pilot.app)
        line = next(line for line in seen(pilot.app).splitlines() if "Ada Voss · The Evening Post" in line)
        assert "A. Voss · City News" in line, "the two stand beside one another"
        await press(pilot, "enter")
        other = next(article for article in news.articles() if article.outlet == "City News")
        assert getattr(pilot.app.screen, "article_id", None) == other.id


async def test_n_goes_to_what_contradicts_or_differs(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, *HARBOUR, "n", "n")
        assert pilot.app.screen.query_one(EntryList).cursor == 2
        await press(pilot, "n")
        assert pilot.app.screen.query_one(EntryList).cursor == 0
        await press(pilot, "p")
        assert pilot.app.screen.query_one(EntryList).cursor == 2


async def test_views_are_newest_first_a_timeline_and_by_speaker(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR)
        assert entries(pilot.app)[-1].startswith("Nobody")
        await press(pilot, "V")
        assert entries(pilot.app)[:3] == ["─ Oct 2026", "Nobody has to fear f", "─ Nov 2026"]
        await press(pilot, "V")
        assert entries(pilot.app)[0] == "─ Ada Voss"
        await press(pilot, "g", "enter")
        assert isinstance(pilot.app.screen, DossierScreen)
        assert pilot.app.screen.subject.name == "Ada Voss"


async def test_enter_opens_the_reader_at_the_words(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR, "G", "enter")
        reader = pilot.app.screen
        claim = next(one for one in news.claims() if one.anchor.exact.startswith("Nobody"))
        assert getattr(reader, "article_id", None) == claim.anchor.article
        assert reader.view.selection == (claim.anchor.start, claim.anchor.end)  # type: ignore[attr-defined]
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, DossierScreen)


async def test_typing_shows_only_what_matches_and_the_figures_follow(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, *HARBOUR, "slash", *"lind")
        assert entries(pilot.app) == ["The harbour pays for"]
        assert "1 claim · 1 speaker" in seen(pilot.app)
        await press(pilot, *"zzz")
        assert "Nothing here matches" in seen(pilot.app)
        await press(pilot, "escape")
        assert len(entries(pilot.app)) == 4


async def test_a_dossier_opens_from_reader_pane_search_and_list(news: Library, make_app: MakeApp, seen: Seen) -> None:
    def subject(app: NewsreaderApp) -> tuple[str, str]:
        assert isinstance(app.screen, DossierScreen)
        return app.screen.subject.kind, app.screen.subject.name

    async with make_app(news).run_test(size=(120, 36), notifications=True) as pilot:
        await press(pilot, "D")
        assert "A dossier of what?" in next(note.message for note in pilot.app._notifications)
        await press(pilot, "slash", *"harb", "tab", "D")
        assert subject(pilot.app) == ("search", "harb")
        await press(pilot, "q", "escape", "enter", "right_square_bracket", "D")
        assert subject(pilot.app) == ("speaker", "Governor Lind")
        await press(pilot, "q", "tab", "G", "D")
        assert subject(pilot.app)[0] == "tag"
        await press(pilot, "q", "tab", "ctrl+f", *"schools", "escape", "D")
        assert subject(pilot.app) == ("search", "schools")
        assert "Governor Lind" in seen(pilot.app)


async def test_a_dossier_follows_what_is_changed_elsewhere(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR)
        news.remove_claim(next(one.id for one in news.claims() if one.anchor.exact.startswith("Nobody")))
        pilot.app.changed()  # type: ignore[attr-defined]
        await settle(pilot)
        assert len(entries(pilot.app)) == 3


async def test_a_tag_that_is_gone_leaves_an_empty_dossier_and_no_crash(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        news.remove_tag("cost of living")
        pilot.app.changed()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "Nothing has this tag" in seen(pilot.app)


async def test_copying_writes_a_file_with_the_source_and_the_whole_as_markdown(
    news: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR, "y")
        copied = tmp_path / "state" / "newsreader" / "copied.txt"
        assert copied.read_text("utf8").startswith("“We will keep 400 people")
        assert "— Ada Voss\nHarbour to stay open through the winter · The Evening Post" in copied.read_text("utf8")
        await press(pilot, "Y")
        text = copied.read_text("utf8")
        assert text.count("\n> ") == 4
        assert "400 → 40 · not → –" in text
        assert "Contradicts" in text


@pytest.mark.parametrize(("ending", "keys"), [("md", ()), ("json", ("end", "backspace", "backspace", *"json"))])
async def test_export_writes_the_dossier_in_the_form_of_the_ending(
    news: Library, make_app: MakeApp, tmp_path: Path, ending: str, keys: tuple[str, ...]
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR)
        claims = {row.entry.claim for row in pilot.app.screen.query_one(EntryList).rows if row.entry}
        await press(pilot, "E", *keys, "enter")
        assert isinstance(pilot.app.screen, DossierScreen)
    written = (tmp_path / f"dossier-harbour.{ending}").read_text("utf8")
    if ending == "json":
        assert len(claims) == 4
        assert {claim["id"] for claim in json.loads(written)["claims"]} == claims
    else:
        assert written.startswith("# Tag: harbour")


async def test_export_writes_no_claim_that_the_dossier_does_not_show(
    news: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    wanted = {claim.id for claim in news.claims() if "harbour" in news.tag_names(claim)}
    article = next(claim.anchor.article for claim in news.claims() if claim.id in wanted)
    other = news.tag_span(article, 0, 5, ["something else"])
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR, "E", "up", "enter")
    written = (tmp_path / "dossier-harbour.csv").read_text("utf8")
    assert all(one in written for one in wanted)
    assert other.id not in written


async def test_quotes_that_nobody_tagged_are_said_to_be_missing_from_an_export(
    stocked: Library, make_app: MakeApp, tmp_path: Path
) -> None:
    words = "We are not there yet,"
    article = stocked.articles()[0].id
    start = stocked.version(article).text.index(words)
    claim = stocked.tag_span(article, start, start + len(words), ["rates"])
    async with make_app(stocked).run_test(size=(80, 24), notifications=True) as pilot:
        pilot.app.push_screen(DossierScreen(Subject("speaker", "Governor Lind")))
        await settle(pilot)
        await press(pilot, "E", "up", "enter")
        (said,) = [note.message for note in pilot.app._notifications]
    assert "Wrote 1 claim of 1 article" in said
    assert "1 quote that nobody tagged" in said
    assert claim.id in (tmp_path / "dossier-governor-lind.csv").read_text("utf8")


async def test_export_never_writes_over_a_file_without_asking(
    news: Library, make_app: MakeApp, seen: Seen, tmp_path: Path
) -> None:
    there = tmp_path / "dossier-harbour.md"
    there.write_text("mine")
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, *HARBOUR, "E", "enter")
        assert "is there already" in seen(pilot.app)
        assert there.read_text() == "mine"
        await press(pilot, "enter")
        assert there.read_text("utf8") != "mine"


async def test_in_few_columns_and_lines_words_and_verdict_are_still_there(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    async with make_app(news).run_test(size=(40, 12)) as pilot:
        await press(pilot, *HARBOUR)
        lines = seen(pilot.app).splitlines()
        assert "“We will keep 400 people at the" in lines[0]
        assert "supported · contradicts" in lines[2]
        assert pilot.app.screen.query_one(DossierHead).display is False


def test_the_plot_says_every_bar_in_words_and_numbers() -> None:
    bars = plot({"2026-09-02": 1, "2026-11-21": 1, "2026-11": 2}, 120)
    assert [(bar.name, bar.bar, bar.count) for bar in bars] == [("Sep 2026", "▃", 1), ("Oct", " ", 0), ("Nov", "█", 3)]


@pytest.mark.parametrize("width", [10, 40, 80, 200])
def test_the_plot_fits(width: int) -> None:
    bars = plot({f"{year}-{month:02}": 1 for year in range(1990, 2027) for month in range(1, 13)}, width)
    assert 1 <= len(bars) <= max(1, width // 10)


def test_the_plot_takes_any_day() -> None:
    assert plot({"": 1, "undated": 1, "20": 1, "2026": 1}, 80)[0].count == 1
    assert plot({}, 80) == []


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-09-02", "2026-11-23", "2 Sep to 23 Nov 2026"),
        ("2025", "2026-11", "2025 to Nov 2026"),
        ("2026-11-23", "2026-11-23", "23 Nov 2026"),
        ("", "", ""),
    ],
)
def test_a_stretch_of_time_is_said_shortly(first: str, last: str, said: str) -> None:
    assert span(first, last) == said


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "[b] \x1b]0;x\x07", "", "…", "Шараа", "x" * 300])
def test_the_name_of_the_file_is_never_a_path(name: str) -> None:
    from store.dossier.records import Subject

    made = file_name(Subject("tag", name))
    assert made.startswith("dossier")
    assert made.replace("-", "").replace("_", "").isalnum()
    assert len(made) < 80


async def test_words_without_a_day_are_undated_and_last_instead_of_new(
    news: Library, make_app: MakeApp, seen: Seen
) -> None:
    text = "“The quay was sound then,” said Ada Voss."
    quote = Quote(kind="direct", spans=((1, 25),), speaker="Ada Voss", why="named")
    voss = ArticleSpeaker(name="Ada Voss", kind="person")
    news.add(
        Extract(path="old.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="An old page"),
        Analysis(analyser="test", quotes=(quote,), speakers=(voss,)),
    )
    last = next(person.last for person in people(news) if person.name == "Ada Voss")
    assert last == "2026-11-23", "the day it came in is no day of speech"
    async with make_app(news).run_test(size=(120, 36)) as pilot:
        await press(pilot, "4", "enter")
        await settle(pilot)
        shown = [line for line in seen(pilot.app).splitlines() if "The quay was sound" in line]
        assert shown[0].lstrip("▌ ").startswith("undated")
        assert entries(pilot.app)[-1].startswith("The quay")


@pytest.mark.parametrize("views", [0, 1, 2])
async def test_enter_in_the_filter_opens_the_first_words_found_in_every_view(
    news: Library, make_app: MakeApp, views: int
) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR, *"V" * views, "/", *"lind", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_words_take_the_room_of_columns_in_which_nothing_stands(
    library: Library, make_app: MakeApp, seen: Seen
) -> None:
    words = "the harbour will be dredged before the spring, and no berth will be closed for it"
    text = f"“{words},” said Ada Voss."
    made = Quote(kind="direct", spans=((1, 1 + len(words)),), speaker="Ada Voss")
    article = library.add(
        Extract(path="a.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="Harbour", outlet="Post"),
        Analysis(analyser="test", quotes=(made,), speakers=(ArticleSpeaker(name="Ada Voss", kind="person"),)),
    ).article
    claim = library.tag_span(article.id, 1, 1 + len(words), ["harbour"])
    async with make_app(library).run_test(size=(136, 36)) as pilot:
        await press(pilot, "3", "enter")
        row = next(line for line in seen(pilot.app).splitlines() if "Ada Voss" in line)
        assert words in row
        library.set_verdict(claim.id, "disputed")
        pilot.app.changed()  # type: ignore[attr-defined]
        await settle(pilot)
        row = next(line for line in seen(pilot.app).splitlines() if "Ada Voss" in line)
        assert words not in row
        assert row.rstrip().endswith("disputed")


async def test_keys_move_in_the_entries_again_when_undo_brings_them_back(news: Library, make_app: MakeApp) -> None:
    async with make_app(news).run_test(size=(80, 24)) as pilot:
        await press(pilot, *HARBOUR)
        for claim in list(news.claims()):
            news.remove_claim(claim.id)
        pilot.app.changed()  # type: ignore[attr-defined]
        await settle(pilot)
        assert pilot.app.screen.query_one(EntryList).current is None
        await press(pilot, *"uuuuu", "g", "G")
        entries = pilot.app.screen.query_one(EntryList)
        assert entries.cursor == len(entries.rows) - 1 > 0
