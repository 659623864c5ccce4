"""Parts: blocks on their way to results - in memory, or on the disk so that nothing finished is lost.

Read aloud
    Whoever has played a block writes it to `parts/` in the results' folder, whole or not at all, before it is said to
    be finished. Whoever resumes reads what is there; a part that is damaged, or belongs to other inputs, is played
    again. While a folder is being written, nobody else may write there; a run that ends before its first block is
    finished leaves nothing.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from sim.ensemble.block import Block
from sim.ensemble.columns import NUMBERS, Arrays, Column, pack_columns, unpack_columns
from sim.ensemble.manifest import Manifest
from sim.errors import display_path
from sim.storage.npz_format import UNREADABLE, read_arrays, write_arrays
from sim.storage.results_folder import PARTS, ResultsError, encode_json, flush, make_write_error
from sim.storage.spool import Spool

FOLDER, BEGUN, LOCK = PARTS, "begun.json", "lock"
FINGERPRINT, STATES_OF, OPENING = "fingerprint", "states", "opening/"
UNFINISHED = ".unfinished"

AT_ONCE = 1 << 15
"""Runs that are read back at a time."""


class BlockStore(Protocol):
    """Where finished blocks are kept, by view and number."""

    @property
    def worker_store(self) -> "BlockStore | None":
        """The store as the workers of this machine can use it; none if blocks must be brought to it."""

    def put(self, view: str, number: int, block: Block) -> None:
        """Keep a block."""

    def get(self, view: str, number: int) -> Block | None:
        """The block; none if it is not there or cannot be used."""

    def concatenate(self, view: str, numbers: Sequence[int], wanted: int) -> "ConcatenatedRuns":
        """These blocks one after the other, cut after so many runs."""


@dataclass(frozen=True)
class ConcatenatedRuns:
    """Blocks of a view as one."""

    columns: Mapping[str, Column]
    """Columns by name, those of the opening with `opening/` before it."""
    by_week: NDArray[np.int64]
    """Runs by state after each week: (weeks, states)."""


STATES = 256
"""States that a week's record can tell apart."""


