"""Fetching from a real server on this machine, a friendly one and one that means harm."""

import gzip
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_server import Server, plain

from store.errors import SourceError
from store.ingest.addresses import is_public, place_of
from store.ingest.arrivals import article
from store.ingest.fetch import Fetched, Limits, _trust, fetch
from store.ingest.robots import Robots
from store.model import Extract

STORY = (
    "<html><body><article><h1>Pier closes</h1><p>The harbour council voted to close the old ferry pier.</p></article>"
)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def get(server: Server, path: str, **limits: float) -> Fetched:
    return fetch(server.url(path), limits=Limits(private=frozenset({"127.0.0.1"}), **limits))


def refusal(server: Server, path: str, **limits: float) -> str:
    with pytest.raises(SourceError) as caught:
        get(server, path, **limits)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    return str(caught.value)


def test_a_page_comes_with_what_its_server_says(server: Server) -> None:
    headers = (
        "Content-Type: text/html; charset=ISO-8859-1",
        'ETag: "a1"',
        "Last-Modified: Wed, 04 Mar 2026 20:10:00 GMT",
    )
    server.answers["/pier"] = plain("200 OK", STORY.encode(), *headers)
    found = get(server, "/pier")
    assert (found.raw, found.url) == (STORY.encode(), server.url("/pier"))
    assert (found.content_type, found.charset, found.etag) == ("text/html", "ISO-8859-1", '"a1"')
    assert found.last_modified == "Wed, 04 Mar 2026 20:10:00 GMT"


def test_it_says_who_asks_and_asks_only_for_what_it_can_unpack(server: Server) -> None:
    server.answers["/"] = plain("200 OK", b"x")
    get(server, "/")
    assert f"Host: 127.0.0.1:{server.port}\r\n" in server.asked[0]
    assert "User-Agent: newsreader-tui/" in server.asked[0]
    assert "Accept-Encoding: gzip, deflate\r\n" in server.asked[0]


def test_a_page_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    server.answers["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n'
    found = fetch(server.url("/"), etag='"a1"', last_modified="today", limits=Limits(private=frozenset({"127.0.0.1"})))
    assert found.unchanged
    assert found.raw == b""
    assert 'If-None-Match: "a1"\r\nIf-Modified-Since: today' in server.asked[0]


def test_a_tag_with_a_line_end_in_it_adds_no_header(server: Server) -> None:
    server.answers["/"] = plain("200 OK", b"x")
    fetch(server.url("/"), etag='"a"\r\nX-Evil: 1', limits=Limits(private=frozenset({"127.0.0.1"})))
    assert "Evil" not in server.asked[0]


def test_redirects_are_followed_and_the_last_address_is_given(server: Server) -> None:
    server.answers["/a"] = plain("301 Moved", b"", "Location: b?x=1#part")
    server.answers["/b?x=1"] = plain("302 Found", b"", "Location: /pier/größe")
    server.answers["/pier/gr%C3%B6%C3%9Fe"] = plain("200 OK", b"here")
    assert get(server, "/a").url == server.url("/pier/gr%C3%B6%C3%9Fe")


def test_packed_and_chunked_answers_are_unpacked(server: Server) -> None:
    body = gzip.compress(STORY.encode())
    chunks = (
        b"".join(b"%x\r\n%s\r\n" % (len(body[n : n + 9]), body[n : n + 9]) for n in range(0, len(body), 9))
        + b"0\r\n\r\n"
    )
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n" + chunks
    assert get(server, "/").raw == STORY.encode()


def test_redirects_in_a_circle_end(server: Server) -> None:
    server.answers["/"] = plain("302 Found", b"", "Location: /")
    assert "more than 5 redirects" in refusal(server, "/")
    assert len(server.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "gopher://x/"])
def test_a_redirect_leads_to_the_web_only(server: Server, target: str) -> None:
    server.answers["/"] = plain("302 Found", b"", f"Location: {target}")
    assert "only http and https" in refusal(server, "/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
    ],
)
def test_a_redirect_into_the_own_network_is_refused(server: Server, host: str) -> None:
    server.answers["/"] = plain("302 Found", b"", f"Location: {server.url('/secret', host)}")
    server.answers["/secret"] = plain("200 OK", b"secret")
    message = refusal(server, "/")
    assert "private address" in message or "not found" in message
    assert len(server.asked) == 1


def test_private_addresses_are_refused_unless_their_host_is_allowed(server: Server) -> None:
    with pytest.raises(SourceError, match="private address"):
        fetch(server.url("/"))
    assert server.asked == []


