"""Column bounds: which columns runs of a scenario have, and between which numbers their values lie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import AGREEMENT_WEEKS, END_STATE, SIDE_STATE
from sim.model import run_up
from sim.rules.stages import IN_FORCE
from sim.schema.scenario import Scenario

LARGEST = 1e6
"""Larger counts and magnitudes mean nothing."""

_NOT_WHOLE = frozenset(
    "balance truce_left threats_believed reservation resilience aid stress hardening flow_cost".split()
)
"""Columns of which not all values are whole numbers."""

_ENDS = {"settled": 1.0, "imposed": 1.0, "mediated": 1.0, "stage": IN_FORCE, "ended": 3.0}
_SIDES = ("first", "second")

ZONE_COLUMNS = ("zone_on_menu", "zone_off_menu_only")
"""Columns that are worked out after the runs, where asked."""


@dataclass(frozen=True)
class Bounds:
    """What the values of a column can be."""

    least: float
    """The smallest."""
    most: float
    """The largest."""
    whole: bool = True
    """True if they are whole numbers."""

    def allow(self, values: NDArray[np.number]) -> bool:
        """True if all of the values can be."""
        if not values.size:
            return True
        inside = self.least <= float(values.min()) and float(values.max()) <= self.most
        return inside and (not self.whole or values.dtype.kind == "i" or bool(np.all(values == np.floor(values))))


def find_column_bounds(scenario: Scenario) -> dict[str, Bounds]:
    """Bounds of every column of a scenario's runs, beside number, outcome and week of the run."""
    packages, sequences = len(scenario.list_terms()) * len(scenario.sequences), len(scenario.sequences)
    found = {name: _find_bounds(name) for name in (*run_up.COUNTS, *END_STATE, *AGREEMENT_WEEKS)}
    found |= {"draft": Bounds(0.0, max(packages - 1.0, 0.0))}
    found |= {f"executed_{key}": Bounds(0.0, 1.0) for key in scenario.levers}
    found |= {f"{side}_{name}": _find_bounds(name) for side in _SIDES for name in SIDE_STATE}
    if scenario.tracked_terms:
        found |= {f"{side}_prefers": Bounds(-1.0, sequences - 1.0) for side in _SIDES}
    return found | {name: Bounds(-1.0, 1.0) for name in ZONE_COLUMNS}


def _find_bounds(name: str) -> Bounds:
    if name in _NOT_WHOLE:
        return Bounds(-LARGEST, LARGEST, whole=False)
    return Bounds(0.0, _ENDS.get(name, LARGEST))
