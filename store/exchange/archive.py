"""Several files in one: a ZIP archive with the same bytes for the same contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

IN_MEMORY = 8_000_000
"""Bytes of an archive that are held in memory; a larger one grows in a temporary file."""
PIECE = 1 << 18
_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Give an archive of files (name and content) piece by piece. Raises OSError when there is no room to make it."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        with ZipFile(spool, "w", ZIP_DEFLATED) as archive:
            for name, pieces in files:
                entry = ZipInfo(name, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                with archive.open(entry, "w") as file:
                    for piece in pieces:
                        file.write(piece)
        spool.seek(0)
        while piece := spool.read(PIECE):
            yield piece
