"""The errors a person can act on.

Each message is one line that says what happened, to which file or record, and the way out. The edges (the command
line, the screens) print it as it is; nothing else is caught there.
"""

from __future__ import annotations


class NewsreaderError(Exception):
    """The root of all errors that are shown to a person as one line."""


class SourceError(NewsreaderError):
    """A source could not be taken in: missing, unreadable, binary, empty, too large."""


class LibraryError(NewsreaderError):
    """The library could not be read or written; nothing acknowledged before was lost."""


class ReadOnlyError(LibraryError):
    """The library can be read but not changed now."""


class UnknownRecordError(LibraryError):
    """No article, claim or tag has this id."""


class ExchangeError(NewsreaderError):
    """An export could not be written or an import could not be read."""