def count_states_by_week(states: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Runs in each state after each week."""
    return np.array([np.bincount(week, minlength=STATES) for week in states], dtype=np.int64)


def name_columns(block: Block) -> dict[str, Column]:
    """Columns of a block, those of the opening with `opening/` before their names."""
    return {**block.columns, **{f"{OPENING}{name}": array for name, array in block.opening.items()}}


@dataclass
class MemoryStore:
    """Blocks kept in memory."""

    blocks: dict[tuple[str, int], Block] = field(default_factory=dict)

    @property
    def worker_store(self) -> None:
        """None: other processes have memory of their own."""

    def put(self, view: str, number: int, block: Block) -> None:
        """Keep a block."""
        self.blocks[view, number] = block

    def get(self, view: str, number: int) -> Block | None:
        """The block, if it is there."""
        return self.blocks.get((view, number))

    def concatenate(self, view: str, numbers: Sequence[int], wanted: int) -> ConcatenatedRuns:
        """These blocks one after the other, cut after so many runs."""
        blocks = [self.blocks[view, number] for number in numbers]
        found = [name_columns(block) for block in blocks]
        columns = {name: np.concatenate([one[name] for one in found])[:wanted] for name in found[0]}
        states = np.concatenate([block.states for block in blocks], axis=1)[:, :wanted]
        return ConcatenatedRuns(columns, count_states_by_week(states))


@dataclass
class DiskStore:
    """Blocks kept as files; what is read back of many runs stays on the disk, too."""

    folders: Mapping[str, tuple[Path, str, str]]
    """Folder of parts, digest of the inputs and name of the source view, by view."""
    finished: bool = False
    """True once the results are saved and the parts no longer needed."""

    @property
    def worker_store(self) -> BlockStore:
        """The same, since folders are the same for all processes of this machine."""
        return self

    def finish(self) -> None:
        """The results are saved; the parts may go."""
        self.finished = True

    def put(self, view: str, number: int, block: Block) -> None:
        """Write a block, whole or not at all; a process that was given up may be writing the same one."""
        path, digest = self._path(view, number)
        arrays: Arrays = {FINGERPRINT: np.array(digest), STATES_OF: block.states, **pack_columns(name_columns(block))}
        with _write_atomically(path) as unfinished:
            write_arrays(unfinished, arrays.items(), compress=False)

    def get(self, view: str, number: int) -> Block | None:
        """The block, if its file is whole and of these inputs."""
        found = self._read(view, number)
        if found is None:
            return None
        states, stored = found
        columns = {name: array.astype(NUMBERS) for name, array in stored.items()}
        opening = {name.removeprefix(OPENING): columns.pop(name) for name in stored if name.startswith(OPENING)}
        return Block(columns, states, opening)

    def concatenate(self, view: str, numbers: Sequence[int], wanted: int) -> ConcatenatedRuns:
        """The same; columns are read from the disk when they are asked for, so that a million runs need no room."""
        spool, by_week = Spool(self._path(view, 0)[0].parent), np.zeros((1, STATES), dtype=np.int64)
        left, parts = wanted, list[Arrays]()
        for number in numbers:
            found = self._read(view, number)
            if found is None:
                raise ResultsError(f"{display_path(self._path(view, number)[0])}: was damaged meanwhile; run again")
            by_week = by_week + count_states_by_week(found[0][:, :left])
            parts.append({name: array[:left] for name, array in found[1].items()})
            left -= parts[-1]["run"].size
            if sum(part["run"].size for part in parts) >= AT_ONCE:
                spool.add(parts)
                parts.clear()
            if not left:
                break
        if parts:
            spool.add(parts)
        return ConcatenatedRuns(spool.columns(), by_week)

    def _read(self, view: str, number: int) -> tuple[NDArray[np.uint8], Arrays] | None:
        """States by week and columns as they are stored; none if the file is damaged or of other inputs."""
        path, digest = self._path(view, number)
        try:
            arrays = read_arrays(path)
            if str(arrays[FINGERPRINT]) != digest:
                return None
            return arrays[STATES_OF], unpack_columns(arrays)
        except UNREADABLE:
            return None

    def _path(self, view: str, number: int) -> tuple[Path, str]:
        folder, digest, name = self.folders[view]
        return folder / f"{name}-{number:06d}.npz", digest


@contextmanager
def lock_folder(folder: Path, manifest: Manifest, *, anew: bool) -> Iterator[Path]:
    """Hold the folder of results for one writer; gives the folder of parts, which goes when all is written.

    With `anew`, what an earlier run left there is removed first.
    """
    parts = folder / FOLDER
    made = [path for path in (parts, *parts.parents) if not path.exists()]
    try:
        parts.mkdir(parents=True, exist_ok=True)
        lock = FileLock(parts / LOCK)
        with lock.acquire(timeout=0):
            _remove_leftovers(parts, everything=anew)
            with _write_atomically(parts / BEGUN) as begun:
                begun.write_bytes(encode_json(manifest))
            try:
                yield parts
            except BaseException:
                _leave_nothing(parts, made)
                raise
    except Timeout as error:
        text = (
            f"{display_path(folder)}: another zopa is writing there; wait for it, or choose another folder with `--out`"
        )
        raise ResultsError(text) from error
    except OSError as error:
        raise make_write_error(folder, error) from error


@contextmanager
def _write_atomically(path: Path) -> Iterator[Path]:
    """A file to be written, which takes the place of another one once it is whole; if it fails, it goes."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        yield unfinished
        flush(unfinished)
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


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


def remove_checkpoints(parts: Path) -> None:
    """Remove the parts of results that are written as a whole."""
    shutil.rmtree(parts, ignore_errors=True)
