"""Web pages: the article, what is known of it, and pages made to break readers."""

import importlib.util
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import SourceError
from store.ingest import expand, live, read
from store.ingest.html import FALLBACK, from_html
from store.ingest.html_tree import Part
from store.ingest.markup import Printed, printed
from store.safe_text import clean

PARAGRAPHS = (
    "The harbour council of Lindholm voted on Tuesday to close the old ferry pier for two years.",
    "Mayor Greta Aslund said the wooden piles had rotted faster than engineers had expected.",
    "“We would rather lose two summers than a single passenger,” she told a packed meeting on the quay.",
    "Ferry crews asked for written promises that their contracts would be kept until the reopening.",
    "A smaller landing stage will open north of the fish market before the holidays begin.",
    "Repairs are expected to cost eleven million crowns, half of it paid by the province.",
)
LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Lindholm Courier"},
 {"@type": "NewsArticle", "headline": "Pier closes for two years", "datePublished": "2026-03-04T22:10:00+02:00",
  "author": [{"@type": "Person", "name": "Ines Falk"}, {"@id": "#two"}], "publisher": {"@id": "#pub"}},
 {"@type": "Person", "@id": "#two", "name": "Jonas Rehn"},
 {"@type": "Organization", "@id": "#pub", "name": "Courier Media AB"}]}</script>"""
DECK = "The old wooden landing is no longer safe for passengers, engineers say."


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def article(extra: str = "", title: str = "Pier closes for two years") -> str:
    paragraphs = [f"<p>{words}</p>" for words in PARAGRAPHS]
    return f"""<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
    <main><article><h1>{title}</h1><p class="dek">{DECK}</p><div class="byline">By Ines Falk</div>
    {"".join(paragraphs[:3])}<h2>What the crews want</h2>{"".join(paragraphs[3:])}{extra}</article></main>
    <footer><p>All rights reserved. Lindholm Courier</p></footer>"""


HEAD = (
    "<title>Pier closes for two years - Lindholm Courier</title>"
    f"<meta name='description' content='{DECK}'>"
    "<meta property='og:site_name' content='Lindholm Courier'>"
    "<link rel='canonical' href='https://courier.example/2026/03/04/pier-closes'>"
)


def test_the_article_comes_out_with_deck_subhead_and_every_paragraph() -> None:
    found = read("pier.html", page(article(), HEAD + LD))
    assert found.text == "\n\n".join((DECK, *PARAGRAPHS[:3], "What the crews want", *PARAGRAPHS[3:]))
    assert [found.text[b.start : b.end] for b in found.blocks if b.kind == "subhead"] == ["What the crews want"]


def test_title_site_authors_date_and_address_are_what_the_page_states() -> None:
    found = read("pier.html", page(article(), HEAD + LD))
    assert (found.title, found.outlet) == ("Pier closes for two years", "Lindholm Courier")
    assert found.authors == ("Ines Falk", "Jonas Rehn")
    assert found.published == "2026-03-04T22:10:00+02:00"
    assert not found.published_inferred
    assert found.url == "https://courier.example/2026/03/04/pier-closes"
    assert found.language == "en"


@pytest.mark.parametrize("title", ["Lindholm Courier | Pier closes for two years", "Pier closes for two years — News"])
def test_the_names_of_site_and_section_are_no_part_of_a_title(title: str) -> None:
    assert read("pier.html", page(article(title=title), HEAD)).title == "Pier closes for two years"


def test_without_data_for_machines_the_printed_date_and_byline_count() -> None:
    body = article().replace("By Ines Falk", "By Ines Falk</div><div>Published 4 March 2026")
    found = read("pier.html", page(body, "<title>Pier closes for two years</title>"))
    assert (found.published, found.authors) == ("2026-03-04", ("Ines Falk",))


def test_a_time_in_utc_is_told_in_the_zone_in_which_the_page_prints_it() -> None:
    head = "<meta property='article:published_time' content='2026-03-04T18:30:00Z'>"
    printed_at = "<time datetime='2026-03-01T09:00:00+11:00'>1 March</time><time datetime='{}'>5 March, 5.30am</time>"
    local = article(printed_at.format("2026-03-05T05:30:00+11:00"))
    assert read("pier.html", page(local, head)).published == "2026-03-05T05:30:00+11:00"
    other = article(printed_at.format("2026-03-05T07:30:00+11:00"))
    assert read("pier.html", page(other, head)).published == "2026-03-04T18:30:00Z"


def test_a_headline_printed_longer_than_it_is_stated_is_the_headline_too() -> None:
    stated = "The old ferry pier of Lindholm closes for two years"
    shares = "".join(f"<li><a href='/share/{n}'>Share {n}</a></li>" for n in range(20))
    head = f"<header><h2>{stated}, and nobody knows what it will cost</h2><ul><li>4 Mar 2026</li>{shares}</ul></header>"
    body = head + "<main><article>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "</article></main>"
    found = read("pier.html", page(body, f"<title>{stated}</title>"))
    assert (found.title, found.published) == (stated, "2026-03-04")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/03/04/pier", "2026-03-04"),
        ("/news/2026-3-4-pier", "2026-03-04"),
        ("/20260304/pier", "2026-03-04"),
        ("/2026/mar/04/pier", "2026-03-04"),
        ("/2026/12/pier", None),
        ("/2026/12/231213112457.htm", None),
        ("/2026/13/45/pier", None),
    ],
)
def test_an_address_gives_a_date_only_when_it_holds_a_whole_one(path: str, day: str | None) -> None:
    head = f"<title>Pier closes</title><link rel=canonical href='https://courier.example{path}'>"
    assert read("pier.html", page(article(), head)).published == day


def test_what_is_left_out_can_be_shown_with_its_place_in_the_page() -> None:
    raw = page(article(), HEAD)
    found = read("pier.html", raw)
    gone = {removed.text: raw.decode()[removed.start : removed.end] for removed in found.removed}
    assert gone["Home"] == "Home"
    assert {"Sport", "Pier closes for two years", "All rights reserved. Lindholm Courier"} <= gone.keys()


ENTRIES = [
    (
        f"Item {number}: {what}",
        [f"The council voted on {what} after {number + 2} minutes, the clerk said.", f"“{what}!”"],
    )
    for number, what in enumerate(
        ("boats and nets", "the fish market", "the old landing", "two cranes", "pay", "roads")
    )
]


def live_blog(opened: str, closed: str, signed: str = "", data: str = "", title: str = "Harbour vote: live") -> bytes:
    entries = "".join(
        f"<{opened}><h2>{head}</h2>{signed}{''.join(f'<p>{row}</p>' for row in rows)}</{closed}>"
        for head, rows in ENTRIES
    )
    body = (
        f"<nav><a href='/'>Home</a></nav><main><h1>{title}</h1><p>{DECK}</p>{entries}</main><p>All rights reserved.</p>"
    )
    return page(body, f"<title>{title}</title>{data}")


@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("marked", ["", "<p>", "paragraphs"])
def test_a_live_blog_has_every_entry_that_its_page_states(drawn: bool, marked: str) -> None:
    between = {"": " ", "<p>": "</p><p>", "paragraphs": "\n"}[marked]
    updates = [{"@type": "BlogPosting", "headline": head, "articleBody": between.join(rows)} for head, rows in ENTRIES]
    facts = {"@type": "LiveBlogPosting", "headline": "Harbour vote: live", "liveBlogUpdate": updates}
    data = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    written = live_blog("article", "article", "<p>Ines Falk, in Lindholm, 4 March 2026, 9:00</p>", data)
    if not drawn:
        written = page(
            f"<main><h1>Harbour vote: live</h1><p>{DECK}</p></main>", f"<title>Harbour vote: live</title>{data}"
        )
    found = read("live.html", written)
    places = [found.text.find(words) for head, rows in ENTRIES for words in (head, *rows)]
    assert -1 not in places
    assert places == sorted(places)
    assert {found.text[b.start : b.end] for b in found.blocks if b.kind == "subhead"} >= {head for head, _ in ENTRIES}
    assert DECK in found.text


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "strange"])
def test_a_live_blog_of_very_many_lines_has_every_entry(stated: bool) -> None:
    rows = [f"The clerk counted {n} boats and {n * 7} nets in the harbour of Lindholm." for n in range(30_000)]
    others = [f"The boats of {n} nets in the harbour of the clerk counted by Lindholm." for n in range(30_000)]
    lines = [Printed(row, 0, 0, "paragraph") for row in (rows if stated else [rows[0], *others, rows[-1]])]
    parts = live.whole([("", "\n".join(rows))], [Part("paragraph", DECK)], lines)
    assert [part.text for part in parts] == [DECK, *rows]


def test_a_live_blog_is_cut_as_it_is_printed_though_its_page_states_each_entry_in_one_line() -> None:
    rows = [f"The clerk counted {n} boats and {n * 7} nets in the harbour of Lindholm." for n in range(2_000)]
    lines = [Printed(row, 0, 0, "paragraph") for row in ["Home", *rows[1_000:], *rows[:1_000], "Imprint"]]
    parts = live.whole([("", " ".join(rows))], [Part("paragraph", DECK)], lines)
    assert [part.text for part in parts] == [DECK, *rows[1_000:], *rows[:1_000]]


def test_signed_entries_of_a_live_blog_are_no_other_stories() -> None:
    found = read("live.html", live_blog("div", "div", "<p>By Ines Falk</p><p>4 March 2026</p>"))
    assert all(words in found.text for _, rows in ENTRIES for words in rows)


UNSHOWN = "A line that no reader of the page sees and that nobody may quote from it, said the hidden man of the pier."


@pytest.mark.parametrize("mark", ["hidden", "hidden=''", "aria-hidden='true'", "style='color: red; DISPLAY : none'"])
@pytest.mark.parametrize(
    "block", ["<p {}>{}</p>", "<div {}><p>{}</p></div>", "<h2 {}>{}</h2>", "<ul {}><li>{}</li></ul>"]
)
def test_what_a_page_does_not_show_is_no_part_of_its_article(mark: str, block: str) -> None:
    unseen = block.format(mark, UNSHOWN)
    for extra in (unseen + f"<p>{PARAGRAPHS[0].upper()}</p>", unseen):
        found = read("pier.html", page(article(extra), HEAD + LD))
        assert "hidden man" not in found.text
        assert all(words in found.text for words in PARAGRAPHS)
        assert [removed.reason for removed in found.removed if removed.text == UNSHOWN] == ["not shown by the page"]


@pytest.mark.parametrize("mark", ["hidden", "aria-hidden='true'", "style='display: none'"])
def test_an_article_that_a_script_shows_is_not_lost(mark: str) -> None:
    hidden = article().replace("<article>", f"<article {mark}>")
    teaser = f"<main><h1>Pier closes</h1><p>{DECK}</p><p>Sign in to read what the crews want, and why it matters.</p>"
    for source in (hidden, hidden.replace("<main>", teaser)):
        assert all(words in read("pier.html", page(source, HEAD + LD)).text for words in PARAGRAPHS)


def test_quotes_lists_and_tables_keep_their_role() -> None:
    extra = (
        "<blockquote><p>The pier was my grandfather's work and it deserves a careful end.</p></blockquote>"
        "<ul><li>The northern stage opens in June.</li><li>Tickets stay valid on buses.</li></ul>"
        "<table><tr><th>Year</th><th>Passengers</th></tr><tr><td>2024</td><td>81,000</td></tr></table>"
        "<p>The council meets again in the second week of April to choose a builder.</p>"
    )
    found = read("pier.html", page(article(extra), HEAD))
    kinds = {found.text[b.start : b.end]: b.kind for b in found.blocks}
    assert kinds["The pier was my grandfather's work and it deserves a careful end."] == "quote"
    assert kinds["Tickets stay valid on buses."] == "list"
    assert kinds["2024 · 81,000"] == "list"


@pytest.mark.parametrize(
    "dirt", ["&#27;", "&#x1B;", "&#0;", "\x1b]8;;http://evil.example\x07", "\x00", "\x0c", "&#155;"]
)
def test_a_control_character_does_not_lose_the_article(dirt: str) -> None:
    body = article().replace("voted on", f"voted {dirt}on")
    found = read("pier.html", page(body, HEAD))
    assert all(words in found.text for words in PARAGRAPHS[1:])
    assert clean(found.text) == found.text
    assert "harbour council" in found.text


def test_old_numbers_for_typographic_quotes_are_read_as_browsers_do() -> None:
    body = article().replace("“", "&#147;").replace("”", "&#148;")
    assert "“We would rather" in read("pier.html", page(body, HEAD)).text


@pytest.mark.parametrize("depth", [300, 1_000, 20_000])
def test_deep_nesting_never_loses_the_text(depth: int) -> None:
    body = "<div>" * depth + article() + "</div>" * depth
    found = read("pier.html", page(body, HEAD))
    assert all(words in found.text for words in PARAGRAPHS)


def test_a_page_no_article_is_found_in_still_gives_its_words() -> None:
    found = read("note.html", page("<span>Ferry to Lindholm cancelled today.</span>"))
    assert found.text == "Ferry to Lindholm cancelled today."
    assert found.extractor == FALLBACK


def test_a_page_laid_out_by_a_table_keeps_its_paragraphs_apart() -> None:
    rows = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    found = read("old.html", page(f"<table><tr><td><h1>Pier closes for two years</h1>{rows}</td></tr></table>"))
    assert found.text == "\n\n".join(PARAGRAPHS)


def test_a_page_drawn_by_a_script_gives_the_text_that_it_states_for_machines() -> None:
    body = json.dumps("\n\n".join(PARAGRAPHS))
    data = f'{{"@type": "NewsArticle", "headline": "Pier closes for two years", "articleBody": {body}}}'
    script = f'<title>Courier</title><script type="application/ld+json">{data}</script>'
    found = read("a.html", page("<div id=root></div>", script))
    assert (found.title, found.text) == ("Pier closes for two years", "\n\n".join(PARAGRAPHS))


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0037)https://courier.example/2026/03/04/pier -->",
        "<!--\n Page saved with SingleFile \n url: https://courier.example/2026/03/04/pier \n-->",
    ],
)
def test_a_page_saved_by_a_browser_has_the_address_it_was_saved_from(note: str) -> None:
    found = read("saved.html", page(article()).replace(b"<html", f"{note}<html".encode(), 1))
    assert (found.url, found.published) == ("https://courier.example/2026/03/04/pier", "2026-03-04")


def test_a_page_that_shows_nothing_is_refused_in_one_line() -> None:
    with pytest.raises(SourceError, match=r"^empty\.html: .*no words") as caught:
        read("empty.html", page("<script>draw()</script>"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-16", "koi8-r"])
def test_old_charsets_are_read(charset: str) -> None:
    words = "Совет порта проголосовал во вторник за закрытие старого паромного причала на два года."
    body = f"<html><head><meta charset={charset}></head><body><article><h1>Причал закрыт</h1>"
    raw = (body + f"<p>{words}</p><p>{words[::-1]}</p></article></body></html>").encode(charset)
    assert words in read("p.html", raw).text


def test_an_address_of_the_page_makes_links_whole_and_a_front_page_is_not_believed() -> None:
    head = "<link rel='canonical' href='/'><meta property='og:url' content='/2026/pier'>"
    found = from_html(page(article(), head), "x", address="https://courier.example/a?b=1")
    assert found.url == "https://courier.example/2026/pier"


def test_a_page_that_wraps_another_papers_article_names_both() -> None:
    extra = (
        "<p>The post Pier closes for two years appeared first on Harbour Gazette.</p>"
        "<p>Read more of the best stories of the coast in our app, every day, for free.</p>"
    )
    found = read("pier.html", page(article(extra), HEAD))
    assert (found.outlet, found.aggregator) == ("Harbour Gazette", "Lindholm Courier")
    assert found.text.endswith(PARAGRAPHS[-1])


def test_a_page_without_the_extra_is_refused_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.ingest.extras.find_spec", lambda name: None)
    with pytest.raises(SourceError, match=r"pip install 'newsreader-tui\[web\]'"):
        read("pier.html", page(article(), HEAD))


def test_bytes_tell_a_page_that_has_no_name(tmp_path) -> None:
    assert read("-", page(article(), HEAD)).title == "Pier closes for two years"
    (tmp_path / "a.html").write_bytes(page(article()))
    (tmp_path / "b.css").write_bytes(b"p {}")
    assert list(expand([str(tmp_path)])) == [str(tmp_path / "a.html")]


def test_the_libraries_of_the_web_load_only_for_a_page() -> None:
    assert importlib.util.find_spec("trafilatura")
    import subprocess
    import sys

    code = (
        "import sys, store.ingest; store.ingest.read('a.txt', b'Some words here.'); print('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


PIECES = """<p> </p> <b <!-- --> <script> </script> <div> " ' > < & &#27; &lt; <li> </ul> </li> <h2> <svg>"""
TAGS = st.sampled_from(PIECES.split())


