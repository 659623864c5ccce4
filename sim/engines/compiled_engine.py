"""Compiled engine: the week's list of rules as vector code, eight runs side by side.

It simulates the same list of rules as the Mesa and the NumPy engine and gives the same bits. The code is made from the
rules themselves: each is called once with numbers that write down what is done to them (compiler/tracer.py).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiler import jit_cache
from sim.engines.compiler.code_printer import SIMD_WIDTH
from sim.engines.compiler.compaction import compact
from sim.engines.compiler.compiled_program import make_program
from sim.engines.compiler.memory_layout import pack, pad, unpack
from sim.model.simulation import Recorded
from sim.model.state import Array, RunState, State
from sim.rules.week import WEEK
from sim.rules.week.steps import Step

ProgressReporter = jit_cache.ProgressReporter
"""Told what is happening when compiling takes a while."""


def is_installed() -> bool:
    """True if rules can be compiled here."""
    return jit_cache.is_installed()


def compile_ahead(start: RunState, report_progress: ProgressReporter | None = None) -> None:
    """Have the rules compiled, so that other processes find them done; says so if that takes a while."""
    make_program(start, WEEK, report_progress)


class CompiledEngine:
    """Many runs of one layout, simulated by compiled rules; the state they start from is left as it is."""

    def __init__(
        self,
        start: RunState,
        steps: tuple[Step, ...] = WEEK,
        threads: int = 1,
        *,
        compiles: bool = True,
    ) -> None:
        self.layout = start.layout
        self.seed = start.seed
        self.runs = start.runs
        self.threads = threads
        self._program = make_program(start, steps, compiles=compiles)
        self._slots = self._program.slots
        self._blocks = pack(self._slots, start.state, self.runs.size)
        self._numbers = pad(np.asarray(self.runs, dtype=np.int64))
        self._untouched = {place: start.state[place[0]][place[1]] for place in self._slots.list_untouched()}

    @property
    def size(self) -> int:
        """Bytes that the runs take here."""
        return self._blocks.nbytes

    def play(self, week: int) -> None:
        """Simulate one week."""
        self.play_weeks(week, week)

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Simulate weeks, the last one included; what is recorded after each: (weeks, recorded, runs)."""
        weeks = max(last - first + 1, 0)
        slots = np.array([self._slots.find(*place) for place in recorded] or [0], dtype=np.int64)
        parts = np.array_split(np.arange(len(self._blocks)), max(min(self.threads, len(self._blocks)), 1))
        records = [np.zeros((weeks, len(recorded), part.size * SIMD_WIDTH)) for part in parts]

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
        program, blocks, numbers = self._program, self._blocks[begin:], self._numbers[begin * SIMD_WIDTH :]
        known = (count, self._blocks.shape[1], program.tables.ctypes.data, program.heads.ctypes.data)
        classifier = (program.classifier, program.classifier_table.ctypes.data)
        records = (slots.ctypes.data, record.shape[1], record.ctypes.data)
        program.play(blocks.ctypes.data, *known, numbers.ctypes.data, *weeks, *classifier, *records)

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        if (space, name) in self._untouched:
            array = self._untouched[space, name] = self._untouched[space, name].copy()
            array[row] = value
        else:
            self._blocks[:, self._slots.find(space, name, row)] = value

    def read(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        found: Array
        if (space, name) in self._untouched:
            found = self._untouched[space, name][row]
        else:
            found = self._blocks[:, self._slots.find(space, name, row)].reshape(-1)[: self.runs.size]
        return found

    def read_variable(self, space: str, name: str, places: NDArray[np.int64] | None = None) -> Array:
        """A variable of all runs, or of some of them, as the NumPy engine holds it."""
        if (space, name) in self._untouched:
            array = self._untouched[space, name]
            return array if places is None else np.ascontiguousarray(array[..., places])
        every = np.arange(self.runs.size) if places is None else places
        return unpack(self._slots, self._blocks, space, name, every)

    def select_runs(self, places: NDArray[np.int64]) -> "CompiledEngine":
        """Some of the runs, as they stand now."""
        if places.size == self.runs.size:
            return self
        found = copy(self)
        found.runs = self.runs[places]
        found._blocks = compact(self._blocks, places)
        found._numbers = pad(np.asarray(found.runs, dtype=np.int64))
        found._untouched = {key: np.ascontiguousarray(array[..., places]) for key, array in self._untouched.items()}
        return found

    def read_state(self, places: NDArray[np.int64] | None = None) -> State:
        """All variables of all runs, or of some of them."""
        found: State = {space: {} for space in self.layout.spaces}
        for space, name in self._slots.shapes:
            found[space][name] = self.read_variable(space, name, places)
        return found

    @property
    def state(self) -> State:
        """All variables as the NumPy engine holds them."""
        return self.read_state()
