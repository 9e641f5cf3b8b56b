"""What the page on the command line says of `--json` is what the verbs write."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import Run, runner

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
STORY = (
    "Harbour closes for a month\n\n"
    "The harbour of Vessel Bay will close for a month from Monday, the port authority said.\n\n"
    "“We have no choice but to dredge,” said harbour master Ines Duarte. “The channel has silted up.”\n"
)


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("NEWSREADER_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(STORY)
    Path("feeds.opml").write_text('<opml><body><outline text="C" xmlUrl="https://courier.example/rss"/></body></opml>')
    return runner(capfd, monkeypatch)


def documented(verb: str) -> set[str]:
    rows = [row.split("|") for row in PAGE.read_text().splitlines() if row.startswith("| `")]
    said = " ".join(row[3] for row in rows if verb in re.findall(r"`([^`]+)`", row[1]))
    return set(re.findall(r"`([a-z_]+)`", said)) | (documented("list") if "as `list`" in said else set())


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("add", ["add", "a.txt", "missing.txt", "feeds.opml"]),
        ("list", ["list"]),
        ("show", ["show", "Harbour closes for a month"]),
        ("inspect", ["inspect", "a.txt", "feeds.opml"]),
        ("search", ["search", "harbour"]),
        ("search --list", ["search", "--list"]),
        ("feeds", ["feeds"]),
        ("history", ["history"]),
        ("export -o FILE", ["export", "-o", "x.json"]),
        ("import", ["import", "given.json"]),
        ("check", ["check"]),
        ("backup", ["backup", "b.tar"]),
        ("config path", ["config", "path"]),
    ],
)
def test_every_field_is_on_the_page(command: Run, verb: str, words: list[str]) -> None:
    command("add", "a.txt", "feeds.opml")
    command("search", "harbour", "--save", "port")
    command("export", "-o", "given.json")
    rows = [json.loads(line) for line in command(*words, "--json").lines]
    assert rows
    assert {name for row in rows for name in row} <= documented(verb)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lst"], "no such file, and no verb"),
        (["search", "harbour", "--save", ""], "the name of the search is empty"),
        (["search", "--forget", " "], "the name of the search is empty"),
    ],
)
def test_what_means_nothing_is_said_and_nothing_is_done(command: Run, words: list[str], said: str) -> None:
    ran = command(*words)
    assert (ran.code, ran.out, Path("library").exists()) == (2, "", False)
    assert said in ran.error


def test_a_backup_is_named_as_what_it_is(command: Run) -> None:
    command("add", "a.txt")
    ran = command("backup", "library.zip")
    assert (ran.code, Path("library.zip").exists()) == (2, False)
    assert ".tar.gz" in ran.error
