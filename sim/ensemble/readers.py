"""Readers: three ways to play the same rules, behind one door; whichever is taken, the bits are the same.

Read aloud
    `lanes` plays compiled rules and is taken where it is installed. `numpy` plays the rules on arrays and is always
    there. `mesa` plays one run after another with the agents of a told run: slow, and the one the others answer to.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.ensemble import lanes
from sim.ensemble.arrays import Arrays
from sim.ensemble.lanes import Lanes, Told, Watched
from sim.play import runup
from sim.play.board import Board
from sim.play.draws import Runs
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.play.state import Array, Position, Start, State
from sim.rules.entry import Entry
from sim.rules.week import WEEK
from sim.spec.scenario import Scenario

LANES, NUMPY, MESA = "lanes", "numpy", "mesa"
ENGINES = (LANES, NUMPY, MESA)
"""Names of the readers, the fastest first."""


_taken: list[str] = []


class EngineError(Exception):
    """A reader was asked for that is not there."""


class Reader(Protocol):
    """Many runs of one board that can be played on."""

    board: Board
    seed: int
    runs: Runs

    def play_weeks(self, first: int, last: int, watched: Sequence[Watched] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""

    def put(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""

    def look(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""

    def variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""

    def state_of(self, places: NDArray[np.int64]) -> State:
        """All variables of the runs at some places."""

    def only(self, places: NDArray[np.int64]) -> "Reader":
        """The runs at some places, as they stand now."""


def engine_of(asked: str | None) -> str:
    """The reader to take: the one asked for, else the fastest that is there."""
    if asked is None:
        return LANES if lanes.is_installed() else NUMPY
    if asked not in ENGINES:
        raise EngineError(f"no engine is called {asked!r}; there are {', '.join(ENGINES)}")
    if asked == LANES and not lanes.is_installed():
        raise EngineError("the engine `lanes` needs llvmlite: pip install 'zopa-simulator[fast]'")
    return asked


def take(asked: str | None) -> str:
    """Take a reader for everything this process plays from now on; its name."""
    _taken[:] = [engine_of(asked)]
    return _taken[0]


def taken() -> str:
    """The reader taken, else the fastest that is there."""
    return _taken[0] if _taken else engine_of(None)


def make_ready(scenario: Scenario, told: Told | None = None) -> None:
    """Make once what the reader taken needs, before several processes want it; `told` is told if it takes a while."""
    if taken() == LANES:
        lanes.prepare(Opening(board_of(scenario), 0, np.arange(1)), told)


def reader_of(start: Start, engine: str | None = None, entries: tuple[Entry, ...] = WEEK) -> Reader:
    """The runs in the hands of a reader: the one named, else the one taken, else the fastest that is there."""
    makers: dict[str, Callable[[Start, tuple[Entry, ...]], Reader]]
    makers = {LANES: Lanes, NUMPY: SideBySide, MESA: OneByOne}
    return makers[engine or taken()](start, entries)


def play_on(reader: Reader, first: int, last: int, watched: Sequence[Watched] = ()) -> Array:
    """Play weeks with what happens before each of them, in as few stretches as that allows."""
    begin, found = first, []
    for week in range(first, last + 1):
        puts: list[tuple[str, str, int, float]] = []
        runup.before(reader.board, week, lambda *put, puts=puts: puts.append(put))
        if puts and week > begin:
            found.append(reader.play_weeks(begin, week - 1, watched))
            begin = week
        for put in puts:
            reader.put(*put)
    return np.concatenate([*found, reader.play_weeks(begin, last, watched)])


def as_position(reader: Reader, places: NDArray[np.int64] | None = None) -> Position:
    """The runs, or those at some places, as they stand now, for another reader or another board."""
    every = np.arange(reader.runs.size) if places is None else places
    return Position(reader.board, reader.seed, reader.runs[every], reader.state_of(every))


class SideBySide(Arrays):
    """The NumPy reader: all runs at once, one rule after another."""

    def play_weeks(self, first: int, last: int, watched: Sequence[Watched] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""
        record = np.zeros((max(last - first + 1, 0), len(watched), self.runs.size))
        for week in range(first, last + 1):
            self.play(week)
            for at, place in enumerate(watched):
                record[week - first, at] = self.look(*place)
        return record

    def put(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        self.state[space][name][row] = value

    def variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""
        return self.state[space][name]

    def state_of(self, places: NDArray[np.int64]) -> State:
        """All variables of the runs at some places."""
        return {
            space: {name: np.ascontiguousarray(array[..., places]) for name, array in table.items()}
            for space, table in self.state.items()
        }

    def only(self, places: NDArray[np.int64]) -> "SideBySide":
        """The runs at some places, as they stand now."""
        return SideBySide(as_position(self, places))


class OneByOne:
    """The Mesa reader: one run after another, on plain numbers."""

    def __init__(self, start: Start, entries: tuple[Entry, ...] = WEEK) -> None:
        from sim.play.negotiation import Negotiation

        self.board = start.board
        self.seed = start.seed
        self.runs = start.runs
        self.told: list[Any] = []
        for place in range(start.runs.size):
            part = slice(place, place + 1)
            state = {space: {n: array[..., part] for n, array in table.items()} for space, table in start.state.items()}
            one = Position(start.board, start.seed, start.runs[part], state)
            self.told.append(Negotiation(one, entries=entries))
        self._shapes = {space: {n: a.shape[:-1] for n, a in table.items()} for space, table in start.state.items()}

    def play_weeks(self, first: int, last: int, watched: Sequence[Watched] = ()) -> Array:
        """Play weeks, the last one included; what is watched after each: (weeks, watched, runs)."""
        record = np.zeros((max(last - first + 1, 0), len(watched), self.runs.size))
        for run, one in enumerate(self.told):
            for week in range(first, last + 1):
                one.play(week)
                record[week - first, :, run] = [one.look(*place) for place in watched]
        return record

    def put(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        for one in self.told:
            one.table[space][name][row] = value

    def look(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        return np.array([one.look(space, name, row) for one in self.told])

    def variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""
        return self._joined(space, name, self.told)

    def state_of(self, places: NDArray[np.int64]) -> State:
        """All variables of the runs at some places."""
        told = [self.told[place] for place in places]
        return {space: {n: self._joined(space, n, told) for n in table} for space, table in self._shapes.items()}

    def only(self, places: NDArray[np.int64]) -> "OneByOne":
        """The runs at some places, as they stand now."""
        return OneByOne(as_position(self, places))

    def _joined(self, space: str, name: str, told: list[Any]) -> Array:
        found = np.array([one.table[space][name] for one in told], dtype=np.float64)
        return np.ascontiguousarray(np.moveaxis(found.reshape(len(told), *self._shapes[space][name]), 0, -1))
