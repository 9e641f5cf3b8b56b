"""A real server on this machine for tests of fetching, a friendly one or one that means harm."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

Answer = Callable[[socket.socket, str], None]


def plain(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Server:
    """A server that answers each path with bytes, or by a function that holds the line."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Answer] = {}
        self.asked: list[str] = []
        self.over = threading.Event()
        self.wrap: Callable[[socket.socket], socket.socket] = lambda line: line
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        self.over.set()
        self._listener.close()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            try:
                line = self.wrap(line)
                asked = b""
                while b"\r\n\r\n" not in asked and (more := line.recv(4096)):
                    asked += more
                self.asked.append(asked.decode("latin-1"))
                path = asked.split(b" ")[1].decode("latin-1") if asked.count(b" ") > 1 else ""
                answer = self.answers.get(path, plain("404 Not Found", b"no"))
                if isinstance(answer, bytes):
                    line.sendall(answer)
                else:
                    answer(line, path)
            except OSError:
                pass


def page(title: str, *paragraphs: str, head: str = "") -> str:
    """Write a web page with one article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{body}</article></body></html>"
    )


def html(page: str, *headers: str) -> bytes:
    """Answer with a page."""
    return plain("200 OK", page.encode(), "Content-Type: text/html; charset=utf-8", *headers)


def rss(title: str, *items: tuple[str, str]) -> bytes:
    """Answer with a feed of titles and addresses."""
    entries = "".join(f"<item><title>{name}</title><link>{url}</link></item>" for name, url in items)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'
    return plain("200 OK", feed.encode(), "Content-Type: application/rss+xml", 'ETag: "feed"')
