"""Tags and speakers: renamed, nested, joined, split, told apart; each of it can be undone and made again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import LibraryError, UnknownRecordError
from store.library import Library
from store.model import Analysis, Block, Extract, Quote

TEXT = "The minister said the bridge would open. Nobody believed him. The mayor said it would not."
QUOTES = (
    Quote(kind="indirect", spans=((18, 39),), speaker="Ahmad al-Shara"),
    Quote(kind="indirect", spans=((77, 89),), speaker="Ahmed al-Sharaa"),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library")
    extract = Extract(path="a.txt", text=TEXT, blocks=(Block("paragraph", 0, len(TEXT)),), title="The bridge")
    library.add(extract, Analysis(analyser="x", quotes=QUOTES))
    return library


def tag(library: Library, *names: str) -> list[str]:
    """Tag something with each name and return the claims' ids."""
    article = library.articles()[0].id
    return [library.tag_span(article, at * 9, at * 9 + 8, [name]).id for at, name in enumerate(names)]


def names(library: Library) -> list[str]:
    return [found.name for found in library.tags()]


def test_the_tags_below_a_tag_go_with_its_new_name(library: Library) -> None:
    claims = tag(library, "Economy", "economy/trade", "economy/Trade/tariffs", "economics", "peace/economy")
    library.rename_tag("economy", "Money matters")
    assert names(library) == [
        "economics",
        "Money matters",
        "Money matters/trade",
        "Money matters/Trade/tariffs",
        "peace/economy",
    ]
    assert library.tag_names(library.claim(claims[2])) == ("Money matters/Trade/tariffs",)
    library.undo()
    assert names(library) == ["economics", "Economy", "economy/trade", "economy/Trade/tariffs", "peace/economy"]
    library.redo()
    assert "Money matters/trade" in names(library)


def test_a_tag_can_move_below_itself_and_out_again(library: Library) -> None:
    tag(library, "economy", "economy/trade")
    library.rename_tag("economy", "world/economy")
    assert names(library) == ["world/economy", "world/economy/trade"]
    library.rename_tag("world/economy", "world/economy/now")
    assert names(library) == ["world/economy/now", "world/economy/now/trade"]
    library.rename_tag("world/economy/now", "economy")
    assert names(library) == ["economy", "economy/trade"]


@pytest.mark.parametrize("name", ["money", "money/trade"])
def test_a_name_that_is_taken_also_one_level_down_changes_nothing(library: Library, name: str) -> None:
    tag(library, "economy", "economy/trade", "money/trade")
    before = names(library)
    with pytest.raises(LibraryError, match="merge the two instead"):
        library.rename_tag("economy", name)
    assert names(library) == before


def test_a_tag_can_be_merged_into_one_below_it_and_split_again(library: Library) -> None:
    claims = tag(library, "economy", "economy/trade")
    library.merge_tags("economy", "economy/trade")
    assert names(library) == ["economy/trade"]
    assert [library.tag_names(library.claim(claim)) for claim in claims] == [("economy/trade",)] * 2
    with pytest.raises(LibraryError, match="already one"):
        library.merge_tags("economy/trade", "economy")
    library.split_tag("economy")
    assert [library.tag_names(library.claim(claim)) for claim in claims] == [("economy",), ("economy/trade",)]


def test_the_tags_below_a_merged_tag_stay_what_they_are(library: Library) -> None:
    tag(library, "economy", "economy/trade", "money")
    library.merge_tags("economy", "money")
    assert names(library) == ["economy/trade", "money"]


def test_synonyms_find_a_tag_and_stay_with_it(library: Library) -> None:
    (claim, *_) = tag(library, "economy", "money")
    library.describe_tag("economy", synonyms=["finance"], description="what it costs", colour="#336699")
    library.rename_tag("economy", "Economics")
    assert library.tag("finance").name == "Economics"
    library.merge_tags("Economics", "money")
    assert library.tag("finance").name == "money"
    library.split_tag("economics")
    found = library.tag("finance")
    assert (found.name, found.description, found.colour) == ("Economics", "what it costs", "#336699")
    again = library.tag_span(library.claim(claim).anchor.article, 40, 60, ["Finance"])
    assert library.tag_names(again) == ("Economics",)


