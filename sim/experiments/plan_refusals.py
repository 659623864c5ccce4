"""Plan refusals: in runs in which a plan was refused, who refused the last one?

Read aloud
    The runs are an ensemble's own, to the bit, played again. Whoever is consulted on a plan and does not sign refuses
    it, whether or not it would have given in under pressure. Looking moves nothing.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import simulate_to_week_zero
from sim.model.simulation import Recorded, Simulation
from sim.schema.scenario import Scenario

LAPSES: tuple[Recorded, ...] = (("world", "by_refusal", 0), ("world", "by_both", 0))
"""Variables that are 1 in the week in which a plan lapses by a refusal."""


def find_refusals(
    scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int
) -> Mapping[str, NDArray[np.bool_]]:
    """Play some runs again, and look who refused the last plan that was refused.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of the runs.
        runs: Their numbers, few enough to be played at once; those without a refused plan are left out.
        horizon: Last week.

    Returns:
        For everybody who is consulted, by key, true where it refused: (runs with a refused plan,).
    """
    if not runs.size:
        return {}
    simulation = Simulation(make_engine(simulate_to_week_zero(scenario, seed, runs)))
    actors = simulation.engine.layout.spaces["actor"]
    rows = [int(row) for row in actors.groups["consulted"]]
    found = simulation.advance(horizon, (*LAPSES, *(("actor", "refuses", row) for row in rows)))
    lapsed = found[:, : len(LAPSES)].max(axis=1) > 0.0
    there = np.flatnonzero(lapsed.any(axis=0))
    last = horizon - 1 - lapsed[::-1].argmax(axis=0)[there]
    refused = found[last, len(LAPSES) :, there] > 0.0
    return {actors.keys[row]: refused[:, at] for at, row in enumerate(rows)}
