"""The whole way in a real terminal, with the real command and the keyboard alone."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from store.paths import sample_files

NEWSREADER = str(Path(sys.executable).with_name("newsreader"))
ENTER, ESCAPE, CTRL_F, CTRL_Q = "\r", "\x1b", "\x06", "\x11"


def start(folder: Path, *sources: str, columns: int, rows: int) -> Terminal:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "NEWSREADER_LIBRARY": str(folder / "library"),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    return Terminal([NEWSREADER, *sources], env, columns=columns, rows=rows, folder=str(folder))


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
        screen.wait_for("claim")
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


def test_the_terminal_is_left_as_it_was(tmp_path: Path) -> None:
    with start(tmp_path, columns=80, rows=24) as screen:
        screen.wait_for("The library is empty")
        screen.press("q")
        assert screen.wait_for_end() == 0
        assert b"\x1b[?1049l" in screen.written, "the alternate screen is left"
        assert screen.written.rindex(b"\x1b[?25h") > screen.written.rindex(b"\x1b[?1049h"), "the cursor is back"
