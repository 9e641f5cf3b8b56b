"""What tags were used for, kept up to date by every change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Extract, Quote

TEXT = "We fight on. We fight on. He left the town."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def added(library: Library, name: str) -> str:
    quote = Quote(kind="direct", spans=((0, 12),), speaker="Ada Voss")
    extract = Extract(path=name, text=f"{TEXT} {name}", blocks=(), title=name)
    return library.add(extract, Analysis(analyser="test", quotes=(quote,))).article.id


def near(library: Library, words: str, speaker: str | None, article: str) -> dict[str, tuple[bool, bool, bool]]:
    found = library.tags_near(words, speaker, article)
    names = {tag.id: tag.name for tag in (*library.tags(), *library.merged_tags())}
    return {names[one]: (use.words, use.speaker, use.article) for one, use in found.items()}


def test_a_tag_is_near_by_its_words_its_speaker_and_its_article(library: Library) -> None:
    one, other = added(library, "one"), added(library, "other")
    library.tag_span(one, 0, 12, ["war"])
    assert near(library, "we  FIGHT on.", "Ada Voss", one) == {"war": (True, True, True)}
    assert near(library, "He left", None, other) == {"war": (False, False, False)}
    library.tag_span(other, 26, 33, ["town"])
    assert near(library, "He left", None, other) == {"war": (False, False, False), "town": (True, False, True)}


def test_what_is_taken_back_is_not_near_any_more(library: Library) -> None:
    one = added(library, "one")
    claim = library.tag_span(one, 0, 12, ["war"])
    assert near(library, "We fight on.", None, one)["war"][0]
    library.remove_claim(claim.id)
    assert near(library, "We fight on.", None, one) == {}
    library.undo()
    assert near(library, "We fight on.", None, one)["war"][0]


def test_a_joined_speaker_and_a_merged_tag_count_as_what_they_are_part_of(library: Library) -> None:
    one = added(library, "one")
    library.tag_span(one, 0, 12, ["war"])
    library.tag_span(one, 13, 25, ["fighting"])
    library.merge_tags("fighting", "war")
    library.rename_speaker("Ada Voss", "A. Voss")
    assert near(library, "x", "A. Voss", "") == {"war": (False, True, False)}
