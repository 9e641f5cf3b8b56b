"""A real pseudo-terminal with a program in it, and what a person would see there."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 60.0
"""Seconds after which a screen that does not come counts as never coming."""


class Terminal:
    """Runs a command in a terminal of `columns` × `rows`; `written` is every byte that the program sent."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], *, columns: int, rows: int, folder: str) -> None:
        self.written = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._fd)

    @property
    def shown(self) -> str:
        """What stands on the screen, without trailing spaces."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, keys: str) -> None:
        """Type `keys` as a keyboard would send them."""
        os.write(self._fd, keys.encode())

    def wait_for(self, words: str, *, gone: bool = False) -> str:
        """Read until the screen shows `words`, or with `gone` no longer does; give the screen."""
        end = time.monotonic() + PATIENCE
        while (words in self.shown) is gone:
            left = end - time.monotonic()
            assert left > 0, f"{words!r} {'stays' if gone else 'never came'}:\n{self.shown}"
            self._read(left)
        return self.shown

    def wait_for_end(self) -> int:
        """Read until the program ends; give its exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(end - time.monotonic()):
            assert time.monotonic() < end, f"the program does not end:\n{self.shown}"
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def send_signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self._pid, number)

    def wait_for_stop(self) -> None:
        """Read until the program has suspended itself."""
        end = time.monotonic() + PATIENCE
        while os.waitpid(self._pid, os.WUNTRACED | os.WNOHANG)[0] != self._pid:
            assert time.monotonic() < end, f"the program does not stop:\n{self.shown}"
            self._read(0.05)
        self._read(0.05)

    def wait_for_bytes(self, wanted: bytes, after: int = 0) -> None:
        """Read until the program has written `wanted`, the first `after` bytes not counted."""
        end = time.monotonic() + PATIENCE
        while wanted not in self.written[after:]:
            left = end - time.monotonic()
            assert left > 0, f"{wanted!r} never came:\n{self.shown}"
            self._read(left)

    def listen(self, seconds: float) -> None:
        """Take what the program writes next, if it writes within `seconds`."""
        self._read(seconds)

    def hang_up(self) -> None:
        """Take the terminal away, and wait until the program has ended."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDONLY)
        end = time.monotonic() + PATIENCE
        while os.waitpid(self._pid, os.WNOHANG)[0] != self._pid:
            if time.monotonic() > end:
                os.kill(self._pid, signal.SIGKILL)
                raise AssertionError("the program outlives its terminal")
            time.sleep(0.02)

    def _read(self, seconds: float) -> bool:
        ready = select.poll()  # select() knows no more than 1,024 open files
        ready.register(self._fd, select.POLLIN)
        if not ready.poll(1000 * max(0.0, seconds)):
            return True
        try:
            read = os.read(self._fd, 65536)
        except OSError:
            return False
        self.written += read
        self._stream.feed(read)
        return bool(read)