def test_the_connection_goes_to_the_machine_that_was_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def changing(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        machine = "127.0.0.1" if len(asked) == 1 else "127.0.0.66"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, port))]

    server.answers["/"] = plain("200 OK", b"here")
    monkeypatch.setattr(socket, "getaddrinfo", _only("changes.example", changing, socket.getaddrinfo))
    found = fetch(server.url("/", "changes.example"), limits=Limits(private=frozenset({"changes.example"})))
    assert found.raw == b"here"
    assert asked == ["changes.example"]
    assert f"Host: changes.example:{server.port}" in server.asked[0]


def _only(name: str, special: Callable[..., object], usual: Callable[..., object]) -> Callable[..., object]:
    return lambda host, *rest, **more: (special if host == name else usual)(host, *rest, **more)


def test_a_bomb_is_dropped_before_it_is_unpacked(server: Server) -> None:
    body = gzip.compress(b"\0" * 300_000_000, 9)
    server.answers["/"] = plain("200 OK", body, "Content-Encoding: gzip")
    assert "larger than 20 MB" in refusal(server, "/")


def test_a_body_without_end_is_dropped(server: Server) -> None:
    def endless(line: socket.socket, _: str) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.over.is_set():
            line.sendall(b"news " * 10_000)

    server.answers["/"] = endless
    assert "larger than 2 MB" in refusal(server, "/", bytes=2_000_000)


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
    ],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(server: Server, first: bytes) -> None:
    def drip(line: socket.socket, _: str) -> None:
        line.sendall(first)
        while not server.over.wait(0.05):
            line.sendall(b"a")

    server.answers["/"] = drip
    message = refusal(server, "/", seconds=0.6)
    assert "too long" in message or "packed data" in message


def test_a_server_that_says_nothing_is_left(server: Server) -> None:
    server.answers["/"] = lambda line, _: server.over.wait() and None
    assert "too long" in refusal(server, "/", seconds=0.4)


def test_half_a_page_is_not_taken_for_the_whole(server: Server) -> None:
    server.answers["/"] = plain("200 OK", STORY.encode(), length=100_000)
    assert "broke off" in refusal(server, "/")


def test_a_length_that_is_too_short_or_no_number_does_not_hang(server: Server) -> None:
    server.answers["/short"] = plain("200 OK", STORY.encode(), length=10)
    assert get(server, "/short").raw == STORY.encode()[:10]
    server.answers["/odd"] = b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhere"
    assert get(server, "/odd").raw == b"here"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (plain("403 Forbidden", b"x"), "does not give this page out"),
        (plain("404 Not Found", b"x"), "no such page"),
        (plain("503 Busy", b"x"), "come later"),
        (plain("500 Oops", b"x"), "answers with 500"),
        (plain("200 OK", b" \n"), "empty"),
        (b"SSH-2.0-OpenSSH\r\n", "connection|no sense"),
        (plain("200 OK", b"no gzip", "Content-Encoding: gzip"), "packed data"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5_000 + b"\r\n", "connection|no sense"),
        (plain("302 Found", b"", "Location: http://[bad"), "no web address"),
        (plain("302 Found", b"", "Location: http://a\x1b]0;x\x07b/"), "no name|no web|not found"),
    ],
)
def test_every_bad_answer_is_one_line(server: Server, answer: bytes, said: str) -> None:
    server.answers["/"] = answer
    message = refusal(server, "/")
    assert any(part in message for part in said.split("|")), message


def test_nobody_at_the_door_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every call is turned away
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(SourceError, match="cannot be reached"):
            fetch(url, limits=Limits(private=frozenset({"127.0.0.1"})))


