"""Markdown, mails, saved pages, books and PDFs: each gives its article, each broken one a line."""

import contextlib
import io
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import SourceError
from store.ingest import read
from store.safe_text import clean

STORY = (
    "The harbour council of Lindholm voted on Tuesday to close the old ferry pier for two years.",
    "Mayor Greta Aslund said the wooden piles had rotted faster than engineers had expected.",
    "“We would rather lose two summers than a single passenger,” she told a packed meeting on the quay.",
    "Ferry crews asked for written promises that their contracts would be kept until the reopening.",
    "Repairs are expected to cost eleven million crowns, half of it paid by the province.",
)


def kinds(extract) -> list[tuple[str, str]]:
    return [(b.kind, extract.text[b.start : b.end]) for b in extract.blocks]


class TestMarkdown:
    SOURCE = f"""---
title: "Pier closes: two years"
author: [Ines Falk, "[[Jonas Rehn]]"]
date: 2026-03-04
source: https://courier.example/pier
publication: Lindholm Courier
---
# Pier closes: two years

{STORY[0]}

## What *crews* want

> {STORY[2]}

- written [promises](https://x.example)
- a **stage** in the north

<script>alert(1)</script>

{STORY[4]}
"""

    def test_front_matter_says_what_is_known_of_it(self) -> None:
        found = read("pier.md", self.SOURCE.encode())
        assert (found.title, found.outlet, found.published) == (
            "Pier closes: two years",
            "Lindholm Courier",
            "2026-03-04",
        )
        assert (found.authors, found.url) == (("Ines Falk", "Jonas Rehn"), "https://courier.example/pier")

    def test_marks_become_roles_and_the_headline_is_not_in_the_text(self) -> None:
        assert kinds(read("pier.md", self.SOURCE.encode())) == [
            ("paragraph", STORY[0]),
            ("subhead", "What crews want"),
            ("quote", STORY[2]),
            ("list", "written promises"),
            ("list", "a stage in the north"),
            ("paragraph", STORY[4]),
        ]

    def test_front_matter_in_toml_is_read_as_well(self) -> None:
        raw = (
            '+++\ntitle = "Pier closes"\ndate = 2026-03-04T08:00:00Z\nauthors = ["Ines Falk", "Omar Lund"]\n'
            'url = "https://courier.example/pier"\n[params]\nlang = "xx"\n+++\n\nThe pier rotted faster than planned.\n'
        )
        for written in (raw, raw.replace("\n", "\r\n"), "\ufeff" + raw):
            found = read("a.md", written.encode())
            assert found.text == "The pier rotted faster than planned."
            assert (found.title, found.published) == ("Pier closes", "2026-03-04T08:00:00Z")
            assert found.authors == ("Ines Falk", "Omar Lund")
            assert found.url == "https://courier.example/pier"

    def test_what_stands_between_pluses_and_is_no_toml_is_text(self) -> None:
        found = read("a.md", b"+++\nThe pier: a story = of wood\n+++\n\nThe pier rotted.\n")
        assert "a story" in found.text

    def test_a_table_is_read_row_by_row(self) -> None:
        table = "| Party | For | Note |\n|---|--:|---|\n| Greens | **4** | |\n| | 2 | two & half |\n"
        found = read("a.md", f"# Votes\n\nThe council voted.\n\n{table}\nIt passed.\n".encode())
        assert found.text.split("\n\n") == [
            "The council voted.",
            "Party · For · Note",
            "Greens · 4",
            "2 · two & half",
            "It passed.",
        ]
        assert [block.kind for block in found.blocks] == ["paragraph", "list", "list", "list", "paragraph"]

    def test_without_front_matter_the_first_heading_is_the_title(self) -> None:
        found = read("pier.md", f"# Pier closes\n\n{STORY[0]}\n".encode())
        assert (found.title, found.text) == ("Pier closes", STORY[0])


