"""Npz format: all runs as named arrays in one zip of NumPy files, which any NumPy reads with `np.load`.

`runs/<column>` has one row per matching run of every source view, whole numbers as signed ones with room for the
difference of any two; `runs/view` is a place in the table `views`, `runs/outcome` one in the table `outcomes`. By
source view: `by_week/<view>` (weeks, outcomes), `opening/<view>` (10, 50, 90%; names in `opening_of/<view>`) and, in
the order of `views`, `drawn`.
"""

import io
import math
import mmap
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.columns import Arrays, LazyColumns, downcast_exact
from sim.ensemble.results import Results, ViewRuns

MANY = 200_000
"""Rows from which columns are made float64 only when they are asked for, one at a time."""

HEADER = struct.Struct("<26xHH")
"""Header of a file in a zip, of which we read how long the name and the extra field after it are."""

UNREADABLE = (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile, zlib.error)
"""What reading a file that is none of ours may raise."""


def to_arrays(results: Results) -> Iterator[tuple[str, NDArray[Any]]]:
    """All runs as one table, its key tables, and what belongs to each source view; one array at a time."""
    views = results.views
    names = list(next(iter(views.values())).columns) if views else []
    if "view" in names or any(list(view.columns) != names or view.name != key for key, view in views.items()):
        raise ValueError("source views need the same columns in the same order, none of them called 'view'")
    matching = np.array([view.n_matching for view in views.values()], dtype=np.int64)
    yield "views", np.array(list(views), dtype=np.str_)
    yield "outcomes", np.array(list(results.outcomes), dtype=np.str_)
    yield "drawn", np.array([view.n_drawn for view in views.values()], dtype=np.int64)
    yield "runs/view", downcast_exact(np.repeat(np.arange(matching.size, dtype=np.float64), matching))
    for name in names:
        yield f"runs/{name}", downcast_exact(np.concatenate([view.columns[name] for view in views.values()]))
    for key, view in views.items():
        yield f"by_week/{key}", view.by_week
        yield f"opening_of/{key}", np.array(list(view.opening), dtype=np.str_)
        yield f"opening/{key}", np.array(list(view.opening.values()), dtype=np.float64).reshape(-1, 3)


def from_arrays(arrays: Arrays) -> dict[str, ViewRuns]:
    """Source views from their arrays."""
    view = arrays["runs/view"]
    names = [name for name in arrays if name.startswith("runs/") and name != "runs/view"]
    views = {}
    for place, key in enumerate(arrays["views"].tolist()):
        rows = slice(*np.searchsorted(view, (place, place + 1)).tolist())
        stored = {name.removeprefix("runs/"): arrays[name][rows] for name in names}
        columns = LazyColumns(stored, stored.__getitem__)
        opening = zip(arrays[f"opening_of/{key}"].tolist(), arrays[f"opening/{key}"].tolist(), strict=True)
        spread = {name: (low, middle, high) for name, (low, middle, high) in opening}
        found = columns if view.size >= MANY else dict(columns)
        views[key] = ViewRuns(key, int(arrays["drawn"][place]), found, arrays[f"by_week/{key}"], spread)
    return views


def write_arrays(path: Path, arrays: Iterable[tuple[str, NDArray[Any]]], *, compress: bool = True) -> None:
    """Write arrays to a new file, with the fastest compression or with none."""
    form = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w") as file:
        for name, array in arrays:
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getbuffer(), form, compresslevel=1)


def read_arrays(path: Path) -> Arrays:
    """Read arrays back; nothing in the file is ever executed."""
    arrays: Arrays = {}
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            with packed.open(name) as member:
                arrays[name.removesuffix(".npy")] = np.lib.format.read_array(member, allow_pickle=False)
    return arrays


def map_arrays(path: Path) -> tuple[Arrays, mmap.mmap]:
    """Arrays of a file without compression, each read from the disk when its numbers are asked for, and their room.

    The file may be removed meanwhile; its place on the disk is free once nobody holds its arrays any more.
    """
    arrays: Arrays = {}
    with zipfile.ZipFile(path) as packed, path.open("rb") as file:
        room = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        for member in packed.infolist():
            name, extra = HEADER.unpack_from(room, member.header_offset)
            room.seek(member.header_offset + HEADER.size + name + extra)
            np.lib.format.read_magic(room)
            shape, _, kind = np.lib.format.read_array_header_1_0(room)
            flat = np.frombuffer(room, kind, math.prod(shape), room.tell())
            arrays[member.filename.removesuffix(".npy")] = flat.reshape(shape)
    return arrays, room


def forget_pages(room: mmap.mmap) -> None:
    """Give back the memory of what was read of a mapped file; it is read again when it is asked for again."""
    if hasattr(room, "madvise"):
        room.madvise(mmap.MADV_DONTNEED)
