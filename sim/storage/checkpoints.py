"""Checkpoints: finished blocks on the disk, so that a run that ends before its time loses nothing.

Read aloud
    Whoever has played a block writes it to `parts/` in the results' folder, whole or not at all, before it is said to
    be finished. Whoever resumes reads what is there; a block that is damaged, or belongs to other inputs, is played
    again. While a folder is being written, nobody else may write there; a run that ends before its first block is
    finished leaves nothing.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from mmap import mmap
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from sim.ensemble.block import Block
from sim.ensemble.block_store import (
    OPENING,
    STATES,
    BlockStore,
    ConcatenatedRuns,
    count_states_by_week,
    name_columns,
)
from sim.ensemble.columns import NUMBERS, Arrays, Column, LazyColumns, downcast_exact
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import Plan
from sim.errors import display_path
from sim.storage.array_file import UNREADABLE, forget_pages, map_arrays, read_arrays, write_arrays
from sim.storage.atomic_write import UNFINISHED, make_folder, write_file
from sim.storage.bounded_read import MEGABYTE
from sim.storage.results_folder import PARTS, ResultsError, encode_json, make_write_error

BEGUN, LOCK = "begun.json", "lock"

FINGERPRINT, STATES_OF, NAMES, PLACES, TABLE = "fingerprint", "states", "names", "places", "table/"
"""Arrays of a block's file: the inputs it belongs to, states by week, and its columns - their names, their places in
the order of before, and a table for each type of numbers."""

MOST_BYTES = 256 * MEGABYTE
"""Bytes of a block at most: some thousand draws of some hundred columns."""


@dataclass
class DiskStore:
    """Blocks as files; their columns are read from the files when they are asked for."""

    folders: Mapping[str, tuple[Path, str, str]]
    """Folder of checkpoints, fingerprint of the inputs and name of the source view, by view."""
    finished: bool = False
    """True once the results are saved and the checkpoints no longer needed."""

    @property
    def worker_store(self) -> BlockStore:
        """The same, since folders are the same for all processes of this machine."""
        return self

    def finish(self) -> None:
        """The results are saved; the checkpoints may go."""
        self.finished = True

    def put(self, view: str, number: int, block: Block) -> None:
        """Write a block, whole or not at all; a process that was given up may be writing the same one."""
        path, fingerprint = self._locate(view, number)
        head: Arrays = {FINGERPRINT: np.array(fingerprint), STATES_OF: block.states}
        try:
            with write_file(path) as unfinished:
                write_arrays(unfinished, (head | pack_columns(name_columns(block))).items(), compress=False)
        except OSError as error:
            raise make_write_error(self.folders[view][0].parent, error) from error

    def get(self, view: str, number: int) -> Block | None:
        """The block, if its file is whole and of these inputs."""
        if (arrays := self._read(view, number)) is None:
            return None
        columns = {name: array.astype(NUMBERS) for name, array in unpack_columns(arrays).items()}
        opening = {name.removeprefix(OPENING): columns.pop(name) for name in [*columns] if name.startswith(OPENING)}
        return Block(columns, arrays[STATES_OF], opening)

    def concatenate(self, view: str, numbers: Sequence[int], wanted: int) -> ConcatenatedRuns:
        """The same; columns stay in the files until they are asked for, so that a million runs need no room."""
        blocks, by_week, left = list[tuple[Arrays, mmap]](), np.zeros((1, STATES), dtype=np.int64), wanted
        for number in numbers:
            path, _ = self._locate(view, number)
            if (arrays := self._read(view, number)) is None:
                raise ResultsError(f"{display_path(path)}: was damaged meanwhile; run again")
            states = arrays[STATES_OF][:, :left]
            by_week = by_week + count_states_by_week(states)
            mapped, room = map_arrays(path, MOST_BYTES)
            blocks.append(({name: column[:left] for name, column in unpack_columns(mapped).items()}, room))
            left -= states.shape[1]
            if not left:
                break
        return ConcatenatedRuns(LazyColumns(tuple(blocks[0][0]), partial(_read_column, blocks)), by_week)

    def _read(self, view: str, number: int) -> Arrays | None:
        """All arrays of a block; none if its file is damaged or of other inputs."""
        path, fingerprint = self._locate(view, number)
        try:
            arrays = read_arrays(path, MOST_BYTES)
            return arrays if str(arrays[FINGERPRINT]) == fingerprint and _is_block(arrays) else None
        except UNREADABLE:
            return None

    def _locate(self, view: str, number: int) -> tuple[Path, str]:
        folder, fingerprint, name = self.folders[view]
        return folder / f"{name}-{number:06d}.npz", fingerprint


def _is_block(arrays: Arrays) -> bool:
    """True for states and columns of the same runs, in the order of their numbers."""
    states, columns = arrays[STATES_OF], unpack_columns(arrays)
    whole = states.ndim == 2 and states.dtype == np.uint8
    if not whole or any(column.shape != states.shape[1:] for column in columns.values()):
        return False
    return bool(np.all(np.diff(columns["run"].astype(NUMBERS)) > 0))


def _read_column(blocks: Sequence[tuple[Arrays, mmap]], name: str) -> NDArray[Any]:
    """A column of mapped blocks, one after the other, in the smallest type that holds them all."""
    found = []
    for columns, room in blocks:
        found.append(columns[name].copy())
        forget_pages(room)
    return np.concatenate(found)


def pack_columns(columns: Mapping[str, Column]) -> Arrays:
    """Columns of one length as few arrays: those of one type together."""
    rows: dict[str, list[tuple[int, str, NDArray[Any]]]] = {}
    for place, (name, column) in enumerate(columns.items()):
        small = downcast_exact(column)
        rows.setdefault(f"{TABLE}{small.dtype.name}", []).append((place, name, small))
    found: Arrays = {kind: np.array([small for *_, small in table]) for kind, table in rows.items()}
    places = [place for table in rows.values() for place, *_ in table]
    names = [name for table in rows.values() for _, name, _ in table]
    return {PLACES: np.array(places, dtype=np.uint16), NAMES: np.array(names, dtype=np.str_), **found}


def unpack_columns(arrays: Arrays) -> Arrays:
    """The columns in their order of before, in the types in which they were packed."""
    rows = [row for name, table in arrays.items() if name.startswith(TABLE) for row in table]
    named = zip(arrays[PLACES].tolist(), arrays[NAMES].tolist(), rows, strict=True)
    return {name: row for _, name, row in sorted(named, key=lambda one: one[0])}


@contextmanager
def open_checkpoints(plans: Sequence[Plan], folders: Sequence[Path], *, anew: bool = True) -> Iterator[DiskStore]:
    """Keep finished blocks in the folders of results, one for each plan, until the results are saved there.

    With `anew=False`, what an earlier run left is taken up. The checkpoints are removed once `finish` was called. If
    whoever reads what is printed meanwhile goes away, it is no fault of the folders.
    """
    gone: BrokenPipeError | None = None
    with ExitStack() as stack:
        places = dict[str, tuple[Path, str, str]]()
        for plan, folder in zip(plans, folders, strict=True):
            parts = stack.enter_context(lock_folder(folder, plan.manifest, anew=anew))
            fingerprint = f"{plan.manifest.fingerprint} {compute_code_fingerprint()}"
            places |= {plan.qualify_view(view): (parts, fingerprint, view) for view in plan.views}
        store = DiskStore(places)
        try:
            yield store
        except BrokenPipeError as error:
            gone = error
        if store.finished:
            for parts in {parts for parts, _, _ in places.values()}:
                shutil.rmtree(parts, ignore_errors=True)
    if gone is not None:
        raise gone


@contextmanager
def lock_folder(folder: Path, manifest: Manifest, *, anew: bool) -> Iterator[Path]:
    """Hold the folder of results for one writer; gives the folder of checkpoints.

    With `anew`, what an earlier run left there is removed first.
    """
    parts = folder / PARTS
    made = [path for path in (parts, *parts.parents) if not path.exists()]
    if parts.is_symlink():  # what is left over there is removed
        raise ResultsError(f"{display_path(parts)}: is a link; remove it, or choose another folder with `out=`")
    lock = _take_lock(folder, made)
    try:
        _begin(folder, manifest, anew=anew)
        yield parts
    except BaseException:
        _leave_nothing(parts, made)
        raise
    finally:
        lock.release()


def _take_lock(folder: Path, made: Sequence[Path]) -> FileLock:
    """The lock of a folder of results; where it cannot be had, what was made for it goes."""
    parts = folder / PARTS
    lock = FileLock(parts / LOCK)
    try:
        make_folder(parts)
        lock.acquire(timeout=0)
    except Timeout as error:
        text = "another zopa is writing there; wait for it, or choose another folder with `out=`"
        raise ResultsError(f"{display_path(folder)}: {text}") from error
    except OSError as error:
        _leave_nothing(parts, made)
        raise make_write_error(folder, error) from error
    return lock


def _begin(folder: Path, manifest: Manifest, *, anew: bool) -> None:
    """Put on record what is played, in place of what was left there."""
    parts = folder / PARTS
    try:
        _remove_leftovers(parts, everything=anew)
        with write_file(parts / BEGUN) as begun:
            begun.write_bytes(encode_json(manifest))
    except OSError as error:
        raise make_write_error(folder, error) from error


def _leave_nothing(parts: Path, made: Sequence[Path]) -> None:
    """Take back the folders that were made, if no block was finished."""
    if parts in made and not any(parts.glob("*.npz")):
        shutil.rmtree(parts, ignore_errors=True)
        for path in made[1:]:
            with suppress(OSError):
                path.rmdir()


def _remove_leftovers(parts: Path, *, everything: bool) -> None:
    """Remove what was left half written, or everything."""
    for path in parts.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK and (everything or path.name.endswith(UNFINISHED)):
            path.unlink(missing_ok=True)
