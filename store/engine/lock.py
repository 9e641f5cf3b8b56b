"""One writer at a time: a lock over threads and programs, held for the moment of a change."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path
from typing import Self

try:
    import fcntl
except ImportError:  # not a POSIX system: one program at a time, and it is said
    fcntl = None  # type: ignore[assignment]

NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


class FolderLock:
    """A re-entrant lock on a file that is never deleted.

    `shared` is False where the file system has no locks: then only one program may use the folder. `writable` is False
    where the lock file can only be read.
    """

    __slots__ = ("_depth", "_fd", "_threads", "shared", "writable")

    def __init__(self, path: Path) -> None:
        self._threads = threading.RLock()
        self._depth = 0
        self.shared = fcntl is not None
        self.writable = True
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            if error.errno not in {errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOSPC}:
                raise
            self.writable = error.errno == errno.ENOSPC and os.access(path.parent, os.W_OK)
            self._fd = -1
            with contextlib.suppress(OSError):
                self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            self.shared = self._fd >= 0 and self.shared

    @property
    def held(self) -> bool:
        """Whether this thread's program holds the lock."""
        return self._depth > 0

    @property
    def outermost(self) -> bool:
        """Whether the lock was taken once, not again inside."""
        return self._depth == 1

    @property
    def threads(self) -> threading.RLock:
        """The lock among the threads of this program alone."""
        return self._threads

    def __enter__(self) -> Self:
        self._threads.acquire()
        try:
            if self._depth == 0:
                self._flock(exclusive=True)
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._flock(exclusive=False)
        self._threads.release()

    def _flock(self, *, exclusive: bool) -> None:
        if not self.shared:
            return
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX if exclusive else fcntl.LOCK_UN)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            self.shared = False

    def close(self) -> None:
        """Give the lock file back to the system."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
