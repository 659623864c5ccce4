"""Bounded read: a file that anybody may have written is read only if it is a plain one, in its folder and small enough.

A pipe or a device would keep us waiting or never end, a link could lead to any file of the machine, and a large file
could take all memory: each is refused before a byte is read.
"""

import json
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Any, NoReturn

KILOBYTE, MEGABYTE = 1_000, 1_000_000


class UnfitFileError(ValueError):
    """A file that is not read; the text says what it is, such as `is a pipe or a device`."""


def open_plain(path: Path, most: int) -> BufferedReader:
    """Open a file for reading.

    Args:
        path: The file; a link is followed only within its folder.
        most: Bytes that it may have at most.

    Raises:
        OSError: it is not there, or cannot be read.
        UnfitFileError: it is no plain file, lies elsewhere or is too large.
    """
    _refuse_outside(path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    if path.is_dir():
        raise UnfitFileError("is a folder, not a file")
    handle = os.open(path, flags)
    try:
        _refuse_unfit(os.fstat(handle), most)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_plain(path: Path, most: int) -> bytes:
    """All of such a file.

    Raises:
        OSError: it is not there, or cannot be read.
        UnfitFileError: it is no plain file, lies elsewhere or is too large.
    """
    with open_plain(path, most) as file:
        return file.read(most)


def read_json_object(path: Path, most: int) -> dict[str, Any]:
    """An object of JSON from such a file, with nothing in it that JSON does not know.

    Raises:
        OSError: it is not there, or cannot be read.
        ValueError: it is no plain file, lies elsewhere or is too large, or it holds something else.
    """
    try:
        found = json.loads(read_plain(path, most), parse_constant=_refuse_constant)
        json.dumps(found, ensure_ascii=False).encode()  # text that no file could hold
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError("holds no object")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _refuse_outside(path: Path) -> None:
    """Stop at a link that leads out of the folder it stands in."""
    if path.is_symlink() and Path(os.path.realpath(path)).parent != Path(os.path.realpath(path.parent)):
        raise UnfitFileError("is a link that leads out of its folder")


def _refuse_unfit(found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise UnfitFileError("is a pipe or a device, not a file")
    if found.st_size > most:
        size, bound = found.st_size / MEGABYTE, most / MEGABYTE
        raise UnfitFileError(f"is too large ({size:,.1f} MB; at most {bound:,.1f} MB are read)")
