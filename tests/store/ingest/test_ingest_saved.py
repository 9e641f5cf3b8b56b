"""Mails, Markdown and pages as other programs really write them, and data that are no article."""

from __future__ import annotations

import base64
import io
import plistlib
import zipfile
from pathlib import Path

import pytest
from stories import PIER

from store.errors import SourceError
from store.ingest import expand, read
from store.ingest.listings import listing

TEXT = "\n\n".join(PIER)
PAGE = f"<h1>Pier closes</h1>{''.join(f'<p>{words}</p>' for words in PIER)}"


def mail(body: str, kind: str = "text/plain; charset=utf-8", encoding: str = "8bit") -> bytes:
    head = (
        "From: Ines Falk <ines@courier.example>\nSubject: Pier closes\nDate: Wed, 04 Mar 2026 22:10:00 +0200\n"
        f"MIME-Version: 1.0\nMessage-ID: <1@courier.example>\nContent-Type: {kind}\n"
    )
    return f"{head}Content-Transfer-Encoding: {encoding}\n\n{body}".encode()


def alternatives(plain: str, html: str) -> bytes:
    return mail(
        f"--x\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--x\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(html.encode()).decode()}\n--x--\n",
        "multipart/alternative; boundary=x",
    )


def refusal(path: str, raw: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(path, raw)
    return str(caught.value)


# -- mails -------------------------------------------------------------------------------------------------------------


def test_a_mail_whose_lines_were_cut_within_words_is_whole_again() -> None:
    cut = "\n\n".join(" \n".join(words[at : at + 50] for at in range(0, len(words), 50)) for words in PIER)
    found = read("a.eml", mail(f"{cut}\n\n-- \nInes\n", 'text/plain; charset=utf-8; format=flowed; delsp="yes"'))
    assert found.text == TEXT
    assert [one.text for one in found.removed] == ["--", "Ines"]


def test_a_mail_whose_html_shows_nothing_gives_its_plain_text() -> None:
    assert read("a.eml", alternatives(TEXT, "<html><body><img src='cid:1'></body></html>")).text == TEXT


def test_what_a_newsletter_hides_above_its_text_is_left_out_and_can_be_shown() -> None:
    teaser = "Why the islands will be without a boat, and who decided it"
    hidden = f"<div style='display:none;max-height:0'>{teaser}</div>"
    found = read("a.eml", alternatives("Open in a browser", f"<html><body>{hidden}{PAGE}</body></html>"))
    assert teaser not in found.text
    assert [one.text for one in found.removed if one.reason == "not shown by the page"] == [teaser]


def test_a_line_that_is_hidden_once_and_shown_below_is_kept() -> None:
    hidden = f"<div style='display:none'>{PIER[0]}</div>"
    found = read("a.eml", alternatives("x", f"<html><body>{hidden}{PAGE}</body></html>"))
    assert found.text.count(PIER[0]) == 1
    assert found.text.endswith(PIER[-1])


def test_a_mailbox_of_several_mails_is_not_read_as_one() -> None:
    one = b"From ines@courier.example Wed Mar  4 20:10:00 2026\n" + mail(TEXT) + b"\n"
    assert read("a.mbox", one).text == TEXT
    assert "mailbox of several mails" in refusal("a.mbox", one + b"\n" + one)


# -- Markdown ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Pier closes\nauthor:\n  - name: Ines Falk\n    email: ines@courier.example\n  - Jane Roe\n"
        "date: 2026-03-04\n---\n\n",
        "% Pier closes\n% Ines Falk; Jane Roe\n% 4 March 2026\n\n",
        "Title: Pier closes\nAuthor: Ines Falk, Jane Roe\nDate: 2026-03-04\n\n",
    ],
    ids=("YAML with objects", "Pandoc", "MultiMarkdown"),
)
def test_what_stands_above_a_text_names_its_title_writers_and_day(front: str) -> None:
    found = read("a.md", f"{front}{TEXT}\n".encode())
    assert (found.title, found.authors, found.published) == ("Pier closes", ("Ines Falk", "Jane Roe"), "2026-03-04")
    assert found.text == TEXT


