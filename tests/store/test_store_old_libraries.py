"""A library of every schema there ever was is kept under fixtures and opened by today's program."""

import shutil
from pathlib import Path

import pytest

from store.check import check
from store.library import Library
from store.model import SCHEMA_VERSION

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(params=sorted(path.name for path in FIXTURES.glob("schema-*")))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / request.param, tmp_path / "library")
    return tmp_path / "library"


def test_every_schema_has_a_library() -> None:
    assert {path.name for path in FIXTURES.glob("schema-*")} == {f"schema-{n}" for n in range(1, SCHEMA_VERSION + 1)}


def test_an_old_library_opens_with_everything_a_person_made(folder: Path) -> None:
    with Library.open(folder) as library:
        (article,) = library.articles()
        assert (article.title, article.position, article.read, article.starred) == ("The bridge", 31, True, False)
        assert article.speakers[0] == "Dr Anna Berg"
        assert len(library.versions(article.id)) == 2
        ships, bridge = library.claims()
        assert (bridge.note, bridge.verdict, bridge.speaker, bridge.by) == (
            "check in 2027",
            "disputed",
            "Dr Anna Berg",
            "lina",
        )
        assert library.tag_names(bridge) == ("Bridges",)
        assert (ships.anchor.state, ships.speaker) == ("altered", None)
        assert [correction.value for correction in library.corrections()] == [""]
        assert [entry.what.split()[0] for entry in library.history(bridge.id)] == ["tag", "verdict", "add"]
        assert library.redo() == "star “The bridge”"
        assert library.article(article.id).starred
        assert library.undo() == "star “The bridge”"
        assert library.undo() == 'tag "Ships" on “ships may pass again”'


def test_an_old_library_is_whole(folder: Path) -> None:
    assert check(folder).problems == ()
