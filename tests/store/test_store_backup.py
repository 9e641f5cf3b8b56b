"""newsreader backup: the whole library in one file, and dated copies of the snapshot."""

import shutil
import tarfile
from pathlib import Path

import pytest

from store.backup import backup
from store.check import check
from store.engine import copies
from store.engine.layout import Layout
from store.errors import LibraryError
from store.library import Library
from store.model import Analysis, Block, Extract


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library")
    text = "One two three."
    extract = Extract(path="a.txt", text=text, blocks=(Block("paragraph", 0, 14),), title="Three words", raw=b"One")
    article = library.add(extract, Analysis(analyser="x")).article
    library.tag_span(article.id, 0, 3, ["Numbers"])
    library.compact()
    library.tag_span(article.id, 4, 7, ["Numbers"])
    return library


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_a_backup_unpacks_to_the_same_library(library: Library, tmp_path: Path, name: str) -> None:
    report = backup(library.folder, tmp_path / name)
    assert (report.articles, report.claims) == (1, 2)
    with tarfile.open(tmp_path / name) as archive:
        archive.extractall(tmp_path / "restored", filter="data")
    with Library.open(tmp_path / "restored" / "library") as restored:
        assert restored.notices == []
        assert restored.articles() == library.articles()
        assert restored.claims() == library.claims()
        assert restored.history(restored.claims()[1].id) == library.history(library.claims()[1].id)
        assert restored.source(restored.articles()[0].id) == b"One"
        assert restored.undo() == library.undo()
    assert check(tmp_path / "restored" / "library").ok


def test_a_backup_never_overwrites_a_file(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mine.tar").write_bytes(b"mine")
    with pytest.raises(LibraryError, match="name another"):
        backup(library.folder, tmp_path / "mine.tar")
    assert (tmp_path / "mine.tar").read_bytes() == b"mine"


def test_a_backup_to_a_folder_that_is_not_there_says_so_and_leaves_nothing(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="not found"):
        backup(library.folder, tmp_path / "nothing" / "b.tar")
    assert not (tmp_path / "nothing").exists()


def test_one_copy_a_day_is_kept_and_at_most_seven(library: Library) -> None:
    layout = Layout(library.folder / "library.json")
    (today,) = layout.backups.glob("library-*.json")
    for day in range(1, 9):
        (layout.backups / f"library-2020-01-{day:02d}.json").write_text("{}")
    assert copies.keep_daily(layout) == today
    assert today.read_bytes() == layout.snapshot.read_bytes()
    kept = sorted(path.name for path in layout.backups.iterdir())
    assert kept == [f"library-2020-01-{day:02d}.json" for day in range(3, 9)] + [today.name]


def test_a_copy_of_the_folder_goes_back_to_a_days_snapshot(library: Library, tmp_path: Path) -> None:
    library.compact()
    before = library.claims()
    (kept,) = (library.folder / "backups").glob("library-*.json")
    library.remove_claim(before[0].id)
    library.close()
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns("journal-*", "history", "*.bak", "library.json")
    shutil.copytree(library.folder, copy, ignore=ignored)
    shutil.copy(kept, copy / "library.json")
    with Library.open(copy) as earlier:
        assert [claim.id for claim in earlier.claims()] == [claim.id for claim in before]
        assert ["changes since the last snapshot may be missing" in line for line in earlier.notices] == [True]
        earlier.tag_span(earlier.articles()[0].id, 8, 13, ["Numbers"])
    with Library.open(copy) as again:
        assert len(again.claims()) == 3
        assert again.notices == []
    assert check(copy).ok