def test_a_text_that_begins_with_a_percentage_or_a_label_is_text() -> None:
    assert read("a.md", b"% of the boats are tied up.\nThe rest sail.\n").text.startswith("% of the boats")
    assert read("a.md", b"Note: the pier is closed.\nIt rained.\n\nMore.\n").text.startswith("Note: the pier")


# -- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_saved_by_safari_is_read_with_its_address(form: plistlib.PlistFormat) -> None:
    page = {
        "WebResourceData": f"<html><body><article>{PAGE}</article></body></html>".encode("utf-16-le"),
        "WebResourceURL": "https://courier.example/pier",
        "WebResourceTextEncodingName": "UTF-16",
    }
    raw = plistlib.dumps({"WebMainResource": page, "WebSubresources": []}, fmt=form)
    found = read("pier.webarchive", raw)
    assert (found.title, found.url, found.raw) == ("Pier closes", "https://courier.example/pier", raw)
    assert found.text == TEXT


@pytest.mark.parametrize("raw", [b"bplist00", b"bplist00" + bytes(60), plistlib.dumps({"URL": "https://a.example"})])
def test_a_property_list_without_a_page_is_refused(raw: bytes) -> None:
    assert "no page in this file" in refusal("a.webarchive", raw)


def test_a_page_that_an_extension_saved_keeps_its_address() -> None:
    note = '<meta name="savepage-url" content="https://courier.example/pier?a=1&amp;b=2">'
    found = read("a.html", f"<html><head>{note}</head><body><article>{PAGE}</article></body></html>".encode())
    assert found.url == "https://courier.example/pier?a=1&b=2"


# -- documents of office programs -------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ABOUT = (
    '<p xmlns:dc="d" xmlns:dcterms="t"><dc:title>Pier closes</dc:title><dc:creator>A Typist</dc:creator>'
    "<dcterms:created>2026-03-04T20:10:00Z</dcterms:created><dcterms:modified>2026-03-04T21:00:00Z</dcterms:modified></p>"
)


def document(body: str, about: str = _ABOUT) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        archive.writestr("docProps/core.xml", about)
    return held.getvalue()


def paragraph(words: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


def test_a_word_document_gives_its_paragraphs_and_no_typist_as_writer() -> None:
    changed = "<w:p><w:r><w:t>Boats </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    changed += "<w:ins><w:r><w:t>will sail.</w:t></w:r></w:ins><w:r><w:tab/><w:t>Soon.</w:t></w:r></w:p>"
    boxes = f"<w:p><w:r><w:box>{paragraph('A box.')}</w:box><w:Fallback>{paragraph('A box.')}</w:Fallback></w:r></w:p>"
    body = paragraph("Pier closes", "Title") + paragraph(PIER[0]) + paragraph("Costs", "Heading2") + changed + boxes
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("2026", "3.4 million"))
    laid = f"<w:tc>{paragraph(PIER[1])}{paragraph(PIER[2])}</w:tc>"
    found = read("a.docx", document(f"{body}<w:tbl><w:tr>{cells}</w:tr><w:tr>{laid}</w:tr></w:tbl>"))
    assert [(block.kind, found.text[block.start : block.end]) for block in found.blocks] == [
        ("paragraph", PIER[0]),
        ("subhead", "Costs"),
        ("paragraph", "Boats will sail. Soon."),
        ("paragraph", "A box."),
        ("list", "2026 · 3.4 million"),
        ("paragraph", PIER[1]),
        ("paragraph", PIER[2]),
    ]
    assert (found.title, found.authors) == ("Pier closes", ())
    assert (found.published, found.published_inferred) == ("2026-03-04", True)
    assert read("a.docx", document(body, _ABOUT.replace("04T21", "09T21"))).published is None


