"""View group: views that share a run-up, while their blocks are being played.

Blocks are numbered ranges of draws. They count in the order of their numbers, whatever the order in which they
finish, so that neither the number of workers nor their speed decides which runs count.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.planned_looks import PlannedLooks
from sim.ensemble.worker import BLOCK
from sim.schema.scenario import Scenario

MANY_RUNS, LARGE_BLOCK = 100_000, 8 * BLOCK
"""Runs asked for from which blocks are large, and draws in such a block: fewer files, fewer messages."""

MOST_DRAWS_PER_RUN = 200
"""Draws for each run asked for after which a view that hardly matches is given up."""

MORE_BLOCKS = 20
"""Blocks beyond these that are played in any case."""

Counts = dict[str, NDArray[np.int64]]
"""Matching runs in each outcome's state after each week, for each view: (weeks, outcomes)."""

StoppingRule = Callable[[NDArray[np.int64]], bool]
"""True if counts by outcome say enough; asked after every block, so it must hold at every look, or be planned."""


@dataclass
class ViewGroup:
    """Views that share a run-up, and therefore their matching runs."""

    names: tuple[str, ...]
    """Names of the views."""
    n_wanted: int
    """Matching runs after which no more count."""
    block: int = BLOCK
    """Draws in a block."""
    stopping_rule: StoppingRule | None = None
    """If given, runs end once all views have enough of them."""
    n_sent: int = 0
    """Blocks that were sent."""
    n_done: int = 0
    """Blocks that are finished."""
    n_matching: int = 0
    """Matching runs in them."""
    n_in_order: int = 0
    """Blocks that are finished and before which none is missing."""
    n_counted: int = 0
    """Matching runs in these."""
    counts: Counts = field(default_factory=dict)
    """The same by outcome, week by week."""
    given_up: bool = False
    """True if too few draws match."""
    _waiting: dict[int, Counts] = field(default_factory=dict)

    @property
    def n_drawn(self) -> int:
        """Draws that count."""
        return self.n_in_order * self.block

    def add(self, number: int, counts: Counts) -> None:
        """Note a finished block."""
        self._waiting[number] = counts
        self.n_done, self.n_matching = self.n_done + 1, self.n_matching + self._count_runs(counts)
        while self.n_in_order in self._waiting and self.n_counted < self.n_wanted:
            for name, found in self._waiting.pop(self.n_in_order).items():
                self.counts[name] = self.counts.get(name, 0) + found
            before = self.n_counted
            self.n_in_order, self.n_counted = self.n_in_order + 1, self._count_runs(self.counts)
            self._end_if_enough(before)

    def needs_more(self, running: int) -> bool:
        """True if more blocks should be sent, given how many are under way."""
        share = max(self.n_matching / (self.n_done * self.block), 1e-3) if self.n_done else 0.25
        return self.n_counted < self.n_wanted and self.n_matching + running * share * self.block < self.n_wanted

    def _count_runs(self, counts: Counts) -> int:
        return int(counts[self.names[0]][-1].sum())

    def _end_if_enough(self, before: int) -> None:
        """End early if what is there is enough and a look is due, or if hardly anything matches."""
        rule = self.stopping_rule
        if (
            self.stopping_rule is not None
            and self.n_counted
            and (not isinstance(rule, PlannedLooks) or rule.is_due(before, self.n_counted))
            and all(self.stopping_rule(found[-1]) for found in self.counts.values())
        ):
            self.n_wanted = min(self.n_counted, self.n_wanted)
        if (
            self.n_counted < self.n_wanted
            and self.n_drawn > MOST_DRAWS_PER_RUN * self.n_wanted + MORE_BLOCKS * self.block
        ):
            self.n_wanted, self.given_up = self.n_counted, True


def group_views(views: dict[str, Scenario], runs: int, stopping_rule: StoppingRule | None) -> list[ViewGroup]:
    """Views by the run-up they share."""
    shared: list[tuple[Scenario, list[str]]] = []
    for name, scenario in views.items():
        names = next((names for before, names in shared if before == scenario.in_run_up), None)
        if names is None:
            shared.append((scenario.in_run_up, [name]))
        else:
            names.append(name)
    block = LARGE_BLOCK if runs >= MANY_RUNS and stopping_rule is None else BLOCK
    return [ViewGroup(tuple(names), runs, block, stopping_rule) for _, names in shared]


def choose_next_group(groups: list[ViewGroup], running: Collection[tuple[ViewGroup, int]]) -> ViewGroup | None:
    """The group of which a block is to be sent next: of those that need more, one of which fewest were sent."""
    needy = (group for group in groups if group.needs_more(sum(other is group for other, _ in running)))
    return min(needy, key=lambda group: group.n_sent, default=None)
