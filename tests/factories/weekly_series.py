"""Weekly series for tests: three weeks, five runs, to be checked by hand; named as in the case `empty-threat`."""

from functools import cache

import numpy as np

from sim.experiments.weekly_series import WeeklySeries
from sim.loading.loader import load_case

NOTHING = -np.inf
RUNS = 5


@cache
def scenario():
    """The case whose actors and beliefs the trace names."""
    return load_case("empty-threat").scenario


def weekly(*rows):
    return np.array(rows, dtype=float)


def make_weekly_series():
    """Run 3 has signed from week 1 on, run 4 has ended in week 2; the others stay open."""
    known = scenario()
    first, second = known.find_by_role("disputant")
    beliefs = {
        f"{one.holder}>{one.about}:{one.kind}": weekly([0.1, 0.2, 0.3, 0.4, 0.5], [0.2] * 5, [0.5] * 5)
        for one in known.beliefs.values()
    }
    return WeeklySeries(
        runs=np.arange(RUNS),
        weeks=np.arange(3),
        world={
            "outcome": weekly([0] * 5, [0] * 5, [0] * 5),
            "stage": weekly([0] * 5, [0, 1, 2, 5, 0], [0, 1, 4, 6, 0]),
            "ended": weekly([0] * 5, [0] * 5, [0, 0, 0, 0, 1]),
        },
        actors={},
        beliefs=beliefs,
        levers={},
        zone_weeks=np.array([0, 2]),
        zone={"menu": weekly([1, 0, 0, 0, 0], [1, 1, 0, 1, 1]), "sides": weekly([1, 1, 0, 0, 0], [1, 1, 0, 1, 1])},
        needs={first: weekly([0.1, 0.2, 0.3, 0.4, 0.5], [0.3, 0.4, 0.5, 9, 9]), second: np.full((2, 5), 0.5)},
        gets={first: weekly([0.2, 0.3, 0.1, 0.1, NOTHING], [0.6, 0.7, NOTHING, 9, 9]), second: np.full((2, 5), 0.6)},
    )