def test_an_opendocument_text_is_read_without_its_notes() -> None:
    spaces = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:office="o"'
    note = "<text:note><text:note-citation>1</text:note-citation><text:p>A note.</text:p></text:note>"
    body = (
        f"<office:d {spaces}><text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Pier closes</text:h>'
        f"<text:p>He said <text:span>“no”</text:span>{note}<text:s/>and left.</text:p></office:d>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", body)
    found = read("-", held.getvalue())
    assert (found.title, found.text) == ("Pier closes", "He said “no” and left.")


def test_a_document_that_is_broken_swells_or_holds_a_bomb_is_refused_in_one_line() -> None:
    whole = document(paragraph(PIER[0]))
    assert "damaged or protected" in refusal("a.docx", whole[: len(whole) // 2] + b"word/document.xml")
    packed_away = io.BytesIO()
    with zipfile.ZipFile(packed_away, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(30_000_000))
    assert "unpacks to more than 20 MB" in refusal("a.docx", packed_away.getvalue())
    nested = "<w:p>" * 20_000 + "<w:r><w:t>It rained.</w:t></w:r>" + "</w:p>" * 20_000
    assert read("a.docx", document(nested)).text == "It rained."
    tables = "<w:tbl><w:tr><w:tc>" * 3_000 + paragraph(PIER[0]) + "</w:tc></w:tr></w:tbl>" * 3_000
    assert read("a.docx", document(tables)).text == PIER[0]
    bomb = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{_ABOUT}'
    assert "entities" in refusal("a.docx", document(paragraph("Hm."), bomb))
    assert "more than 1,000,000 tags" in refusal("a.docx", document("<w:p/>" * 1_100_000))


# -- what is no article ------------------------------------------------------------------------------------------------


def test_data_for_programs_are_no_article() -> None:
    words = "".join(f"<p>{words}</p>" for words in PIER)
    assert "data for programs (XML)" in refusal("a.xml", f"<?xml version='1.0'?><nitf>{words}</nitf>".encode())


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def test_an_archive_is_to_be_unpacked_and_a_document_to_be_saved() -> None:
    assert "unpack it and add what is in it" in refusal("pocket.zip", packed("part_000000.csv"))
    assert "an office document" in refusal("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"))


# -- names and folders -------------------------------------------------------------------------------------------------


def test_what_browsers_and_file_managers_hand_on_names_the_source_that_is_meant() -> None:
    named = [
        "feed://a.example/rss",
        "feed:https://a.example/rss",
        "FEED:http://a.example",
        "feed:x",
        "file:///tmp/a%20b",
    ]
    meant = ["http://a.example/rss", "https://a.example/rss", "http://a.example", "feed:x", "/tmp/a b"]
    assert list(expand(named)) == meant


def test_an_address_without_its_beginning_is_told_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("www.courier.example", "courier.example/pier"):
        with pytest.raises(SourceError, match=f"is it an address\\? Then https://{name}"):
            read(name)


def test_the_pages_beside_the_lists_of_an_export_are_no_articles_of_their_own(tmp_path: Path) -> None:
    for folder in ("content", "highlights"):
        (tmp_path / folder).mkdir()
    (tmp_path / "metadata_0_to_20.json").write_text('[{"slug": "pier", "url": "https://a.example/1"}]')
    (tmp_path / "content" / "pier.html").write_text(PAGE)
    (tmp_path / "highlights" / "pier.md").write_text(f"> {PIER[0]}\n")
    (tmp_path / "own.txt").write_text(TEXT)
    assert [Path(name).name for name in expand([str(tmp_path)])] == ["metadata_0_to_20.json", "own.txt"]
    found = listing((tmp_path / "metadata_0_to_20.json").read_bytes(), str(tmp_path / "metadata_0_to_20.json"))
    assert found is not None
    assert (found.links[0].content, found.links[0].highlights[0].words) == (PAGE, PIER[0])