def mail(plain: str = "", html: str = "", subject: str = "Fwd: The pier closes") -> bytes:
    message = EmailMessage()
    message["From"] = "Lindholm Courier <news@courier.example>"
    message["To"] = "reader@home.example"
    message["Subject"] = subject
    message["Date"] = "Wed, 04 Mar 2026 22:10:00 +0200"
    message["Message-ID"] = "<1@courier.example>"
    if plain:
        message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return bytes(message)


class TestMail:
    def test_a_newsletter_gives_subject_sender_date_and_story(self) -> None:
        html = "<table><tr><td><a href='x'>View in browser</a></td></tr>" + "".join(
            f"<tr><td><p>{words}</p></td></tr>" for words in STORY
        )
        found = read("news.eml", mail("Read this in HTML.", html + "<tr><td>Unsubscribe</td></tr></table>"))
        assert (found.title, found.outlet) == ("The pier closes", "Lindholm Courier")
        assert found.published == "2026-03-04T22:10:00+02:00"
        assert all(words in found.text for words in STORY)
        assert "Unsubscribe" not in found.text
        assert "Unsubscribe" in [removed.text for removed in found.removed]

    def test_a_plain_mail_is_read_and_known_by_its_bytes(self) -> None:
        found = read("-", mail("\n\n".join(STORY)))
        assert found.title == "The pier closes"
        assert all(words in found.text for words in STORY)

    @pytest.mark.parametrize("declared", ["windows-1251", "x-unknown", "unicode-1-1-utf-7", "us-ascii", '"', "utf-8"])
    def test_a_mail_is_read_whatever_charset_it_claims(self, declared: str) -> None:
        words = "Совет гавани Линдхольма во вторник постановил закрыть старый паромный причал на два года, сказал мэр."
        head = (
            "Subject: =?windows-1251?b?z/Dq?=\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
        )
        raw = head.encode() + f"charset={declared}\r\n\r\n".encode() + words.encode("cp1251")
        assert read("a.eml", raw).text == words

    def test_a_mail_whose_packing_has_no_name_is_read_as_it_stands(self) -> None:
        raw = b"Subject: Pier\r\nFrom: x\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: x-nonsense\r\n\r\n"
        assert read("a.eml", raw + STORY[0].encode()).text == STORY[0]

    def test_a_mail_with_nothing_but_an_attachment_is_refused(self) -> None:
        message = EmailMessage()
        message["Subject"] = "a"
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
        with pytest.raises(SourceError, match=r"^a\.eml: .*no text"):
            read("a.eml", bytes(message))

    @pytest.mark.parametrize(
        "header",
        [
            "---------- Forwarded message ---------\nFrom: Coast Weekly <post@weekly.example>\n"
            "Date: Mon, Mar 2, 2026 at 6:42 PM\nSubject: The pier closes\nTo: <jane@home.example>",
            "-----Original Message-----\nFrom: Coast Weekly <post@weekly.example>\n"
            "Sent: Monday, March 2, 2026 6:42 PM\n"
            "To: Jane <jane@home.example>\nSubject: The pier closes",
            "Von: Coast Weekly <post@weekly.example>\nGesendet: Montag, 2. März 2026 18:42\n"
            "An: Jane <jane@home.example>\nBetreff: The pier closes",
        ],
    )
    def test_a_mail_that_was_passed_on_is_by_who_wrote_it(self, header: str) -> None:
        found = read("-", mail(f"Have you seen this?\n\n{header}\n\n\n" + "\n\n".join(STORY)))
        assert found.text == "\n\n".join(STORY)
        assert (found.title, found.outlet) == ("The pier closes", "Coast Weekly")
        assert (found.published or "")[:10] == "2026-03-02"
        assert "Have you seen this?" in [removed.text for removed in found.removed]

    def test_a_mail_that_carries_another_one_is_read_as_that(self) -> None:
        outer = EmailMessage()
        outer["From"], outer["Subject"], outer["Message-ID"] = (
            "Jane <jane@home.example>",
            "Fwd: look",
            "<2@home.example>",
        )
        outer.set_content("see below")
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "Coast Weekly <post@weekly.example>", "The pier closes"
        inner.set_content("\n\n".join(STORY))
        outer.add_attachment(inner)
        found = read("a.eml", bytes(outer))
        assert (found.title, found.outlet, found.text) == ("The pier closes", "Coast Weekly", "\n\n".join(STORY))

    def test_a_mail_that_was_attached_twice_is_read_as_the_innermost(self) -> None:
        carried = EmailMessage()
        carried["From"], carried["Subject"] = "Coast Weekly <post@weekly.example>", "The pier closes"
        carried.set_content("\n\n".join(STORY))
        for sender in ("jane@home.example", "ines@work.example"):
            outer = EmailMessage()
            outer["From"], outer["Subject"], outer["Message-ID"] = sender, "Fwd: look", f"<2{sender}>"
            outer.set_content("see below")
            outer.add_attachment(carried)
            carried = outer
        found = read("a.eml", bytes(carried))
        assert (found.title, found.outlet, found.text) == ("The pier closes", "Coast Weekly", "\n\n".join(STORY))

    def test_a_mail_that_a_mailing_list_wrapped_is_still_found(self) -> None:
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "Coast Weekly <post@weekly.example>", "The pier closes"
        inner.set_content("\n\n".join(STORY))
        sent, outer = EmailMessage(), EmailMessage()
        sent.set_content("see below")
        sent.add_attachment(inner)
        outer["From"], outer["Subject"], outer["Message-ID"] = "jane@home.example", "Fwd: look", "<2@home.example>"
        outer.make_mixed()
        outer.attach(sent)
        assert read("a.eml", bytes(outer)).text == "\n\n".join(STORY)

    def test_a_line_of_nothing_but_senders_is_read(self) -> None:
        raw = mail("- From: x " * 60_000 + "\n\n" + "\n\n".join(STORY))
        assert all(words in read("a.eml", raw).text for words in STORY)

    @pytest.mark.parametrize("mark", ["-- ", "--"])
    def test_a_signature_is_no_part_of_the_text(self, mark: str) -> None:
        found = read("-", mail("\n\n".join(STORY) + f"\n\n{mark}\nInes Falk\nLindholm Courier\n"))
        assert found.text == "\n\n".join(STORY)
        assert "Ines Falk" in [removed.text for removed in found.removed]

    def test_headers_that_move_the_cursor_come_out_as_one_clean_line(self) -> None:
        raw = (
            b"Subject: =?utf-8?q?Pier=1B[2J=0A=E2=80=AEcloses?=\r\nFrom: x\r\nMIME-Version: 1.0\r\n\r\n"
            + STORY[0].encode()
        )
        found = read("a.eml", raw)
        assert found.title is not None
        assert clean(found.title) == found.title
        assert "\n" not in found.title

    @settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
    @given(st.binary(max_size=60), st.integers(0, 600))
    def test_a_broken_mail_is_read_or_refused_never_a_crash(self, dirt: bytes, at: int) -> None:
        raw = mail("\n\n".join(STORY), "<p>a</p>")
        with contextlib.suppress(SourceError):
            read("a.eml", raw[:at] + dirt + raw[at:])


