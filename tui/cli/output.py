"""What goes to the terminal: results on standard output, talk on standard error, both made safe."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TextIO

from store.errors import NewsreaderError
from store.safe_text import clean

NAME = "newsreader"


def one_line(text: str) -> str:
    """Make a line of outside text that a terminal obeys in nothing."""
    return " ".join(clean(text).split())


def say(text: str) -> None:
    """Say one line to the person, on standard error."""
    _error(f"{NAME}: {one_line(text)}\n")


def _error(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text.encode("utf-8", "replace").decode(sys.stderr.encoding or "utf-8", "replace"))
        sys.stderr.flush()
    except UnicodeEncodeError:
        sys.stderr.write(text.encode("ascii", "replace").decode())
    except (OSError, ValueError):
        pass  # nobody listens


def unheard(stream: TextIO) -> None:
    """Let what is written from now on go nowhere: nobody reads it any more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


_BAR, _BEGUN, _OFTEN = 20, 2.0, 0.1


class Progress:
    """A bar on standard error that is written over; nothing when that is no terminal or there is one thing to do."""

    def __init__(self) -> None:
        self._there = sys.stderr is not None and sys.stderr.isatty()
        self._begun = time.monotonic()
        self._last = 0.0
        self._drawn = False

    def __call__(self, done: int, total: int, what: str) -> None:
        """Show how many of how many are done, how fast, how long it will take, and what is being done now."""
        moment = time.monotonic()
        if not self._there or total == 1 or moment - self._last < _OFTEN:
            return
        self._last = moment
        width = max(20, columns(sys.stderr.fileno()))
        text = "  ".join(filter(None, (bar(done, total, moment - self._begun), one_line(what))))
        _error(f"\r\x1b[K{cut(text, width - 1)}")
        self._drawn = True

    def clear(self) -> None:
        """Take the bar away, before something else is written."""
        if self._drawn:
            _error("\r\x1b[K")
            self._drawn = False
            self._last = 0.0


def bar(done: int, total: int, seconds: float) -> str:
    """Draw a bar with its count; with rate and time left once there is something to reckon with."""
    if total <= 0:
        return ""
    full = _BAR * min(done, total) // total
    drawn = f"[{'#' * full}{'.' * (_BAR - full)}] {done} of {total}"
    if not done or seconds < _BEGUN:
        return drawn
    rate = done / seconds
    left = round((total - done) / rate)
    return f"{drawn}  {rate:.1f}/s  {left // 60}:{left % 60:02} left"


def columns(fd: int) -> int:
    """Give the width of the terminal in cells, 80 when it is none."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size(fd).columns) or 80
    except (OSError, ValueError):
        return 80


class Out:
    """Standard output. Raises NewsreaderError when it is closed, OSError when it cannot be written."""

    def __init__(self) -> None:
        if sys.stdout is None:
            raise NewsreaderError("standard output is closed; send it to a file or a terminal")
        self._stream = sys.stdout
        self.terminal = self._stream.isatty()
        self.colour = self.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.width = columns(self._stream.fileno()) if self.terminal else 0

    def text(self, text: str) -> None:
        """Write text of our own, or text that was made safe."""
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(encoding, "replace").decode(encoding))

    def line(self, line: str) -> None:
        """Write a line; on a terminal it is cut to the width."""
        self.text(f"{cut(line, self.width) if self.width else line}\n")

    def flush(self) -> None:
        """Let what was written be seen now."""
        self._stream.flush()

    @contextlib.contextmanager
    def unread(self) -> Iterator[None]:
        """Go on when nobody reads the output any more: for verbs whose work does not end with its lines."""
        try:
            yield
        except BrokenPipeError:
            unheard(self._stream)

    def bytes(self, pieces: Iterable[bytes]) -> None:
        """Write bytes as they are, piece by piece."""
        self._stream.flush()
        for piece in pieces:
            self._stream.buffer.write(piece)
        self._stream.buffer.flush()

    def json(self, value: object) -> None:
        """Write a value as one line of JSON, at once."""
        from store.jsontext import to_json  # noqa: PLC0415

        self.bytes((to_json(value) + b"\n",))

    def style(self, text: str, code: str) -> str:
        """Give text in a style (an SGR code), where colours are wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text and code else text


def cells(char: str) -> int:
    """Give how many cells of a terminal a character takes."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def measure(text: str) -> int:
    """Give the width of a text in cells."""
    return len(text) if text.isascii() else sum(map(cells, text))


def cut(text: str, width: int) -> str:
    """Cut a text to a width in cells, with an ellipsis; escape sequences in it are kept and count nothing."""
    if len(text) <= width and text.isascii() and "\x1b" not in text:
        return text
    kept: list[str] = []
    used, at, fits = 0, 0, True
    whole = _bare_width(text) <= width
    while at < len(text):
        if text[at] == "\x1b":
            end = text.index("m", at) + 1
            kept.append(text[at:end])
            at = end
            continue
        used += cells(text[at])
        if fits and not whole and used >= width:
            kept.append("…")
            fits = False
        if fits:
            kept.append(text[at])
        at += 1
    return "".join(kept)


def _bare_width(text: str) -> int:
    width, at = 0, 0
    while at < len(text):
        if text[at] == "\x1b":
            at = text.index("m", at) + 1
        else:
            width += cells(text[at])
            at += 1
    return width


def pad(text: str, width: int) -> str:
    """Fill a text up to a width in cells."""
    return text + " " * max(0, width - measure(text))
