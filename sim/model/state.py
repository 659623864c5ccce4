"""State: the variables of a set of runs, and which of them the week sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.model.layout import Layout
from sim.model.parameters import Runs
from sim.rules.week import WEEK
from sim.rules.week.steps import BestPackage, ChooseMove, ClassifyOutcome, ProductOverParties, Step

Array = NDArray[np.float64]
State = dict[str, dict[str, Array]]
"""Arrays by space and variable; the last axis is the run."""


def list_set_variables(step: Step) -> Iterator[tuple[str, str]]:
    """Space and name of every variable that a step of the week sets."""
    if isinstance(step, ChooseMove):
        yield "move", "chosen"
    elif isinstance(step, BestPackage):
        yield from (("actor", name) for name in (step.sets, step.at) if name)
    elif isinstance(step, ProductOverParties | ClassifyOutcome):
        yield ("package" if isinstance(step, ProductOverParties) else "world"), step.sets
    else:
        names = (step.sets,) if isinstance(step.sets, str) else step.sets
        yield from ((step.space, name) for name in names)


def list_week_variables() -> Iterator[tuple[str, str]]:
    """Space and name of every variable that the week sets."""
    for step in WEEK:
        yield from list_set_variables(step)


class RunState(Protocol):
    """A set of runs at some week, from which they can go on."""

    @property
    def layout(self) -> Layout:
        """The layout."""

    @property
    def seed(self) -> int:
        """Seed of all random streams."""

    @property
    def runs(self) -> Runs:
        """Run numbers."""

    @property
    def state(self) -> State:
        """State of all variables."""


@dataclass(frozen=True)
class Snapshot:
    """A set of runs at the end of some week, from which they can go on."""

    layout: Layout
    """The layout."""
    seed: int
    """Seed of all random streams."""
    runs: Runs
    """Run numbers."""
    state: State
    """State of all variables."""
