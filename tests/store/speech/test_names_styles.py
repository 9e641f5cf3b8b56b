"""Small articles of many styles, each with its gold: who said what.

An article in `styles/` is followed by a line `=====` and its gold, one line a stretch of speech:
`speaker | kind | first words … last words | carrier`. The speaker is `-` where the source has no name, the carrier may
be left out, and names (or carriers) joined by `; ` are equally right. A line `not | words` is no speech. What the
analysis does not get right yet stands in `styles/known_failures.txt` (`article | words | reason`) and must be taken out
when it does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from speech_gold import Folder, Line

STYLES = Folder(Path(__file__).parent / "styles")


@pytest.mark.parametrize("line", STYLES.cases())
def test_who_said_what(line: Line) -> None:
    STYLES.check(line)


def test_every_known_failure_is_a_line_of_gold() -> None:
    lines = {(line.article, line.words) for line in STYLES.gold()}
    assert set(STYLES.known_failures()) <= lines


def test_there_are_enough_articles() -> None:
    assert len({line.article for line in STYLES.gold()}) >= 40