class TestSavedPage:
    def saved(self, page: str, charset: str = "utf-8") -> bytes:
        body = page.encode(charset, "xmlcharrefreplace").decode("latin-1")
        return (
            (
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/2026/03/04/pier\r\n"
                "Subject: Pier\r\nMIME-Version: 1.0\r\n"
                'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
                f"--b\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            ).encode()
            + body.encode("latin-1")
            + b"\r\n--b--\r\n"
        )

    @pytest.mark.parametrize("name", ["pier.mhtml", "-"])
    def test_the_page_in_it_is_read_with_its_address(self, name: str) -> None:
        page = "<html><body><article><h1>The pier closes</h1>" + "".join(f"<p>{w}</p>" for w in STORY)
        found = read(name, self.saved(page + "</article></body></html>"))
        assert found.text == "\n\n".join(STORY)
        assert (found.url, found.published) == ("https://courier.example/2026/03/04/pier", "2026-03-04")

    def test_one_without_a_page_is_refused(self) -> None:
        with pytest.raises(SourceError, match=r"^a\.mht: there is no page"):
            read("a.mht", b"Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nwords")


def book(chapters: dict[str, str], package: str = "", spine: str | None = None) -> bytes:
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    refs = spine if spine is not None else "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    opf = package or (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Coast, March</dc:title><dc:creator>Ines Falk'
        "</dc:creator><dc:publisher>Courier Press</dc:publisher><dc:date>2026-03-04</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/content.opf", opf)
        for name, text in chapters.items():
            archive.writestr(f"OEBPS/{name}", text)
    return data.getvalue()


