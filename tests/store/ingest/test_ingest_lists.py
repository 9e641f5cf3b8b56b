"""Feeds, subscriptions and exports: lists of links out of every form, and nothing obeyed that stands in them."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import SourceError
from store.ingest import read
from store.ingest.addresses import canonical
from store.ingest.feeds import article, from_feed, named_feeds
from store.ingest.fetch import Fetched
from store.ingest.links import Highlight, Listing, Subscription
from store.ingest.listings import listing
from store.ingest.opml import from_opml, to_opml
from store.safe_text import clean

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lindholm &amp; Courier</title>
<link>https://courier.example/</link>
<item><title>Pier &lt;b&gt;closes&lt;/b&gt;</title><link>/2026/pier?utm_source=rss</link>
<guid isPermaLink='false'>one</guid>
<pubDate>Wed, 04 Mar 2026 22:10:00 +0200</pubDate><dc:creator>Ines Falk</dc:creator><category>harbour</category>
<description>Short.</description><content:encoded><![CDATA[{whole}]]></content:encoded></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item>
<item><title>File</title><link>file:///etc/passwd</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>
<entry><id>tag:courier.example,2026:1</id><title>Pier closes</title>
<link rel="alternate" href="https://courier.example/pier"/><updated>2026-03-04T20:10:00Z</updated>
<author><name>Ines Falk</name></author></entry></feed>"""
WORDS = " ".join(f"The council named reason {n} for closing the pier in the town." for n in range(20))


def rss(whole: str = "") -> bytes:
    return RSS.replace("{whole}", whole).encode()


def only(found: Listing | None) -> Listing:
    assert found is not None
    return found


