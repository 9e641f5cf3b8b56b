"""An export never replaces a file of the library that it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import ExchangeError
from store.exchange import write_export
from store.intake import take_in_all
from store.library import Library
from store.paths import sample_files


@pytest.mark.parametrize("form", ["json", "csv", "refi"])
def test_an_export_onto_a_file_of_its_own_library_is_refused_and_nothing_is_lost(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "library"
    link = tmp_path / "elsewhere"
    link.symlink_to(folder)
    with Library.open(folder) as library:
        list(take_in_all(library, [str(sample_files()[0])]))
        claim = library.tag_span(library.articles()[0].id, 0, 30, ["Russian bases"])
        inside = [path for path in folder.rglob("*") if path.is_file()]
        for path in (*inside, folder / "new.json", link / "library.json", link / "journal-000001.jsonl"):
            with pytest.raises(ExchangeError, match="own folder"):
                write_export(library, path, form=form)
    with Library.open(folder) as again:
        assert [kept.id for kept in again.claims()] == [claim.id]
        assert not again.notices


def test_an_export_beside_the_library_is_written(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        write_export(library, tmp_path / "library.json")
    assert (tmp_path / "library.json").read_bytes().startswith(b'{"format"')
