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

from store.engine.files import reason
from store.errors import LibraryError

NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


class FolderLock:
    """A re-entrant lock on a file that is never deleted.

    `shared` is False where the file system has no locks: then only one program may use the folder. `writable` is False
    where the lock file can only be read.
    """

    __slots__ = ("_depth", "_fd", "_path", "_threads", "shared", "writable")

    def __init__(self, path: Path) -> None:
        self._path = path
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
                self._take()
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        try:
            if self._depth == 0 and self.shared:
                fcntl.flock(self._fd, fcntl.LOCK_UN)
        except OSError:  # a lock that cannot be given back goes with its file
            os.close(self._fd)
            self._fd = -1
        finally:
            self._threads.release()

    def _take(self) -> None:
        """Lock the file that has the name now: the folder may have been put in the place of another."""
        while self.shared:
            try:
                if self._fd < 0:
                    flags = os.O_RDWR | os.O_CREAT if self.writable else os.O_RDONLY
                    self._fd = os.open(self._path, flags | os.O_CLOEXEC, 0o600)
                fcntl.flock(self._fd, fcntl.LOCK_EX)
                if self._has_the_name():
                    return
            except OSError as error:
                if error.errno in NO_LOCKS:
                    self.shared = False
                    return
                raise LibraryError(
                    f"{self._path}: the library cannot be locked ({reason(error)}); nothing was changed, try again"
                ) from error
            os.close(self._fd)
            self._fd = -1

    def _has_the_name(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._fd), os.stat(self._path))
        except FileNotFoundError:
            return False

    def close(self) -> None:
        """Give the lock file back to the system."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