class TestFeeds:
    def test_rss_gives_addresses_titles_dates_authors_and_no_other_schemes(self) -> None:
        feed = only(listing(rss(), "feed.xml", "https://courier.example/rss"))
        assert (feed.kind, feed.title, feed.home) == ("feed", "Lindholm & Courier", "https://courier.example/")
        (link,) = feed.links
        assert (link.url, link.title) == ("https://courier.example/2026/pier?utm_source=rss", "Pier closes")
        assert (link.published, link.authors) == ("2026-03-04T22:10:00+02:00", ("Ines Falk",))
        assert (link.tags, link.key) == (("harbour",), "one")

    def test_atom_is_read(self) -> None:
        (link,) = only(listing(ATOM.encode(), "x")).links
        assert (link.url, link.published) == ("https://courier.example/pier", "2026-03-04T20:10:00Z")
        assert link.authors == ("Ines Falk",)

    def test_json_feed_is_read(self) -> None:
        items = [
            {
                "id": "1",
                "url": "pier",
                "title": "Pier",
                "date_published": "2026-03-04",
                "authors": [{"name": "Ines Falk"}],
            }
        ]
        raw = json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [*items, {"url": 3}, 4]}
        )
        (link,) = only(listing(raw.encode(), "feed", "https://courier.example/feed.json")).links
        assert (link.url, link.published, link.authors) == (
            "https://courier.example/pier",
            "2026-03-04",
            ("Ines Falk",),
        )

    def test_no_more_entries_are_given_than_asked_for(self) -> None:
        items = "".join(f"<item><link>https://a.example/{n}</link></item>" for n in range(30))
        feed = only(listing(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "f", most=10))
        assert [link.url for link in feed.links] == [f"https://a.example/{n}" for n in range(10)]
        assert feed.left_out == 20

    def test_an_entry_that_holds_the_whole_article_gives_it(self) -> None:
        feed = only(listing(rss(f"<p>{WORDS}</p><h2>Why</h2><p>{WORDS}</p>"), "f", "https://courier.example/rss"))
        found = article(feed.links[0], feed, "https://courier.example/rss")
        assert found is not None
        assert found.text == f"{WORDS}\n\nWhy\n\n{WORDS}"
        assert (found.title, found.outlet, found.url) == ("Pier closes", "Lindholm & Courier", feed.links[0].url)

    def test_a_teaser_is_no_article(self) -> None:
        teaser = rss("<p>Read on at our site.</p>")
        feed = only(listing(teaser, "f", "https://courier.example/rss"))
        assert article(feed.links[0], feed, "f") is None
        assert not only(listing(teaser, "without a place that its links could begin at")).links

    def test_titles_that_move_the_cursor_come_out_clean(self) -> None:
        raw = ATOM.replace("Pier closes", "Pier&#x9b;2J &amp;#27;]0;x&amp;#7;closes\u202e").encode()
        (link,) = only(listing(raw, "f")).links
        assert clean(link.title) == link.title
        assert "Pier" in link.title

    @pytest.mark.parametrize(
        "raw",
        [
            b"<rss version='2.0'><channel><title>Quiet</title><link>https://q.example/</link></channel></rss>",
            b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Quiet</title><id>urn:quiet</id></feed>",
            b'{"version": "https://jsonfeed.org/version/1.1", "title": "Quiet", "items": []}',
        ],
    )
    def test_a_feed_with_nothing_in_it_yet_is_a_feed(self, raw: bytes) -> None:
        for address in ("", "https://q.example/feed"):
            feed = only(listing(raw, "feed", address))
            assert (feed.kind, feed.title, feed.links) == ("feed", "Quiet", ())

    @pytest.mark.parametrize(
        "inner",
        [
            "<!ENTITY a 'b'>",
            "<!ENTITY % latin PUBLIC '-//W3C//ENTITIES Latin 1 for XHTML//EN' 'http://a.example/x.ent'>%latin;",
            "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
            "<!ENTITY b 'lol'><!ENTITY a '" + "&b;" * 1000 + "'>",
        ],
    )
    def test_a_feed_that_defines_entities_is_read_without_them(self, inner: str) -> None:
        raw = f"<?xml version='1.0'?><!DOCTYPE rss [{inner}]><rss version='2.0'><channel><title>C</title><item>"
        raw += "<title>Caf&eacute; &a;</title><link>https://a.example/1</link></item></channel></rss>"
        (link,) = only(listing(raw.encode(), "f")).links
        assert link.title.startswith("Café")
        assert len(link.title) < 10

    def test_entities_that_are_hidden_are_refused(self) -> None:
        raw = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel/></rss>"
        with pytest.raises(SourceError, match="entities"):
            listing(raw.encode("utf-16"), "f")

    def test_a_feed_with_a_prefix_before_every_tag_is_a_feed(self) -> None:
        raw = ATOM.replace("xmlns=", "xmlns:a=").replace("</", "</a:")
        raw = re.sub(r"<(?=[a-z])(?!a:)", "<a:", raw)
        (link,) = only(listing(raw.encode(), "f")).links
        assert (link.title, link.url) == ("Pier closes", "https://courier.example/pier")

    def test_the_newest_entries_are_given_also_of_a_feed_that_begins_with_the_oldest(self) -> None:
        items = "".join(
            f"<item><link>https://a.example/{n}</link><pubDate>{n + 1:02} Mar 2026 08:00:00 GMT</pubDate></item>"
            for n in range(30)
        )
        feed = only(listing(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "f", most=10))
        assert [link.url for link in feed.links] == [f"https://a.example/{n}" for n in range(20, 30)]
        assert feed.left_out == 20

    def test_of_a_feed_larger_than_is_read_the_first_entries_are_given(self) -> None:
        items = "".join(
            f"<item><title>Episode {n} &amp; more</title><link>https://a.example/{n}</link>"
            f"<description>{WORDS * 8}</description></item>"
            for n in range(600)
        )
        raw = f"<rss version='2.0'><channel><title>Long</title>{items}</channel></rss>".encode()
        assert len(raw) > 5_000_000
        feed = only(listing(raw, "f", most=3))
        assert (feed.title, [link.url[-1] for link in feed.links]) == ("Long", ["0", "1", "2"])
        assert feed.left_out == 597
        assert feed.links[2].title == "Episode 2 & more"

    def test_the_name_of_an_episode_is_no_address(self) -> None:
        item = f"<title>One</title><guid>one-1</guid><enclosure url='https://a.example/1.mp3'/><description>{WORDS}"
        raw = f"<rss version='2.0'><channel><item>{item}</description></item></channel></rss>".encode()
        feed = only(listing(raw, "f", "https://a.example/pod/rss"))
        assert feed.links[0].url == ""
        assert article(feed.links[0], feed, "f") is not None

    @pytest.mark.parametrize("day", ["Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z", "0"])
    def test_the_day_on_which_computers_begin_to_count_is_no_date(self, day: str) -> None:
        raw = f"<rss version='2.0'><channel><item><link>https://a.example/1</link><pubDate>{day}</pubDate></item>"
        (link,) = only(listing(f"{raw}</channel></rss>".encode(), "f")).links
        assert link.published is None

    def test_an_entry_of_a_json_feed_has_at_least_the_day_it_was_changed(self) -> None:
        items = [{"id": "1", "url": "https://a.example/1", "date_modified": "2026-03-04T20:10:00Z"}]
        raw = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
        assert only(listing(raw.encode(), "f")).links[0].published == "2026-03-04T20:10:00Z"

    def test_bytes_that_name_a_file_open_no_file(self, tmp_path) -> None:
        (tmp_path / "feed").write_bytes(rss())
        with pytest.raises(SourceError):
            from_feed(str(tmp_path / "feed").encode(), "f")

    def test_what_only_looks_like_a_feed_is_refused_in_one_line(self) -> None:
        for raw in (b"<rss>", b'{"version": "https://jsonfeed.org/version/1"', b"<feed xmlns='x'>" + bytes(60)):
            with pytest.raises(SourceError) as caught:
                listing(raw, "f")
            assert "\n" not in str(caught.value)

    def test_a_page_about_feeds_is_a_page(self) -> None:
        page = b"<!doctype html><html><body><pre>&lt;rss&gt;</pre><p>What <rss > is</p></body></html>"
        assert listing(page, "a.html") is None

    def test_a_feed_is_no_article(self) -> None:
        with pytest.raises(SourceError, match="list of links"):
            read("feed.xml", rss())

    def test_the_feeds_of_a_site_are_found_on_its_front_page(self) -> None:
        page = (
            "<head><link rel=alternate type='application/rss+xml' title='News' href='/rss'>"
            "<link rel='alternate' type='application/atom+xml' href='javascript:x'><link rel=stylesheet href=a.css>"
            "<link rel='alternate' hreflang='de' type='text/html' href='/de'>"
        )
        fetched = Fetched(page.encode(), "https://courier.example/x")
        assert named_feeds(fetched) == [Subscription("https://courier.example/rss", "News")]


