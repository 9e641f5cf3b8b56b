"""The verbs that take in, as a person types them: one line a source, exit codes, and a library that stays whole."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import Run, runner
from stories import LIBRARY, PIER
from web_server import Server, html, page, plain, rss

from store.library import Library
from tui.cli.output import bar


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("NEWSREADER_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setattr("store.intake.downloads.PAUSE", 0.0)
    monkeypatch.chdir(tmp_path)
    return runner(capfd, monkeypatch)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NEWSREADER_PRIVATE_HOSTS", "127.0.0.1")
    running = Server()
    running.answers["/pier"] = html(page("Pier closes", *PIER))
    running.answers["/library"] = html(page("Library opens", *LIBRARY))
    yield running
    running.close()


def test_an_address_is_added_and_added_again(run: Run, server: Server) -> None:
    first = run("add", server.url("/pier"))
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("added       ")
    assert run("add", server.url("/pier")).out.startswith("unchanged   ")


def test_a_feed_is_followed_fetched_listed_and_left(run: Run, server: Server) -> None:
    server.answers["/rss"] = rss("Courier", ("Pier", server.url("/pier")), ("Books", server.url("/library")))
    assert run("add", server.url("/rss")).out.startswith("subscribed  ")
    assert "never fetched" in run("feeds").out
    fetched = run("update")
    assert (fetched.code, fetched.err) == (0, "newsreader: 2 added\n")
    assert fetched.out.count("added") == 2
    server.answers["/rss"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    again = run("update", "Courier")
    assert (again.code, again.out, again.err) == (0, "", "newsreader: nothing new\n")
    facts = json.loads(run("feeds", "--json").out)
    assert (facts["title"], facts["url"], facts["problem"]) == ("Courier", server.url("/rss"), None)
    assert facts["checked"]
    assert run("feeds", "--remove", "Courier").out == "left  Courier\n"
    assert "no feeds yet" in run("feeds").err
    assert "no feeds yet" in run("update").err
    assert len(run("list").out.splitlines()) == 2


def test_a_feed_with_nothing_in_it_yet_is_followed_and_said_to_be_so(run: Run, server: Server, tmp_path: Path) -> None:
    server.answers["/rss"] = rss("Courier")
    added = run("add", server.url("/rss"))
    assert (added.code, added.err) == (0, "")
    assert added.out.endswith("Courier (nothing in it yet; newsreader update looks again)\n")
    assert run("update").err == "newsreader: nothing new\n"
    server.answers["/rss"] = rss("Courier", ("Pier", server.url("/pier")))
    assert run("update").out.startswith("added       ")
    (tmp_path / "feed.xml").write_bytes(rss("Courier").partition(b"\r\n\r\n")[2])
    kept = run("add", "feed.xml")
    assert (kept.code, kept.out) == (1, "")
    assert "a feed with nothing in it; add its address" in kept.err


def test_what_the_feed_verbs_do_not_understand_is_said(run: Run, server: Server) -> None:
    run("add", server.url("/pier"))
    assert run("feeds", "x").code == run("feeds", "--remove").code == 2
    assert "no such feed" in run("feeds", "--remove", "x").err
    assert "no such feed" in run("update", "x").err
    assert run("add", server.url("/pier"), "--json").code == 0


def test_a_copy_says_where_the_story_is_and_can_be_told_apart(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("\n\n".join(["Courier said so", *PIER]))
    (tmp_path / "two.txt").write_text("\n\n".join(["Herald said so", *PIER, "The Herald has more about it on page 4."]))
    ran = run("add", "one.txt", "two.txt", "--json")
    first, second = map(json.loads, ran.out.splitlines())
    assert (second["outcome"], second["copy_of"]) == ("duplicate", first["id"])
    assert f"same story as {first['id'][:8]}" in run("list").out
    assert "also at" in run("list").out
    assert "also at" in run("show", first["id"]).out
    assert run("apart", second["id"]).code == 0
    assert "also at" not in run("list").out
    assert "filed under no other" in run("apart", second["id"]).err


def test_a_changed_page_says_how_many_claims_need_a_look(run: Run, server: Server, tmp_path: Path) -> None:
    run("add", server.url("/pier"))
    with Library.open(tmp_path / "library") as library:
        article = library.articles()[0]
        at = library.version(article.id).text.index("nine years")
        library.tag_span(article.id, at, at + 10, ["ferries"])
    server.answers["/pier"] = html(page("Pier closes", *(words.replace("nine years", "five years") for words in PIER)))
    ran = run("add", server.url("/pier"))
    assert ran.out.startswith("updated   ")
    assert "1 claim needs a look: newsreader search is:altered" in ran.out
    assert "nine years" in run("search", "is:altered").out


def bomb(tmp_path: Path) -> bytes:
    """An EPUB that unpacks to 200 MB."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="x"/></rootfiles></container>'
        )
        archive.writestr("x", b" " * 200_000_000)
    return path.read_bytes()