@pytest.fixture
def guarded(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The server behind TLS, as courier.example, with a certificate that nobody has signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    paper, key = tmp_path / "paper.pem", tmp_path / "key.pem"
    order = (
        "req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=courier.example -addext subjectAltName=DNS:courier.example"
    )
    subprocess.run(["openssl", *order.split(), "-keyout", key, "-out", paper], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper, key)
    server.wrap = lambda line: context.wrap_socket(line, server_side=True)
    server.answers["/"] = plain("200 OK", b"here")

    def home(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(
        socket, "getaddrinfo", _only("other.example", home, _only("courier.example", home, socket.getaddrinfo))
    )
    _trust.cache_clear()
    yield paper
    _trust.cache_clear()


def secure(server: Server, host: str) -> Fetched:
    return fetch(f"https://{host}:{server.port}/", limits=Limits(private=frozenset({host})))


def test_a_host_proves_by_its_certificate_that_it_is_the_one_asked_for(
    server: Server, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded))
    assert secure(server, "courier.example").raw == b"here"
    with pytest.raises(SourceError, match="certificate cannot be trusted"):
        secure(server, "other.example")


def test_a_certificate_that_nobody_signed_is_not_believed(server: Server, guarded: Path) -> None:
    with pytest.raises(SourceError, match="certificate cannot be trusted"):
        secure(server, "courier.example")
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "pier.html",
        "http://",
        "http://user:geheim@a.example/",
        "http://a b.example/",
        "http://x:99999/",
        "//a.example",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(url)
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("machine", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("10.1.2.3", False), ("100.64.0.1", False),
        ("169.254.169.254", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("224.0.0.1", False),
        ("::ffff:192.168.0.1", False), ("64:ff9b::a00:1", False), ("2002:7f00:1::", False), ("0.0.0.0", False),
        ("x", False),
    ],
)  # fmt: skip
def test_which_machines_are_of_the_open_net(machine: str, public: bool) -> None:
    assert is_public(machine) is public


def test_an_address_is_sent_in_ascii_whatever_was_typed() -> None:
    place = place_of("https://Zeitung.Köln.example:443/größe?q=ä b#x")
    assert place.url == "https://zeitung.xn--kln-sna.example/gr%C3%B6%C3%9Fe?q=%C3%A4%20b"
    assert place.host_header == "zeitung.xn--kln-sna.example"


class TestArticle:
    def fetched(self, server: Server, path: str) -> Extract:
        return article(get(server, path))

    def test_a_page_is_decoded_as_its_server_declares(self, server: Server) -> None:
        words = "Rada přístavu v úterý rozhodla, že staré molo v Lindholmu zůstane dva roky úplně zavřené."
        page = f"<html><body><article><h1>Molo zavřeno</h1><p>{words}</p><p>Příliš žluťoučký kůň úpěl.</p></article>"
        server.answers["/2026/03/04/molo"] = plain(
            "200 OK", page.encode("iso-8859-2"), "Content-Type: text/html; charset=iso-8859-2"
        )
        found = self.fetched(server, "/2026/03/04/molo")
        assert words in found.text
        assert (found.url, found.published) == (server.url("/2026/03/04/molo"), "2026-03-04")

    def test_a_wrong_charset_does_not_spoil_a_page_in_utf_8(self, server: Server) -> None:
        page = STORY.replace("council", "Rådet – “council”")
        server.answers["/"] = plain("200 OK", page.encode(), "Content-Type: text/html; charset=iso-8859-1")
        assert "Rådet – “council”" in self.fetched(server, "/").text

    def test_the_bytes_decide_over_the_declared_type(self, server: Server) -> None:
        server.answers["/x"] = plain("200 OK", STORY.encode(), "Content-Type: text/plain")
        assert self.fetched(server, "/x").title == "Pier closes"

    def test_a_text_keeps_the_address_it_came_from(self, server: Server) -> None:
        server.answers["/a.txt?x"] = plain("200 OK", b"Pier closes\n\nThe council voted to close the pier today.")
        found = self.fetched(server, "/a.txt?x")
        assert (found.url, found.path) == (server.url("/a.txt?x"), server.url("/a.txt?x"))

    def test_a_picture_is_refused_in_one_line(self, server: Server) -> None:
        server.answers["/a.html"] = plain("200 OK", b"\x89PNG\r\n\x1a\n" + bytes(400), "Content-Type: text/html")
        with pytest.raises(SourceError, match="a picture"):
            self.fetched(server, "/a.html")


def test_sites_say_what_programs_may_fetch_and_are_asked_once(server: Server) -> None:
    server.answers["/robots.txt"] = plain("200 OK", b"User-agent: newsreader-tui\nDisallow: /private/\n")
    robots = Robots(Limits(private=frozenset({"127.0.0.1"})))
    assert robots.allowed(server.url("/news"))
    assert not robots.allowed(server.url("/private/x"))
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable"])
def test_a_site_that_cannot_say_its_wishes_now_is_left_alone(server: Server, status: str) -> None:
    server.answers["/robots.txt"] = plain(status, b"")
    robots = Robots(Limits(private=frozenset({"127.0.0.1"})))
    for path in ("/news", "/"):
        with pytest.raises(SourceError, match=rf"robots\.txt: the site .*{status[:3]}"):
            robots.allowed(server.url(path))
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "410 Gone", "429 Too Many Requests"])
def test_a_site_that_gives_its_wishes_to_nobody_allows_all(server: Server, status: str) -> None:
    server.answers["/robots.txt"] = plain(status, b"")
    assert Robots(Limits(private=frozenset({"127.0.0.1"}))).allowed(server.url("/news"))


def test_a_site_without_wishes_allows_all(server: Server) -> None:
    assert Robots(Limits(private=frozenset({"127.0.0.1"}))).allowed(server.url("/news"))
