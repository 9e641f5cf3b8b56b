"""Text from outside is shown, never obeyed: on every screen and from every verb."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import settle
from terminal import Terminal

from store.library import Library
from store.model import Analysis, Extract
from tui.app import NewsreaderApp

NEWSREADER = str(Path(sys.executable).with_name("newsreader"))
CTRL_F, CTRL_P, CTRL_Q, ENTER, ESCAPE = "\x06", "\x10", "\x11", "\r", "\x1b"

PAYLOADS = (
    "\x1b]0;PWNED\x07",
    "\x1b]8;;https://evil.example/\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;UFdORUQ=\x07",
    "\x1b[31;5mPWNED\x1b[0m",
    "\x1bPPWNED\x1b\\",
    "\x9b31mPWNED",
    "\x9d0;PWNED\x9c",
    "\u202edesrever\u202c",
    "\u2066isolate\u2069",
    "zero\u200bwidth\ufeff",
    "nul\x00bel\x07back\x08",
)
MARKUP = "[@click=app.quit()]quit[/] [link=https://x.y/z]link[/link] [b]bold[/b] [/] [red]"

FORBIDDEN = re.compile(
    rb"\x1b\]0;PWNED|\x1b\]8;;https://evil|\x1b\]52;c;UFdORUQ|\x1b\[31;5mPWNED|\x1bPPWNED|\x00"
    + b"|"
    + b"|".join(re.escape(char.encode()) for char in "\x9b\x9c\x9d\u202e\u202c\u2066\u2069\u200b\ufeff")
)


def hostile_article() -> str:
    payload = " ".join(PAYLOADS)
    return (
        f"{MARKUP} Minister warns of floods {payload}\n\n"
        f"Evil {payload} Gazette - News\n\n"
        f"The minister spoke to reporters in the capital on Monday about the floods {payload} and about {MARKUP} what"
        " the government would do about them.\n\n"
        f"“We are ready {payload} for the {MARKUP} water,” Minister Ada {payload} Voss said on Monday in the capital,"
        " where the river had risen overnight.\n\n"
        f"She added that the army {payload} would help every town on the river {MARKUP} before the weekend comes.\n\n"
        f"Read More Details {payload}\n"
    )


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "NEWSREADER_LIBRARY": str(tmp_path / "library"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "news [b] \x1b]0;PWNED\x07"
    folder.mkdir()
    path = folder / "[@click=app.quit()] \u202eevil.txt"
    path.write_text(hostile_article(), "utf8")
    return path


def run(env: dict[str, str], *words: str, given: bytes = b"", code: int = 0) -> bytes:
    done = subprocess.run([NEWSREADER, *words], env=env, input=given, capture_output=True, check=False)
    assert done.returncode == code, done
    return done.stdout + done.stderr


def obeyed(written: bytes) -> list[bytes]:
    return [written[max(0, found.start() - 30) : found.end() + 10] for found in FORBIDDEN.finditer(written)]


def test_no_verb_hands_hostile_text_to_the_terminal(env: dict[str, str], source: Path) -> None:
    assert not obeyed(run(env, "add", str(source)))
    listed = run(env, "list")
    article = listed.split()[0].decode()
    for words in (
        ("list", "--json"),
        ("list", "\x1b]0;PWNED\x07"),
        ("show", article),
        ("show", article, "--json"),
        ("search", "army"),
        ("search", f"\x1b]0;PWNED\x07 {MARKUP}"),
        ("inspect", str(source)),
        ("export",),
        ("check",),
    ):
        assert not obeyed(run(env, *words)), words
    for words in (("show", "\x1b]0;PWNED\x07"), ("add", "\x1b]0;PWNED\x07.txt"), ("import", "\x1b]0;PWNED\x07.json")):
        assert not obeyed(run(env, *words, code=1)), words
    assert b"[link=https://x.y/z]" in run(env, "show", article), "markup is printed as it stands"


def test_no_screen_hands_hostile_text_to_the_terminal(env: dict[str, str], source: Path, tmp_path: Path) -> None:
    command = [NEWSREADER, str(source)]
    with Terminal(command, env, columns=120, rows=36, folder=str(tmp_path)) as screen:
        screen.wait_for("The minister spoke to reporters")
        screen.wait_for("[link=https://x.y/z]")  # markup is shown as it stands
        screen.press("]t")
        screen.wait_for("tag ▸")
        screen.press(MARKUP + ENTER)
        screen.wait_for("Tagged [@click")
        screen.press("c")
        screen.wait_for("speaker ▸")
        screen.press("[red]Voss" + ENTER)
        screen.wait_for("Speaker: [red]Voss")
        screen.press("W")
        screen.wait_for("you:")
        screen.press("i")
        screen.wait_for("enter keep")
        screen.press(MARKUP + ENTER)
        screen.wait_for("enter keep", gone=True)
        screen.press("/")
        screen.wait_for("find ▸")
        screen.press("[red]")
        screen.wait_for(" of ")
        screen.press(ENTER)
        screen.wait_for("find ▸", gone=True)
        screen.press("T")
        screen.wait_for("the first text")
        screen.press(ESCAPE)
        screen.wait_for("the first text", gone=True)
        screen.press("R")
        screen.wait_for("Taken out of this article")
        screen.press("s")
        screen.wait_for("The raw source")
        screen.press("s")
        screen.wait_for("Taken out of this article")
        screen.press("q")
        screen.wait_for("Taken out of this article", gone=True)
        screen.press("?")
        screen.wait_for("a word back")
        screen.press(ESCAPE)
        screen.wait_for("a word back", gone=True)
        screen.press(CTRL_F)
        screen.wait_for("search ▸")
        screen.press("army [b]")
        screen.wait_for("in 1 article")
        screen.press(ENTER)
        screen.wait_for("search ▸", gone=True)
        screen.press("E")
        screen.wait_for("export to ▸")
        screen.press("[b]" + ENTER)
        screen.wait_for("Wrote 1 claim")
        screen.press("u")
        screen.wait_for("Undone")
        screen.press("q")
        screen.wait_for("search ▸")
        screen.press(ESCAPE)
        screen.wait_for("Speakers")
        screen.press("q")
        screen.wait_for("Library")
        screen.press("3")
        screen.wait_for("description")
        screen.press("i")
        screen.wait_for("description ▸")
        screen.press(MARKUP + ENTER)
        screen.wait_for("description ▸", gone=True)
        screen.press("R")
        screen.wait_for("rename to ▸")
        screen.press("[red]" + ENTER)
        screen.wait_for("rename to ▸", gone=True)
        screen.press(ENTER)
        screen.wait_for("Dossier   #[@click")
        screen.press("C")
        screen.wait_for("found nowhere else")
        screen.press("q")
        screen.wait_for("newest first")
        screen.press("E")
        screen.wait_for("export to ▸")
        screen.press(ENTER)
        screen.wait_for("Wrote 1 entry")
        screen.press("4")
        screen.wait_for("Speakers")
        screen.wait_for("Voss")
        screen.press("a")
        screen.wait_for("also called ▸")
        screen.press(MARKUP + ENTER)
        screen.wait_for("also called ▸", gone=True)
        screen.wait_for("also [@click")
        screen.press(ENTER)
        screen.wait_for("Dossier   ")
        screen.press("q")
        screen.wait_for("Dossier   ", gone=True)
        screen.press("q")
        screen.wait_for("Dossier   #[@click")
        screen.press("q")
        screen.wait_for("Dossier   ", gone=True)
        screen.press("q")
        screen.wait_for("Library")
        screen.press("/")
        screen.press("floods [b]")
        screen.wait_for("show only ▸")
        screen.press(CTRL_Q)
        assert screen.wait_for_end() == 0
        assert not obeyed(screen.written)


async def test_the_name_of_a_command_in_text_from_outside_is_no_key(
    library: Library,
    make_app: Callable[..., NewsreaderApp],
    seen: Callable[[NewsreaderApp], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = "News <app.quit> daily"
    text = f"{named}. We are ready for the water."
    article = library.add(Extract(path="h", text=text, blocks=(), title=named), Analysis(analyser="t")).article
    library.tag_span(article.id, 0, 4, [named])
    library.follow("https://x.example/rss", named)
    app = make_app(library)
    told: list[str] = []
    monkeypatch.setattr(app, "notify", lambda message, **_: told.append(message))  # however soon it goes again

    def said() -> str:
        return told[-1]

    async with app.run_test(size=(120, 36), notifications=True) as pilot:

        async def press(*keys: str) -> None:
            await pilot.press(*keys)
            await settle(pilot)

        await press("F", "x")
        assert said() == f"Left “{named}”; its articles stay   u brings it back"
        await press("u")
        assert named in said()
        await press("escape", "3", "R", "2", "enter")
        assert said().startswith(f"{named} is now ")
        assert said().endswith("   u undo")
        await press("u", "1", "enter")
        await press("t", *"<app.quit>", "enter")
        assert said() == f"Tagged {named}   u undo"
        await press("slash", *"<app.quit>")
        assert "“<app.quit>”: 1 of 1" in seen(app)
        await press("enter")
        assert "“<app.quit>”: 1 of 1   n next" in seen(app)
        await press("escape", "1", "d")
        assert said() == f"Deleted “{named}”   u brings it back"
        app.say(named, error=True)
        assert said() == named


def test_only_safe_text_reaches_a_widget() -> None:
    """Every widget that takes a string gets it from `safe`, `plain` or a literal of ours."""
    sinks = re.compile(
        r"\b(?:Static|Label|Content\.from_markup|notify|(?:\)|note|how)\.update|\.tooltip|border_title)\(\s*(f?)([\"']?)"
    )
    stray = []
    for path in (Path(__file__).parents[2] / "tui").rglob("*.py"):
        if path.name == "safe.py":
            continue  # the door itself
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            for found in sinks.finditer(line):
                rest = line[found.end() :]
                ours = found[2] and not found[1]
                door = re.match(
                    r"(?:safe\(|plain\(|own_markup\(_[A-Z]+,|Content\b"
                    r"|spelled\(text, table,|_[A-Z]+\b|self\._\w+ ?=|id=|\)|$)",
                    rest,
                )
                if not ours and not door and "markup=False" not in line:
                    stray.append(f"{path.name}:{number}: {line.strip()}")
    assert not stray, "\n".join(stray)
