"""The whole way in a real terminal, with the real command and the keyboard alone."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from store.paths import sample_files

NEWSREADER = str(Path(sys.executable).with_name("newsreader"))
ENTER, ESCAPE, CTRL_F, CTRL_Q = "\r", "\x1b", "\x06", "\x11"


def start(folder: Path, *sources: str, columns: int, rows: int, **more: str) -> Terminal:
    return Terminal([NEWSREADER, *sources], surroundings(folder) | more, columns=columns, rows=rows, folder=str(folder))


def surroundings(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "NEWSREADER_LIBRARY": str(folder / "library"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (80, 24), (50, 20)])
def test_open_tag_find_export_and_come_back(tmp_path: Path, columns: int, rows: int) -> None:
    with start(tmp_path, str(sample_files()[0]), columns=columns, rows=rows) as screen:
        screen.wait_for("Syrian transitional President")
        screen.press("]")
        screen.press("t")
        screen.wait_for("tag ▸")
        screen.press("Russian bases")
        screen.wait_for("new tag “Russian bases”")
        screen.press(ENTER)
        screen.wait_for("Tagged Russian bases")
        screen.wait_for("tag ▸", gone=True)
        screen.press("]")
        screen.press(".")
        screen.press(CTRL_F)
        screen.wait_for("Search everything" if columns >= 60 else "search ▸")
        screen.press("rusian base")
        screen.wait_for("#Russian bases")
        screen.press(ENTER)
        screen.wait_for("search ▸", gone=True)
        screen.wait_for("ussian bases")
        screen.press("E")
        screen.wait_for("export to ▸")
        screen.press(ENTER)
        screen.wait_for("Wrote 2 claims")
        screen.press(CTRL_Q)
        assert screen.wait_for_end() == 0

    exported = json.loads((tmp_path / "newsreader-export.json").read_text("utf8"))
    assert [claim["tags"] for claim in exported["claims"]] == [["Russian bases"], ["Russian bases"]]
    first, second = sorted(exported["claims"], key=lambda claim: claim["start"])
    assert "discuss bilateral relations" in first["exact"]
    assert first["speaker"] == "Kremlin"
    assert "talks between the two presidents" in second["exact"]
    assert second["speaker"] == "Dmitry Peskov"

    with start(tmp_path, columns=columns, rows=rows) as screen:
        screen.wait_for("#Russian bases" if columns >= 60 else "#Russian")
        screen.press(CTRL_Q)
        assert screen.wait_for_end() == 0


def is_restored(written: bytes) -> bool:
    """Say whether the last words to the terminal were: own screen, cursor, no mouse, no bracketed paste."""
    pairs = ((b"\x1b[?1049l", b"\x1b[?1049h"), (b"\x1b[?25h", b"\x1b[?25l"), (b"\x1b[?1000l", b"\x1b[?1000h"))
    return all(written.rindex(off) > written.rindex(on) for off, on in pairs)


def test_the_terminal_is_left_as_it_was(tmp_path: Path) -> None:
    with start(tmp_path, columns=80, rows=24) as screen:
        screen.wait_for("The library is empty")
        screen.press("q")
        assert screen.wait_for_end() == 0
        assert is_restored(screen.written)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_in_order(tmp_path: Path, number: int) -> None:
    with start(tmp_path, str(sample_files()[0]), columns=80, rows=24) as screen:
        screen.wait_for("Syrian transitional President")
        screen.send_signal(number)
        assert screen.wait_for_end() == 128 + number
        assert is_restored(screen.written)
    with start(tmp_path, columns=80, rows=24) as screen:
        screen.wait_for("Syrian transitional President")  # it was remembered what was open
        screen.press(CTRL_Q)
        assert screen.wait_for_end() == 0


def test_a_terminal_that_goes_away_takes_the_program_with_it(tmp_path: Path) -> None:
    with start(tmp_path, str(sample_files()[0]), columns=80, rows=24) as screen:
        screen.wait_for("Syrian transitional President")
        screen.hang_up()
    with start(tmp_path, columns=80, rows=24) as screen:
        screen.wait_for("Syrian transitional President")
        screen.press(CTRL_Q)
        assert screen.wait_for_end() == 0


def test_ctrl_c_says_how_to_quit_and_ctrl_z_goes_to_the_shell_and_back(tmp_path: Path) -> None:
    with start(tmp_path, columns=80, rows=24) as screen:
        screen.wait_for("The library is empty")
        screen.press("\x03")
        screen.wait_for("ctrl+q quits")
        screen.press("\x1a")
        screen.wait_for_stop()
        assert is_restored(screen.written)
        before = len(screen.written)
        screen.send_signal(signal.SIGCONT)
        screen.wait_for_bytes(b"\x1b[?1049h", before)
        screen.wait_for_bytes(b"The library is empty", before)
        screen.press(CTRL_Q)
        assert screen.wait_for_end() == 0
        assert is_restored(screen.written)


FAULTY = """
import sys
from pathlib import Path
from store.library import Library
from tui.app import NewsreaderApp

def fail(app):
    raise KeyError("a secret of the article")

NewsreaderApp.action_search = fail
with Library.open(Path("library")) as library:
    app = NewsreaderApp(library, state=Path("state.d/app.json"))
    app.run()
sys.exit(app.return_code)
"""


def test_a_fault_of_the_program_ends_in_one_line_and_a_clean_terminal(tmp_path: Path) -> None:
    (tmp_path / "faulty.py").write_text(FAULTY)
    command = [sys.executable, "faulty.py"]
    with Terminal(command, surroundings(tmp_path), columns=80, rows=24, folder=str(tmp_path)) as screen:
        screen.wait_for("The library is empty")
        screen.press(CTRL_F)
        assert screen.wait_for_end() == 1
        assert is_restored(screen.written)
        assert b"your library is safe" in screen.written
        assert b"Traceback" not in screen.written
        assert b"a secret" not in screen.written
    assert "KeyError" in (tmp_path / "state.d/fault.txt").read_text()


COLOUR = re.compile(rb"\x1b\[(?:\d+[;:])*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:]\d+)*m")


@pytest.mark.parametrize(("wish", "coloured"), [("1", False), ("", True)])
def test_no_color_means_none_and_an_empty_one_means_nothing(tmp_path: Path, wish: str, coloured: bool) -> None:
    with start(tmp_path, str(sample_files()[0]), columns=120, rows=36, NO_COLOR=wish) as screen:
        screen.wait_for("Syrian transitional President")
        screen.press("]t")
        screen.wait_for("tag ▸")
        screen.press(ESCAPE)
        screen.wait_for("tag ▸", gone=True)
        screen.press("?")
        screen.wait_for("enter do it")
        screen.press("q")
        screen.wait_for("enter do it", gone=True)
        screen.press("1S")
        screen.wait_for("Sort by")
        screen.press(CTRL_Q)
        screen.wait_for_end()
        assert bool(COLOUR.search(screen.written)) is coloured


def test_a_mistake_in_the_settings_is_said_and_the_program_starts(tmp_path: Path) -> None:
    (tmp_path / "config/newsreader").mkdir(parents=True)
    (tmp_path / "config/newsreader/config.toml").write_text('[keys]\n"app.qit" = "Q"\n"app.quit" = "Q"\n')
    with start(tmp_path, columns=120, rows=24) as screen:
        screen.wait_for("The library is empty")
        screen.wait_for("config.toml:2: app.qit: no such command; did you mean app.quit?")
        screen.press("Q")
        assert screen.wait_for_end() == 0