class TestBook:
    def test_chapters_come_in_the_order_of_the_book(self) -> None:
        raw = book(
            {
                "b.xhtml": f"<html><body><h1>Two</h1><p>{STORY[1]}</p></body></html>",
                "a.xhtml": f"<h1>One</h1><p>{STORY[0]}</p>",
            },
            spine='<itemref idref="i1"/><itemref idref="i0"/>',
        )
        found = read("coast.epub", raw)
        assert kinds(found) == [
            ("subhead", "One"),
            ("paragraph", STORY[0]),
            ("subhead", "Two"),
            ("paragraph", STORY[1]),
        ]
        assert (found.title, found.outlet, found.published) == ("The Coast, March", "Courier Press", "2026-03-04")
        assert found.authors == ("Ines Falk",)

    def test_a_package_deep_in_folders_finds_its_chapters(self) -> None:
        container = '<container><rootfiles><rootfile full-path="a/b/content.opf"/></rootfiles></container>'
        package = (
            '<package><manifest><item id="c" href="../text/one%20two.xhtml#top" media-type="application/xhtml+xml"/>'
            '<item id="e" href="inner.epub" media-type="application/epub+zip"/></manifest>'
            '<spine><itemref idref="c"/><itemref idref="e"/></spine></package>'
        )
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
            archive.writestr("META-INF/container.xml", container)
            archive.writestr("a/b/content.opf", package)
            archive.writestr("a/b/inner.epub", book({"a.xhtml": f"<p>{STORY[1]}</p>"}))
            archive.writestr("a/text/one two.xhtml", f"<h1>One</h1><p>{STORY[0]}</p>")
        assert kinds(read("deep.epub", data.getvalue())) == [("paragraph", STORY[0])]

    def test_a_protected_book_is_refused_in_one_line(self) -> None:
        locked = zlib.compress(STORY[0].encode() * 9).decode("latin-1")
        with pytest.raises(SourceError, match=r"^locked\.epub: ") as caught:
            read("locked.epub", book({"a.xhtml": locked}))
        assert "\n" not in str(caught.value)

    def test_a_book_that_says_it_is_locked_is_told_as_protected(self) -> None:
        held = io.BytesIO(book({"a.xhtml": "\x00\x01\x02" * 90}))
        with zipfile.ZipFile(held, "a") as archive:
            archive.writestr("META-INF/encryption.xml", "<encryption/>")
        with pytest.raises(SourceError, match=r"^locked\.epub: this EPUB is protected"):
            read("locked.epub", held.getvalue())

    def test_a_book_that_unpacks_without_end_is_refused(self) -> None:
        with pytest.raises(SourceError, match="unpacks to more than 20 MB"):
            read("bomb.epub", book({"a.xhtml": "<p>" + "a " * 15_000_000}))

    def test_entities_that_swell_are_refused(self) -> None:
        bomb = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d SYSTEM "file:///etc/passwd">]><package>&d;</package>'
        with pytest.raises(SourceError, match="entities"):
            read("bomb.epub", book({}, package=bomb))

    @pytest.mark.parametrize("cut", [100, 400, -30])
    def test_half_a_book_is_refused_in_one_line(self, cut: int) -> None:
        with pytest.raises(SourceError, match=r"^half\.epub: "):
            read("half.epub", book({"a.xhtml": f"<p>{STORY[0]}</p>"})[:cut])

    def test_names_that_lead_out_of_the_book_find_nothing(self) -> None:
        raw = book({"../../../etc/passwd": "x"}, spine='<itemref idref="i0"/>')
        with pytest.raises(SourceError):
            read("out.epub", raw)


