"""The bytes of a source, and the sources in a folder."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from store.ingest.kinds import SUFFIXES
from store.ingest.refusal import refuse

STANDARD_INPUT = "-"
MOST_BYTES = 20_000_000
_PAGES = (".htm", ".html", ".xhtml")
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/|www\.", re.I)
_LIST = re.compile(r"metadata_\d+_to_\d+\.json")
_LISTED = ("content", "highlights")
_BESIDE = re.compile(
    r"[._-](?:files?|dateien|fichiers?|archivos|ficheiros|arquivos|bestanden|bilder|filer|pliki)$", re.I
)


def expand(sources: Iterable[str]) -> Iterator[str]:
    """Give each source, a folder as the files in it that can be taken in, sorted.

    Hidden files stay out, those with which Word marks an open document, pipes and devices, and the folder that a
    browser saved beside a page ("Story_files").
    `-` (standard input) and everything that is no folder is given as it is, also when it does not exist: `read` says
    what is wrong with it. Raises SourceError for a folder that cannot be listed.
    """
    for source in map(meant, sources):
        if source != STANDARD_INPUT and os.path.isdir(source):
            yield from _files(source)
        else:
            yield source


def meant(source: str) -> str:
    """Give the address or path that is meant by what browsers and file managers hand on (`feed:`, `file:`)."""
    if source[:5].casefold() == "feed:":
        rest = source[5:].removeprefix("//")
        return rest if rest[:4].casefold() == "http" else f"http://{rest}" if source[5:7] == "//" else source
    return unquote(urlsplit(source).path) if source.startswith("file:///") else source


def _files(folder: str) -> Iterator[str]:
    def unlistable(error: OSError) -> None:
        raise refuse(str(error.filename), f"this folder cannot be listed ({_why(error)})", "check its permissions")

    for here, folders, names in os.walk(folder, onerror=unlistable):
        pages = {os.path.splitext(name)[0] for name in names if name.lower().endswith(_PAGES)}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _belongs(name, pages))
        lists = list(filter(_LIST.fullmatch, names))
        if lists:  # an export of Omnivore: the pages and marks beside the lists belong to them
            folders[:] = [name for name in folders if name not in _LISTED]
            yield from (os.path.join(here, name) for name in sorted(lists))
        for name in sorted(names):
            path = os.path.join(here, name)
            if not name.startswith((".", "~$")) and name.lower().endswith(tuple(SUFFIXES)) and _is_file(path):
                yield path


def _is_file(path: str) -> bool:
    """Say whether a path is a file, or may be one once it can be looked at; a pipe in a folder would be waited for."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def _belongs(folder: str, pages: Collection[str]) -> bool:
    """Say whether a folder holds the pictures and frames of a page that a browser saved beside it."""
    found = _BESIDE.search(folder)
    return found is not None and folder[: found.start()] in pages


def read_bytes(path: str) -> bytes:
    """Read a file, a pipe, or standard input for `-`.

    Raises SourceError when it is missing, a folder, a device, unreadable, empty or larger than 20 MB; never reads more
    than that.
    """
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if path == STANDARD_INPUT else _read_file(path)
    except ValueError:
        raise refuse(path, "no file can have this name", "check the path") from None
    except OSError as error:
        if "://" in path and isinstance(error, FileNotFoundError):
            raise refuse(path, "only http and https addresses are fetched", "name a file by its path") from None
        raise refuse(path, _why(error), _way_out(error, path)) from None
    if len(raw) > MOST_BYTES:
        raise refuse(path, f"larger than {MOST_BYTES // 1_000_000} MB", "split it and add the parts")
    if not raw.strip():
        raise refuse(path, "this is empty", "add a file with the article's text")
    return raw


def _read_file(path: str) -> bytes:
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise refuse(path, "this is a folder", "name a file in it")
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise refuse(path, "this is a device, not a file", "save the article to a file and add that")
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _why(error: OSError) -> str:
    return (error.strerror or "it cannot be read").lower()


def _way_out(error: OSError, path: str) -> str:
    if isinstance(error, FileNotFoundError) and _HOST.match(path):
        return f"check the path; is it an address? Then https://{path}"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "check the path"
    return "check its permissions" if isinstance(error, PermissionError) else "try again or copy the file elsewhere"
