"""Dates and names as news prints them."""

import pytest

from store.ingest import dates
from store.ingest.look import look
from store.ingest.outlets import outlet_in
from store.ingest.people import authors_in


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("28 January 2026", "2026-01-28"),
        ("January 28, 2026", "2026-01-28"),
        ("Jan. 28, 2026, at 1:08 p.m.", "2026-01-28"),
        ("Wed 28th Jan 2026", "2026-01-28"),
        ("2026-01-28T10:00:00Z", "2026-01-28"),
        ("28.01.2026", "2026-01-28"),
        ("28/01/2026", "2026-01-28"),
        ("01/28/2026", "2026-01-28"),
        ("28. Januar 2026", "2026-01-28"),
        ("1er février 2026", "2026-02-01"),
        ("28 de enero de 2026", "2026-01-28"),
        ("28 de janeiro de 2026", "2026-01-28"),
        ("28 stycznia 2026", "2026-01-28"),
        ("28 января 2026", "2026-01-28"),
        ("28 يناير 2026", "2026-01-28"),
        ("٢٨ يناير ٢٠٢٦", "2026-01-28"),
        ("28 كانون الثاني 2026", "2026-01-28"),
        ("12 NİSAN 2026", "2026-04-12"),
        ("12 KASIM 2026", "2026-11-12"),
        ("2026年1月28日", "2026-01-28"),
        ("2026년 1월 28일", "2026-01-28"),
    ],
)
def test_dates_of_many_languages_are_read(printed: str, day: str) -> None:
    assert [found.day for found in dates.find(printed)] == [day]


@pytest.mark.parametrize("printed", ["31 February 2026", "2026-13-01", "version 1.2.2026.4", "May 2026", "1/2026", ""])
def test_what_is_no_day_is_no_date(printed: str) -> None:
    assert not list(dates.find(printed))


def test_figures_that_could_be_two_days_are_unsure_until_the_page_shows_its_order() -> None:
    assert next(dates.find("01/02/2026")).unsure
    assert dates.published(["01/02/2026"], 0) is None
    order = dates.day_first(["Updated 24/12/2025"])
    assert dates.published(["01/02/2026"], 0, order) == "2026-02-01"


def test_the_line_at_the_headline_beats_the_day_s_date_on_top_of_the_page() -> None:
    lines = ["Monday, 2 February 2026", "A headline", "Updated 1 February 2026", "Published 28 January 2026"]
    assert dates.published(lines, 1) == "2026-01-28"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Peskov said today, Wednesday, 28 January 2026, that talks will go on.", "2026-01-28"),
        ("He spoke on 28 January 2026.", None),
        ("Today is another day. On 28 January 2026 he resigned.", None),
        ("The war of 2014 is felt today.", None),
    ],
)
def test_a_day_is_inferred_only_where_the_text_calls_it_today(sentence: str, day: str | None) -> None:
    assert dates.inferred([sentence]) == day


@pytest.mark.parametrize(
    ("header", "people"),
    [
        (["By Marta Lunde"], ("Marta Lunde",)),
        (["BY MARTA LUNDE AND OSKAR VIK"], ("Marta Lunde", "Oskar Vik")),
        (["Written by Marta Lunde, Oskar Vik | 14 January 2025"], ("Marta Lunde", "Oskar Vik")),
        (["By Marta LundeJan 14, 2025"], ("Marta Lunde",)),
        (["By", "Marta Lunde"], ("Marta Lunde",)),
        (["Von Jürgen Müller-Lüdenscheidt"], ("Jürgen Müller-Lüdenscheidt",)),
        (["Par Élise de la Tour"], ("Élise de la Tour",)),
        (["Marta Lunde", "14 January 2025"], ("Marta Lunde",)),
        (["By News Staff"], ()),
        (["By the time he came, it was over"], ()),
        (["Share This Story", "14 January 2025"], ()),
        ([], ()),
    ],
)
def test_bylines_name_people_and_nobody_else(header: list[str], people: tuple[str, ...]) -> None:
    assert authors_in(header) == people


def named(*lines: str) -> str | None:
    seen = [look(line) for line in lines]
    return outlet_in(seen, [False] * len(seen))


@pytest.mark.parametrize(
    ("foot", "outlet"),
    [
        ("© 2025 The Vessel Courier. All rights reserved.", "The Vessel Courier"),
        ("Copyright 1998-2025 The Vessel Courier | All rights reserved", "The Vessel Courier"),
        ("Subscribe to The Vessel Courier", "The Vessel Courier"),
        ("Contact The Vessel Courier", "The Vessel Courier"),
        ("Write to desk@vesselcourier.example.org", "The Vessel Courier"),
        ("Follow Harbour Media", None),
        ("Copyright © 2025 by Island Holdings Ltd", None),
        ("All rights reserved", None),
    ],
)
def test_an_outlet_is_named_when_two_kinds_of_signs_agree(foot: str, outlet: str | None) -> None:
    assert named("News", "Get The Vessel Courier app" if outlet else "News", "Sign up", foot) == outlet


@pytest.mark.parametrize(
    "lines",
    [
        ("About Us", "Contact Us", "Follow Us", "Advertise with Us"),
        ("Follow Star Harvest", "More from Star Harvest", "Like Star Harvest"),
        ("Get the Harbour app", "Subscribe to The Vessel Courier"),
        ("(Photo: © Marta Lunde / The Vessel Courier)", "About The Vessel Courier"),
    ],
)
def test_an_outlet_that_is_unsure_is_not_named(lines: tuple[str, ...]) -> None:
    assert named(*lines) is None


def test_the_first_of_many_claims_of_rights_names_the_outlet_that_the_page_is_full_of() -> None:
    others = [f"Copyright Picture House {number}" for number in range(100)]
    own = ["The Vessel Courier", "More of The Vessel Courier today", "What The Vessel Courier is"]
    assert named("© 2025 The Vessel Courier", *others, *own) == "The Vessel Courier"


def test_what_an_article_says_of_others_names_no_outlet() -> None:
    seen = [look(line) for line in ("Subscribe to The Vessel Courier", "Get The Vessel Courier app")]
    assert outlet_in(seen, [True, False]) is None
