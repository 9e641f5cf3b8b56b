"""Feeds: followed, fetched politely, left again; from a real server."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from html import escape
from pathlib import Path

import pytest
from stories import LIBRARY, PIER
from web_server import Server, html, page, plain, rss

from store.exchange import import_json
from store.exchange.native import export_json
from store.intake import last_looks, subscribe, take_in, take_in_all, update
from store.library import Library

OPML = (
    '<opml version="2.0"><body><outline text="Harbour"><outline xmlUrl="{one}" title="One"/></outline>'
    "{more}</body></opml>"
)


def courier(server: Server) -> str:
    """A feed of two articles and one that is gone."""
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    server.answers["/library"] = html(page("Library opens", *LIBRARY))
    items = [("Pier", server.url("/pier")), ("Books", server.url("/library")), ("Gone", server.url("/gone"))]
    server.answers["/rss"] = rss("Courier", *items)
    return server.url("/rss")


def paths(server: Server) -> list[str]:
    return [asked.split(" ")[1] for asked in server.asked]


def test_the_address_of_a_feed_is_followed_and_undone(library: Library, server: Server) -> None:
    outcome = take_in(library, courier(server))
    assert (outcome.outcome, outcome.article) == ("subscribed", None)
    assert [(feed.title, feed.url) for feed in library.feeds()] == [("Courier", server.url("/rss"))]
    assert take_in(library, server.url("/rss")).outcome == "unchanged"
    assert library.articles() == []
    library.undo()
    assert library.feeds() == []


def test_update_fetches_what_is_new_and_only_that(library: Library, server: Server) -> None:
    subscribe(library, courier(server))
    told: list[str] = []
    outcomes = list(update(library, pause=0, progress=lambda done, total, name: told.append(name)))
    assert [outcome.outcome for outcome in outcomes] == ["added", "added", "refused"]
    assert server.url("/library") in told
    server.asked.clear()
    again = list(update(library, pause=0))
    assert [outcome.outcome for outcome in again] == ["refused"]
    assert "/pier" not in paths(server)
    server.answers["/gone"] = html(page("Back", *(words.replace("library", "museum") for words in LIBRARY)))
    assert [outcome.article is not None for outcome in update(library, pause=0)] == [True]
    assert list(update(library, pause=0)) == []


def test_a_feed_without_failures_is_not_sent_again(library: Library, server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    server.answers["/rss"] = rss("Courier", ("Pier", server.url("/pier")))
    subscribe(library, server.url("/rss"))
    list(update(library, pause=0))
    server.answers["/rss"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert list(update(library, pause=0)) == []
    assert 'If-None-Match: "feed"' in server.asked[-1]


def test_a_page_that_never_comes_is_given_up(library: Library, server: Server) -> None:
    server.answers["/rss"] = rss("Courier", ("Gone", server.url("/gone")))
    subscribe(library, server.url("/rss"))
    tries = [len(list(update(library, pause=0))) for _ in range(5)]
    assert tries == [1, 1, 1, 0, 0]


def test_a_page_of_a_site_that_was_out_of_order_comes_a_day_later(library: Library, server: Server) -> None:
    server.answers["/rss"] = rss("Courier", ("Pier", server.url("/pier")))
    server.answers["/pier"] = plain("503 Busy", b"")
    subscribe(library, server.url("/rss"))
    assert [len(list(update(library, pause=0))) for _ in range(4)] == [1, 1, 1, 0]
    server.answers["/rss"] = rss("Courier again", ("Pier", server.url("/pier")))
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    assert list(update(library, pause=0)) == []
    with contextlib.closing(sqlite3.connect(library.folder / "intake.sqlite")) as memo, memo:
        memo.execute("UPDATE addresses SET at = '2026-01-01T08:00:00Z'")
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["added"]


def test_an_article_that_was_removed_does_not_come_back(library: Library, server: Server) -> None:
    subscribe(library, courier(server))
    list(update(library, pause=0))
    for article in library.articles():
        library.delete_article(article.id)
    list(update(library, pause=0))
    assert library.articles() == []


def test_an_article_that_gave_another_address_does_not_come_back_in_a_newer_program(
    library: Library, server: Server
) -> None:
    stated = f'<link rel="canonical" href="{server.url("/2026/pier")}">'
    server.answers["/pier"] = html(page("Pier closes", *PIER, head=stated))
    server.answers["/rss"] = rss("Courier", ("Pier", server.url("/pier")))
    subscribe(library, server.url("/rss"))
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["added"]
    library.delete_article(library.articles()[0].id)
    with contextlib.closing(sqlite3.connect(library.folder / "intake.sqlite")) as older, older:
        older.executescript("UPDATE form SET name = 'older'; DROP TABLE grams; CREATE TABLE 'a \"b' (c)")
    assert list(update(library, pause=0)) == []
    assert library.articles() == []
    server.answers["/library"] = html(page("Library opens", *LIBRARY))
    assert take_in(library, server.url("/library")).outcome == "added"
    assert take_in(library, server.url("/library")).outcome == "unchanged"


def test_addresses_that_were_remembered_in_another_way_are_forgotten(library: Library, server: Server) -> None:
    subscribe(library, courier(server))
    list(update(library, pause=0))
    with contextlib.closing(sqlite3.connect(library.folder / "intake.sqlite")) as older, older:
        older.executescript("UPDATE form SET name = 'older'; ALTER TABLE addresses RENAME COLUMN etag TO tag")
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["refused"]
    assert last_looks(library)[server.url("/rss")][0]


def test_what_is_remembered_beside_the_library_can_be_lost(library: Library, server: Server, tmp_path: Path) -> None:
    subscribe(library, courier(server))
    list(update(library, pause=0))
    library.delete_article(next(a.id for a in library.articles() if a.title == "Pier closes"))
    for name in ("intake.sqlite", "sites.sqlite"):
        (library.folder / name).write_bytes(b"no database at all" * 100)
    server.asked.clear()
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["refused"]
    assert not {"/pier", "/library"} & set(paths(server))


def test_a_site_that_asks_programs_to_stay_away_is_left_alone(library: Library, server: Server) -> None:
    feed = courier(server)
    server.answers["/robots.txt"] = plain("200 OK", b"User-agent: *\nDisallow: /pier\n")
    subscribe(library, feed)
    outcomes = {outcome.source: outcome for outcome in update(library, pause=0)}
    assert "asks programs not to" in outcomes[server.url("/pier")].message
    assert outcomes[server.url("/library")].outcome == "added"
    assert "/pier" not in paths(server)
    assert take_in(library, server.url("/pier")).outcome == "added"  # a person asked for this very page


def test_pages_of_a_site_whose_wishes_cannot_be_asked_wait_for_the_next_time(library: Library, server: Server) -> None:
    feed = courier(server)
    server.answers["/robots.txt"] = plain("503 Service Unavailable", b"")
    subscribe(library, feed)
    assert {outcome.outcome for outcome in update(library, pause=0)} == {"refused"}
    assert "/pier" not in paths(server)
    del server.answers["/robots.txt"]
    assert "added" in {outcome.outcome for outcome in update(library, pause=0)}


def test_a_feed_that_gives_its_articles_whole_needs_no_page(library: Library, server: Server) -> None:
    whole = "".join(f"&lt;p&gt;{words}&lt;/p&gt;" for words in (*PIER, *LIBRARY))
    item = f"<item><title>Pier</title><link>{server.url('/gone')}</link><description>{whole}</description></item>"
    feed = f'<rss version="2.0"><channel><title>C</title>{item}</channel></rss>'.encode()
    server.answers["/rss"] = plain("200 OK", feed)
    subscribe(library, server.url("/rss"))
    (outcome,) = update(library, pause=0)
    assert outcome.outcome == "added"
    assert PIER[0] in library.version(outcome.article.id if outcome.article else "").text


def test_one_feed_that_fails_stops_no_other_and_says_why(library: Library, server: Server) -> None:
    server.answers["/bad"] = rss("Bad")
    subscribe(library, courier(server))
    library.follow(server.url("/bad"), "Bad")
    server.answers["/bad"] = plain("500 Oops", b"x")
    outcomes = list(update(library, pause=0))
    assert next(outcome.source for outcome in outcomes if outcome.outcome == "refused") == server.url("/bad")
    assert len(library.articles()) == 2
    assert "500" in last_looks(library)[server.url("/bad")][1]
    assert last_looks(library)[server.url("/rss")][0]


def test_an_update_that_is_stopped_keeps_what_came(library: Library, server: Server) -> None:
    subscribe(library, courier(server))
    outcomes = list(update(library, pause=0, stopped=lambda: bool(library.articles())))
    assert len(outcomes) == len(library.articles()) == 1
    assert len(list(update(library, pause=0))) == 2


def test_every_feed_of_an_opml_is_followed_in_one_step(library: Library, server: Server, tmp_path: Path) -> None:
    more = '<outline xmlUrl="https://two.example/feed" title="Two"/>'
    (tmp_path / "feeds.opml").write_text(OPML.format(one=courier(server), more=more))
    outcomes = list(take_in_all(library, [str(tmp_path / "feeds.opml")]))
    assert [outcome.outcome for outcome in outcomes] == ["subscribed", "subscribed"]
    assert [(feed.title, feed.folder) for feed in library.feeds()] == [("Two", ""), ("One", "Harbour")]
    library.undo()
    assert library.feeds() == []


def test_feeds_are_exported_imported_and_left(library: Library, tmp_path: Path) -> None:
    library.follow("https://one.example/feed", "One", "Harbour")
    data = b"".join(export_json(library))
    with Library.open(tmp_path / "other") as other:
        assert import_json(other, data).added == 1
        assert other.feeds() == library.feeds()
        assert b"".join(export_json(other)) == data
        other.unfollow("one")
        assert other.feeds() == []
        other.undo()
        assert other.feed("https://one.example/feed").title == "One"


MINUTES = (
    "The harbour council met on Tuesday.\n\n"
    "“We will dredge the basin before the winter,” said Mira Holt, its chair.\n\n"
    "Two members voted against it & left < early."
)

MINUTES_HTML = escape("".join(f"<p>{escape(row)}</p>" for row in MINUTES.split("\n\n")))


def json_feed(*items: dict[str, str]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Minutes", "items": items}).encode()


NOWHERE_ELSE = {
    "feed.json": json_feed(
        {"id": "../42", "title": "Minutes of May", "content_text": MINUTES, "date_published": "2026-05-03T10:00:00Z"},
        {"id": "43", "title": "Nothing but a title"},
        {"title": "Nothing"},
    ),
    "feed.xml": (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Minutes</title>'
        '<item><title>Minutes of May</title><guid isPermaLink="false">tag:x,2026:42</guid>'
        f"<description>{MINUTES_HTML}</description><pubDate>Sun, 03 May 2026 10:00:00 GMT</pubDate></item>"
        "<item><title>Nothing but a title</title></item><item><title>Nothing</title></item></channel></rss>"
    ).encode(),
    "feed.atom": (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Minutes</title>'
        "<entry><title>Minutes of May</title><id>urn:x:42</id><published>2026-05-03T10:00:00Z</published>"
        f'<content type="html">{MINUTES_HTML}</content></entry><entry><title>Nothing but a title</title></entry>'
        "<entry><title>Nothing</title></entry></feed>"
    ).encode(),
}


@pytest.mark.parametrize("name", NOWHERE_ELSE)
def test_an_entry_without_an_address_is_taken_with_the_text_it_carries(
    library: Library, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(NOWHERE_ELSE[name])
    outcomes = list(take_in_all(library, [str(tmp_path / name)]))
    assert [outcome.outcome for outcome in outcomes] == ["added", "refused"]
    assert "2 entries have neither an address nor a text" in outcomes[1].message
    (kept,) = library.articles()
    assert (kept.title, kept.published, kept.url) == ("Minutes of May", "2026-05-03T10:00:00Z", None)
    assert library.version(kept.id).text.split("\n\n") == MINUTES.split("\n\n")
    assert kept.speakers == ("Mira Holt",)
    assert [outcome.outcome for outcome in take_in_all(library, [str(tmp_path / name)])] == ["unchanged", "refused"]


@pytest.mark.parametrize("name", NOWHERE_ELSE)
def test_an_entry_without_an_address_comes_once_and_not_again_when_it_was_removed(
    library: Library, server: Server, name: str
) -> None:
    server.answers["/feed"] = plain("200 OK", NOWHERE_ELSE[name])
    followed = take_in(library, server.url("/feed"))
    assert "articles in it: 1" in followed.message
    assert "2 entries have neither an address nor a text" in followed.message
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["added"]
    assert list(update(library, pause=0)) == []
    library.delete_article(library.articles()[0].id)
    (library.folder / "intake.sqlite").unlink()
    assert list(update(library, pause=0)) == []
    assert library.articles() == []


DAILY = [f"{words} It was said on the pier of Lindholm." for words in (*PIER, *LIBRARY)][:4]


@pytest.mark.parametrize("form", ["json", "rss"])
def test_entries_known_by_nothing_but_one_title_are_articles_of_their_own(
    library: Library, server: Server, form: str
) -> None:
    def feed(*texts: str) -> bytes:
        if form == "json":
            return json_feed(*({"title": "Daily briefing", "content_text": text} for text in texts))
        items = (f"<item><title>Daily briefing</title><description>{escape(t)}</description></item>" for t in texts)
        return f"<rss version='2.0'><channel><title>Daily</title>{''.join(items)}</channel></rss>".encode()

    server.answers["/feed"] = plain("200 OK", feed(*DAILY[:3]))
    subscribe(library, server.url("/feed"))
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["added"] * 3
    assert {library.version(kept.id).text for kept in library.articles()} == set(DAILY[:3])
    assert {kept.title for kept in library.articles()} == {"Daily briefing"}
    server.answers["/feed"] = plain("200 OK", feed(DAILY[3], *DAILY[:2]))
    assert [outcome.outcome for outcome in update(library, pause=0)] == ["added"]
    assert list(update(library, pause=0)) == []
    assert len(library.articles()) == 4


def test_feeds_in_a_list_of_addresses_are_followed(library: Library, server: Server, tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text(f'{courier(server)} news "~Courier"\n{server.url("/pier")}\n')
    outcomes = [outcome.outcome for outcome in take_in_all(library, [str(urls)], pause=0)]
    assert outcomes == ["subscribed", "added"]
    assert [feed.url for feed in library.feeds()] == [server.url("/rss")]


def test_the_feed_that_a_front_page_names_is_followed_or_told(library: Library, server: Server) -> None:
    courier(server)
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    server.answers["/"] = html(page("Courier", *PIER, head=head))
    told = take_in(library, server.url("/"))
    assert told.outcome == "added"
    assert told.message.endswith(f"a front page; to follow its feed: newsreader add {server.url('/rss')}")
    assert subscribe(library, server.url("/")).outcome == "subscribed"
    assert [feed.url for feed in library.feeds()] == [server.url("/rss")]
