"""The command line: what each verb prints, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command import Run, runner

from store.library import Library
from store.paths import sample_files

SEED = str(sample_files()[0])
VERBS_ON_A_LIBRARY = (["list"], ["show", "x"], ["search", "x"], ["export"])


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command with a library of its own, from an empty folder."""
    monkeypatch.setenv("NEWSREADER_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    return runner(capfd, monkeypatch)


def state(folder: Path) -> dict[str, bytes]:
    """Everything that lies in a folder, but the index, which can be made again."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "search.cache"
    }


def test_adding_says_what_became_of_each_source(run: Run) -> None:
    first = run("add", SEED)
    assert first.code == 0
    assert first.lines[0].startswith("added")
    assert "al-Sharaa" in first.lines[0]
    assert run("add", SEED).lines[0].startswith("unchanged")


def test_adding_goes_on_after_a_failure_and_says_so_at_the_end(run: Run) -> None:
    ran = run("add", "nowhere.txt", SEED)
    assert ran.code == 1
    assert "nowhere.txt" in ran.error
    assert ran.lines[0].startswith("added")


def test_adding_takes_standard_input(run: Run) -> None:
    ran = run("add", "-", stdin=Path(SEED).read_bytes())
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].startswith("added")


def test_a_path_is_the_same_from_wherever_it_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(Path(SEED).read_bytes())
    run("add", "a.txt")
    assert run("show", "./a.txt").code == 0
    assert run("show", str(tmp_path / "a.txt")).code == 0


@pytest.mark.parametrize("words", [["add", SEED], ["search", "bases", "--save", "b"], ["import", "x.json"]])
def test_what_a_verb_changes_bears_the_name_of_the_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    run("--library", "other", "add", SEED)
    run("--library", "other", "export", "-o", "x.json")
    Library.open(tmp_path / "library").close()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "newsreader").mkdir()
    (tmp_path / "newsreader/config.toml").write_text('person = "Ada Voss"\n')
    monkeypatch.setenv("NEWSREADER_USER", "")  # set, so that it is as it was afterwards
    monkeypatch.delenv("NEWSREADER_USER")
    assert run(*words).code == 0
    with Library.open(tmp_path / "library") as library:
        assert {change.by for change in library.log(10)} == {"Ada Voss"}


def test_the_list_has_a_line_for_each_article(run: Run) -> None:
    run("add", SEED)
    (line,) = run("list").lines
    for part in ("2026-01-28?", "Enab Baladi", "What issues is al-Sharaa discussing"):
        assert part in line
    (facts,) = map(json.loads, run("list", "--json").lines)
    assert facts["outlet"] == "Enab Baladi"
    assert facts["published_inferred"] is True
    assert facts["id"].startswith(line.split()[0])


def test_the_list_takes_a_query(run: Run) -> None:
    run("add", SEED)
    assert len(run("list", "outlet:enab").lines) == 1
    assert len(run("list", "Lavrov").lines) == 1
    none = run("list", "outlet:tass")
    assert (none.code, none.out) == (0, "")
    assert "no article fits" in none.error
    assert run("list", "-outlet:enab").out == ""


def test_show_marks_what_was_said_with_its_speaker(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    with Library.open(tmp_path / "library") as library:
        article = library.articles()[0]
        start = library.version(article.id).text.index("cooperation")
        library.add_quote(article.id, start, start + 11, "Ann Lee")
    shown = run("show", run("list").lines[0].split()[0]).out
    assert shown.startswith("What issues is al-Sharaa discussing")
    assert "Enab Baladi via PressBee" in shown
    assert "2026-01-28 (inferred)" in shown
    assert "[Ann Lee: cooperation]" in shown.replace("\n", " ")
    assert max(map(len, shown.splitlines())) <= 78
    assert "\x1b" not in shown


def test_show_as_json_is_what_inspect_gives_with_the_claims(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    with Library.open(tmp_path / "library") as library:
        article = library.articles()[0]
        library.tag_span(article.id, 0, 10, ["a tag"])
    shown = json.loads(run("show", "--json", article.id).out)
    inspected = json.loads(run("inspect", SEED).out)
    for name in ("text", "blocks", "quotes", "speakers", "removed", "title", "outlet"):
        assert shown[name] == inspected[name]
    assert shown["claims"][0]["tags"] == ["a tag"]
    assert "a tag: “" in run("show", article.id).out


def test_inspect_keeps_its_contract_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("inspect", SEED).out)
    assert list(found)[:10] == [
        "path", "title", "outlet", "aggregator", "authors", "published", "published_inferred", "language", "text",
        "blocks",
    ]  # fmt: skip
    assert found["path"] == SEED
    assert found["published"] == "2026-01-28"
    text = found["text"]
    for block in found["blocks"]:
        assert text[block["start"] : block["end"]].strip()
    for quote in found["quotes"]:
        assert quote["kind"] in {"direct", "indirect", "mixed"}
        assert [quote["start"], quote["end"]] == [quote["spans"][0][0], quote["spans"][-1][1]]
        assert {"cue", "source", "speaker", "carrier", "why"} <= quote.keys()
        assert quote["cue"] is None or text[quote["cue"]["start"] : quote["cue"]["end"]].strip()
    for speaker in found["speakers"]:
        assert {"name", "kind", "mentions"} == speaker.keys()
    assert all(one.keys() == {"text", "reason"} for one in found["removed"])
    assert not (tmp_path / "library").exists()


def test_inspect_verbatim_takes_the_file_as_it_is(run: Run, tmp_path: Path) -> None:
    text = "  “Yes,” said  Ann Lee.\r\n\r\nRead More Details\t\x1b[31mred\n"
    (tmp_path / "v.txt").write_bytes(text.encode())
    ran = run("inspect", "--verbatim", "v.txt")
    assert json.loads(ran.out)["text"] == text
    assert "\x1b" not in ran.out


def test_inspect_names_who_speaks_in_another_language(run: Run, tmp_path: Path) -> None:
    words = "«El puente no es seguro», dijo el lunes la alcaldesa Ada Quill. El consejo lo discutirá en la reunión."
    (tmp_path / "puente.txt").write_text(words, "utf-8")
    found = json.loads(run("inspect", "--verbatim", "puente.txt").out)
    assert found["language"] == "es"
    assert [quote["speaker"] for quote in found["quotes"]] == ["Ada Quill"]


def test_inspect_goes_on_after_a_failure(run: Run) -> None:
    ran = run("inspect", "nowhere.txt", SEED)
    assert (ran.code, len(ran.lines)) == (1, 1)
    assert "nowhere.txt" in ran.error


def test_search_says_where_and_why(run: Run) -> None:
    run("add", SEED)
    ran = run("search", "military", "bases", "speaker:peskov")
    assert ran.code == 0
    hits = [json.loads(line) for line in run("search", "--json", "kremlin").lines]
    assert hits
    assert {"kind", "article", "start", "end", "line", "marks", "speaker", "why"} <= hits[0].keys()
    assert "1 typo" in run("search", "puttin").out


def test_a_search_for_nothing_there_is_no_failure(run: Run) -> None:
    run("add", SEED)
    ran = run("search", "xylophone")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing found" in ran.error


def test_words_with_a_minus_belong_to_the_query(run: Run) -> None:
    run("add", SEED)
    assert run("search", "putin", "-kremlin", "-tag:economy").code == 0
    assert "Kremlin" not in run("search", "putin", "-kremlin").out
    for word in ("-UN", "-al-Sharaa", "-2026", "-oil", "-fr"):
        assert run("search", "putin", word).code == 0
    assert "Sharaa" not in run("search", "putin", "-al-Sharaa").out


def test_an_option_with_its_value_right_behind_it_is_no_word_of_the_query(run: Run) -> None:
    run("add", SEED)
    assert run("export", "-fcsv").out == run("export", "-f", "csv").out
    assert run("export", "-ox.csv").out == ""
    assert Path("x.csv").read_text("utf-8-sig").startswith("exact,")


def test_the_named_library_may_be_written_with_a_tilde(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert run("--library=~/news", "add", SEED).code == 0
    assert (tmp_path / "home/news/library.json").exists()
    assert not Path("~").exists()


def test_a_date_that_was_inferred_is_marked_wherever_it_is_shown(run: Run) -> None:
    run("add", SEED)
    day = "2026-01-28"
    assert f"{day}?" in run("list").out
    assert f"{day} (inferred)" in run("show", "What issues is al-Sharaa discussing with Putin in Russia?").out
    found = run("search", "russian bases").out
    assert found.count(day) == found.count(f"{day}?") > 0


def test_show_says_what_holds_of_a_claim(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    with Library.open(tmp_path / "library") as library:
        claim = library.tag_span(library.articles()[0].id, 0, 10, ["bases"])
        library.set_verdict(claim.id, "disputed")
        library.set_said_on(claim.id, "2026-01-27")
    assert "(disputed, said on 2026-01-27)" in run("show", claim.anchor.article).out


def test_an_export_comes_back_as_it_was(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    with Library.open(tmp_path / "library") as library:
        library.tag_span(library.articles()[0].id, 0, 10, ["a tag"])
    whole = run("export").out
    assert run("export", "-o", "x.json").code == 0
    assert (tmp_path / "x.json").read_text() == whole
    ran = run("--library", "other", "import", "x.json")
    assert (ran.code, ran.err) == (0, "")
    assert run("export", "--library", "other").out == whole
    assert "0 records added, 0 changed" in run("import", "-", "--library", "other", stdin=whole.encode()).out


def test_an_export_can_be_of_what_a_query_finds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wheat.txt").write_text("Wheat prices fell on Monday.\n\nThe minister said bread would stay cheap.\n")
    run("add", SEED, "wheat.txt")
    exported = json.loads(run("export", "wheat").out)
    assert [article["path"] for article in exported["articles"]] == ["wheat.txt"]
    none = run("export", "xylophone")
    assert (none.code, none.out) == (1, "")
    assert "nothing found" in none.error


@pytest.mark.parametrize(
    "words",
    [
        ["add"], ["show"], ["show", "a", "b"], ["import"], ["inspect"], ["search"], ["add", "--colour"],
        ["export", "-f", "docx"], ["--library"], ["list", "--library"], ["--nonsense"], ["--json"],
        ["--library", "", "list"],
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_ends_with_2(run: Run, words: list[str]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.error


def test_bad_sources_are_refused_in_one_line_each_and_the_library_stays(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    before = state(tmp_path / "library")
    for source in ("missing.txt", "binary", "empty.txt", "folder", "/dev/zero", "\x1b[31m\x07.txt", "nul\0.txt"):
        for verb in ("add", "inspect"):
            ran = run(verb, source)
            assert ran.code == 1, source
            assert ran.out == ""
            assert "\x1b" not in ran.error
    for verb in ("show", "import"):
        assert run(verb, "missing").code == 1
    assert state(tmp_path / "library") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "closed.txt").write_text("text")
    (tmp_path / "closed.txt").chmod(0)
    for verb in ("add", "inspect", "import"):
        assert run(verb, "closed.txt").code == 1


def test_without_a_library_the_verbs_say_how_to_make_one_and_make_none(run: Run, tmp_path: Path) -> None:
    for words in VERBS_ON_A_LIBRARY:
        ran = run(*words)
        assert ran.code == 1
        assert "newsreader add" in ran.error
    (tmp_path / "garbage.json").write_text("{}")
    assert run("import", "garbage.json").code == 1
    assert not (tmp_path / "library").exists()


def test_a_file_in_the_place_of_the_library_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words in (*VERBS_ON_A_LIBRARY, ["add", SEED]):
        ran = run("--library", "file", *words)
        assert ran.code == 1
        assert "file" in ran.error


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"{", b"[]", b"null", b'{"format":"newsreader"}', b'{"format":"other","version":1}',
        b'{"format":"newsreader","version":99}', b'{"format":"newsreader","version":1,"articles":[{}]}',
        b"[" * 100_000, b'{"format":"newsreader","version":1,"claims":"none"}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_export_is_refused_and_changes_nothing(run: Run, tmp_path: Path, data: bytes) -> None:
    run("add", SEED)
    before = state(tmp_path / "library")
    (tmp_path / "bad.json").write_bytes(data)
    ran = run("import", "bad.json")
    assert ran.code == 1
    assert "bad.json" in ran.error
    assert state(tmp_path / "library") == before


def test_an_article_that_is_not_there_or_not_only_one_is_said(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Same title\n\nThe text of {name} is a long line about the harbour of a town.\n")
    run("add", "a.txt", "b.txt")
    assert "no such article" in run("show", "zzzz").error
    assert run("show", "").code == 1


def test_an_export_that_cannot_be_written_leaves_no_file(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    for target in ("nowhere/x.json", str(tmp_path)):
        ran = run("export", "-o", target)
        assert ran.code == 1
        assert target in ran.error
    assert not list(tmp_path.glob("*.json"))
    assert run("export", "-o", "/dev/full").code == 1
    assert run("export", "-o", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


def test_help_is_printed_for_the_command_and_every_verb(run: Run) -> None:
    whole = run("--help")
    assert whole.code == 0
    for verb in ("add", "list", "show", "search", "inspect", "export", "import"):
        assert f"  {verb} " in whole.out
        ran = run(verb, "--help")
        assert ran.code == 0
        assert f"newsreader {verb}" in ran.out
        assert "examples" in ran.out
    assert max(map(len, whole.lines)) <= 100


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.startswith("newsreader ")


def test_the_app_asks_for_a_terminal_before_it_adds_anything(run: Run, tmp_path: Path) -> None:
    for words in ([], [SEED], ["./list"]):
        ran = run(*words)
        assert ran.code == 1
        assert "terminal" in ran.error
    assert not (tmp_path / "library").exists()


def test_hostile_text_reaches_no_terminal_whole(run: Run, tmp_path: Path) -> None:
    hostile = "\x1b]8;;http://evil\x07link\x1b[2J \u202eesrever\u202c \x9b31m [@click=app.quit]x[/] [red]y[/]"
    text = f"Head {hostile}\n\nThe minister said that “{hostile} is fine and this is long enough” on Monday.\n"
    (tmp_path / "h.txt").write_text(text)
    run("add", "h.txt")
    with Library.open(tmp_path / "library") as library:
        article = library.articles()[0]
    for words in (
        ["list"], ["list", "--json"], ["show", article.id], ["show", "--json", article.id], ["search", "minister"],
        ["search", "--json", "minister"], ["inspect", "h.txt"], ["inspect", "--verbatim", "h.txt"], ["export"],
        ["list", hostile], ["show", hostile], ["search", hostile], ["add", hostile], ["import", hostile],
    ):  # fmt: skip
        ran = run(*words)
        for bad in ("\x1b", "\x07", "\x9b", "\u202e", "\u202c"):
            assert bad not in ran.out, words
            assert bad not in ran.err, words
    assert "[@click=app.quit]" in run("show", article.id).out.replace("\n", " ")


def test_the_head_of_an_article_is_wrapped_between_its_facts(run: Run, tmp_path: Path) -> None:
    for outlet, day in (("Courier", "28"), ("Post", "29")):
        (tmp_path / f"{outlet}.html").write_text(
            f"<html><head><meta property='og:site_name' content='{outlet}'>"
            f"<meta property='article:published_time' content='2026-01-{day}'>"
            f"<link rel='canonical' href='https://{outlet.lower()}.example/{'harbour-' * 5}'></head><body>"
            "<article><h1>The harbour is open</h1>"
            "<p>The mayor said on Monday that the harbour would be open again in spring, and that the work there "
            "would cost four million.</p><p>Fishermen had waited for eleven weeks. Two of their boats lie on the "
            "beach since the storm, and nobody has paid for the nets that went down with the third one.</p>"
            "</article></body></html>"
        )
    run("add", "Courier.html", "Post.html")
    lines = run("show", str(tmp_path / "Courier.html")).lines
    head = lines[: lines.index("")]
    assert not [line for line in head if line.rstrip().endswith("·")]
    assert any(line.startswith("Courier · 2026-01-28 · ") for line in head)
    assert any(line.startswith("= also at Post · 2026-01-29") for line in head)


def test_an_article_is_found_by_a_part_of_its_title(run: Run, tmp_path: Path) -> None:
    for title in ("Harbour to open", "Harbour to close"):
        (tmp_path / f"{title}.txt").write_text(f"{title}\n\nThe mayor said that a {title} is not decided.\n")
    run("add", str(tmp_path))
    assert run("show", "to CLOSE").lines[0] == "Harbour to close"
    ran = run("show", "harbour")
    assert ran.code == 1
    assert "2 articles fit" in ran.error
    assert "“Harbour to open”" in ran.error
    assert run("show", "cinema").code == 1


def test_a_tag_has_a_history_although_claims_say_its_name(run: Run, tmp_path: Path) -> None:
    run("add", SEED)
    with Library.open(tmp_path / "library") as library:
        article = library.articles()[0]
        text = library.version(article.id).text
        for found in (text.index("Russia"), text.rindex("Russia")):
            library.tag_span(article.id, found, found + 6, ["russia"])
        library.describe_tag("russia", description="the state")
    assert "description: nothing → the state" in run("history", "Russia").out
