"""Queries kept under a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import LibraryError, UnknownRecordError
from store.exchange import export_json, import_json
from store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


def names(library: Library) -> list[str]:
    return [saved.name for saved in library.saved_searches()]


def test_a_saved_search_is_there_after_a_restart_and_found_in_any_case(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.save_search("@Bases abroad", "  tag:bases   -outlet:tass ")
    with Library.open(tmp_path / "library") as library:
        saved = library.saved_search("bases-ABROAD")
        assert (saved.name, saved.query) == ("Bases-abroad", "tag:bases -outlet:tass")


def test_saving_under_a_name_again_changes_the_search(library: Library) -> None:
    first = library.save_search("bases", "tag:bases")
    second = library.save_search("Bases", "tag:harbours")
    assert (second.id, second.query, names(library)) == (first.id, "tag:harbours", ["bases"])


def test_saving_and_forgetting_can_be_undone(library: Library) -> None:
    library.save_search("bases", "tag:bases")
    library.remove_search("bases")
    assert names(library) == []
    assert library.undo() == "forget the search @bases"
    assert names(library) == ["bases"]
    assert library.undo() == "save the search @bases"
    assert names(library) == []
    library.redo()
    assert names(library) == ["bases"]


@pytest.mark.parametrize("name", ["", "@", 'a"b', "a,b", "a:b", "x" * 61, "\x1b[31m"])
def test_a_name_that_could_not_be_typed_is_refused_in_one_line(library: Library, name: str) -> None:
    with pytest.raises(LibraryError) as error:
        library.save_search(name, "words")
    assert "\n" not in str(error.value)
    assert "\x1b" not in str(error.value)


def test_a_search_without_words_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="needs words"):
        library.save_search("nothing", "  ")


def test_an_unknown_name_says_where_the_known_ones_are(library: Library) -> None:
    with pytest.raises(UnknownRecordError, match="search --list"):
        library.saved_search("nothing")


def test_saved_searches_go_out_and_come_in_with_an_export(library: Library, tmp_path: Path) -> None:
    library.save_search("bases", "tag:bases")
    library.save_search("шараа", "speaker:шараа after:2026")
    data = b"".join(export_json(library))
    with Library.open(tmp_path / "second") as second:
        assert import_json(second, data).added == 2
        assert b"".join(export_json(second)) == data
        revision = second.revision
        assert import_json(second, data).added == 0
        assert second.revision == revision
        second.undo()
        assert names(second) == []


def test_a_search_of_the_same_name_from_elsewhere_is_kept_beside_ours_once(library: Library, tmp_path: Path) -> None:
    library.save_search("bases", "tag:bases")
    data = b"".join(export_json(library))
    with Library.open(tmp_path / "second") as second:
        second.save_search("Bases", "tag:harbours")
        report = import_json(second, data)
        assert "@bases-2" in report.notes[0]
        assert {saved.name: saved.query for saved in second.saved_searches()} == {
            "Bases": "tag:harbours",
            "bases-2": "tag:bases",
        }
        import_json(second, data)
        assert names(second) == ["Bases", "bases-2"]


def test_a_saved_search_that_cannot_be_one_is_refused_on_import(library: Library) -> None:
    library.save_search("bases", "tag:bases")
    export = json.loads(b"".join(export_json(library)))
    export["searches"][0] |= {"id": "01930000-0000-7000-8000-000000000001", "name": 'x" OR'}
    report = import_json(library, json.dumps(export).encode())
    assert len(report.refused) == 1
    assert names(library) == ["bases"]
