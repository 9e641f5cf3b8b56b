"""A library that an earlier version analysed: who said what is found again, and what a person said stays."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from store.ingest import read
from store.intake import take_in
from store.intake.renewing import outdated, renew
from store.library import Library
from store.model import Analysis
from store.speech import ANALYSER
from tui.cli import main

STORY = """The bridge

“The bridge is safe,” said Ada Quill, the mayor.

“It is not,” Peter Brandt, an engineer, told reporters.

“I would not cross it,” Brandt added.
"""
HUMAN = ("claims", "tags", "corrections", "speakers", "steps")


def human_bytes(library: Library) -> dict[str, dict[str, bytes]]:
    return {t: {key: bytes(doc) for key, doc in library.storage.tables.get(t, {}).items()} for t in HUMAN}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a library whose one article was analysed by an earlier form, wrongly, and then worked on."""
    (tmp_path / "a.txt").write_text(STORY)
    with Library.open(tmp_path / "library") as library:
        article = take_in(library, str(tmp_path / "a.txt")).article
        assert article is not None
        now = library.machine_analysis(article.id)
        safe, unsafe, crossing = now.quotes
        old = (replace(safe, speaker="Brandt"), replace(crossing, speaker=None))
        library.set_analysis(article.id, Analysis(analyser="newsreader-speech/1", quotes=old))
        library.tag_span(article.id, unsafe.start, unsafe.end, ["Safety"])
        library.correct_speaker(article.id, old[1], "P. Brandt (my own note)")
    return tmp_path / "library"


def test_texts_are_analysed_again_and_human_work_stays(folder: Path) -> None:
    with Library.open(folder) as library:
        (article,) = old = outdated(library)
        before = human_bytes(library)
        (renewed,) = renew(library, old)
        assert library.machine_analysis(article.id).analyser == ANALYSER
        assert [quote.speaker for quote in library.analysis(article.id).quotes] == [
            "Ada Quill",
            "Peter Brandt",
            "P. Brandt (my own note)",
        ]
        assert renewed.quotes == 3
        assert human_bytes(library) == before
        assert outdated(library) == []


def test_the_same_source_again_is_analysed_as_this_program_does(folder: Path) -> None:
    with Library.open(folder) as library:
        before = human_bytes(library)
        again = take_in(library, str(folder.parent / "a.txt"))
        assert again.outcome == "updated"
        assert again.article is not None
        assert library.analysis(again.article.id).quotes[0].speaker == "Ada Quill"
        assert human_bytes(library) == before


@pytest.mark.parametrize("lost", [False, True])
def test_the_same_source_again_keeps_the_text_that_an_earlier_cleaning_made(tmp_path: Path, lost: bool) -> None:
    source = tmp_path / "a.txt"
    source.write_text(f"{STORY}\nSubscribe to The Harbour Post\n")
    with Library.open(tmp_path / "library") as library:
        extract = read(str(source), source.read_bytes())
        longer = f"{extract.text}\n\nSubscribe to The Harbour Post"
        old = replace(extract, text=longer, extractor="newsreader-text/1")
        library.add(old, Analysis(analyser="newsreader-speech/1"))
        (kept,) = (path for path in (library.folder / "sources").rglob("*") if path.is_file())
        if lost:
            kept.unlink()
        again = take_in(library, str(source))
        assert again.outcome == "updated"
        (article,) = library.articles()
        assert [version.text for version in library.versions(article.id)] == [longer]
        assert library.analysis(article.id).quotes[0].speaker == "Ada Quill"
        assert kept.read_bytes() == source.read_bytes()
        assert take_in(library, str(source)).outcome == "unchanged"


@pytest.mark.parametrize("analyser", ["", "somebody-else/1", "newsreader-speech/99", "newsreader-speech/x"])
def test_what_no_earlier_form_found_is_left_alone(folder: Path, analyser: str) -> None:
    with Library.open(folder) as library:
        library.set_analysis(library.articles()[0].id, Analysis(analyser=analyser))
        assert outdated(library) == []


def test_check_tells_and_repair_does_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(folder), "check"]) == 0
    assert "note: 1 article analysed by an earlier version" in capsys.readouterr().out
    assert main(["--library", str(folder), "check", "--repair"]) == 0
    assert "note: 1 article analysed again" in capsys.readouterr().out
    assert main(["--library", str(folder), "check"]) == 0
    assert "earlier version" not in capsys.readouterr().out
