"""Notes in the person's own editor, and finding what is nearly there."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from store.library import Library
from store.paths import sample_files
from tui.editing import MOST_READ, edit
from tui.finding import find, near

NEWSREADER = str(Path(sys.executable).with_name("newsreader"))


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    script = folder / "my editor.py"
    script.write_text(f"import os, sys\npath = sys.argv[-1]\n{lines}\n", "utf8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}'")


def test_what_the_editor_leaves_comes_back_cleaned_and_the_file_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    lines = f"""import json
modes = [os.stat(p).st_mode for p in (path, os.path.dirname(path))]
json.dump([path, modes, open(path).read()], open({str(seen)!r}, "w"))
open(path, "wb").write("two\\nlines \\x1b[31m\\x9b2J\u202e end\\n".encode())"""
    editor(tmp_path, monkeypatch, lines)
    assert edit("before $(touch x) \x1b[2J") == "two\nlines  end"
    import json

    path, modes, text = json.loads(seen.read_text())
    assert text == "before $(touch x) \n"
    assert [stat.S_IMODE(mode) & 0o077 for mode in modes] == [0, 0]
    assert not os.path.exists(path)


@pytest.mark.parametrize(
    "lines",
    ["sys.exit(3)", "os.remove(path)", f"open(path, 'w').write('x' * {MOST_READ + 2})"],
    ids=["fails", "removes", "too long"],
)
def test_an_editor_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    editor(tmp_path, monkeypatch, lines)
    with pytest.raises(OSError, match=r"failed|long|No such"):
        edit("kept")


@pytest.mark.parametrize("named", ["no-such-editor-anywhere", "'open"])
def test_an_editor_that_is_not_there_is_an_error_with_its_name(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("VISUAL", named)
    with pytest.raises(OSError, match=named):
        edit("kept")


def terminal_env(folder: Path, command: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "NEWSREADER_LIBRARY": str(folder / "library"),
        "XDG_STATE_HOME": str(folder / "state"),
        "EDITOR": command,
    }


def test_a_note_is_written_in_the_editor_of_a_real_terminal(tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys; open(sys.argv[-1], 'a').write('seen by hand')", "utf8")
    env = terminal_env(tmp_path, f"{sys.executable} {script}")
    command = [NEWSREADER, str(sample_files()[0])]
    with Terminal(command, env, columns=80, rows=24, folder=str(tmp_path)) as screen:
        screen.wait_for("Syrian transitional President")
        screen.press("i")
        screen.wait_for("ctrl+e your editor")
        screen.press("first,")
        screen.wait_for("first,")
        screen.press("\x05")
        screen.wait_for("seen by hand")
        screen.press("\r")
        screen.wait_for("Noted")
        screen.press("\x11")
        assert screen.wait_for_end() == 0
    with Library.open(tmp_path / "library") as library:
        (claim,) = library.claims()
        assert claim.note == "first,\nseen by hand"


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("sys.exit(3)", "failed (exit code 3)"),
        ("os.kill(os.getpid(), 9)", "was stopped (SIGKILL)"),
        ("", "was stopped (SIGINT)"),
    ],
    ids=["fails", "killed", "interrupted"],
)
def test_after_an_editor_that_fails_the_screen_is_back_with_what_was_typed(
    tmp_path: Path, ending: str, told: str
) -> None:
    script = tmp_path / "editor"
    script.write_text(
        f"#!{sys.executable}\nimport os, sys, time\nprint('editing now', flush=True)\n{ending or 'time.sleep(60)'}\n",
        "utf8",
    )
    script.chmod(0o700)
    env = terminal_env(tmp_path, "./editor")
    with Terminal([NEWSREADER, str(sample_files()[0])], env, columns=80, rows=24, folder=str(tmp_path)) as screen:
        screen.wait_for("Syrian transitional President")
        screen.press("i")
        screen.wait_for("ctrl+e your editor")
        screen.press("kept")
        screen.wait_for("kept")
        screen.press("\x05")
        if not ending:
            screen.wait_for_bytes(b"editing now")
            screen.press("\x03")
        assert "kept" in screen.wait_for(told)
        screen.press("\r")
        screen.wait_for("Noted")
        screen.press("\x11")
        assert screen.wait_for_end() == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("goverment", "government"),
        ("the goverment fel", "the government fell"),
        ("cafes", ""),
        ("zzzzzz", ""),
        ("qq", ""),
        ("", ""),
    ],
)
def test_words_nearly_like_those_typed_are_offered(wanted: str, found: str) -> None:
    text = "The government fell. People sat in cafés."
    assert near(text, wanted) == found or find(text, wanted)


def test_finding_gives_the_offsets_of_the_printed_text() -> None:
    text = "A “naïve” ﬁgure: ГОРОД, İstanbul"
    for wanted, printed in (("naive", "naïve"), ("figure", "ﬁgure"), ("город", "ГОРОД"), ("istanbul", "İstanbul")):
        ((start, end),) = find(text, wanted)
        assert text[start:end] == printed
