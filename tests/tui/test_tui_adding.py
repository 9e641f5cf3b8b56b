"""Adding from inside the app: what a line may name, and many files at once."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal import Terminal

from store.library import Library
from store.paths import sample_files
from tui.app import NewsreaderApp
from tui.screens.add import AddPrompt

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
STORY = "The mayor said on Monday: “We will build {} bridges over the river before the winter comes,” and left.\n"


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two articles in a folder with a blank in its name."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "my news"
    folder.mkdir()
    for name, bridges in (("one day", 12), ("two", 40)):
        title = f"Bridges for {bridges} streets"
        text = "\n\n".join([title, STORY.format(bridges), f"The vote on the {name} budget was put off by a week."])
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("typed", "articles"),
    [
        ("~/my news", 2),
        ("~/my news/two.txt", 1),
        ("~/my news/*.txt", 2),
        ("~/my*/t*.txt", 1),
        ("'{folder}/one day.txt'", 1),
        ("{folder}/one\\ day.txt", 1),
        ("'{folder}/one day.txt' '{folder}/two.txt' ", 2),
        ("file://{address}/one%20day.txt", 1),
    ],
)
async def test_a_line_names_files_as_a_shell_or_a_file_manager_writes_them(
    library: Library, make_app: MakeApp, news: Path, typed: str, articles: int
) -> None:
    folder = str(news).replace(" ", "\\ ") if "\\" in typed else str(news)
    line = typed.format(folder=folder, address=str(news).replace(" ", "%20"))
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *line, "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert len(library.articles()) == articles


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("~nobody-of-this-name/x", "no such file"),
        ("~/my news/*.pdf", "no such file"),
        ("it's nowhere", "no such file"),
        ("x" * 300, "no such file"),
        ("'~/my news/two.txt' nowhere.txt", "no such file"),
        ("file://[x", "no such file"),
        ("file://℀/x", "no such file"),
        ("file://", "no such file"),
        ("-", "on the command line"),
        ("news.example/a", "https://news.example/a"),
    ],
    ids=lambda value: value[:40],
)
async def test_a_line_that_names_nothing_is_asked_again(
    library: Library, make_app: MakeApp, seen: Seen, news: Path, typed: str, answer: str
) -> None:
    async with make_app(library).run_test(size=(120, 36)) as pilot:
        await pilot.press("a")
        pilot.app.screen.query_one("Input").insert_text_at_cursor(typed)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AddPrompt)
        assert answer in " ".join(seen(pilot.app).split())


def test_many_files_are_added_in_a_real_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(16):
        (folder / f"{number}.txt").write_text(f"{chr(65 + number)} bridges\n\n{STORY.format(number + 2)}")
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "NEWSREADER_LIBRARY": str(tmp_path / "library"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    command = [str(Path(sys.executable).with_name("newsreader")), str(sample_files()[0])]
    with Terminal(command, surroundings, columns=100, rows=30, folder=str(tmp_path)) as screen:
        screen.wait_for("Syrian transitional President")
        screen.press("q")
        screen.wait_for("1 article")
        screen.press("a" + shlex.quote(str(folder)) + "\r")
        screen.wait_for("17 articles")
        screen.wait_for("adding", gone=True)
        screen.press("\x11")
        assert screen.wait_for_end() == 0
