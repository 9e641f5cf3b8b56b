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


def test_a_copy_in_a_script_without_spaces_is_found(library: Library, tmp_path: Path) -> None:
    story = (
        "市议会周二投票决定将旧港桥关闭八个月，每天约四千辆汽车将改道穿过市中心。",
        "议会领袖在投票后表示：“我们已经尽可能推迟了这一决定，钢材强度已下降三分之一。”",
        "码头街的店主们说，他们事先没有得到任何通知，去年封桥期间营业额减少了一半。",
        "工程师今年三月公布的报告显示，受检的铆钉中有三分之二出现锈蚀，维修费用预计为一千万。",
    )
    (tmp_path / "a.txt").write_text("\n\n".join(["旧港桥将关闭八个月", *story]))
    (tmp_path / "b.txt").write_text("\n\n".join(["港桥封闭引发店主不满", *story[:3], "本报将继续关注此事的后续发展。"]))
    assert take_in(library, str(tmp_path / "a.txt")).outcome == "added"
    assert take_in(library, str(tmp_path / "b.txt")).outcome == "duplicate"


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
