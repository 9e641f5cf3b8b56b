"""What stands between an address and its page: cookies, pages that lead on, packing, notices, requests to wait."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterator
from email.utils import formatdate
from time import time

import pytest
from stories import PIER
from urllib3 import HTTPResponse
from web_server import Server, html, page, plain

from store.errors import SourceError
from store.ingest.addresses import place_of
from store.ingest.arrivals import article
from store.ingest.fetch import Fetched, Limits, fetch
from store.ingest.unpack import unpackers
from store.ingest.waypoints import Cookies

BODY = page("Pier closes", *PIER).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def get(server: Server, path: str, most: int = 20_000_000) -> Fetched:
    return fetch(server.url(path), limits=Limits(most, private=frozenset({"127.0.0.1", "localhost"})))


def refusal(server: Server, path: str, most: int = 20_000_000) -> str:
    with pytest.raises(SourceError) as caught:
        article(get(server, path, most))
    return str(caught.value)


# -- cookies -----------------------------------------------------------------------------------------------------------


def test_a_site_that_wants_its_cookie_back_gives_its_page(server: Server) -> None:
    def door(line: socket.socket, path: str) -> None:
        known = "Cookie: seen=1\r\n" in server.asked[-1]
        sent = plain("302 Found", b"", "Set-Cookie: seen=1; Path=/; HttpOnly", "Location: /pier")
        line.sendall(html(BODY.decode()) if known else sent)

    server.answers["/pier"] = door
    assert get(server, "/pier").raw == BODY
    assert len(server.asked) == 2
    get(server, "/pier")
    assert "Cookie" not in server.asked[2]  # the next fetch begins anew


def test_a_cookie_goes_to_no_other_host(server: Server) -> None:
    elsewhere = server.url("/pier", host="localhost")
    server.answers["/"] = plain("302 Found", b"", "Set-Cookie: seen=1; Domain=localhost", f"Location: {elsewhere}")
    server.answers["/pier"] = html(BODY.decode())
    assert get(server, "/").url == elsewhere
    assert "Cookie" not in server.asked[1]


# -- pages that lead on ------------------------------------------------------------------------------------------------

_TARGET = '<meta http-equiv="refresh" content="{}">'


@pytest.mark.parametrize(
    "head",
    [
        _TARGET.format("0; url=/pier"),
        _TARGET.format("0;URL='/pier'"),
        "<noscript><META HTTP-EQUIV=Refresh CONTENT='2;url=/pier'></noscript><script>location='/pier'</script>",
    ],
    ids=("plain", "quoted", "without scripts"),
)
def test_a_page_that_only_leads_on_is_followed(server: Server, head: str) -> None:
    server.answers["/short"] = html(f"<head>{head}<title>/pier</title></head><body>One moment …</body>")
    server.answers["/pier"] = html(BODY.decode())
    found = get(server, "/short")
    assert (found.url, found.raw) == (server.url("/pier"), BODY)


def test_a_page_to_read_that_draws_itself_anew_is_no_way_to_another(server: Server) -> None:
    server.answers["/pier"] = html(page("Pier closes", *PIER, head=_TARGET.format("5; url=/live")))
    assert get(server, "/pier").url == server.url("/pier")
    server.answers["/later"] = html(f"<head>{_TARGET.format('900; url=/pier')}</head><body>Short.</body>")
    assert get(server, "/later").url == server.url("/later")


def test_pages_that_lead_on_are_held_to_the_rules_of_redirects(server: Server) -> None:
    server.answers["/circle"] = html(_TARGET.format("0; url=/back"))
    server.answers["/back"] = html(_TARGET.format("0; url=/circle"))
    assert "more than 5 redirects" in refusal(server, "/circle")
    server.answers["/in"] = html(_TARGET.format("0; url=http://10.1.2.3/"))
    assert "private address" in refusal(server, "/in")
    server.answers["/file"] = html(_TARGET.format("0; url=file:///etc/passwd"))
    assert "only http and https" in refusal(server, "/file")


@pytest.mark.parametrize(
    ("first", "said", "second", "given"),
    [
        ("https://courier.example/", "seen=1", "https://courier.example/pier", True),
        ("https://courier.example/", "seen=1", "https://ads.courier.example/", False),
        ("https://courier.example/", "seen=1; Domain=courier.example", "https://www.courier.example/", True),
        ("https://courier.co.uk/", "seen=1; Domain=co.uk", "https://other.co.uk/", False),
        ("https://courier.example/", "seen=1; Domain=other.example", "https://other.example/", False),
        ("https://courier.example/", "seen=1; Secure", "http://courier.example/", False),
    ],
)
def test_a_cookie_goes_only_to_hosts_that_it_was_set_for(first: str, said: str, second: str, given: bool) -> None:
    cookies = Cookies()
    cookies.take(first, HTTPResponse(headers={"Set-Cookie": said}))
    assert cookies.for_(second) == ({"Cookie": "seen=1"} if given else {})


def test_a_page_that_only_leads_to_itself_is_read(server: Server) -> None:
    live = html('<meta http-equiv="refresh" content="5; url=/live"><p>The pier is closed.</p>')
    server.answers["/live"] = live
    assert b"The pier is closed." in get(server, "/live").raw
    assert len(server.asked) == 1


# -- packing -----------------------------------------------------------------------------------------------------------


def packed(body: bytes, name: str) -> bytes:
    return plain("200 OK", body, "Content-Type: text/html", f"Content-Encoding: {name}")


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY[:700]) + gzip.compress(BODY[700:])),
        ("gzip", gzip.compress(BODY) + b"what stands behind the end"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", bare(BODY)),
        ("gzip, gzip", gzip.compress(gzip.compress(BODY))),
        ("identity", BODY),
    ],
    ids=("gzip", "in two members", "something behind", "deflate", "deflate without its header", "twice", "not at all"),
)
def test_every_packing_that_was_asked_for_is_undone(server: Server, name: str, body: bytes) -> None:
    server.answers["/"] = packed(body, name)
    assert get(server, "/").raw == BODY


def test_members_are_unpacked_wherever_the_network_cuts_them() -> None:
    whole = gzip.compress(BODY[:700]) + gzip.compress(BODY[700:])
    for cut in range(len(whole) + 1):
        (layer,) = unpackers("gzip")
        assert layer.unpack(whole[:cut], 10_000) + layer.unpack(whole[cut:], 10_000) == BODY
        layer.close()


def test_members_without_end_in_one_another_are_refused(server: Server) -> None:
    inner = gzip.compress(b"") * 500_000
    server.answers["/"] = packed(gzip.compress(inner), "gzip, gzip")
    assert "parts without end" in refusal(server, "/")


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_half_of_a_packed_page_is_not_taken_for_the_whole(server: Server, name: str) -> None:
    whole = gzip.compress(BODY) if name == "gzip" else zlib.compress(BODY)
    server.answers["/"] = packed(whole[:-40], name)
    assert "broke off before the end" in refusal(server, "/")


@pytest.mark.parametrize("name", ["br", "zstd", "gzip, br", "compress", "x" * 500, "\x1b[2Jbr"])
def test_a_packing_that_nobody_asked_for_is_told_and_never_read_as_text(server: Server, name: str) -> None:
    server.answers["/"] = packed("⢵聘£吀慡".encode() * 50, name)
    assert "packed in a way that was not asked for" in refusal(server, "/")
    assert len(refusal(server, "/")) < 300
    assert "\x1b" not in refusal(server, "/")


def test_damaged_packing_and_bombs_in_bombs_are_refused(server: Server) -> None:
    server.answers["/"] = packed(b"<p>not packed at all</p>", "gzip")
    assert "damaged" in refusal(server, "/")
    server.answers["/"] = packed(gzip.compress(gzip.compress(bytes(60_000_000))), "gzip, gzip")
    assert "larger than 1 MB" in refusal(server, "/", most=1_000_000)


# -- notices and requests ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["We value your privacy", "Just a moment...", "Are you a robot?", "Página no encontrada"]
)
def test_a_notice_in_place_of_the_article_is_not_taken_for_it(server: Server, title: str) -> None:
    server.answers["/"] = html(page(title, "We and our partners store cookies on your device.", "Accept all"))
    assert f"a notice (“{title}”) and not the article" in refusal(server, "/")


def test_an_article_with_the_title_of_a_notice_is_taken_in(server: Server) -> None:
    server.answers["/"] = html(page("Access denied", *PIER, *PIER))
    assert article(get(server, "/")).title == "Access denied"


@pytest.mark.parametrize(
    ("wait", "told"), [("120", "in 2 minutes"), ("7200", "in 2 hours"), ("soon", "in a while"), ("-1", "in a while")]
)
def test_a_site_that_asks_to_wait_is_told_with_the_time(server: Server, wait: str, told: str) -> None:
    server.answers["/"] = plain("429 Too Many Requests", b"", f"Retry-After: {wait}")
    assert told in refusal(server, "/")


def test_a_moment_to_wait_for_is_told_as_a_time(server: Server) -> None:
    server.answers["/"] = plain("503 Busy", b"", f"Retry-After: {formatdate(time() + 3 * 3600 + 60, usegmt=True)}")
    assert "in 3 hours" in refusal(server, "/")


def test_unchanged_is_no_answer_to_who_has_nothing_yet(server: Server) -> None:
    server.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert "answers with 304" in refusal(server, "/")


def test_letters_that_are_their_own_in_names_of_hosts_lead_to_no_other_host() -> None:
    assert place_of("http://faß.example/").host == "xn--fa-hia.example"
    assert place_of("http://FASS.example/").host == "fass.example"
    assert place_of("http://bücher.example/").host == "xn--bcher-kva.example"