BAD: dict[str, bytes | Callable[[Path], bytes]] = {
    "empty.txt": b"",
    "blank.html": b" \n \n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(4000),
    "script.html": b"<html><body><script>draw()</script></body></html>",
    "huge.txt": b"word " * 4_100_000,
    "long.txt": b"word " * 500_000,
    "lines.txt": b"a line\n\n" * 60_000,
    "tags.html": b"<html><body>" + b"<b>" * 500_000,
    "broken.pdf": b"%PDF-1.7 nothing",
    "broken.epub": b"PK\x03\x04 nothing",
    "bomb.epub": bomb,
    "laughs.opml": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/>',
    "none.csv": b"url,title\nfile:///etc/passwd,x\n",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_is_one_line_and_leaves_the_library_as_it_was(run: Run, tmp_path: Path, name: str) -> None:
    made = BAD[name]
    (tmp_path / name).write_bytes(made if isinstance(made, bytes) else made(tmp_path))
    (tmp_path / "good.txt").write_text("\n\n".join(PIER))
    run("add", "good.txt")
    with Library.open(tmp_path / "library") as library:
        revision = library.revision
    ran = run("add", name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert name in ran.err
    with Library.open(tmp_path / "library") as library:
        assert library.revision == revision


def test_a_hostile_answer_is_one_line(run: Run, server: Server) -> None:
    server.answers["/esc"] = plain("200 OK", b"<title>\x1b]8;;http://evil\x07x</title>")
    server.answers["/file"] = plain("302 Found", b"", "Location: file:///etc/passwd")
    server.answers["/inside"] = plain("302 Found", b"", "Location: http://169.254.169.254/latest")
    for path in ("/file", "/inside", "/none"):
        ran = run("add", server.url(path))
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.count("\n") == 1
    assert "\x1b" not in "".join(run("add", server.url("/esc"))[1:])


def test_the_bar_tells_count_rate_and_what_is_left() -> None:
    assert bar(0, 4, 0.0) == "[....................] 0 of 4"
    assert bar(2, 4, 10.0) == "[##########..........] 2 of 4  0.2/s  0:10 left"
    assert bar(3, 0, 1.0) == ""


def test_inspect_fetches_an_address_and_keeps_nothing(run: Run, server: Server, tmp_path: Path) -> None:
    ran = run("inspect", "--json", server.url("/pier"))
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert (found["path"], found["url"], found["title"]) == (server.url("/pier"), server.url("/pier"), "Pier closes")
    assert found["text"].split("\n\n") == list(PIER)
    assert any(quote["speaker"] == "Ingrid Solheim" for quote in found["quotes"])
    assert not (tmp_path / "library").exists()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_inspect_goes_on_after_an_address_that_fails_in_the_order_given(run: Run, server: Server) -> None:
    ran = run("inspect", server.url("/none"), server.url("/library"), "missing.txt", server.url("/pier"))
    assert ran.code == 1
    assert [json.loads(line)["title"] for line in ran.out.splitlines()] == ["Library opens", "Pier closes"]
    assert [line.split(": ")[1].rsplit("/", 1)[-1] for line in ran.err.splitlines()] == ["none", "missing.txt"]


def test_inspect_shows_what_a_list_lists_and_fetches_none_of_it(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "later.csv").write_text(f"url,title,tags,note\n{server.url('/pier')},Pier,coast|ferry,ask\n")
    server.answers["/rss"] = rss("Courier", ("Pier", server.url("/pier")))
    (tmp_path / "mine.opml").write_text(f'<opml><body><outline xmlUrl="{server.url("/rss")}" text="C"/></body></opml>')
    ran = run("inspect", "later.csv", server.url("/rss"), "mine.opml")
    later, feed, mine = map(json.loads, ran.out.splitlines())
    assert (later["list"], later["links"][0]["tags"], later["links"][0]["note"]) == ("links", ["coast", "ferry"], "ask")
    assert (feed["list"], feed["title"], feed["links"][0]["url"]) == ("feed", "Courier", server.url("/pier"))
    assert (mine["list"], mine["feeds"][0]["url"]) == ("subscriptions", server.url("/rss"))
    assert len(server.asked) == 1


def test_inspect_reads_every_form_that_add_takes(run: Run, tmp_path: Path) -> None:
    from store.ingest.kinds import SUFFIXES

    story = "\n\n".join(PIER)
    (tmp_path / "a.txt").write_text(story)
    (tmp_path / "a.md").write_text(f"# Pier\n\n{story}")
    (tmp_path / "a.html").write_text(page("Pier", *PIER))
    (tmp_path / "a.eml").write_text(f"From: a@b.example\nSubject: Pier\nMIME-Version: 1.0\n\n{story}")
    mhtml = (
        f"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page('Pier', *PIER)}"
    )
    (tmp_path / "a.mhtml").write_text(mhtml)
    ran = run("inspect", ".")
    assert ran.err == ""
    found = {Path(json.loads(line)["path"]).suffix: json.loads(line)["text"] for line in ran.out.splitlines()}
    assert found.keys() == {".txt", ".md", ".html", ".eml", ".mhtml"}
    assert found.keys() <= SUFFIXES.keys()
    assert all("Ingrid Solheim" in text for text in found.values())


def test_inspect_with_sites_leaves_out_what_pages_of_a_site_share(run: Run, tmp_path: Path) -> None:
    names = ("Sport", "Weather", "Culture", "Travel", "Letters", "Market", "Health")
    shared = "\n".join(f"{name} in this paper" for name in names)
    prose = "Readers who take the paper each morning of the week pay less for it than those who buy it at a kiosk."
    for name, story in (("a.txt", PIER), ("b.txt", LIBRARY)):
        (tmp_path / name).write_text(f"{shared}\n\nStory\n\n" + "\n\n".join((*story, prose)) + f"\n\n{shared}\n")
    alone, known = (run("inspect", *words, "a.txt", "b.txt").out.splitlines() for words in ((), ("--sites",)))
    assert prose in json.loads(alone[1])["text"]
    assert prose not in json.loads(known[1])["text"]
