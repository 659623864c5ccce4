"""State: the variables of a set of runs, and which of them the week sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.play.board import Board
from sim.play.draws import Runs
from sim.rules.entry import Best, Classify, Pick, Rule, Together, Total
from sim.rules.week import WEEK

Array = NDArray[np.float64]
State = dict[str, dict[str, Array]]
"""Arrays by space and variable; the last axis is the run."""


def variables_set() -> Iterator[tuple[str, str]]:
    """Space and name of every variable that the week sets."""
    for entry in WEEK:
        if isinstance(entry, Rule):
            names = (entry.sets,) if isinstance(entry.sets, str) else entry.sets
            yield from ((entry.space, name) for name in names)
        elif isinstance(entry, Best):
            yield from (("actor", name) for name in (entry.sets, entry.at) if name)
        elif isinstance(entry, Together):
            yield "package", entry.sets
        elif isinstance(entry, Pick | Total):
            yield entry.space, entry.sets
        elif isinstance(entry, Classify):
            yield "world", entry.sets


class Start(Protocol):
    """A set of runs at some week, from which they can be played on."""

    @property
    def board(self) -> Board:
        """The board."""

    @property
    def seed(self) -> int:
        """Seed of all luck."""

    @property
    def runs(self) -> Runs:
        """Run numbers."""

    @property
    def state(self) -> State:
        """State of all variables."""


@dataclass(frozen=True)
class Position:
    """A set of runs at the end of some week, from which they can be played on."""

    board: Board
    """The board."""
    seed: int
    """Seed of all luck."""
    runs: Runs
    """Run numbers."""
    state: State
    """State of all variables."""
