"""Parts: blocks on their way to results - in memory, or on the disk so that nothing finished is lost.

Read aloud
    A block that is finished is written to `parts/` in the results' folder, whole or not at all, before the next one
    is awaited. Whoever resumes reads what is there; a part that is damaged, or belongs to other inputs, is played
    again. While a folder is being written, nobody else may write there.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from sim.ensemble.block import Block
from sim.ensemble.manifest import Manifest
from sim.ensemble.packed import UNREADABLE, Arrays, read_arrays, write_arrays
from sim.ensemble.storage import PARTS, ResultsError, as_json, flush, unwritable
from sim.spec.mistake import shown

FOLDER, BEGUN, LOCK = PARTS, "begun.json", "lock"


class Store(Protocol):
    """Where finished blocks are kept, by view and number."""

    def keep(self, view: str, number: int, block: Block) -> None:
        """Keep a block."""

    def block(self, view: str, number: int) -> Block | None:
        """The block; none if it is not there or cannot be used."""

    def joined(self, view: str, numbers: Sequence[int], wanted: int) -> "Joined":
        """These blocks one after the other, cut after so many runs."""


@dataclass(frozen=True)
class Joined:
    """Blocks of a view as one."""

    columns: dict[str, NDArray[np.float64]]
    """Columns by name, those of the opening with `opening/` before it."""
    by_week: NDArray[np.int64]
    """Runs by state after each week: (weeks, states)."""


STATES = 256
"""States that a week's record can tell apart."""


def states_by_week(states: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Runs in each state after each week."""
    return np.array([np.bincount(week, minlength=STATES) for week in states], dtype=np.int64)


def names_in(block: Block) -> dict[str, NDArray[np.float64]]:
    """Columns of a block, those of the opening with `opening/` before their names."""
    return {**block.columns, **{f"opening/{name}": array for name, array in block.opening.items()}}


@dataclass
class InMemory:
    """Blocks kept in memory."""

    blocks: dict[tuple[str, int], Block] = field(default_factory=dict)

    def keep(self, view: str, number: int, block: Block) -> None:
        """Keep a block."""
        self.blocks[view, number] = block

    def block(self, view: str, number: int) -> Block | None:
        """The block, if it is there."""
        return self.blocks.get((view, number))

    def joined(self, view: str, numbers: Sequence[int], wanted: int) -> Joined:
        """These blocks one after the other, cut after so many runs."""
        blocks = [self.blocks[view, number] for number in numbers]
        found = [names_in(block) for block in blocks]
        columns = {name: np.concatenate([one[name] for one in found])[:wanted] for name in found[0]}
        states = np.concatenate([block.states for block in blocks], axis=1)[:, :wanted]
        return Joined(columns, states_by_week(states))


@dataclass
class OnDisk:
    """Blocks kept as files; what is read back of many runs stays on the disk, too."""

    folders: Mapping[str, tuple[Path, str, str]]
    """Folder of parts, digest of the inputs and name of the source view, by view."""
    finished: bool = False
    """True once the results are saved and the parts no longer needed."""

    def finish(self) -> None:
        """The results are saved; the parts may go."""
        self.finished = True

    def keep(self, view: str, number: int, block: Block) -> None:
        """Write a block, whole or not at all."""
        path, digest = self._path(view, number)
        arrays: Arrays = {"digest": np.array(digest), "states": block.states, **names_in(block)}
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            write_arrays(unfinished, arrays.items(), packed=False)
            flush(unfinished)
            os.replace(unfinished, path)
        except OSError as error:
            raise unwritable(path.parent, error) from error

    def block(self, view: str, number: int) -> Block | None:
        """The block, if its file is whole and of these inputs."""
        path, digest = self._path(view, number)
        try:
            arrays = read_arrays(path)
            if str(arrays.pop("digest")) != digest:
                return None
            states = arrays.pop("states")
        except UNREADABLE:
            return None
        opening = {name.removeprefix("opening/"): arrays.pop(name) for name in list(arrays) if "opening/" in name}
        return Block(arrays, states, opening)

    def joined(self, view: str, numbers: Sequence[int], wanted: int) -> Joined:
        """The same; columns are files mapped into memory, so that a million runs need no room there."""
        folder = self._path(view, 0)[0].with_suffix(".columns")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        left, by_week, files = wanted, np.zeros((1, STATES), dtype=np.int64), dict[str, BinaryIO]()
        with ExitStack() as opened:
            for number in numbers:
                block = self.block(view, number)
                if block is None:
                    raise ResultsError(f"{shown(self._path(view, number)[0])}: was damaged meanwhile; run again")
                for name, array in names_in(block).items():
                    if name not in files:
                        files[name] = opened.enter_context((folder / f"{len(files)}.f8").open("wb"))
                    array[:left].astype(np.float64, copy=False).tofile(files[name])
                by_week = by_week + states_by_week(block.states[:, :left])
                left -= min(left, block.columns["run"].size)
        if left == wanted:
            return Joined({name: np.zeros(0) for name in files}, by_week)
        columns = {name: np.memmap(folder / f"{n}.f8", np.float64, "r") for n, name in enumerate(files)}
        return Joined(dict(columns), by_week)

    def _path(self, view: str, number: int) -> tuple[Path, str]:
        folder, digest, lens = self.folders[view]
        return folder / f"{lens}-{number:06d}.npz", digest


@contextmanager
def writing(folder: Path, manifest: Manifest, *, anew: bool) -> Iterator[Path]:
    """Hold the folder of results for one writer; gives the folder of parts, which goes when all is written.

    With `anew`, what an earlier run left there is removed first.
    """
    parts = folder / FOLDER
    try:
        parts.mkdir(parents=True, exist_ok=True)
        lock = FileLock(parts / LOCK)
        with lock.acquire(timeout=0):
            if anew:
                _clear(parts)
            (parts / BEGUN).write_bytes(as_json(manifest))
            flush(parts / BEGUN)
            yield parts
    except Timeout as error:
        text = f"{shown(folder)}: another zopa is writing there; wait for it, or choose another folder with `--out`"
        raise ResultsError(text) from error
    except OSError as error:
        raise unwritable(folder, error) from error


def done_with(parts: Path) -> None:
    """Remove the parts of results that are written as a whole."""
    shutil.rmtree(parts, ignore_errors=True)


def _clear(parts: Path) -> None:
    for path in parts.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK:
            path.unlink()
