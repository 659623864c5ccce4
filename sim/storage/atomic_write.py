"""Atomic write: files take the place of older ones once they are whole, or not at all, even if the machine stops.

Read aloud
    A file is made beside its place and renamed. The files of a folder are made in a folder aside. Where there is no
    older folder, that one is renamed. Where there is, one rename declares the new files complete, and they move into
    their places; if that breaks off, whoever opens the folder next moves what is left, so nobody ever reads a mixture.
"""

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".unfinished"
"""Ends the names of what is being written."""

COMPLETE = ".complete"
"""Folder of files that are whole and have yet to move into their places."""


MOST_FOLDERS = 500
"""Folders in a path, at most; that of a system's longest path would hold 2,048."""


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing.

    Raises:
        OSError: it cannot be made there; so too where the path has more folders than anybody means.
    """
    if len(folder.parts) > MOST_FOLDERS:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(folder))
    folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def write_file(path: Path) -> Iterator[Path]:
    """A file to be written, which takes the place of another one once it is whole; if it fails, it goes.

    A pipe or a device is never replaced: whoever may do everything would take it from the whole machine.

    Raises:
        OSError: it cannot be written there.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EEXIST, "there is something that is no file", str(path))
    unfinished = _name_unfinished(path, path.parent)
    try:
        with _naming(path):
            yield unfinished
            flush(unfinished)
            os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


@contextmanager
def write_folder(folder: Path, room: Path | None = None) -> Iterator[Path]:
    """A folder to be filled, whose files become those of another one once all are whole; other files there stay.

    It is made in `room`, which must be on the same disk; if none is given, beside the other one.
    """
    new = _name_unfinished(folder, room or folder.parent)
    shutil.rmtree(new, ignore_errors=True)
    try:
        with _naming(folder):
            make_folder(new)
            yield new
            for path in (*new.iterdir(), new):
                flush(path)
        complete_folder(folder)
        os.replace(new, folder / COMPLETE if folder.exists() else folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    complete_folder(folder)
    flush(folder.parent)


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """An error of the system that names no file, such as that of a full disk, names what was being written."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, str(place)) from error


def complete_folder(folder: Path) -> None:
    """Move files that are complete into their places; several processes may do so at the same time."""
    if not (folder / COMPLETE).is_dir() or (folder / COMPLETE).is_symlink():
        return
    for path in sorted((folder / COMPLETE).iterdir()):
        with suppress(FileNotFoundError):
            os.replace(path, folder / path.name)
    flush(folder)
    with suppress(FileNotFoundError):
        (folder / COMPLETE).rmdir()


def remove_anything(path: Path) -> None:
    """Remove what stands in the place of a file, whatever it is; nothing happens if nothing does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file or folder is on the disk; Windows cannot wait for folders and need not."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name_unfinished(path: Path, folder: Path) -> Path:
    """Name of what one thread of one process is writing."""
    return folder / f".{path.name}.{os.getpid()}-{threading.get_ident()}{UNFINISHED}"
