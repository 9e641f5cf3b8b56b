"""An address in, its bytes out: redirects, size, time and the machine talked to are all under our own control."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Self

from store.errors import SourceError
from store.ingest.addresses import Place, place_of, resolve
from store.ingest.extras import hush, web
from store.ingest.refusal import refuse
from store.ingest.sources import MOST_BYTES
from store.ingest.unpack import PACKINGS, UnpackError, unpackers
from store.ingest.waypoints import Cookies, later, led_on

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

MOST_SECONDS = 30.0
MOST_HOPS = 5
_CHUNK = 65_536
_SILENCE = 10.0
_MACHINES = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, unpacked, the address they came from at last, and what the server said of them.

    `unchanged` says that it is still as it was when `etag` and `last_modified` were given; `raw` is empty then.
    """

    raw: bytes
    url: str
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: bytes after unpacking, seconds in all, redirects.

    `private` are the hosts that may be reached although their addresses are private, as an address names them.
    """

    bytes: int = MOST_BYTES
    seconds: float = MOST_SECONDS
    hops: int = MOST_HOPS
    private: frozenset[str] = frozenset()


DEFAULT = Limits()


class AnswerError(SourceError):
    """A server refused a page; `status` is the number it gave as the reason."""

    def __init__(self, line: str, status: int) -> None:
        super().__init__(line)
        self.status = status


def fetch(url: str, *, etag: str | None = None, last_modified: str | None = None, limits: Limits = DEFAULT) -> Fetched:
    """Fetch an http or https address.

    `etag` and `last_modified` are those of the last time: a page that has not changed is not sent again. At each
    redirect the address is resolved anew, refused when it is private, and the connection goes to the very machine that
    was checked. Cookies live as long as this one fetch; a page that only leads on to another is followed as a redirect.
    Raises SourceError, always one line, for everything that can go wrong; AnswerError when the server refuses.
    """
    web(url)
    hush("urllib3")
    until = time.monotonic() + limits.seconds
    place, cookies = place_of(url), Cookies()
    for _ in range(limits.hops + 1):
        machines = resolve(place, min(_SILENCE, until - time.monotonic()), allow_private=place.host in limits.private)
        with _Call(place, until) as call:
            call.connect(machines[:_MACHINES])
            answer = call.ask(_headers(place, etag, last_modified) | cookies.for_(place.url))
            following = answer.headers.get("Location") if answer.status in _REDIRECTS else None
            cookies.take(place.url, answer)
            if following is None:
                fetched = _fetched(place, call, answer, limits.bytes, asked=bool(etag or last_modified))
                following = led_on(fetched, answer.headers.get("Refresh"))
                if following is None or _stays(place, following, answer):
                    return fetched
        place = place_of(_utf8(following), place.url)
    raise refuse(url, f"more than {limits.hops} redirects", "open it in a browser, save the page and add that")


def _stays(place: Place, following: str, answer: BaseHTTPResponse) -> bool:
    """Say whether a page only leads to itself, as live ones do, and does not ask for a cookie that it sets."""
    return place_of(_utf8(following), place.url) == place and "Set-Cookie" not in answer.headers


def _headers(place: Place, etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {
        "Host": place.host_header,
        "User-Agent": agent(),
        "Accept": _ACCEPT,
        "Accept-Encoding": PACKINGS,
        "Accept-Language": "*",
        "Connection": "close",
    }
    for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)):
        if value and value.isascii() and value.isprintable():
            headers[name] = value
    return headers


@cache
def agent() -> str:
    """Give the name by which this program asks."""
    try:
        number = version("newsreader-tui")
    except PackageNotFoundError:
        number = "0"
    return f"newsreader-tui/{number} (personal news reader)"


def _utf8(location: str) -> str:
    """Give a Location header as the UTF-8 that servers mean by it."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