def test_a_page_shows_the_same_lines_however_its_tags_are_written() -> None:
    source = (
        "<p>One <b>bold</b> <i> word</i><!-- <li> a note --> here</P><svg><p>drawn</p></svg>"
        "<p title='a > b'>Two<br/><a data-x=\"it's\" rel='x'>three</a>"
        "<script>if (a < b) print('</p>')</SCRIPT>four <ul><li>five<template><li>unread</template></ul>six < 7 <H2>Head"
    )
    lines = [(line.text, line.kind, line.level) for line in printed(source)]
    assert lines == [
        ("One bold word here", "paragraph", 0),
        ("Two", "paragraph", 0),
        ("three", "paragraph", 0),
        ("four", "paragraph", 0),
        ("five", "list", 0),
        ("six < 7", "paragraph", 0),
        ("Head", "subhead", 2),
    ]


@given(st.lists(TAGS | st.text(max_size=8), max_size=40).map("".join))
def test_printed_lines_stand_where_they_say_whatever_the_markup(source: str) -> None:
    end = 0
    for line in printed(source):
        assert end <= line.start < line.end <= len(source)
        assert clean(line.text) == line.text == " ".join(line.text.split())
        end = line.end


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.lists(TAGS | st.text(max_size=8), max_size=40).map("".join))
def test_a_broken_page_is_read_or_refused_never_a_crash(source: str) -> None:
    try:
        found = read("x.html", source.encode("utf-8", "replace"))
    except SourceError:
        return
    assert "\n\n".join(found.text[b.start : b.end] for b in found.blocks) == found.text
    assert clean(found.text) == found.text


