"""`newsreader export`: formats, what a query picks, what is not told and what is not held."""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command import Run, runner

from store.library import Library
from store.model import Analysis, Claim, Extract, Quote

TEXT = "“The harbour stays open,” Ada Voss said. “Bread is cheap,” Omar Haddad said. Nobody else spoke."
OTHER = "Wheat prices fell on Monday, the port authority said."
SAID = ("The harbour stays open", "Bread is cheap")


NEWSREADER = str(Path(sys.executable).with_name("newsreader"))


@pytest.fixture
def claims(tmp_path: Path) -> dict[str, Claim]:
    """Three claims in two articles, by their first word; the articles are files of somebody's folder."""
    with Library.open(tmp_path / "library") as library:
        quotes = tuple(
            Quote(kind="direct", spans=((TEXT.index(words), TEXT.index(words) + len(words)),), speaker=speaker)
            for words, speaker in zip(SAID, ("Ada Voss", "Omar Haddad"), strict=True)
        )
        first = library.add(
            Extract(path="/home/somebody/news/a.txt", text=TEXT, blocks=(), title="Harbour"),
            Analysis(analyser="t", quotes=quotes),
        ).article
        second = library.add(
            Extract(path="/home/somebody/news/b.txt", text=OTHER, blocks=(), title="Wheat"), Analysis(analyser="t")
        ).article
        start, bread = (TEXT.index(words) for words in SAID)
        made = {
            "The": library.tag_span(first.id, start, start + len(SAID[0]), ["harbour"]),
            "Bread": library.tag_span(first.id, bread, bread + len(SAID[1]), ["food"]),
            "Wheat": library.tag_span(second.id, 0, 5, ["food"]),
        }
        library.set_verdict(made["Wheat"].id, "false")
        return made


@pytest.fixture
def run(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Claim]
) -> Run:
    """Run the command with that library, from an empty folder."""
    monkeypatch.setenv("NEWSREADER_LIBRARY", str(tmp_path / "library"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return runner(capfd, monkeypatch)


def test_the_folders_of_a_person_are_told_only_when_asked_for(run: Run) -> None:
    plain = run("export")
    assert "somebody" not in plain.out
    assert "2 local files' folders (--paths keeps them)" in plain.err
    told = run("export", "--paths")
    assert "/home/somebody/news/a.txt" in told.out
    assert "--paths" not in told.err
    assert "/home/somebody/news/b.txt" in run("export", "title:wheat", "--paths").out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.json", b'{"format":"newsreader"'), ("x.md", b"#"), ("x.receipt.md", b"#"), ("x.jsonld", b'{"@context":"http://www.w3.org/ns/anno.jsonld"'),
        ("x.qdpx", b"PK"), ("x.qdc", b"<?xml"), ("x.brat.zip", b"PK"), ("x.claimreview.json", b'{"@context":"https://schema.org"'),
        ("X.CSV", b"\xef\xbb\xbfexact,speaker,"), ("no-ending", b'{"format":"newsreader"'),
    ],
)  # fmt: skip
def test_the_ending_of_the_file_says_the_format(run: Run, name: str, begins: bytes) -> None:
    ran = run("export", "-o", name)
    assert (ran.code, ran.out) == (0, "")
    written = Path(name).read_bytes()
    assert written.startswith(begins)
    if begins == b"PK":
        assert zipfile.ZipFile(name).testzip() is None


def test_a_format_that_is_named_counts_before_the_ending(run: Run) -> None:
    assert run("export", "-f", "csv", "-o", "x.json").code == 0
    assert len(list(csv.DictReader(io.StringIO(Path("x.json").read_text("utf8"))))) == 3
    assert run("export", "-f", "MD").out == run("export", "--format", "markdown").out


@pytest.mark.parametrize(("more", "told"), [((), True), (("-f", "json"), False)])
def test_an_ending_that_names_no_format_is_not_taken_in_silence(run: Run, more: tuple[str, ...], told: bool) -> None:
    assert ("so it is JSON" in run("export", "-o", "claims.xlsx", *more).err) is told
    assert "so it is JSON" not in run("export", "-o", "claims.csv").err


def test_a_format_that_is_none_is_said_with_those_there_are_and_nothing_is_written(run: Run) -> None:
    ran = run("export", "-f", "docx", "-o", "x.docx")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "docx: no such format; known: json, csv, markdown" in ran.err
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tag:food", {"Bread", "Wheat"}), ("tag:harbour", {"The"}), ("speaker:voss", {"The"}),
        ("verdict:false", {"Wheat"}), ("verdict:open", {"The", "Bread"}), ("tag:food verdict:open", {"Bread"}),
        ("tag:harbour,food", {"The", "Bread", "Wheat"}), ("title:harbour", {"The", "Bread"}),
    ],
)  # fmt: skip
def test_a_query_picks_claims_in_every_format(run: Run, claims: dict[str, Claim], query: str, words: set[str]) -> None:
    wanted = {claims[one].id for one in words}
    exported = json.loads(run("export", query).out)
    assert {claim["id"] for claim in exported["claims"]} == wanted
    rows = csv.DictReader(io.StringIO(run("export", query, "-f", "csv").out))
    assert {row["id"] for row in rows} == wanted
    annotations = run("export", query, "-f", "webannotation").out
    assert {one for one in (claim.id for claim in claims.values()) if one in annotations} == wanted


def test_a_query_of_claims_that_finds_none_writes_nothing(run: Run) -> None:
    ran = run("export", "tag:nothing", "-o", "x.csv")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing found" in ran.err
    assert not list(Path().iterdir())


def test_what_a_format_cannot_hold_is_said_on_standard_error_and_in_json(run: Run) -> None:
    ran = run("export", "-f", "csv")
    assert ran.err.count("\n") == 1
    assert "not held by CSV: 2 articles' whole texts, 2 quotes found by the program" in ran.err
    assert "not held" not in ran.out
    told = run("export", "-o", "x.csv", "--json")
    assert told.err == ""
    facts = json.loads(told.out)
    assert (facts["claims"], facts["articles"], facts["format"]) == (3, 2, "csv")
    assert "2 articles' whole texts" in facts["lost"]


def test_one_claim_of_one_article_is_said_as_one(run: Run) -> None:
    assert "wrote 1 claim of 1 article to x.md" in run("export", "tag:harbour", "-o", "x.md").err
    assert "wrote 3 claims of 2 articles to y.md" in run("export", "-o", "y.md").err


def test_a_codebook_says_how_many_tags_it_holds(run: Run) -> None:
    assert re.search(r"wrote [1-9] tags? to tags.qdc", run("export", "-o", "tags.qdc").err)


@pytest.mark.parametrize("name", ["x.json", "x.csv", "x.qdpx", "x.brat.zip"])
def test_a_file_that_may_not_grow_leaves_the_old_one_and_says_so_in_one_line(
    run: Run, tmp_path: Path, name: str
) -> None:
    Path(name).write_bytes(b"old")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    command = [
        str(Path(sys.executable).with_name("newsreader")),
        "--library",
        str(tmp_path / "library"),
        "export",
        "-o",
        name,
    ]
    ran = subprocess.run(command, capture_output=True, check=False, preexec_fn=limit)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (1, b"", 1)
    assert b"was not written (the file would become too large)" in ran.stderr
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == {name: b"old"}