class _Call:
    """One request to one place: connects to a checked machine, and is cut off when its time is over.

    The time-outs of sockets count the silence between two bytes, so that a server which drips could hold a reader for
    hours; a timer that shuts the socket holds for everything: handshake, headers and body.
    """

    def __init__(self, place: Place, until: float) -> None:
        self._place = place
        self._until = until
        self._link: HTTPConnection | None = None
        self._late = False
        self._watch = threading.Timer(max(0.0, until - time.monotonic()), self._cut)
        self._watch.daemon = True

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.cancel()
        if self._link is not None:
            with contextlib.suppress(OSError):
                self._link.close()

    def _cut(self) -> None:
        self._late = True
        sock = self._link.sock if self._link is not None else None
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def error(self, error: Exception) -> SourceError:
        """Say in one line why the call failed."""
        if self._late or time.monotonic() >= self._until:
            return refuse(
                self._place.url, "it takes too long to answer", "try again later, or save the page and add it"
            )
        return refuse(self._place.url, _why(error), "check the address and the network, then try again")

    def connect(self, machines: Sequence[str]) -> None:
        """Connect to the first of the machines that answers."""
        for at, machine in enumerate(machines):
            self._link = _link(self._place, machine, self._silence())
            try:
                self._link.connect()
            except _failures() as error:
                self._link.close()
                if at == len(machines) - 1:
                    raise self.error(error) from None
            else:
                return

    def ask(self, headers: Mapping[str, str]) -> BaseHTTPResponse:
        """Send the request and read what stands above the body."""
        assert self._link is not None
        try:
            self._link.request("GET", self._place.target, headers=headers, preload_content=False)
            return self._link.getresponse()
        except _failures() as error:
            raise self.error(error) from None

    def body(self, answer: BaseHTTPResponse, most: int) -> bytes:
        """Read the body, unpacked, and no more of it than `most` bytes."""
        pieces: list[bytes] = []
        size = 0
        try:
            layers = unpackers(answer.headers.get("Content-Encoding") or "")
            while piece := answer.read1(_CHUNK, decode_content=False):
                for layer in layers:
                    piece = layer.unpack(piece, most + 1)
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    raise refuse(
                        self._place.url, f"larger than {most // 1_000_000} MB", "save the part you need and add it"
                    )
                if self._late or time.monotonic() >= self._until:
                    raise self.error(TimeoutError())
            for layer in layers:
                layer.close()
        except _failures() as error:
            raise self.error(error) from None
        if self._late:
            raise self.error(TimeoutError())
        return b"".join(pieces)

    def _silence(self) -> float:
        return max(0.1, min(_SILENCE, self._until - time.monotonic()))


def _failures() -> tuple[type[Exception], ...]:
    from http.client import HTTPException  # noqa: PLC0415

    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    return (HTTPError, HTTPException, OSError, ValueError, LookupError)


def _link(place: Place, machine: str, silence: float) -> HTTPConnection:
    """Give a connection to `machine`, which has to prove by its certificate that it is the host of `place`."""
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415

    if place.scheme == "http":
        return HTTPConnection(machine, place.port, timeout=silence)
    return HTTPSConnection(
        machine,
        place.port,
        timeout=silence,
        server_hostname=place.host,
        assert_hostname=place.host,
        ssl_context=_trust(),
    )


@cache
def _trust() -> ssl.SSLContext:
    """Give the certificates of the system and those that come with the libraries."""
    context = ssl.create_default_context()
    with contextlib.suppress(ImportError, OSError):
        import certifi  # noqa: PLC0415

        context.load_verify_locations(certifi.where())
    return context


def _fetched(place: Place, call: _Call, answer: BaseHTTPResponse, most: int, *, asked: bool) -> Fetched:
    """Read what a last answer holds. Raises AnswerError when the server refuses."""
    said = answer.headers
    kind = said.get("Content-Type") or ""
    charset = _CHARSET.search(kind)
    unchanged = asked and answer.status == 304
    if not unchanged and not 200 <= answer.status < 300:
        refused = refuse(place.url, *_refusal(answer.status, said.get("Retry-After")))
        raise AnswerError(str(refused), answer.status)
    raw = b"" if unchanged else call.body(answer, most)
    if not unchanged and not raw.strip():
        raise refuse(place.url, "the answer is empty", "check the address")
    return Fetched(
        raw=raw,
        url=place.url,
        content_type=kind.split(";")[0].strip().casefold() or None,
        charset=charset[1] if charset else None,
        etag=said.get("ETag"),
        last_modified=said.get("Last-Modified"),
        unchanged=unchanged,
    )


def _refusal(status: int, wait: str | None) -> tuple[str, str]:
    """Give what a status means for a person, and the way out."""
    if status in (401, 402, 403, 407, 451):
        return f"the site does not give this page out ({status})", "open it in a browser, save it and add the file"
    if status in (404, 410):
        return f"there is no such page ({status})", "check the address"
    if status in (429, 503):
        return f"the site asks to come later ({status})", f"try again in {later(wait)}"
    return f"the site answers with {status}", "try again later, or save the page and add that"


def _why(error: Exception) -> str:
    name = type(error).__name__
    if isinstance(error, UnpackError):
        return str(error)
    if isinstance(error, ssl.SSLError) or name in ("CertificateError", "SSLError"):
        return "its certificate cannot be trusted"
    if name in ("IncompleteRead", "ProtocolError", "InvalidChunkLength", "RemoteDisconnected", "ConnectionResetError"):
        return "the connection broke off before the end"
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return "it does not answer"
    return "it cannot be reached" if isinstance(error, OSError) or "Connection" in name else "its answer makes no sense"
