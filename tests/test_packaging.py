"""The wheel holds all that the program needs, and the rooms keep their order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

HEADLESS_START = """
import asyncio, sys
from pathlib import Path
from store.library import Library
from store.paths import sample_files
from tui.app import NewsreaderApp

async def start() -> None:
    assert [path.is_file() for path in sample_files()] == [True], sample_files()
    with Library.open(Path("library")) as library:
        async with NewsreaderApp(library).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert pilot.app.screen.region.width == 80

asyncio.run(start())
print("started from", sys.modules["tui.app"].__file__)
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NEWSREADER"))}
    env |= {"HOME": str(cwd), "XDG_DATA_HOME": str(cwd / "data"), "XDG_STATE_HOME": str(cwd / "state")}
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the bin folder of an empty environment into which the built wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("newsreader_tui-*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    subprocess.run([str(folder / "env/bin/pip"), "install", "-q", str(wheel)], check=True, capture_output=True)
    return folder / "env/bin"


def test_the_installed_command_inspects_the_sample_from_another_folder(installed: Path, tmp_path: Path) -> None:
    seed = next((ROOT / "seeds").glob("*.txt"))
    line = run(installed / "newsreader", "inspect", seed, cwd=tmp_path).stdout
    found = json.loads(line)
    assert found["outlet"] == "Enab Baladi"
    assert {"Dmitry Peskov", "Ahmed al-Sharaa"} <= {quote["speaker"] for quote in found["quotes"]}


def test_the_installed_app_starts_without_a_screen_from_another_folder(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "python", "-c", HEADLESS_START, cwd=tmp_path).stdout
    assert str(installed.parent) in said