@pytest.mark.parametrize("name", ["x" * 201, "x" * 1_000_000])
def test_a_name_as_long_as_a_story_is_refused_in_one_short_line(library: Library, name: str) -> None:
    tag(library, "economy")
    for work in (lambda: tag(library, name), lambda: library.rename_tag("economy", name)):
        with pytest.raises(LibraryError) as refused:
            work()
        assert len(str(refused.value)) < 150
    assert names(library) == ["economy"]


def speakers(library: Library) -> list[str | None]:
    return [quote.speaker for quote in library.analysis(library.articles()[0].id).quotes]


def test_speakers_joined_in_a_chain_come_apart_where_they_are_split(library: Library) -> None:
    library.merge_speakers("Ahmad al-Shara", "Ahmed al-Sharaa")
    library.merge_speakers("Ahmed al-Sharaa", "أحمد الشرع")
    assert speakers(library) == ["أحمد الشرع"] * 2
    library.split_speaker("Ahmed al-Sharaa")
    assert speakers(library) == ["Ahmed al-Sharaa"] * 2
    library.split_speaker("Ahmad al-Shara")
    assert speakers(library) == ["Ahmad al-Shara", "Ahmed al-Sharaa"]


def test_splitting_what_nobody_joined_is_an_error_and_no_step(library: Library) -> None:
    library.rename_speaker("Ahmad al-Shara", "A. Shara")
    for name in ("A. Shara", "Ahmed al-Sharaa", "nobody"):
        with pytest.raises(UnknownRecordError, match="joined"):
            library.split_speaker(name)
    for name in ("economy", "nothing"):
        with pytest.raises(UnknownRecordError, match="merged"):
            library.split_tag(name)
    assert library.next_undo() == "rename speaker “Ahmad al-Shara” to “A. Shara”"


def test_two_who_were_told_apart_stay_so_through_renaming_joining_and_splitting(library: Library) -> None:
    library.not_same_speaker("Ahmad al-Shara", "Ahmed al-Sharaa")
    library.rename_speaker("Ahmad al-Shara", "A. Shara")
    library.merge_speakers("A. Shara", "The president")
    library.split_speaker("A. Shara")
    assert library.not_same_as("A. Shara") == ("Ahmed al-Sharaa",)
    assert library.not_same_as("Ahmad al-Shara") == ("Ahmed al-Sharaa",)
    assert library.not_same_as("Ahmed al-Sharaa") == ("Ahmad al-Shara",)


CHANGES: list[Callable[[Library], object]] = [
    lambda library: tag(library, "economy", "economy/trade", "money", "cash"),
    lambda library: library.rename_tag("economy", "Economics"),
    lambda library: library.describe_tag("money", synonyms=["finance"], colour="#112233"),
    lambda library: library.merge_tags("cash", "money"),
    lambda library: library.merge_tags("money", "economics/trade"),
    lambda library: library.split_tag("cash"),
    lambda library: library.remove_tag("cash"),
    lambda library: library.rename_speaker("Ahmad al-Shara", "A. Shara"),
    lambda library: library.merge_speakers("A. Shara", "Ahmed al-Sharaa"),
    lambda library: library.split_speaker("A. Shara"),
    lambda library: library.not_same_speaker("A. Shara", "Ahmed al-Sharaa"),
]


def test_each_of_it_can_be_undone_and_made_again_after_a_restart(library: Library) -> None:
    def seen() -> list[object]:
        return [library.tags(), library.merged_tags(), library.speakers(), library.claims(), speakers(library)]

    states = [seen()]
    for change in CHANGES:
        before = library.revision
        change(library)
        states += [[]] * (library.revision - before - 1) + [seen()]
    library.close()
    library = Library.open(library.folder)
    for state in reversed(states[:-1]):
        assert library.undo() is not None
        assert state in ([], seen())
    assert library.undo() is None
    for state in states[1:]:
        assert library.redo() is not None
        assert state in ([], seen())
    assert library.redo() is None
