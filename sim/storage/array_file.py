"""Array file: named arrays in one zip of NumPy files, which any NumPy reads with `np.load`.

Read aloud
    A file that is read may be anybody's. Its list of arrays is looked at first, then the head of each array: its type,
    its shape, and whether these need just the bytes that are there. Only then is room made for any of them. Only
    numbers and text are read, packed as we pack them or not at all; nothing in a file is ever executed.
"""

import hashlib
import io
import math
import mmap
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.columns import Arrays
from sim.storage.bounded_read import MEGABYTE, open_plain

MEMBER_HEADER = struct.Struct("<26xHH")
"""Header of a file in a zip, of which we read how long the name and the extra field after it are."""

END, FAR_END = struct.Struct("<4s8xII H"), struct.Struct("<4s36xQ")
"""Ends of a zip, up to 4 GB and beyond, of which we read how long the list of its files is."""

FAR_LOCATOR = 20
"""Bytes between the two."""

MOST_LISTED = 8 * MEGABYTE
"""Bytes of the list of files."""

MOST_TEXT = 4_096
"""Bytes of a text in an array of texts."""

NUMBER_KINDS = frozenset(np.dtype(name) for name in ("i1", "i2", "i4", "i8", "u1", "u2", "f8"))
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1

UNREADABLE = (
    *(OSError, ValueError, KeyError, IndexError, EOFError, NotImplementedError, RuntimeError, OverflowError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)
"""What reading a file that is none of ours may raise."""


@dataclass(frozen=True)
class ArrayHead:
    """What an array says of itself before it is read."""

    kind: np.dtype[Any]
    """Type of its numbers or texts."""
    shape: tuple[int, ...]
    """Its shape."""
    member: zipfile.ZipInfo
    """Where it lies."""


@dataclass(frozen=True)
class ArrayFile:
    """Arrays of an open file."""

    heads: dict[str, ArrayHead]
    """What every array says of itself, by name, in the order of the file."""
    packed: zipfile.ZipFile
    """The file."""

    def read(self, name: str) -> NDArray[Any]:
        """One of the arrays."""
        with self.packed.open(self.heads[name].member) as member:
            found: NDArray[Any] = np.lib.format.read_array(member, allow_pickle=False)
        return found


def write_arrays(path: Path, arrays: Iterable[tuple[str, NDArray[Any]]], *, compress: bool = True) -> None:
    """Write arrays to a new file, with the fastest compression or with none."""
    form = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w") as file:
        for name, array in arrays:
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getbuffer(), form, compresslevel=1)


@contextmanager
def open_arrays(path: Path, most: int) -> Iterator[ArrayFile]:
    """Open a file of arrays of which nobody knows who wrote it.

    Args:
        path: The file.
        most: Bytes that it, and all its arrays unpacked, may have at most.

    Raises:
        OSError, ValueError and others among UNREADABLE: it is not there, or not of this form.
    """
    with open_plain(path, most) as file:
        size = _measure(file)
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            _refuse_odd_members(members, size, most)
            heads = {member.filename.removesuffix(".npy"): _read_head(packed, member) for member in members}
            if len(heads) != len(members):
                raise ValueError("holds an array twice")
            yield ArrayFile(heads, packed)


def read_arrays(path: Path, most: int) -> Arrays:
    """All arrays of such a file; for `most` see `open_arrays`."""
    with open_arrays(path, most) as file:
        return {name: file.read(name) for name in file.heads}


def map_arrays(path: Path, most: int) -> tuple[Arrays, mmap.mmap]:
    """Arrays of a file without compression, each read from the disk when its numbers are asked for, and their room.

    The file may be removed meanwhile; its place on the disk is free once nobody holds its arrays any more.
    """
    arrays: Arrays = {}
    with open_arrays(path, most) as file, open_plain(path, most) as plain:
        room = mmap.mmap(plain.fileno(), 0, access=mmap.ACCESS_READ)
        for key, head in file.heads.items():
            if head.member.compress_type != zipfile.ZIP_STORED:
                raise ValueError(f"{key} is compressed")
            name, extra = MEMBER_HEADER.unpack_from(room, head.member.header_offset)
            end = head.member.header_offset + MEMBER_HEADER.size + name + extra + head.member.file_size
            count = math.prod(head.shape)
            flat = np.frombuffer(room, head.kind, count, end - count * head.kind.itemsize)
            arrays[key] = flat.reshape(head.shape)
    return arrays, room


def compute_digest(arrays: Arrays) -> str:
    """SHA-256 of all arrays with their names, types and shapes."""
    found = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        found.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def forget_pages(room: mmap.mmap) -> None:
    """Give back the memory of what was read of a mapped file; it is read again when it is asked for again."""
    if hasattr(room, "madvise"):
        room.madvise(mmap.MADV_DONTNEED)


def _measure(file: io.BufferedReader) -> int:
    """Bytes of a file, if it ends as our zips do and its list of files is short enough to be read."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - END.size - FAR_LOCATOR - 56, 0))
    tail = file.read()
    mark, listed, _, comment = END.unpack(tail[-END.size :])
    if mark != b"PK\x05\x06" or comment:
        raise zipfile.BadZipFile("is no zip, or something follows it")
    far = tail[: -END.size - FAR_LOCATOR]
    if listed == 0xFFFFFFFF and far[:4] == b"PK\x06\x06":
        _, listed = FAR_END.unpack_from(far)
    if listed > MOST_LISTED:
        raise ValueError("its list of arrays is too long")
    file.seek(0)
    return size


def _refuse_odd_members(members: list[zipfile.ZipInfo], size: int, most: int) -> None:
    """Stop before anything is unpacked if the list of files is not one of ours, or promises too much."""
    for member in members:
        if member.compress_type not in PACKED or member.flag_bits & ENCRYPTED:
            raise ValueError(f"{member.filename} is packed in a way that is not ours")
    if sum(member.compress_size for member in members) > size:
        raise ValueError("promises more than it holds")
    if sum(member.file_size for member in members) > most:
        raise ValueError("holds more than belongs there")


def _read_head(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> ArrayHead:
    """Type and shape of an array, if they fit the bytes that it has."""
    with packed.open(member) as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError(f"{member.filename} is of another form")
        shape, _, kind = np.lib.format.read_array_header_1_0(file)
        if kind not in NUMBER_KINDS and not (kind.kind == "U" and kind.isnative and kind.itemsize <= MOST_TEXT):
            raise ValueError(f"{member.filename} holds neither numbers nor texts")
        if min(shape, default=0) < 0 or file.tell() + math.prod(shape) * kind.itemsize != member.file_size:
            raise ValueError(f"{member.filename} has another size than its shape")
    return ArrayHead(kind, shape, member)
