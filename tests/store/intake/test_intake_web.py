"""Pages by their addresses, from a real server: identity, versions, and what changed under a claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import LIBRARY, PIER
from web_server import Server, html, page, plain

from store.intake import Outcome, subscribe, take_in, take_in_all
from store.library import Library
from store.model import Article


def taken(outcome: Outcome) -> Article:
    assert outcome.article is not None, outcome.message
    return outcome.article


def test_a_page_is_added_once_and_asked_for_again_with_its_stamps(library: Library, server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER), 'ETag: "one"', "Last-Modified: Wed, 04 Mar 2026")
    first = take_in(library, server.url("/pier"))
    assert (first.outcome, taken(first).title, taken(first).url) == ("added", "Pier closes", server.url("/pier"))
    assert taken(first).quotes > 0
    server.answers["/pier"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert take_in(library, server.url("/pier")).outcome == "unchanged"
    assert 'If-None-Match: "one"\r\n' in server.asked[-1]
    assert len(library.versions(taken(first).id)) == 1


def test_a_page_that_was_removed_is_asked_for_whole_again(library: Library, server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER), 'ETag: "one"')
    library.delete_article(taken(take_in(library, server.url("/pier"))).id)
    assert take_in(library, server.url("/pier")).outcome == "added"
    assert "If-None-Match" not in server.asked[-1]


def test_a_page_that_changed_is_a_new_version_and_claims_that_changed_with_it_are_counted(
    library: Library, server: Server
) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    article = taken(take_in(library, server.url("/pier")))
    text = library.version(article.id).text
    at = text.index("about four hundred people without a daily boat")
    claim = library.tag_span(article.id, at, at + 46, ["ferries"])
    same = text.index("Schools on the two largest islands")
    library.tag_span(article.id, same, same + 34, ["schools"])
    changed = [words.replace("about four hundred", "about nine hundred") for words in PIER]
    server.answers["/pier"] = html(page("Pier closes", *changed))
    outcome = take_in(library, server.url("/pier"))
    assert (outcome.outcome, outcome.look) == ("updated", 1)
    assert "1 claim needs a look" in outcome.message
    assert library.claim(claim.id).anchor.state == "altered"
    assert library.versions(article.id)[0].text == text


def test_an_altered_claim_is_found_by_search(library: Library, server: Server) -> None:
    from store.search import Index

    server.answers["/pier"] = html(page("Pier closes", *PIER))
    article = taken(take_in(library, server.url("/pier")))
    at = library.version(article.id).text.index("nine years")
    library.tag_span(article.id, at, at + 10, ["ferries"])
    server.answers["/pier"] = html(page("Pier closes", *(words.replace("nine years", "five years") for words in PIER)))
    assert take_in(library, server.url("/pier")).look == 1
    with Index(library) as index:
        assert [hit.kind for hit in index.search("is:altered")] == ["claim"]
        assert index.search("is:exact") == []


def test_a_page_is_known_by_the_address_that_it_states(library: Library, server: Server) -> None:
    stated = f'<link rel="canonical" href="{server.url("/pier")}">'
    for path in ("/pier?utm_source=mail", "/pier", "/amp/pier"):
        server.answers[path] = html(page("Pier closes", *PIER, head=stated))
    outcomes = list(
        take_in_all(library, [server.url(p) for p in ("/pier?utm_source=mail", "/pier", "/amp/pier")], pause=0)
    )
    assert [outcome.outcome for outcome in outcomes] == ["added", "unchanged", "unchanged"]
    assert [article.url for article in library.articles()] == [server.url("/pier")]


def test_a_page_cannot_pass_for_an_article_of_another_site(library: Library, server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    article = taken(take_in(library, server.url("/pier")))
    claims = f'<link rel="canonical" href="{server.url("/pier")}">'
    server.answers["/evil"] = html(page("Pier stays open", *LIBRARY, head=claims))
    other = taken(take_in(library, server.url("/evil", host="localhost")))
    assert other.id != article.id
    assert other.url == server.url("/evil", host="localhost")
    assert len(library.versions(article.id)) == 1


def test_a_page_that_cannot_be_had_is_one_line_and_the_rest_goes_on(library: Library, server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    server.answers["/short"] = plain("200 OK", b"<html>half", length=500)
    server.answers["/round"] = plain("302 Found", b"", "Location: /round")
    names = [server.url(path) for path in ("/none", "/short", "/round", "/pier")]
    outcomes = list(take_in_all(library, names, pause=0))
    assert [outcome.outcome for outcome in outcomes] == ["refused", "refused", "refused", "added"]
    assert all("\n" not in outcome.message for outcome in outcomes)
    assert len(library.articles()) == 1


def test_a_private_address_is_refused(library: Library, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSREADER_PRIVATE_HOSTS")
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    said = take_in(library, server.url("/pier")).message
    assert "private address" in said
    assert said.endswith("or name its host in NEWSREADER_PRIVATE_HOSTS")
    assert server.asked == []


def test_every_page_of_a_list_of_links_is_taken_in(library: Library, server: Server, tmp_path: Path) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    server.answers["/library"] = html(page("Library opens", *LIBRARY))
    listed = tmp_path / "later.csv"
    rows = ("/pier", "archive"), ("/library", "unread"), ("/gone", "unread")
    lines = "".join(f"{server.url(path)},x,{state}\n" for path, state in rows)
    listed.write_text(f"url,title,status\n{lines}")
    outcomes = list(take_in_all(library, [str(listed)], pause=0))
    assert [outcome.outcome for outcome in outcomes] == ["added", "added", "refused"]
    assert {article.title: article.read for article in library.articles()} == {
        "Pier closes": True,
        "Library opens": False,
    }


def test_addresses_one_a_line_on_standard_input_are_a_list(library: Library, server: Server, tmp_path: Path) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    server.answers["/list"] = plain("200 OK", f"{server.url('/pier')}\n{server.url('/none')}\n".encode())
    outcomes = list(take_in_all(library, [server.url("/list")], pause=0))
    assert [outcome.outcome for outcome in outcomes] == ["added", "refused"]


def test_an_address_that_is_no_feed_is_not_followed(library: Library, server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER))
    assert subscribe(library, server.url("/pier")).outcome == "refused"
    assert library.feeds() == []
