"""newsreader check: what is wrong is named in plain words, and mended where nothing has to be guessed."""

import os
from pathlib import Path

import pytest

from store.check import check
from store.errors import LibraryError
from store.exchange import export_json, import_json
from store.library import Library
from store.model import Analysis, Article, Block, Extract, Quote

TEXT = "The minister spoke.\n\n“We will open the bridge in 2027,” Anna Berg said."
QUOTE = Quote(kind="direct", spans=((22, 53),), speaker="Anna Berg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library") as library:
        extract = Extract(
            path="a.txt", text=TEXT, blocks=(Block("paragraph", 0, len(TEXT)),), title="The bridge", raw=TEXT.encode()
        )
        article = library.add(extract, Analysis(analyser="x", quotes=(QUOTE,))).article
        library.tag_span(article.id, 30, 40, ["Bridges"])
        library.correct_speaker(article.id, QUOTE, "Berta Anders")
        library.compact()
        library.star(article.id, on=True)
    return tmp_path / "library"


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def test_a_whole_library_has_no_problems(folder: Path) -> None:
    report = check(folder)
    assert report.ok
    assert report.problems == ()
    assert (report.counts["articles"], report.counts["claims"], report.counts["corrections"]) == (1, 1, 1)
    assert report.remarks == ()


def test_a_library_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        check(tmp_path / "nothing")


def test_a_damaged_snapshot_is_rebuilt_and_told(folder: Path) -> None:
    os.truncate(folder / "library.json", 100)
    report = check(folder)
    assert len(report.problems) == 1
    assert "damaged" in report.problems[0]
    assert report.ok
    assert check(folder).problems == ()


def test_a_missing_text_is_named_with_its_article(folder: Path) -> None:
    only(folder, "bodies/*/*.json").unlink()
    report = check(folder, repair=True)
    assert not report.ok
    assert "The bridge" in report.problems[0]
    assert "add it again" in report.problems[0]


