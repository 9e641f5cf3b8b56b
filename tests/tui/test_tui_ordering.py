"""Sorting and grouping the library, without a screen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Article
from tui.ordering import GROUPS, SORTS, Heading, Order
from tui.stories import stories
from tui.widgets.article_list import day_of

TODAY = date(2026, 11, 23)


def article(title: str, day: str = "2026-11-23", outlet: str = "", **known: object) -> Article:
    return Article(id=title, title=title, version="", retrieved=day, published=day, outlet=outlet, **known)  # type: ignore[arg-type]


BANK = article("Bank holds its rate", "2026-11-23", "Post", quotes=3, words=900)
COURT = article("Court halts strike", "2026-11-22", "Daily", quotes=9, words=100, read=True)
ALL_IN = article("all in one place", "2026-11-02", quotes=1, words=500)
THREE = [BANK, COURT, ALL_IN]


@pytest.mark.parametrize(
    ("sort", "first", "turned"),
    [
        ("date", BANK, ALL_IN),
        ("outlet", COURT, BANK),
        ("title", ALL_IN, COURT),
        ("quotes", COURT, ALL_IN),
        ("claims", ALL_IN, BANK),
        ("unread", BANK, COURT),
        ("length", BANK, COURT),
    ],
)
def test_each_sort_begins_with_what_one_looks_for(sort: str, first: Article, turned: Article) -> None:
    claims = {ALL_IN.id: 2, COURT.id: 1}
    assert Order(sort).sorted(THREE, claims)[0] is first
    assert Order(sort, turned=True).sorted(THREE, claims)[0] is turned


def test_the_usual_order_needs_no_words_and_another_says_itself() -> None:
    assert Order().line() == ""
    assert Order("title").line() == "by title, A to Z"
    assert Order("date", turned=True).line() == "by date, oldest first"
    assert Order("claims", group="day").line() == "by claims, most first · grouped by day"


def test_headings_say_how_many_articles_are_under_them_and_how_many_are_unread() -> None:
    rows = Order(group="outlet").rows([*THREE, article("Another", "2026-11-01", "Post", read=True)], {}, TODAY)
    assert [row.text if isinstance(row, Heading) else row.title for row in rows] == [
        *("Post", "Bank holds its rate", "Another", "Daily", "Court halts strike", "no outlet", "all in one place"),
    ]
    assert rows[0] == Heading("Post", "Post", articles=2, unread=1)


def test_days_are_named_as_people_name_them() -> None:
    rows = Order(group="day").rows(THREE, {}, TODAY)
    assert [row.text for row in rows if isinstance(row, Heading)] == [
        "Today, 23 Nov 2026",
        "Sun, 22 Nov 2026",
        "2 Nov 2026",
    ]


def test_the_day_an_article_came_in_is_never_shown_as_the_day_it_was_published() -> None:
    undated = Article(id="1", title="No day stands in it", version="", retrieved="2026-11-23T09:00:00Z")
    rows = Order(group="day").rows([BANK, undated], {}, TODAY)
    assert [row.text if isinstance(row, Heading) else row.title for row in rows] == [
        *("Today, 23 Nov 2026", "Bank holds its rate", "undated", "No day stands in it"),
    ]
    assert day_of(undated, TODAY) == "undated"


def test_a_folded_group_shows_its_heading_alone() -> None:
    rows = Order(group="outlet").rows(THREE, {}, TODAY, folded={"Post"})
    assert isinstance(rows[0], Heading)
    assert rows[0].folded
    assert BANK not in rows
    assert COURT in rows


COPIES = [
    article("Harbour strike halted by court order", "2026-11-23", "Post"),
    article("Court order halts strike at harbour", "2026-11-22", "Daily"),
    article("Waiting lists fall for a third month", "2026-11-22", "City"),
    article("Court order ends harbour strike", "2026-06-01", "Old Post"),
]


def test_a_story_is_what_two_outlets_title_alike_within_days() -> None:
    told = stories(COPIES)
    assert told[COPIES[1].id] == COPIES[0].id
    assert told[COPIES[2].id] == COPIES[2].id, "another story"
    assert told[COPIES[3].id] == COPIES[3].id, "months apart"


def test_two_speakers_in_common_join_titles_that_share_less() -> None:
    one = article("Minister defends harbour deal after storm", "2026-11-23", speakers=("Ada Voss", "Mo Hale"))
    two = article("Harbour deal: union calls for vote in parliament", "2026-11-22", speakers=("Mo Hale", "Ada Voss"))
    assert stories([one, two])[two.id] == one.id
    stranger = article(two.title, "2026-11-22", speakers=("Ines Pohl",))
    assert stories([one, stranger])[stranger.id] == stranger.id


def test_what_is_filed_as_a_copy_belongs_to_its_story_whatever_its_title() -> None:
    original = article("Harbour strike halted by court order", "2026-11-23")
    copy = article("Dockers told to go back to work", "2026-11-10", copy_of=original.id)
    second = article("港湾ストライキ", "2026-06-01", copy_of=original.id)
    assert set(stories([copy, original, second]).values()) == {copy.id}
    assert stories([copy, second])[second.id] == copy.id, "with the original out of sight as well"


def test_what_a_person_told_apart_is_not_joined_by_its_title() -> None:
    one, two = COPIES[0], article(COPIES[1].title, "2026-11-22", not_copy_of=(COPIES[0].id,))
    assert stories([one, two])[two.id] == two.id


def test_stories_told_once_stand_together_at_the_end() -> None:
    rows = Order(group="story").rows(COPIES, {}, TODAY)
    assert [(row.text, row.articles) for row in rows if isinstance(row, Heading)] == [
        (COPIES[0].title, 2),
        ("told by one article", 2),
    ]


titles = st.text(alphabet="harbour strike 港 é", max_size=30)
articles = st.lists(
    st.builds(article, titles, st.sampled_from(["2026-11-23", "2026-11-20", "", "nonsense"])), max_size=12
)


@given(articles, st.sampled_from([sort.name for sort in SORTS]), st.booleans(), st.sampled_from(GROUPS))
def test_no_order_loses_an_article_or_shows_one_twice(
    given_articles: list[Article], sort: str, turned: bool, group: str
) -> None:
    known = list({one.id: one for one in given_articles}.values())
    rows = Order(sort, turned, group).rows(known, {}, TODAY)
    assert sorted(row.id for row in rows if isinstance(row, Article)) == sorted(one.id for one in known)


@pytest.mark.parametrize("turned", [False, True])
def test_articles_without_an_outlet_come_last_either_way_round(turned: bool) -> None:
    assert Order("outlet", turned=turned).sorted([ALL_IN, *THREE], {})[-1] is ALL_IN


def test_a_day_of_another_year_is_told_in_full_where_there_is_room() -> None:
    old = article("old", "2025-06-03", published_inferred=True)
    assert day_of(old, TODAY) == "~Jun 2025"
    assert day_of(old, TODAY, 12) == "~3 Jun 2025"
    assert day_of(article("old", "2025-06-13"), TODAY, 12) == "13 Jun 2025"
    assert day_of(article("new"), TODAY, 12) == "Today"
