"""A whole library in one file: what `newsreader backup FILE` does."""

from __future__ import annotations

import contextlib
import io
import os
import tarfile
import time
from binascii import crc32
from pathlib import Path

from store.engine import snapshot
from store.engine.files import reason, sync_folder
from store.engine.frames import Record, SnapshotMark, encode, frame
from store.errors import LibraryError
from store.library import SNAPSHOT, Library
from store.model import BackupReport


def backup(folder: Path, file: Path) -> BackupReport:
    """Write the library in `folder` as it is at this moment to `file`, a tar archive (gzip when it ends in gz).

    The file appears whole or not at all. To restore, unpack it and open the folder in it. Raises LibraryError when
    the file is there already or cannot be written.
    """
    file = Path(file)
    if file.exists():
        raise LibraryError(f"{file}: there is a file already; name another")
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with Library.open(Path(folder), create=False) as library:
            files = _write(library, temporary, compress=file.name.endswith("gz"))
            articles, claims = len(library.articles()), len(library.db.table("claims"))
        os.replace(temporary, file)
        sync_folder(file.absolute().parent)
    except OSError as error:
        raise LibraryError(f"{file}: the backup was not written ({reason(error)}); name another place") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    return BackupReport(path=str(file), articles=articles, claims=claims, files=files, size=file.stat().st_size)


def _write(library: Library, path: Path, *, compress: bool) -> int:
    """Write the archive and return how many files it holds."""
    storage = library.storage
    count = 0
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as out:
        with storage.exclusive(), tarfile.open(fileobj=out, mode="w:gz" if compress else "w") as archive:
            state, generation = storage.state_for_backup()
            whole = b"".join(snapshot.dump(state, generation))
            mark = Record(snap=SnapshotMark(len(whole), 0, crc32(whole), state.schema))
            _put(archive, SNAPSHOT, whole)
            _put(archive, storage.layout.journal(generation).name, frame(encode(mark)))
            for journal in storage.layout.all_journals().values():
                _put(archive, f"history/{journal.name}", journal.read_bytes())
                count += 1
            for kind in ("bodies", "sources"):
                for found in sorted((library.folder / kind).glob("*/*")):
                    if not found.name.startswith("."):
                        _put(archive, found.relative_to(library.folder).as_posix(), found.read_bytes())
                        count += 1
        out.flush()
        os.fsync(out.fileno())
    return count + 2


def _put(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(f"library/{name}")
    entry.size, entry.mode, entry.mtime = len(data), 0o600, int(time.time())
    archive.addfile(entry, io.BytesIO(data))