def test_a_source_that_did_not_come_with_an_import_is_told_and_is_no_problem(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library, Library.open(tmp_path / "other") as other:
        import_json(other, b"".join(export_json(library)))
    report = check(tmp_path / "other")
    assert report.problems == ()
    assert any("no raw sources: 1" in remark for remark in report.remarks)


def test_a_lost_source_is_a_problem_and_an_undone_import_leaves_none(folder: Path, tmp_path: Path) -> None:
    only(folder, "sources/*/*").unlink()
    assert any("source" in problem for problem in check(folder).problems)
    with Library.open(folder) as library, Library.open(tmp_path / "other") as other:
        import_json(other, b"".join(export_json(library)))
        other.undo()
        assert other.articles() == []
    report = check(tmp_path / "other")
    assert report.problems == ()
    assert not any("raw sources" in remark for remark in report.remarks)


def test_a_changed_text_does_not_fit_its_checksum(folder: Path) -> None:
    body = only(folder, "bodies/*/*.json")
    body.write_bytes(body.read_bytes().replace(b"2027", b"2028"))
    problems = check(folder).problems
    assert any("does not fit its checksum" in problem for problem in problems)


def test_a_byte_that_is_no_utf8_is_damage_like_any_other(folder: Path) -> None:
    body = only(folder, "bodies/*/*.json")
    body.write_bytes(body.read_bytes().replace(b"bridge", b"bri\xffge"))
    assert any("damaged" in problem for problem in check(folder).problems)
    with Library.open(folder) as library, pytest.raises(LibraryError, match="damaged"):
        library.version(library.articles()[0].id)


def test_a_damaged_source_is_named_and_the_text_is_not_touched(folder: Path) -> None:
    only(folder, "sources/*/*").write_bytes(b"other")
    (problem,) = check(folder).problems
    assert "source" in problem
    assert "the text itself is not touched" in problem


def test_an_article_whose_entry_was_lost_is_found_again(folder: Path) -> None:
    with Library.open(folder) as library:
        article = library.articles()[0]
        library.storage.commit({"articles": dict.fromkeys(library.storage.tables["articles"])})
    report = check(folder)
    assert not report.ok
    assert check(folder, repair=True).ok
    assert check(folder).problems == ()
    with Library.open(folder) as library:
        assert library.article(article.id).title == "The bridge"


def test_a_deleted_article_does_not_come_back(folder: Path) -> None:
    with Library.open(folder) as library:
        library.delete_article(library.articles()[0].id)
    report = check(folder, repair=True)
    assert report.ok
    assert any("deleted" in remark for remark in report.remarks)
    with Library.open(folder) as library:
        assert library.articles() == []


def test_a_lost_tag_is_made_again_under_a_name_that_says_so(folder: Path) -> None:
    with Library.open(folder) as library:
        library.storage.commit({"tags": dict.fromkeys(library.storage.tables["tags"])})
    assert not check(folder).ok
    assert check(folder, repair=True).ok
    with Library.open(folder) as library:
        assert library.tag_names(library.claims()[0])[0].startswith("lost tag")


def test_what_a_crash_left_half_written_is_no_problem_and_is_removed_by_a_repair(folder: Path) -> None:
    half = only(folder, "bodies/*") / ".x.json.123.tmp"
    half.write_bytes(b"{")
    report = check(folder)
    assert report.problems == ()
    assert any("half written when a program was ended: 1" in remark for remark in report.remarks)
    assert half.exists()
    assert check(folder, repair=True).ok
    assert not half.exists()
    assert not any("half written" in remark for remark in check(folder).remarks)


def test_a_record_that_cannot_be_read_hides_no_other_and_is_kept(folder: Path) -> None:
    with Library.open(folder) as library:
        library.storage.commit({"articles": {"5": {"id": "x", "title": 7}}})
        assert [article.title for article in library.articles()] == ["The bridge"]
        assert any("cannot be read" in notice for notice in library.notices)
    report = check(folder, repair=True)
    assert not report.ok
    with Library.open(folder) as library:
        assert "5" in library.storage.tables["articles"]


def test_fields_of_a_newer_program_are_kept(folder: Path) -> None:
    with Library.open(folder) as library:
        table = library.db.table("claims")
        table.update({"stars_of_the_future": [1, 2]})
        claim = library.claims()[0]
        library.refresh()
        library.set_note(claim.id, "seen")
        library.undo()
        library.redo()
        (document,) = table.all()
        assert (document["note"], document["stars_of_the_future"]) == ("seen", [1, 2])
        assert isinstance(library.articles()[0], Article)


def test_another_machines_copy_is_named_with_the_way_to_join_it(folder: Path) -> None:
    for name in ("library (conflicted copy).json", "journal-000002.sync-conflict-20261125.jsonl"):
        (folder / name).write_text("{}")
    problems = check(folder, repair=True).problems
    assert len(problems) == 2
    assert all("import - joins two" in problem for problem in problems)
    assert (folder / "library (conflicted copy).json").exists()


def test_texts_without_a_library_are_no_new_library(folder: Path) -> None:
    for path in (*folder.glob("library.json*"), *folder.glob("journal-*"), *folder.glob("history/*")):
        path.unlink()
    with Library.open(folder, create=False) as library:
        assert library.articles() == []
        assert "restore a backup" in library.notices[0]
    assert not check(folder).ok
    check(folder, repair=True)
    assert check(folder).problems == ()
    with Library.open(folder) as library:
        assert [article.title for article in library.articles()] == ["The bridge"]


@pytest.mark.parametrize("lost", ["library.json", "library.json.bak"])
def test_after_a_repair_there_are_two_ways_again(folder: Path, lost: str) -> None:
    with Library.open(folder) as library:
        library.compact()
        articles, claims = library.articles(), library.claims()
    (folder / lost).write_bytes(b"rot")
    check(folder, repair=True)
    assert check(folder).remarks in ((), tuple(r for r in check(folder).remarks if "salvage" in r))
    (folder / "library.json").write_bytes(b"rot again")
    with Library.open(folder) as library:
        assert "previous snapshot" in library.notices[0]
        assert (library.articles(), library.claims()) == (articles, claims)


def test_two_lost_tags_get_two_names(folder: Path) -> None:
    with Library.open(folder) as library:
        library.tag_span(library.articles()[0].id, 0, 10, ["Other"])
        library.storage.commit({"tags": dict.fromkeys(library.storage.tables["tags"])})
    check(folder, repair=True)
    with Library.open(folder) as library:
        assert len({tag.name for tag in library.tags()}) == 2
