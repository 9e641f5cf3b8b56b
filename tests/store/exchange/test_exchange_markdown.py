"""Dossiers and receipts, read by a Markdown parser."""

from __future__ import annotations

from collections import Counter

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.exchange import FORMS, Selection
from store.exchange.markdown import emphasised, escape, places
from store.library import Library

BOTH = pytest.mark.parametrize("form", ["markdown", "receipt"])


def written(library: Library, form: str) -> str:
    return b"".join(FORMS[form].export(Selection(library))).decode()


def tokens(library: Library, form: str) -> list[Token]:
    return MarkdownIt("commonmark").parse(written(library, form))


def shown(token: Token) -> str:
    return "".join(child.content for child in token.children or () if child.type == "text")


@BOTH
def test_every_claim_is_quoted_in_its_very_words(library: Library, form: str) -> None:
    parsed = tokens(library, form)
    quoted = [shown(parsed[at + 2]) for at, token in enumerate(parsed) if token.type == "blockquote_open"]
    assert sorted(quoted) == sorted(" ".join(claim.exact.split()) for claim in Selection(library).all_claims())


@BOTH
def test_there_is_no_markup_but_our_own(library: Library, form: str) -> None:
    inline = [child for token in tokens(library, form) for child in token.children or ()]
    assert not [token for token in tokens(library, form) if token.type == "html_block"]
    assert not [child for child in inline if child.type == "html_inline"]
    links = Counter(child.attrs["href"] for child in inline if child.type == "link_open")
    assert set(links) == {"https://example.org/a%20b%3Ec"}
    assert links.total() == (3 if form == "markdown" else 6)


def test_a_dossier_goes_by_day(library: Library) -> None:
    heads = [line for line in written(library, "markdown").splitlines() if line.startswith("#")]
    assert heads == ["# Claims", "## undated", "## 2026-01-28"]


def test_a_dossier_changes_only_where_a_claim_does(library: Library) -> None:
    before = written(library, "markdown").splitlines()
    claim = next(claim for claim in library.claims() if claim.note.startswith("first"))
    library.set_note(claim.id, "looked up")
    after = written(library, "markdown").splitlines()
    assert [line for line in after if line not in before] == ["Note: looked up  "]


def test_a_receipt_has_what_it_takes_to_check_a_claim(library: Library) -> None:
    text = written(library, "receipt").replace("\\", "")
    claim = next(claim for claim in Selection(library).all_claims() if claim.verdict == "false")
    for part in (
        "Said by: Ann Lee, direct (named in ¶2)", "Carried by: Reuters", "Said on: 2026-01\n", "2026-01-28 (inferred)",
        claim.text_sha256, claim.retrieved, f"characters {claim.start} to {claim.end}", "Tags: رحيل", "Verdict: false",
        "Note: 'quoted", claim.id, claim.created, "[Leaving | staying](<https://example.org/a%20b%3Ec>), Post",
        "Address: <https://example.org/a%20b%3Ec>", f"**{claim.exact}**",
    ):  # fmt: skip
        assert part in text


def test_a_receipt_says_when_the_words_are_gone_from_the_present_text(library: Library) -> None:
    assert "(altered)" in written(library, "receipt")
    assert "(altered)" in written(library, "markdown")


MARKS = (
    "# no head", "1. no list", "1999) no list", "- no list", "+ no list", "a_b_c *d*", "`code` $x$", "[a](b) ![c](d)",
    "<script>", "https://e.example", "www.e.example", "--- ---", "=== x", "a | b", ":no: definition", "a@e.example",
    "it is :smile: and ==marked== ...", "&amp; <br>", "\\* \\",
)  # fmt: skip


@pytest.mark.parametrize("text", MARKS)
@pytest.mark.parametrize("before", ["x ", "- ", "> "])
def test_marks_of_markdown_in_outside_text_are_only_characters(text: str, before: str) -> None:
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(f"{before}{escape(text)}")
    (inline,) = [token for token in parsed if token.type == "inline"]
    assert shown(inline) == before.replace("- ", "").replace("> ", "") + text


def test_nothing_between_percent_signs_is_hidden_from_who_reads_it_in_obsidian() -> None:
    assert "%%" not in escape("up %%3.5%% or 4%")
    (inline,) = [token for token in MarkdownIt("commonmark").parse(escape("up %%3.5%% or 4%")) if token.children]
    assert shown(inline) == "up %%3.5%% or 4%"


def test_ordinary_words_are_written_as_they_are() -> None:
    for text in (
        "2026-01-28",
        "Al-Madina: prices (up 3.5%), it said.",
        "Who? You! 10:30 a.m. + tax",
        "“Yes,” she said…",
    ):
        assert escape(text) == text


def test_places_told_elsewhere_are_links_and_nothing_else_is() -> None:
    told = places(["The Post https://e.example/a_b-c?x=1&y=2", "www.x.example [b](c)", "https://e.example/d"])
    (_, inline, _) = MarkdownIt("commonmark").parse(told)
    links = [child.attrs["href"] for child in inline.children or () if child.type == "link_open"]
    assert links == ["https://e.example/a_b-c?x=1&y=2", "https://e.example/d"]
    assert told.startswith("The Post <https://e.example/a_b-c?x=1&y=2>; ")


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("The mayor said ", "taxes rise", ". He left"),
        ("said, “", "taxes rise,", "” he added"),
        ("彼は", "「増税はない。」", "と述べた"),
        ("", "(taxes)", ""),
    ],
)
def test_words_in_their_context_are_bold_and_stand_apart_as_in_the_text(before: str, words: str, after: str) -> None:
    (_, inline, _) = MarkdownIt("commonmark").parse(f"…{emphasised(before, words, after)}…")
    bold = [child.type for child in inline.children or ()]
    assert bold.count("strong_open") == 1
    assert "*" not in shown(inline)
    assert shown(inline).replace(" ", "") == f"…{before}{words}{after}…".replace(" ", "")
    assert f"{before[-1:]}{words[:1]}" in shown(inline) or not before[-1:].isspace()
