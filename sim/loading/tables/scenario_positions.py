"""Scenario positions: a scenario as a table, for forecasts that know positions, salience and power alone.

An actor's position is the option that is worth most to it, on the order in which options stand, from 0 to 1; between
several that are worth alike it stands in their middle. Its salience is its mean weight of the issue. A scenario has no
capability, so everybody who has interests weighs alike: that is an assumption, and it is printed.
"""

import numpy as np

from sim.i18n.messages import message
from sim.loading.tables.position_table import PositionTable
from sim.schema.issue import Issue
from sim.schema.loaded_case import LoadedCase
from sim.schema.scenario import Scenario


def tabulate_scenario(case: LoadedCase) -> PositionTable:
    """Positions and salience of all actors with interests, on all issues."""
    return tabulate_positions(case.scenario, case.name)


def tabulate_positions(s: Scenario, name: str) -> PositionTable:
    """The same of a scenario, under a name."""
    actors = [key for key, actor in s.actors.items() if actor.interests]
    weights = [s.actors[key].interests.weights.shares for key in actors]  # type: ignore[union-attr]
    shape = (len(actors), len(s.issues))
    return PositionTable(
        name=name,
        format="scenario",
        actors=tuple(s.actors[key].label for key in actors),
        issues=tuple(issue.label for issue in s.issues.values()),
        positions=np.array([[_find_position(issue, key) for issue in s.issues.values()] for key in actors]),
        salience=np.array([[share.get(key, 0.0) for key in s.issues] for share in weights]),
        power=np.ones(shape),
        low=np.zeros(shape[1]),
        high=np.ones(shape[1]),
        notes=(message("tables.equal-power"),),
    )


def _find_position(issue: Issue, actor: str) -> float:
    """Where the options lie that are worth most to an actor, from 0 for the first to 1 for the last."""
    worths = np.array([option.worth.get(actor, 0.0) for option in issue.options.values()])
    if worths.max() == worths.min():
        return 0.5
    return float(np.flatnonzero(worths == worths.max()).mean() / max(len(worths) - 1, 1))
