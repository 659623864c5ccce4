"""Readers: three ways to play the same rules, behind one door; whichever is taken, the bits are the same.

Read aloud
    `compiled` plays compiled rules and is taken where it is installed. `numpy` plays the rules on arrays and is always
    there. `mesa` plays one run after another with the agents of a told run: slow, and the one the others answer to.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engines import compiled_engine
from sim.engines.compiled_engine import CompiledEngine, ProgressReporter, Recorded
from sim.engines.numpy_engine import NumpyEngine
from sim.model import run_up
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.parameters import Runs
from sim.model.state import Array, RunState, Snapshot, State
from sim.rules.week import WEEK
from sim.rules.week.steps import Step
from sim.schema.scenario import Scenario

COMPILED, NUMPY, MESA = "compiled", "numpy", "mesa"
ENGINES = (COMPILED, NUMPY, MESA)
"""Names of the readers, the fastest first."""


_selected: list[str] = []


class EngineError(Exception):
    """A reader was asked for that is not there."""


class Engine(Protocol):
    """Many runs of one board that can be played on."""

    layout: Layout
    seed: int
    runs: Runs

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""

    def read(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""

    def read_variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""

    def read_state(self, places: NDArray[np.int64]) -> State:
        """All variables of the runs at some places."""

    def select_runs(self, places: NDArray[np.int64]) -> "Engine":
        """The runs at some places, as they stand now."""


def find_engine(name: str | None) -> str:
    """The reader to take: the one asked for, else the fastest that is there."""
    if name is None:
        return COMPILED if compiled_engine.is_installed() else NUMPY
    if name not in ENGINES:
        raise EngineError(f"no engine is called {name!r}; there are {', '.join(ENGINES)}")
    if name == COMPILED and not compiled_engine.is_installed():
        raise EngineError("the compiled engine needs llvmlite: pip install 'zopa-simulator[compiled]'")
    return name


def select_engine(name: str | None) -> str:
    """Take a reader for everything this process plays from now on; its name."""
    _selected[:] = [find_engine(name)]
    return _selected[0]


def selected_engine() -> str:
    """The reader taken, else the fastest that is there."""
    return _selected[0] if _selected else find_engine(None)


def compile_ahead(scenario: Scenario, report_progress: ProgressReporter | None = None) -> None:
    """Make once what the reader taken needs, before several processes want it; `told` is told if it takes a while."""
    if selected_engine() == COMPILED:
        compiled_engine.compile_ahead(InitialState(build_layout(scenario), 0, np.arange(1)), report_progress)


def make_engine(start: RunState, name: str | None = None, steps: tuple[Step, ...] = WEEK) -> Engine:
    """The runs in the hands of a reader: the one named, else the one taken, else the fastest that is there."""
    makers: dict[str, Callable[[RunState, tuple[Step, ...]], Engine]]
    makers = {COMPILED: CompiledEngine, NUMPY: SideBySide, MESA: MesaEngine}
    return makers[name or selected_engine()](start, steps)


def advance(engine: Engine, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
    """Play weeks with what happens before each of them, in as few stretches as that allows."""
    begin, found = first, []
    for week in range(first, last + 1):
        puts: list[tuple[str, str, int, float]] = []
        run_up.prepare_week(engine.layout, week, lambda *put, puts=puts: puts.append(put))
        if puts and week > begin:
            found.append(engine.play_weeks(begin, week - 1, recorded))
            begin = week
        for put in puts:
            engine.write(*put)
    return np.concatenate([*found, engine.play_weeks(begin, last, recorded)])


def take_snapshot(engine: Engine, places: NDArray[np.int64] | None = None) -> Snapshot:
    """The runs, or those at some places, as they stand now, for another reader or another board."""
    every = np.arange(engine.runs.size) if places is None else places
    return Snapshot(engine.layout, engine.seed, engine.runs[every], engine.read_state(every))


class SideBySide(NumpyEngine):
    """The NumPy reader: all runs at once, one rule after another."""

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""
        record = np.zeros((max(last - first + 1, 0), len(recorded), self.runs.size))
        for week in range(first, last + 1):
            self.play(week)
            for at, place in enumerate(recorded):
                record[week - first, at] = self.read(*place)
        return record

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        self.state[space][name][row] = value

    def read_variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""
        return self.state[space][name]

    def read_state(self, places: NDArray[np.int64]) -> State:
        """All variables of the runs at some places."""
        return {
            space: {name: np.ascontiguousarray(array[..., places]) for name, array in table.items()}
            for space, table in self.state.items()
        }

    def select_runs(self, places: NDArray[np.int64]) -> "SideBySide":
        """The runs at some places, as they stand now."""
        return SideBySide(take_snapshot(self, places))


class MesaEngine:
    """The Mesa reader: one run after another, on plain numbers."""

    def __init__(self, start: RunState, steps: tuple[Step, ...] = WEEK) -> None:
        from sim.engines.mesa_engine import NegotiationModel

        self.layout = start.layout
        self.seed = start.seed
        self.runs = start.runs
        self.models: list[Any] = []
        for place in range(start.runs.size):
            part = slice(place, place + 1)
            state = {space: {n: array[..., part] for n, array in table.items()} for space, table in start.state.items()}
            one = Snapshot(start.layout, start.seed, start.runs[part], state)
            self.models.append(NegotiationModel(one, steps=steps))
        self._shapes = {space: {n: a.shape[:-1] for n, a in table.items()} for space, table in start.state.items()}

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""
        record = np.zeros((max(last - first + 1, 0), len(recorded), self.runs.size))
        for run, one in enumerate(self.models):
            for week in range(first, last + 1):
                one.play(week)
                record[week - first, :, run] = [one.read(*place) for place in recorded]
        return record

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        for one in self.models:
            one.table[space][name][row] = value

    def read(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        return np.array([one.read(space, name, row) for one in self.models])

    def read_variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""
        return self._stack(space, name, self.models)

    def read_state(self, places: NDArray[np.int64]) -> State:
        """All variables of the runs at some places."""
        told = [self.models[place] for place in places]
        return {space: {n: self._stack(space, n, told) for n in table} for space, table in self._shapes.items()}

    def select_runs(self, places: NDArray[np.int64]) -> "MesaEngine":
        """The runs at some places, as they stand now."""
        return MesaEngine(take_snapshot(self, places))

    def _stack(self, space: str, name: str, models: list[Any]) -> Array:
        found = np.array([one.table[space][name] for one in models], dtype=np.float64)
        return np.ascontiguousarray(np.moveaxis(found.reshape(len(models), *self._shapes[space][name]), 0, -1))
