"""Group: views that share a run-up, while their blocks are being played.

Blocks are numbered ranges of draws. They count in the order of their numbers, whatever the order in which they
finish, so that neither the number of workers nor their speed decides which runs are kept.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.pool import BLOCK
from sim.spec.scenario import Scenario

MANY_RUNS, LARGE_BLOCK = 100_000, 8 * BLOCK
"""Runs asked for from which blocks are large, and draws in such a block: fewer files, fewer messages."""

MOST_DRAWS_PER_RUN = 200
"""Draws for each run asked for after which a view that hardly matches is given up."""

MORE_BLOCKS = 20
"""Blocks beyond these that are played in any case."""

Counts = dict[str, NDArray[np.int64]]
"""Matching runs in each outcome's state after each week, for each view: (weeks, outcomes)."""

Enough = Callable[[NDArray[np.int64]], bool]
"""True if counts by outcome say enough; asked after every block, so it must hold at every look."""


@dataclass
class Group:
    """Views that share a run-up, and therefore their matching runs."""

    names: tuple[str, ...]
    """Names of the views."""
    wanted: int
    """Matching runs after which no more are kept."""
    block: int = BLOCK
    """Draws in a block."""
    enough: Enough | None = None
    """If given, runs end once all views have enough of them."""
    sent: int = 0
    """Blocks that were sent."""
    done: int = 0
    """Blocks that are finished."""
    matching: int = 0
    """Matching runs in them."""
    in_order: int = 0
    """Blocks that are finished and before which none is missing."""
    kept: int = 0
    """Matching runs in these."""
    so_far: Counts = field(default_factory=dict)
    """The same by outcome, week by week."""
    given_up: bool = False
    """True if too few draws match."""
    _waiting: dict[int, Counts] = field(default_factory=dict)

    @property
    def drawn(self) -> int:
        """Draws that count."""
        return self.in_order * self.block

    def add(self, number: int, counts: Counts) -> None:
        """Note a finished block."""
        self._waiting[number] = counts
        self.done, self.matching = self.done + 1, self.matching + self._runs_in(counts)
        while self.in_order in self._waiting and self.kept < self.wanted:
            for name, found in self._waiting.pop(self.in_order).items():
                self.so_far[name] = self.so_far.get(name, 0) + found
            self.in_order, self.kept = self.in_order + 1, self._runs_in(self.so_far)
            self._end_if_enough()

    def needs_more(self, running: int) -> bool:
        """True if more blocks should be sent, given how many are under way."""
        share = max(self.matching / (self.done * self.block), 1e-3) if self.done else 0.25
        return self.kept < self.wanted and self.matching + running * share * self.block < self.wanted

    def _runs_in(self, counts: Counts) -> int:
        return int(counts[self.names[0]][-1].sum())

    def _end_if_enough(self) -> None:
        """End early if what is there is enough, or if hardly anything matches."""
        if self.enough is not None and self.kept and all(self.enough(found[-1]) for found in self.so_far.values()):
            self.wanted = min(self.kept, self.wanted)
        if self.kept < self.wanted and self.drawn > MOST_DRAWS_PER_RUN * self.wanted + MORE_BLOCKS * self.block:
            self.wanted, self.given_up = self.kept, True


def groups_of(views: dict[str, Scenario], runs: int, enough: Enough | None) -> list[Group]:
    """Views by the run-up they share."""
    shared: list[tuple[Scenario, list[str]]] = []
    for name, scenario in views.items():
        names = next((names for before, names in shared if before == scenario.in_run_up), None)
        if names is None:
            shared.append((scenario.in_run_up, [name]))
        else:
            names.append(name)
    block = LARGE_BLOCK if runs >= MANY_RUNS and enough is None else BLOCK
    return [Group(tuple(names), runs, block, enough) for _, names in shared]


def next_of(groups: list[Group], running: Collection[tuple[Group, int]]) -> Group | None:
    """The group of which a block is to be sent next: of those that need more, one of which fewest were sent."""
    needy = (group for group in groups if group.needs_more(sum(other is group for other, _ in running)))
    return min(needy, key=lambda group: group.sent, default=None)
