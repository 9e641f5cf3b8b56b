"""The README says only what is so."""

from __future__ import annotations

import re
from pathlib import Path

from tui.keys import CONTEXTS, keys_of, markdown_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf8")


def test_the_keys_in_the_readme_are_the_keys_of_the_program() -> None:
    assert markdown_table() in README, "run: python -m tui.keys, and put its output into README.md"


def test_every_command_of_the_readme_names_files_that_are_there() -> None:
    for name in re.findall(r"(?:tests/benchmarks|docs|seeds)/[\w./-]+\.\w+", README):
        assert (ROOT / name).is_file(), name


def test_no_key_does_two_things_on_one_screen() -> None:
    for context in CONTEXTS.keys() - {"everywhere", "move"}:
        around = ("everywhere",) if context == "pane" else ("everywhere", "move")
        taken: dict[str, str] = {}
        for key in keys_of(*around, context):
            for name in key.keys.split(","):
                assert name not in taken, f"{name}: {taken.get(name)} and {key.id}"
                taken[name] = key.id
