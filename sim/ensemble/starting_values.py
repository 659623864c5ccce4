"""Starting values: which changed quantities only start the run-up, so that from week 1 they change nothing?

Read aloud
    What the run-up makes of beliefs and state goes on in week 1. A quantity from which nothing else is drawn than such
    a starting value has done its work before week 1; changed from then on, it changes nothing.
"""

import numpy as np

from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.parameters import Draws
from sim.model.state import State, list_week_variables
from sim.schema.quantity import find_quantities
from sim.schema.scenario import Scenario

FEW = 4
"""Runs whose draws are looked at."""


def find_starting_values(scenario: Scenario) -> tuple[str, ...]:
    """Places of quantities that differ from those of the run-up and change nothing from week 1 on.

    Args:
        scenario: A scenario whose changes hold from week 1.
    """
    old, new = (dict(find_quantities(part)) for part in (scenario.in_run_up, scenario))
    changed = [place for place in new if place in old and new[place] != old[place]]
    if not changed:
        return ()
    layout, runs = build_layout(scenario), np.arange(FEW)
    drawn = InitialState(layout, 0, runs)
    before = InitialState(build_layout(scenario.in_run_up), 0, runs).draws

    def only_starts(place: str) -> bool:
        found = _replace_draws(drawn.draws, before, place)
        moved = _find_moved(drawn.state, InitialState(layout, 0, runs, found).state)
        return bool(moved) and moved <= set(list_week_variables())

    return tuple(place for place in changed if only_starts(place))


def _replace_draws(draws: Draws, others: Draws, place: str) -> Draws:
    """Draws with those of one quantity, or of the shares of one set of weights, as others have them."""
    own = {key: values for key, values in others.items() if key == place or key.startswith(f"{place}.")}
    return draws | {key: values for key, values in own.items() if key in draws}


def _find_moved(one: State, other: State) -> set[tuple[str, str]]:
    """Space and name of the variables in which two states differ."""
    return {
        (space, name)
        for space, arrays in one.items()
        for name, array in arrays.items()
        if not np.array_equal(array, other[space][name])
    }
