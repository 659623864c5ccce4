"""Plain file: what somebody named is read only if it is a file, and small enough.

A pipe would keep us waiting, a device never end, and a large file could take all memory.
"""

import errno
from pathlib import Path
from stat import S_ISDIR, S_ISREG

MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE
"""Bytes that are read at most, where nothing else is said."""


def read_plain_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """All bytes of a file.

    Args:
        path: The file; links are followed.
        most: Bytes that it may have at most.

    Raises:
        OSError: it is not there, cannot be read, is no file or too large; `strerror` says what it is.
    """
    known = path.stat()
    if not S_ISREG(known.st_mode):
        kind = "a folder" if S_ISDIR(known.st_mode) else "a pipe or a device"
        raise OSError(errno.EINVAL, f"it is {kind}, not a file")
    if known.st_size > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // MEGABYTE} MB")
    return path.read_bytes()
