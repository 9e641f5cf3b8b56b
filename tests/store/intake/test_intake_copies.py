"""The same story twice: filed together, told apart by a person, and never two stories made one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stories import LIBRARY, PIER

from store.errors import LibraryError
from store.intake import Outcome, take_in
from store.library import Library

Write = Callable[..., Outcome]


@pytest.fixture
def write(library: Library, tmp_path: Path) -> Write:
    """Write a text file and take it in."""

    def write_text(name: str, *paragraphs: str) -> Outcome:
        path = tmp_path / f"{name}.txt"
        path.write_text("\n\n".join([f"{name} said so", *paragraphs]))
        return take_in(library, str(path))

    return write_text


def test_a_copy_is_kept_and_filed_under_the_first(library: Library, write: Write) -> None:
    first = write("Courier", *PIER)
    copy = write("Herald", *PIER[:3], "The Herald will follow the story in the coming days and weeks.")
    assert (copy.outcome, copy.original) == ("duplicate", first.article)
    assert f"the same story as {first.article.id[:8]}" in copy.message if first.article else False
    assert len(library.articles()) == 2
    assert copy.article is not None
    assert library.original(copy.article.id) == first.article
    assert [article.id for article in library.copies(first.article.id if first.article else "")] == [copy.article.id]


def test_another_story_stands_alone(library: Library, write: Write) -> None:
    write("Courier", *PIER)
    assert write("Herald", *LIBRARY).outcome == "added"
    assert library.all_copies() == {}


def test_a_person_tells_two_apart_and_that_holds(library: Library, write: Write) -> None:
    first = write("Courier", *PIER).article
    copy = write("Herald", *PIER, "The Herald has more on page four of the printed edition today.").article
    assert first is not None
    assert copy is not None
    library.tell_apart(copy.id)
    assert library.original(copy.id) is None
    write("Herald", *PIER, "The Herald has more on page five of the printed edition today.")
    assert library.original(copy.id) is None
    library.undo()
    assert library.original(copy.id) is not None
    with pytest.raises(LibraryError, match="filed under no other"):
        library.tell_apart(first.id)


def test_a_copy_of_a_copy_is_filed_under_the_first(library: Library, write: Write) -> None:
    first = write("Courier", *PIER)
    write("Herald", *PIER, "The Herald has more on page four of the printed edition today.")
    third = write("Gazette", *PIER, "The Gazette has more on page nine of the printed edition today.")
    assert third.original is not None
    assert first.article is not None
    assert third.original.id == first.article.id
    assert len(library.copies(first.article.id)) == 2


def test_a_copy_whose_original_is_removed_stands_alone_until_it_comes_back(library: Library, write: Write) -> None:
    first = write("Courier", *PIER).article
    copy = write("Herald", *PIER, "The Herald has more on page four of the printed edition today.").article
    assert first is not None
    assert copy is not None
    library.delete_article(first.id)
    assert library.original(copy.id) is None
    library.undo()
    assert library.original(copy.id) is not None


def test_two_articles_are_not_filed_in_a_circle(library: Library, write: Write) -> None:
    first = write("Courier", *PIER).article
    other = write("Herald", *LIBRARY).article
    assert first is not None
    assert other is not None
    library.file_under(other.id, first.id)
    with pytest.raises(LibraryError, match="already the first"):
        library.file_under(first.id, other.id)
    library.undo()
    assert library.original(other.id) is None