class TestSubscriptions:
    OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
    <outline text="Coast"><outline text="North/Sea"><outline text="Courier" xmlUrl="https://courier.example/rss"/></outline>
    <outline title="Again" xmlURL="https://courier.example/rss"/></outline>
    <outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>"""

    def test_feeds_come_with_their_folders_each_once(self) -> None:
        found = only(listing(self.OPML, "mine.opml"))
        assert (found.kind, found.title) == ("subscriptions", "Mine")
        assert found.feeds == (Subscription("https://courier.example/rss", "Courier", "Coast/North Sea"),)

    def test_a_file_without_feeds_is_refused(self) -> None:
        with pytest.raises(SourceError, match="no feeds"):
            listing(b"<opml><body/></opml>", "mine.opml")

    def test_addresses_with_a_bare_and_in_them_are_read(self) -> None:
        raw = b"<opml><body><outline text='A &amp; B & C' xmlUrl='https://a.example/rss?a=1&b=2'/></body></opml>"
        assert only(listing(raw, "f")).feeds == (Subscription("https://a.example/rss?a=1&b=2", "A & B & C"),)

    names = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="/"), min_size=1, max_size=8)

    @given(
        st.lists(
            st.builds(Subscription, st.integers(0, 99).map("https://a.example/{}".format), names, names),
            max_size=8,
            unique_by=lambda f: f.url,
        )
    )
    def test_what_is_written_is_read_again(self, feeds: list[Subscription]) -> None:
        if feeds:
            found = from_opml(to_opml(feeds), "f").feeds
            assert {(f.url, f.folder) for f in found} == {
                (f.url, f.folder) for f in feeds if clean(f.folder) == f.folder
            }


class TestExports:
    def links(self, raw: str, name: str) -> Listing:
        found = only(listing(raw.encode(), name))
        assert found.kind == "links"
        return found

    def test_pocket(self) -> None:
        found = self.links(
            "title,url,time_added,tags,status\nPier,https://a.example/1,1772655000,coast|news,archive\n"
            "https://a.example/2,https://a.example/2,1772655000,,unread\n", "part_000000.csv"
        ).links  # fmt: skip
        assert (found[0].title, found[0].tags, found[0].read) == ("Pier", ("coast", "news"), True)
        assert found[0].added == "2026-03-04T20:10:00Z"
        assert (found[1].title, found[1].tags, found[1].read) == ("", (), False)

    def test_instapaper(self) -> None:
        (link,) = self.links(
            "URL,Title,Selection,Folder,Timestamp,Tags\n"
            'https://a.example/1,"Pier, closed","He said\nno",Archive,1772655000,"[""coast""]"\n',
            "instapaper-export.csv",
        ).links
        assert (link.title, link.tags, link.read) == ("Pier, closed", ("coast",), True)
        assert link.highlights == (Highlight("He said\nno"),)

    def test_omnivore(self) -> None:
        row = {"id": "1", "slug": "p", "title": "Pier", "author": "Ines Falk", "url": "https://a.example/1"}
        row |= {"state": "Archived", "savedAt": "2026-03-04T20:10:00.000Z", "publishedAt": "2026-03-01T00:00:00.000Z"}
        row = {**row, "labels": ["coast"]}
        (link,) = self.links(json.dumps([row]), "metadata_0_to_1.json").links
        assert (link.authors, link.tags, link.read) == (("Ines Falk",), ("coast",), True)
        assert (link.added, link.published) == ("2026-03-04T20:10:00Z", "2026-03-01T00:00:00Z")

    def test_wallabag(self) -> None:
        row = {"is_archived": 1, "is_starred": 1, "tags": ["coast"], "id": 3, "title": "Pier", "content": "<p>x</p>"}
        row |= {"url": "https://a.example/1", "created_at": "2026-03-04T20:10:00+00:00", "published_by": ["Ines Falk"]}
        (link,) = self.links(json.dumps([row]), "All articles.json").links
        assert (link.read, link.starred, link.authors, link.tags) == (True, True, ("Ines Falk",), ("coast",))

    def test_readwise(self) -> None:
        table = "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        (link,) = self.links(
            table + "Pier,https://a.example/1,x,\"['coast']\",2026-03-04 20:10:00+00:00,0,archive,True\n", "r.csv"
        ).links
        assert (link.tags, link.read, link.added) == (("coast",), True, "2026-03-04T20:10:00Z")
        results = {
            "count": 1,
            "results": [{"title": "Pier", "source_url": "https://a.example/1", "author": "Ines Falk"}],
        }
        assert self.links(json.dumps(results), "r.json").links[0].title == "Pier"

    def test_what_was_marked_in_pocket(self) -> None:
        row = {
            "url": "https://a.example/1",
            "title": "Pier",
            "highlights": [{"quote": "x y", "created_at": 1772655000}],
        }
        (link,) = self.links(json.dumps([row]), "part_000000.json").links
        assert link.highlights == (Highlight("x y", at="2026-03-04T20:10:00Z"),)

    def test_what_was_marked_in_wallabag_comes_with_its_notes_and_the_page(self) -> None:
        marked = {
            "quote": "nobody warned us",
            "text": "check this",
            "created_at": "2026-03-04T20:10:00+0000",
            "ranges": [],
        }
        row = {
            "url": "https://a.example/1",
            "tags": [{"label": "coast"}],
            "annotations": [marked],
            "content": "<p>x</p>",
        }
        (link,) = self.links(json.dumps([row]), "All articles.json").links
        assert link.highlights == (Highlight("nobody warned us", "check this", (), "2026-03-04T20:10:00Z"),)
        assert (link.tags, link.content) == (("coast",), "<p>x</p>")

    def test_what_was_marked_in_readwise(self) -> None:
        marked = {"text": "x y", "note": "why?", "tags": [{"name": "doubt"}], "highlighted_at": "2026-03-04T20:10:00Z"}
        row = {
            "title": "Pier",
            "source_url": "https://a.example/1",
            "document_note": "read again",
            "highlights": [marked],
        }
        row = {**row, "unique_url": "https://readwise.example/9", "book_tags": [{"name": "coast"}]}
        (link,) = self.links(json.dumps({"results": [row]}), "r.json").links
        assert (link.url, link.tags, link.note) == ("https://a.example/1", ("coast",), "read again")
        assert link.highlights == (Highlight("x y", "why?", ("doubt",), "2026-03-04T20:10:00Z"),)

    def test_a_row_that_belongs_to_another_is_marked_in_it(self) -> None:
        rows = [
            {"id": "h", "parent_id": "d", "category": "highlight", "content": "x y", "notes": "why?", "tags": {}},
            {"id": "n", "parent_id": "d", "category": "note", "content": "on the whole", "source_url": None},
            {"id": "d", "url": "https://reader.example/d", "source_url": "https://a.example/1", "tags": {"coast": {}}},
        ]
        (link,) = self.links(json.dumps({"results": rows}), "reader.json").links
        assert (link.url, link.tags, link.note) == ("https://a.example/1", ("coast",), "on the whole")
        assert link.highlights == (Highlight("x y", "why?"),)

    def test_pages_and_marks_that_lie_beside_the_list(self, tmp_path: Path) -> None:
        for folder in ("content", "highlights"):
            (tmp_path / folder).mkdir()
        (tmp_path / "content" / "pier.html").write_text("<p>The pier closes.</p>")
        (tmp_path / "highlights" / "pier.md").write_text("# Pier\n\n> the pier\n> closes\n\nwhy?\n\n> so\n")
        (tmp_path / "secret.html").write_text("<p>secret</p>")
        rows = [{"slug": "pier", "url": "https://a.example/1"}, {"slug": "../secret", "url": "https://a.example/2"}]
        first, second = self.links(json.dumps(rows), str(tmp_path / "metadata_0_to_20.json")).links
        assert first.content == "<p>The pier closes.</p>"
        assert first.highlights == (Highlight("the pier\ncloses", "why?"), Highlight("so"))
        assert (second.content, second.highlights) == ("", ())

    def test_one_address_on_several_rows_keeps_what_all_of_them_say(self) -> None:
        (link,) = self.links(
            "url,tags,note,highlight\nhttps://a.example/1,coast,one,x y\nhttps://a.example/1,ferry,two,z\n", "later.csv"
        ).links
        assert (link.tags, link.note) == (("coast", "ferry"), "one\ntwo")
        assert link.highlights == (Highlight("x y"), Highlight("z"))

    def test_a_note_keeps_its_lines_and_all_of_its_words(self) -> None:
        note = "first\n\nsecond " + "word " * 2_000
        (link,) = self.links(json.dumps([{"url": "https://a.example/1", "note": note}]), "x.json").links
        assert link.note == note.strip()

    def test_folders_of_bookmarks_are_tags_and_what_is_noted_below_a_link_is_kept(self) -> None:
        page = (
            "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks Menu</H1><DL><p>"
            '<DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Toolbar</H3><DL><p><DT><H3>Coast</H3>'
            '<DL><p><DT><H3>Ferries</H3><DL><p><DT><A HREF="https://a.example/1">Pier</A>'
            "<DD>ask &amp; check</DL><p></DL><p></DL><p>"
            '<DT><A HREF="https://a.example/2">Quay</A></DL>'
        )
        first, second = self.links(page, "bookmarks.html").links
        assert (first.tags, first.note.strip()) == (("Coast/Ferries",), "ask & check")
        assert (second.title, second.tags, second.note) == ("Quay", (), "")

    def test_headings_of_a_service_say_what_was_read(self) -> None:
        page = (
            "<html><title>Pocket Export</title><h1>Unread</h1><ul>"
            "<li><a href='https://a.example/1' tags='coast'>Pier</a></li>"
            "</ul><h1>Read Archive</h1><ul><li><a href='https://a.example/2'>Quay</a></li></ul>"
        )
        first, second = self.links(page, "ril_export.html").links
        assert (first.read, first.tags, second.read, second.tags) == (False, ("coast",), True, ())

    def test_bookmarks_of_a_browser(self) -> None:
        page = (
            "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><DL><p><DT><H3>News</H3>"
            '<DT><A HREF="https://a.example/1" ADD_DATE="1772655000" TAGS="coast,news">Pier &amp; quay</A>'
            '<DT><A HREF="place:sort=8">Recent</A></DL>'
        )
        (link,) = self.links(page, "bookmarks.html").links
        assert (link.title, link.tags, link.added) == ("Pier & quay", ("coast", "news"), "2026-03-04T20:10:00Z")

    def test_addresses_one_a_line(self) -> None:
        found = self.links("# mine\nhttps://a.example/1\n\nhttps://a.example/2\nhttps://a.example/1\n", "links.txt")
        assert [link.url for link in found.links] == ["https://a.example/1", "https://a.example/2"]

    def test_a_story_that_begins_with_an_address_is_a_story(self) -> None:
        assert listing(b"https://a.example/1\nThe council voted to close the pier.\n", "a.txt") is None

    @pytest.mark.parametrize("table", [b"name,age\na,3\n", b"url,title\nfile:///etc/passwd,x\n"])
    def test_a_table_without_addresses_is_refused(self, table: bytes) -> None:
        with pytest.raises(SourceError, match="no web addresses"):
            listing(table, "t.csv")

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_columns_are_parted_by_what_the_first_row_shows(self, mark: str) -> None:
        table = f"title{mark}url{mark}tags\nPier{mark}https://a.example/1{mark}coast\n"
        assert self.links(table, "t.csv").links[0].tags == ("coast",)
        assert self.links(table, "-").links[0].title == "Pier"

    def test_a_table_without_names_of_columns_has_addresses_and_titles(self) -> None:
        found = self.links("https://a.example/1,Pier\nhttps://a.example/2,Books\n", "t.csv").links
        assert [(link.url[-1], link.title) for link in found] == [("1", "Pier"), ("2", "Books")]

    def test_a_list_is_known_without_its_name(self) -> None:
        assert self.links("title,url\r\nPier,https://a.example/1\r\n", "-").links[0].title == "Pier"
        assert self.links('[{"url": "https://a.example/1", "title": "Pier"}]', "-").links[0].title == "Pier"
        for text in ("[Skip to content]\nThe link, says\nhttps://a.example", "Link\nhttps://a.example\nmore", "{{x}}"):
            assert listing(text.encode(), "-") is None

    def test_data_that_list_nothing_are_no_article(self) -> None:
        with pytest.raises(SourceError, match="no web addresses"):
            listing(b'{"id": 3, "title": "Pier", "content": "It rained."}', "https://a.example/api/3")

    def test_addresses_with_something_behind_them_are_a_list(self) -> None:
        text = 'https://a.example/rss news "~Courier"\nhttps://b.example/1,2\n"query:Unread:unread = \\"yes\\""\n'
        assert [link.url for link in self.links(text, "urls").links] == [
            "https://a.example/rss",
            "https://b.example/1,2",
        ]
        assert self.links("https://a.example/1\n", "one.txt").links[0].url == "https://a.example/1"
        assert listing(b"https://a.example/1 is where it stood.\n", "one.txt") is None

    def test_zotero(self) -> None:
        (link,) = self.links(
            '"Key","Item Type","Author","Title","Url","Date","Date Added","Manual Tags","Notes"\n'
            '"AB","newspaperArticle","Falk, Ines; Roe, Jane A.","Pier","https://a.example/1","2026-03-04",'
            '"2026-03-05 10:00:00","news; big city","<p>Look &amp; check</p>"\n',
            "library.csv",
        ).links
        assert link.authors == ("Ines Falk", "Jane A. Roe")
        assert (link.published, link.added) == ("2026-03-04", "2026-03-05")
        assert (link.tags, link.note) == (("news", "big city"), "Look & check")
        row = {"title": "Pier", "URL": "https://a.example/1", "issued": {"date-parts": [[2026, 3, 4]]}}
        row |= {"author": [{"family": "Falk", "given": "Ines"}, {"literal": "Coast Guard"}]}
        (link,) = self.links(json.dumps([row]), "csl.json").links
        assert (link.authors, link.published) == (("Ines Falk", "Coast Guard"), "2026-03-04")

    @pytest.mark.parametrize(
        ("written", "names"),
        [
            ("Ines Falk", ("Ines Falk",)),
            ("Ines Falk, Jane Roe", ("Ines Falk", "Jane Roe")),
            ("Falk, Ines", ("Ines Falk",)),
            ("Falk, Ines; Roe, Jane", ("Ines Falk", "Jane Roe")),
            ("Ines Falk; Jane Roe", ("Ines Falk", "Jane Roe")),
        ],
    )
    def test_names_of_writers_are_not_torn_apart(self, written: str, names: tuple[str, ...]) -> None:
        row = {"url": "https://a.example/1", "author": written}
        assert self.links(json.dumps([row]), "a.json").links[0].authors == names

    def test_pinboard_parts_tags_by_spaces(self) -> None:
        row = {"href": "https://a.example/1", "description": "Pier", "toread": "no", "tags": "news big_city"}
        assert self.links(json.dumps([row]), "pinboard.json").links[0].tags == ("news", "big_city")

    def test_readers_that_speak_as_google_reader_did(self) -> None:
        item = {"title": "Pier", "published": 1772655000, "author": "Ines Falk", "origin": {"title": "Courier"}}
        item |= {"alternate": [{"href": "https://a.example/1"}], "summary": {"content": "<p>It rained.</p>"}}
        item |= {"categories": ["user/1/state/com.google/starred", "user/1/label/Coast"]}
        (link,) = self.links(json.dumps({"title": "Starred", "items": [item]}), "starred.json").links
        assert (link.title, link.published, link.content) == ("Pier", "2026-03-04T20:10:00Z", "<p>It rained.</p>")
        assert (link.tags, link.starred) == (("Coast",), True)

    def test_matter(self) -> None:
        table = "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read\n"
        (link,) = self.links(table + "Pier,Ines Falk,Courier,https://a.example/1,,9,False,True,True\n", "m.csv").links
        assert (link.read, link.starred) == (True, True)

    def test_lists_in_folders_of_lists_are_found(self) -> None:
        leaf = {"title": "Pier", "uri": "https://a.example/1", "dateAdded": 1772655000000000}
        tree = {"children": [{"title": "menu", "children": [{"title": "deep", "children": [leaf]}, leaf]}]}
        (link,) = self.links(json.dumps(tree), "firefox.json").links
        assert (link.url, link.added) == ("https://a.example/1", "2026-03-04T20:10:00Z")
        kept = {"bookmarks": [{"title": "Pier", "content": {"type": "link", "url": "https://a.example/1"}}]}
        assert self.links(json.dumps(kept), "karakeep.json").links[0].title == "Pier"

    def test_the_page_of_links_that_instapaper_gives_out(self) -> None:
        page = "<!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body><h1>Unread</h1><ol>"
        page += "<li><a href='https://a.example/1'>Pier</a></ol><h1>Archive</h1><ol>"
        page += "<li><a href='https://a.example/2'>Books</a></ol></body></html>"
        assert [link.read for link in self.links(page, "instapaper.html").links] == [False, True]

    def test_the_same_address_counts_once_and_tracking_can_be_taken_off(self) -> None:
        assert canonical("https://a.example:443/1?utm_source=x&id=2&fbclid=3#a") == "https://a.example/1?id=2"


PIECES = (
    '<rss>|<feed>|<item>|<link>|</link>|</item>|<opml|<outline xmlUrl=| |\'|{|}|[|]|,|:|"url"|https://a.example/1|<!DOCTYPE|'
    "]>|<![CDATA[|]]>|\n|\x00|&#27;|url,title|jsonfeed.org/version/1|<?xml|NETSCAPE-Bookmark-file"
)


@given(
    st.lists(st.sampled_from(PIECES.split("|")) | st.text(max_size=6), max_size=30).map("".join),
    st.sampled_from(["a.csv", "a.json", "a.xml"]),
)
def test_a_broken_list_is_read_or_refused_never_a_crash(raw: str, name: str) -> None:
    try:
        found = listing(raw.encode("utf-8", "replace"), name)
    except SourceError:
        return
    for link in found.links if found else ():
        assert link.url.casefold().startswith(("http://", "https://"))
        assert clean(link.title) == link.title


@pytest.mark.parametrize(
    "broken",
    ['"https://a.example/2,Pier', 'https://a.example/2,"Pier', 'https://a.example/2,"Pi"er"'],
)
def test_a_quote_that_nothing_closes_swallows_no_rows_below_it(broken: str) -> None:
    table = f"url,title\nhttps://a.example/1,Quay\n{broken}\nhttps://a.example/3,Boat\nhttps://a.example/4,Mast\n"
    found = listing(table.encode(), "later.csv")
    assert found is not None
    assert {"https://a.example/1", "https://a.example/3", "https://a.example/4"} <= {link.url for link in found.links}


def test_a_quote_that_nothing_closes_in_a_note_swallows_no_rows_below_it() -> None:
    rows = (
        'https://a.example/1,Quay,"first\nsecond",x\nhttps://a.example/2,Pier,"never closed,x\n'
        'https://a.example/3,"Boat",plain,x\nhttps://a.example/4,Mast,"two\nlines, and more",x\n'
    )
    found = listing(f"url,title,note,tags\n{rows}".encode(), "later.csv")
    assert found is not None
    assert [(link.url[-1], link.title, link.note.split("\n")[0]) for link in found.links] == [
        ("1", "Quay", "first"),
        ("2", "Pier", "never closed,x"),
        ("3", "Boat", "plain"),
        ("4", "Mast", "two"),
    ]
    assert [link.note for link in found.links][::3] == ["first\nsecond", "two\nlines, and more"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_may_end_its_lines_in_any_way(end: str) -> None:
    found = listing(f"url,title{end}https://a.example/1,Quay{end}https://a.example/2,Pier".encode(), "later.csv")
    assert found is not None
    assert [link.title for link in found.links] == ["Quay", "Pier"]


def test_a_note_of_several_lines_may_name_an_address() -> None:
    table = 'url,note\nhttps://a.example/1,"seen here:\nhttps://b.example/9"\nhttps://a.example/3,two\n'
    found = listing(table.encode(), "later.csv")
    assert found is not None
    assert [link.url for link in found.links] == ["https://a.example/1", "https://a.example/3"]
