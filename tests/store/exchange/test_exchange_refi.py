"""Texts and claims as a REFI-QDA project, loaded by another program."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject
from pyrefiqda.models.project import CodeType, Project, TextSourceType

from store.exchange import write_export
from store.library import Library
from store.model import Analysis, Extract

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "helpers" / "refi_project.xsd"))
NS = {"q": "urn:QDA-XML:project:1.0"}


@pytest.fixture
def path(library: Library, tmp_path: Path) -> Path:
    article = next(article for article in library.articles() if article.title == "Bread")
    library.tag_span(article.id, 0, 5, ["economy/trade/bread & butter"], note="\x0cone\x00two\ufffe")
    write_export(library, tmp_path / "x.qdpx", form="refi")
    return tmp_path / "x.qdpx"


@pytest.fixture
def project(path: Path, tmp_path: Path) -> Project:
    return RefiProject.load(path, str(tmp_path / "unpacked"))


def codes(project: Project) -> dict[str, str]:
    """The path of every code by its id."""
    found: dict[str, str] = {}

    def walk(one: CodeType, above: str) -> None:
        found[one.guid] = f"{above}{one.name}"
        for code in one.code:
            walk(code, f"{above}{one.name}/")

    for one in project.code_book.codes.code:
        walk(one, "")
    return found


def texts(project: Project, folder: Path) -> list[tuple[TextSourceType, str]]:
    return [
        (source, RefiProject.resolve_source_path(source.plain_text_path, folder).read_bytes().decode())
        for source in project.sources.text_source
    ]


def written(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("project.qde"))


def test_a_project_is_what_the_standard_demands(path: Path) -> None:
    SCHEMA.assertValid(written(path))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda root: root.append(root[0]),
        lambda root: root.attrib.pop("name"),
        lambda root: root.find(".//q:Code", NS).attrib.pop("isCodable"),
        lambda root: root.find(".//q:Codes", NS).clear(),
        lambda root: root.find(".//q:PlainTextSelection", NS).set("startPosition", "4.5"),
        lambda root: root.find(".//q:CodeRef", NS).set("targetGUID", "economy"),
        lambda root: root.find(".//q:TextSource", NS).set("creationDateTime", "yesterday"),
    ],
)
def test_the_standard_bites(path: Path, spoil: Callable[[etree._Element], object]) -> None:
    root = written(path)
    spoil(root)
    assert not SCHEMA.validate(root)


def test_a_library_without_tags_or_without_anything_makes_a_valid_project_too(tmp_path: Path) -> None:
    with Library.open(tmp_path / "bare") as library:
        for text in ("", "Bread will be cheap, and wheat is not a weapon."):
            if text:
                library.add(Extract(path="/bread.txt", text=text, blocks=(), title="Bread"), Analysis(analyser="none"))
            write_export(library, tmp_path / "bare.qdpx", form="refi")
            root = written(tmp_path / "bare.qdpx")
            SCHEMA.assertValid(root)
            assert len(root.findall(".//q:TextSource", NS)) == bool(text)


def test_another_program_finds_every_claim_where_it_stands(library: Library, project: Project, tmp_path: Path) -> None:
    found = {
        selection.guid: text[selection.start_position : selection.end_position]
        for source, text in texts(project, tmp_path / "unpacked")
        for selection in source.plain_text_selection
    }
    assert found == {claim.id: claim.anchor.exact for claim in library.claims()}
    assert "Bread will be cheap " in found.values(), "a claim on an older text, in that text"


def test_a_claim_has_its_tags_speaker_and_verdict_as_codes_and_its_note(library: Library, project: Project) -> None:
    names, notes = codes(project), {note.guid: note.plain_text_content for note in project.notes.note}
    selections = {one.guid: one for source in project.sources.text_source for one in source.plain_text_selection}
    for claim in library.claims():
        selection = selections[claim.id]
        expected = set(library.tag_names(claim))
        expected |= {f"Speaker/{claim.speaker}"} if claim.speaker else set()
        expected |= {f"Verdict/{claim.verdict}"} if claim.verdict != "open" else set()
        expected |= {f"Speech/{claim.speech}"} if claim.speech else set()
        assert {names[coding.code_ref.target_guid] for coding in selection.coding} == expected
        if claim.note and "\x00" not in claim.note:
            assert [notes[ref.target_guid] for ref in selection.note_ref] == [claim.note]
    (said,) = [one.description for one in selections.values() if one.description and "carried" in one.description]
    assert said == "carried by Reuters; said on 2026-01"


def test_what_xml_cannot_hold_is_replaced_one_for_one(project: Project) -> None:
    assert "\ufffdone\ufffdtwo\ufffd" in {note.plain_text_content for note in project.notes.note}


def test_a_day_that_was_inferred_is_told_as_such(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        project = archive.read("project.qde").decode()
    assert project.count("2026-01-28 (inferred)") == project.count("2026-01-28") == 1


def test_texts_are_plain_utf8_with_lf(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names[0] == "project.qde"
        assert len(names) == len(set(names)) == 4
        for name in names[1:]:
            data = archive.read(name)
            assert name.startswith("sources/")
            assert not data.startswith(b"\xef\xbb\xbf")
            assert b"\r" not in data
        root = etree.fromstring(archive.read("project.qde"))
        paths = root.xpath("//q:TextSource/@plainTextPath", namespaces=NS)
        assert sorted(paths) == sorted(name.replace("sources/", "internal://") for name in names[1:])
        assert not archive.read("project.qde").startswith(b"\xef\xbb\xbf")


def test_every_id_is_there_once_and_every_reference_leads_somewhere(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    ids = root.xpath("//@guid")
    assert len(ids) == len(set(ids))
    assert set(root.xpath("//@targetGUID | //@creatingUser | //@modifyingUser")) <= set(ids)
    assert [child.tag.partition("}")[2] for child in root] == ["Users", "CodeBook", "Sources", "Notes"]


def test_a_tag_within_another_is_a_code_within_another(library: Library, tmp_path: Path) -> None:
    library.merge_tags("@home", "economy")
    write_export(library, tmp_path / "x.qdc", form="codebook")
    book = RefiCodebook.load(tmp_path / "x.qdc")
    top = {code.name: code for code in book.codes.code}
    assert set(top) == {"economy", "رحيل"}
    assert [code.name for code in top["economy"].code] == ["trade"]
    assert top["economy"].guid == library.tag("economy").id
