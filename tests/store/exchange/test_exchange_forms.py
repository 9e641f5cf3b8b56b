"""Claims as a table and as a dossier."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.exchange import FORMS, write_export
from store.exchange.dossier import escape
from store.exchange.native import exported_claims
from store.exchange.records import ExportedClaim
from store.library import Library
from store.model import Analysis, Extract, Quote

TEXT = "=SUM(A1) is what she typed.\n\n“We *will* [never](http://evil.example) <b>leave</b> 😀,” Ann Lee said."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        start = TEXT.index("We *will*")
        quote = Quote(kind="direct", spans=((start, start + 49),), speaker="Ann Lee", why="named in ¶2")
        extract = Extract(
            path="/a", text=TEXT, blocks=(), title="Leaving | staying", outlet="Post", url="https://example.org/a b>c",
            published="2026-01-28", published_inferred=True,
        )  # fmt: skip
        article = library.add(extract, Analysis(analyser="t", quotes=(quote,))).article
        library.tag_span(
            article.id, 0, 8, ["@home", "economy/trade"], note='first line\nsecond, with “quotes” and "more"'
        )
        library.tag_span(article.id, start, start + 49, ["leaving"], note="'quoted")
        yield library


def written(library: Library, form: str) -> str:
    return b"".join(FORMS[form].export(library, None)).decode()


def unguarded(cell: str) -> str:
    return cell.removeprefix("'") if cell.startswith("'") else cell


def test_a_table_gives_every_claim_back_exactly(library: Library) -> None:
    rows = list(csv.DictReader(io.StringIO(written(library, "csv"), newline="")))
    claims = list(exported_claims(library))
    assert len(rows) == len(claims) == 2
    for row, claim in zip(rows, claims, strict=True):
        assert tuple(row) == ExportedClaim.__struct_fields__
        for name in ("exact", "note", "speaker", "prefix", "suffix", "title", "url", "id"):
            assert unguarded(row[name]) == (getattr(claim, name) or "")
        assert int(row["start"]) == claim.start
        assert row["published_inferred"] == "true"
        assert unguarded(row["tags"]) == "; ".join(claim.tags)


def test_no_cell_is_a_formula(library: Library) -> None:
    for row in csv.reader(io.StringIO(written(library, "csv"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def tokens(library: Library) -> list[Token]:
    return MarkdownIt("commonmark").parse(written(library, "md"))


def shown(token: Token) -> str:
    return "".join(child.content for child in token.children or () if child.type == "text")


def test_a_dossier_quotes_every_claim_in_its_very_words(library: Library) -> None:
    parsed = tokens(library)
    quoted = [shown(parsed[at + 2]) for at, token in enumerate(parsed) if token.type == "blockquote_open"]
    assert sorted(quoted) == sorted(claim.exact for claim in exported_claims(library))


def test_a_dossier_has_no_markup_but_its_own(library: Library) -> None:
    inline = [child for token in tokens(library) for child in token.children or ()]
    assert not [token for token in tokens(library) if token.type == "html_block"]
    assert not [child for child in inline if child.type == "html_inline"]
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    assert set(links) == {"https://example.org/a%20b%3Ec"}
    assert len(links) == 2


def test_a_receipt_has_what_it_takes_to_check_a_claim(library: Library) -> None:
    text = written(library, "md").replace("\\", "")
    claim = next(claim for claim in exported_claims(library) if claim.speaker == "Ann Lee")
    for part in (
        "Said by: Ann Lee, direct (named in ¶2)", "2026-01-28 (inferred)", claim.text_sha256, claim.retrieved,
        f"characters {claim.start} to {claim.end}", "Tags: leaving", "Note: 'quoted", claim.id, claim.created,
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_the_same_each_time_and_written_whole(library: Library, tmp_path: Path, form: str) -> None:
    report = write_export(library, tmp_path / f"x.{form}", form=form)
    assert (report.claims, report.articles) == (2, 1)
    assert (tmp_path / f"x.{form}").read_bytes().decode() == written(library, form) == written(library, form)


def test_what_a_form_cannot_hold_is_said(library: Library) -> None:
    assert FORMS["json"].lost == ""
    assert all(FORMS[form].lost for form in FORMS if form != "json")


def test_marks_of_markdown_in_outside_text_are_only_characters() -> None:
    for text in (
        "# no head",
        "1. no list",
        "a_b_c *d*",
        "`code` $x$",
        "[a](b) ![c](d)",
        "<script>",
        "https://e.example",
    ):
        (_, inline, _) = MarkdownIt("gfm-like", {"linkify": False}).parse(f"x {escape(text)}")
        assert shown(inline) == f"x {text}"
