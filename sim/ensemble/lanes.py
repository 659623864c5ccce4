"""Lanes: the compiled reader - the week's list of rules as vector code, eight runs side by side.

It reads the same list of rules as the Mesa and the NumPy reader and gives the same bits. The code is made from the
rules themselves: each is called once with numbers that write down what is done to them (compiled/traced.py).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.compiled import machine
from sim.ensemble.compiled.lines import LANES
from sim.ensemble.compiled.moved import chosen
from sim.ensemble.compiled.program import program_of
from sim.ensemble.compiled.slots import packed, padded, unpacked
from sim.play.state import Array, Start, State
from sim.rules.entry import Entry
from sim.rules.week import WEEK

Told = machine.Told
"""Told what is happening when compiling takes a while."""

Watched = tuple[str, str, int]
"""Space, name and row of a variable to be recorded after each week."""


def is_installed() -> bool:
    """True if rules can be compiled here."""
    return machine.is_installed()


def prepare(start: Start, told: Told | None = None) -> None:
    """Have the rules compiled, so that other processes find them done; `told` is told if that takes a while."""
    program_of(start, WEEK, told)


class Lanes:
    """Many runs of one board, played by compiled rules; the state they start from is left as it is."""

    def __init__(
        self, start: Start, entries: tuple[Entry, ...] = WEEK, threads: int = 1, told: Told | None = None
    ) -> None:
        self.board = start.board
        self.seed = start.seed
        self.runs = start.runs
        self.threads = threads
        self._program = program_of(start, entries, told)
        self._slots = self._program.slots
        self._blocks = packed(self._slots, start.state, self.runs.size)
        self._numbers = padded(np.asarray(self.runs, dtype=np.int64))
        self._untouched = {place: start.state[place[0]][place[1]] for place in self._slots.untouched()}

    @property
    def size(self) -> int:
        """Bytes that the runs take here."""
        return self._blocks.nbytes

    def play(self, week: int) -> None:
        """Play one week."""
        self.play_weeks(week, week)

    def play_weeks(self, first: int, last: int, watched: Sequence[Watched] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""
        weeks = max(last - first + 1, 0)
        slots = np.array([self._slots.known(*place) for place in watched] or [0], dtype=np.int64)
        parts = np.array_split(np.arange(len(self._blocks)), max(min(self.threads, len(self._blocks)), 1))
        records = [np.zeros((weeks, len(watched), part.size * LANES)) for part in parts]

        def play(part: NDArray[np.int64], record: Array) -> None:
            if part.size:
                self._play(int(part[0]), part.size, (first, last), slots, record)

        if len(parts) == 1:
            play(parts[0], records[0])
        else:
            with ThreadPoolExecutor(len(parts)) as pool:
                list(pool.map(play, parts, records))
        joined: Array = np.concatenate(records, axis=-1)[..., : self.runs.size]
        return joined

    def _play(self, begin: int, count: int, weeks: tuple[int, int], slots: NDArray[np.int64], record: Array) -> None:
        program, blocks, numbers = self._program, self._blocks[begin:], self._numbers[begin * LANES :]
        known = (count, self._blocks.shape[1], program.tables.ctypes.data, program.heads.ctypes.data)
        named = (program.codebook, program.codebook_table.ctypes.data)
        watched = (slots.ctypes.data, record.shape[1], record.ctypes.data)
        program.play(blocks.ctypes.data, *known, numbers.ctypes.data, *weeks, *named, *watched)

    def put(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        if (space, name) in self._untouched:
            array = self._untouched[space, name] = self._untouched[space, name].copy()
            array[row] = value
        else:
            self._blocks[:, self._slots.known(space, name, row)] = value

    def look(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        found: Array
        if (space, name) in self._untouched:
            found = self._untouched[space, name][row]
        else:
            found = self._blocks[:, self._slots.known(space, name, row)].reshape(-1)[: self.runs.size]
        return found

    def variable(self, space: str, name: str, places: NDArray[np.int64] | None = None) -> Array:
        """A variable of all runs, or of those at some places, as the NumPy reader holds it."""
        if (space, name) in self._untouched:
            array = self._untouched[space, name]
            return array if places is None else np.ascontiguousarray(array[..., places])
        every = np.arange(self.runs.size) if places is None else places
        return unpacked(self._slots, self._blocks, space, name, every)

    def only(self, places: NDArray[np.int64]) -> "Lanes":
        """The runs at some places, as they stand now."""
        if places.size == self.runs.size:
            return self
        found = copy(self)
        found.runs = self.runs[places]
        found._blocks = chosen(self._blocks, places)
        found._numbers = padded(np.asarray(found.runs, dtype=np.int64))
        found._untouched = {key: np.ascontiguousarray(array[..., places]) for key, array in self._untouched.items()}
        return found

    def state_of(self, places: NDArray[np.int64] | None = None) -> State:
        """All variables of all runs, or of those at some places."""
        found: State = {space: {} for space in self.board.spaces}
        for space, name in self._slots.shapes:
            found[space][name] = self.variable(space, name, places)
        return found

    @property
    def state(self) -> State:
        """All variables as the NumPy reader holds them."""
        return self.state_of()