@pytest.mark.parametrize(
    ("mark", "times", "said"),
    [
        ("<", 5_000_000, "more than 150,000 tags"),
        ('<a x=">', 500_000, "more than 150,000 tags"),
        ("<script>", 100_000, "no words"),
        ("<!--", 100_000, "no words"),
        ("&#", 1_100_000, "characters"),
        ("a", 3_000_000, "characters"),
    ],
)
def test_a_flood_of_marks_is_refused_in_one_line(mark: str, times: int, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read("flood.html", page("<p>" + mark * times))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("tags", ["<table><tr><td>", "<ul><li>", "<blockquote>", "<span>", "<dl><dd>"])
def test_a_thousand_levels_of_one_mark_keep_the_text(tags: str) -> None:
    found = read("deep.html", page(tags * 1_000 + article(), HEAD))
    assert all(words in found.text for words in PARAGRAPHS)


def test_what_the_page_says_of_its_writer_ends_the_article_and_the_comments_below_it_go_too() -> None:
    note = "<p>Ines Falk is the Courier's harbour reporter. She has covered the coast since 2009.</p>"
    comments = "<p>I was on that boat last week and it smelled of rot all the way, says Old Salt.</p>" * 3
    found = read("pier.html", page(article(note + comments), HEAD + LD))
    assert found.text.endswith(PARAGRAPHS[-1])
    assert any(removed.text.startswith("Ines Falk is") for removed in found.removed)


@pytest.mark.parametrize(
    "line",
    [
        "MORE: Why the ferry captain takes the bus to work",
        "Something went wrong with your email.",
        "Sign up to get the Courier in your inbox.",
    ],
)
def test_links_to_other_stories_and_short_notices_in_a_page_go(line: str) -> None:
    found = read("pier.html", page(article().replace("<h2>", f"<p>{line}</p><h2>"), HEAD + LD))
    assert found.text == "\n\n".join((DECK, *PARAGRAPHS[:3], "What the crews want", *PARAGRAPHS[3:]))
    assert line in {removed.text for removed in found.removed}