def pdf(pages: list[list[str]], info: str = "") -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for n, rows in enumerate(pages):
        shown = "".join(f"({row}) Tj T*\n" for row in rows)
        stream = f"BT /F1 11 Tf 14 TL 60 760 Td\n{shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for n, text in enumerate(objects):
        places.append(len(out))
        out += f"{n + 1} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    start = len(out)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}"
    return out + f"{table}\nstartxref\n{start}\n%%EOF".encode()


ROWS = [
    "The harbour council of Lindholm voted on Tuesday to close the old ferry",
    "pier for two years. Mayor Greta Aslund said the wooden piles had rot-",
    "ted faster than engineers had expected.",
    "Ferry crews asked for written promises that their contracts would be kept",
    "until the reopening of the pier in the spring.",
]


class TestPdf:
    def test_printed_lines_become_paragraphs_and_words_are_whole_again(self) -> None:
        found = read(
            "-", pdf([ROWS], "/Title (Pier closes for two years) /Author (Ines Falk) /CreationDate (D:20260304)")
        )
        assert found.text.split("\n\n") == [
            " ".join(ROWS[:2])[:-4] + "rotted faster than engineers had expected.",
            " ".join(ROWS[3:]),
        ]
        assert (found.title, found.authors) == ("Pier closes for two years", ("Ines Falk",))
        assert (found.published, found.published_inferred) == ("2026-03-04", True)

    @pytest.mark.parametrize(
        ("rows", "whole"),
        [
            (("The mayor is well-", "known here."), "The mayor is well-known here."),
            (("The Baltic-", "Nordic council met."), "The Baltic-Nordic council met."),
            (("It costs 3-", "4 million crowns."), "It costs 3-4 million crowns."),
            (("The piles had rot-", "ted away by then."), "The piles had rotted away by then."),
        ],
    )
    def test_a_hyphen_at_the_end_of_a_line_stays_where_it_is_part_of_the_word(
        self, rows: tuple[str, str], whole: str
    ) -> None:
        assert read("a.pdf", pdf([[*ROWS[:1], *rows]])).text.endswith(whole)

    def test_the_largest_letters_on_the_first_page_are_the_headline(self) -> None:
        large = ") Tj T* /F1 22 Tf 28 TL (Harbour council shuts the old) Tj T* (ferry pier) Tj T* /F1 11 Tf 14 TL ("
        found = read("a.pdf", pdf([["Lindholm Courier 1", large, *ROWS]]))
        assert found.title == "Harbour council shuts the old ferry pier"
        assert found.text.startswith("The harbour council of Lindholm voted")

    def test_a_name_that_programs_write_for_nobody_is_no_writer(self) -> None:
        for name in ("anonymous", "Microsoft Office User", "unknown"):
            assert read("a.pdf", pdf([ROWS], f"/Author ({name})")).authors == ()

    def test_page_heads_and_numbers_go(self) -> None:
        pages = [["Lindholm Courier 4 March", *ROWS, f"Page {n} of 4"] for n in range(1, 5)]
        found = read("pier.pdf", pdf(pages))
        assert "Page" not in found.text
        assert "Lindholm Courier" not in found.text

    def test_a_scan_says_that_it_needs_ocr(self) -> None:
        with pytest.raises(SourceError, match=r"^scan\.pdf: .*OCR"):
            read("scan.pdf", pdf([[]]))

    def test_one_with_a_password_is_refused_and_one_that_opens_without_is_read(self) -> None:
        from pypdf import PdfReader, PdfWriter

        for password in ("secret", ""):
            writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([ROWS]))))
            writer.encrypt(password, "owner", algorithm="RC4-128")
            data = io.BytesIO()
            writer.write(data)
            if password:
                with pytest.raises(SourceError, match=r"^locked\.pdf: .*password"):
                    read("locked.pdf", data.getvalue())
            else:
                assert "rotted faster" in read("open.pdf", data.getvalue()).text

    def test_one_that_needs_more_than_is_installed_says_so(self) -> None:
        locked = "/Filter /Standard /V 5 /R 6 /Length 256 /P -4 /StmF /StdCF /StrF /StdCF"
        keys = f"/O <{'00' * 48}> /U <{'00' * 48}> /OE <{'00' * 32}> /UE <{'00' * 32}> /Perms <{'00' * 16}>"
        crypt = f"<< {locked} {keys} /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> >>"
        raw = pdf([ROWS]).replace(b"/Info 6 0 R", f"/Info 6 0 R /ID [<00><00>] /Encrypt {crypt}".encode())
        with pytest.raises(SourceError, match=r"^aes\.pdf: .*(AES|password)"):
            read("aes.pdf", raw)

    def test_headline_and_byline_are_apart_from_the_text(self) -> None:
        head = ["Harbour council closes the old ferry pier for two years", "By Ines Falk, 4 March 2026"]
        found = read("pier.pdf", pdf([[*head, *ROWS]]))
        assert (found.title, found.authors, found.published) == (head[0], ("Ines Falk",), "2026-03-04")

    def test_the_day_of_making_is_inferred_and_the_file_systems_never_counts(self, tmp_path: Path) -> None:
        for info, expected in (("/CreationDate (D:20260304)", ("2026-03-04", True)), ("", (None, False))):
            (tmp_path / "a.pdf").write_bytes(pdf([ROWS], info))
            found = read(str(tmp_path / "a.pdf"))
            assert (found.published, found.published_inferred) == expected

    @pytest.mark.parametrize("raw", [b"%PDF-1.4\n", b"%PDF-1.7 nothing more", pdf([ROWS])[:300]])
    def test_a_damaged_file_is_refused_in_one_line(self, raw: bytes) -> None:
        with pytest.raises(SourceError, match=r"^a\.pdf: ") as caught:
            read("a.pdf", raw)
        assert "\n" not in str(caught.value)

    def test_without_the_extra_the_way_out_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("store.ingest.extras.find_spec", lambda name: None)
        with pytest.raises(SourceError, match=r"pip install 'newsreader-tui\[pdf\]'"):
            read("pier.pdf", pdf([ROWS]))

    @settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
    @given(st.integers(0, 1400), st.binary(max_size=20))
    def test_dirt_anywhere_is_read_or_refused_never_a_crash(self, at: int, dirt: bytes) -> None:
        raw = pdf([ROWS])
        try:
            found = read("a.pdf", b"%PDF-" + (raw[5:at] + dirt + raw[at + len(dirt) :]))
        except SourceError:
            return
        assert clean(found.text) == found.text

    def test_a_stream_that_swells_is_bounded(self) -> None:
        data = zlib.compress(b" " * 200_000_000, 9)
        raw = pdf([ROWS])
        at = raw.index(b"<< /Length")
        end = raw.index(b"endstream", at)
        swollen = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(data) + data + b"\n"
        with pytest.raises(SourceError, match=r"^bomb\.pdf: "):
            read("bomb.pdf", raw[:at] + swollen + raw[end:])
