"""State: the variables of a set of runs, and which of them the week sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.model.layout import Layout
from sim.model.parameters import Runs
from sim.rules.week import WEEK
from sim.rules.week.steps import BestPackage, ClassifyOutcome, Lookup, ProductOverParties, Reduce, Rule

Array = NDArray[np.float64]
State = dict[str, dict[str, Array]]
"""Arrays by space and variable; the last axis is the run."""


def list_week_variables() -> Iterator[tuple[str, str]]:
    """Space and name of every variable that the week sets."""
    for entry in WEEK:
        if isinstance(entry, Rule):
            names = (entry.sets,) if isinstance(entry.sets, str) else entry.sets
            yield from ((entry.space, name) for name in names)
        elif isinstance(entry, BestPackage):
            yield from (("actor", name) for name in (entry.sets, entry.at) if name)
        elif isinstance(entry, ProductOverParties):
            yield "package", entry.sets
        elif isinstance(entry, Lookup | Reduce):
            yield entry.space, entry.sets
        elif isinstance(entry, ClassifyOutcome):
            yield "world", entry.sets


class RunState(Protocol):
    """A set of runs at some week, from which they can be played on."""

    @property
    def layout(self) -> Layout:
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
class Snapshot:
    """A set of runs at the end of some week, from which they can be played on."""

    layout: Layout
    """The board."""
    seed: int
    """Seed of all luck."""
    runs: Runs
    """Run numbers."""
    state: State
    """State of all variables."""
