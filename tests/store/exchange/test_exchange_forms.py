"""What holds for every format of an export."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from store.errors import ExchangeError
from store.exchange import FORMS, Scope, Selection, Tally, form_named, form_of_file, write_export
from store.library import Library
from store.model import Analysis, Claim, Extract


def written(library: Library, form: str, scope: Scope | None = None) -> bytes:
    return b"".join(FORMS[form].export(Selection(library, scope or Scope())))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_the_same_each_time_and_written_whole(library: Library, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"x{FORMS[form].endings[0]}"
    report = write_export(library, path, form=form)
    assert (report.claims, report.articles) == ({"codebook": 0, "claimreview": 1}.get(form, 4), 2)
    assert (
        path.read_bytes() == FORMS[form].begins + written(library, form) == FORMS[form].begins + written(library, form)
    )


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_form_tells_the_folders_of_a_person(library: Library, form: str) -> None:
    assert b"somebody" not in written(library, form)
    assert "a.txt" in written(library, "json").decode()
    assert "/home/somebody/news/a.txt" in written(library, "json", Scope(paths=True)).decode()


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"codebook"}))
def test_every_form_that_holds_claims_says_where_their_story_was_told_too(
    library: Library, tmp_path: Path, form: str
) -> None:
    first = next(article for article in library.articles() if article.outlet == "Post")
    copy = Extract(path="", text="Copied.", blocks=(), title="Copy", outlet="Courier", url="https://c.example/1")
    library.file_under(library.add(copy, Analysis(analyser="t")).article.id, first.id)
    told = unpacked(written(library, form), tmp_path)
    assert "Courier" in told
    assert "c.example/1" in told.replace("\\", "")


def unpacked(export: bytes, tmp_path: Path) -> str:
    """Give an export as text, also when it is an archive."""
    if not export.startswith(b"PK"):
        return export.decode()
    path = tmp_path / "export.zip"
    path.write_bytes(export)
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_can_be_of_nothing(tmp_path: Path, form: str) -> None:
    with Library.open(tmp_path / "empty") as library:
        report = write_export(library, tmp_path / "x", form=form)
        assert (report.claims, report.articles, report.lost) == (0, 0, ())
    assert (tmp_path / "x").stat().st_size > 0


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_can_be_of_some_claims(library: Library, form: str) -> None:
    claim = tagged(library, "economy")
    some = written(library, form, Scope([claim.anchor.article], [claim.id]))
    assert len(some) < len(written(library, form))
    assert b"first line" not in some


def tagged(library: Library, name: str) -> Claim:
    return next(claim for claim in library.claims() if library.tag_names(claim) == (name,))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_that_cannot_be_written_leaves_no_file_and_no_half_of_one(
    library: Library, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "there").write_bytes(b"old")
    with pytest.raises(ExchangeError, match="not written"):
        write_export(library, folder / "no" / "x", form=form)
    with pytest.raises(ExchangeError, match="disk is full"):
        write_export(library, Path("/dev/full"), form=form)
    assert [path.name for path in folder.iterdir()] == ["there"]


def test_what_a_form_cannot_hold_is_said_with_its_number(library: Library) -> None:
    def lost(form: str) -> str:
        return ", ".join(Tally(Selection(library)).lost(FORMS[form].lost))

    assert "2 local files' folders" in lost("json")
    assert "2 articles' raw sources" in lost("json")
    assert "2 articles' whole texts" in lost("csv")
    assert "1 quote found by the program" in lost("csv")
    assert "3 claims without a verdict" in lost("claimreview")
    assert "4 claims" in lost("codebook")
    assert "texts" not in lost("refi")
    assert "unused" not in lost("csv")
    library.tag_span(library.articles()[0].id, 0, 3, ["soon gone"])
    library.untag(tagged(library, "soon gone").id, "soon gone")
    assert "1 tag without claims" in lost("csv")


def test_a_form_is_found_by_its_name_and_by_the_ending_of_a_file() -> None:
    assert [form_named(name) for name in ("json", "md", "MARKDOWN", "qdpx", "docx", "")] == [
        "json", "markdown", "markdown", "refi", None, None,
    ]  # fmt: skip
    names = (
        "a.json",
        "a.claimreview.json",
        "a.md",
        "a.receipt.md",
        "A.QDPX",
        "a.qdc",
        "a.brat.zip",
        "a.jsonld",
        "a",
        "-",
    )
    assert [form_of_file(name) for name in names] == [
        "json", "claimreview", "markdown", "receipt", "refi", "codebook", "brat", "webannotation", None, None,
    ]  # fmt: skip
    for form in FORMS:
        assert all(form_of_file(f"x{ending}") == form for ending in FORMS[form].endings)
