"""Starting values: which changed quantities only start the run-up, so that from week 1 they change nothing?

Read aloud
    What the run-up makes of beliefs and state goes on in week 1. A quantity from which nothing else is drawn than such
    a starting value has done its work before week 1; changed from then on, it changes nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel

from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.parameters import Draws, sample_parameters
from sim.model.state import State, list_week_variables
from sim.schema.quantity import Quantity, Weights, find_quantities
from sim.schema.scenario import Scenario

FEW = 4
"""Runs whose draws are looked at."""


def find_starting_values(scenario: Scenario) -> tuple[str, ...]:
    """Places of quantities that differ from those of the run-up and change nothing from week 1 on.

    Args:
        scenario: A scenario whose changes hold from week 1.
    """
    changed = list(_find_changed(scenario.in_run_up, scenario, ""))
    if not changed:
        return ()
    layout, runs = build_layout(scenario), np.arange(FEW)
    drawn = InitialState(layout, 0, runs)
    before = sample_parameters(build_layout(scenario.in_run_up).sampling_plan, 0, runs)

    def find_moved(places: Sequence[str]) -> set[tuple[str, str]]:
        found = drawn.draws
        for place in places:
            found = _replace_draws(found, before, place)
        return _find_moved(drawn.state, InitialState(layout, 0, runs, found).state)

    goes_on = set(list_week_variables())
    if not find_moved(changed) & goes_on:
        return ()
    alone = [(place, find_moved([place])) for place in changed]
    return tuple(place for place, moved in alone if moved and moved <= goes_on)


def _find_changed(old: Any, new: Any, place: str) -> Iterator[str]:
    """Places of quantities that both have and that differ; what is equal as a whole is not looked into."""
    if old == new:
        return
    if isinstance(new, Quantity | Weights) or type(old) is not type(new):
        pairs = dict(find_quantities(old, place))
        yield from (at for at, found in find_quantities(new, place) if at in pairs and found != pairs[at])
    elif isinstance(new, BaseModel | dict):
        names = new if isinstance(new, dict) else type(new).model_fields
        parts = [one if isinstance(one, dict) else vars(one) for one in (old, new)]
        for name in (name for name in names if name in parts[0]):
            yield from _find_changed(parts[0][name], parts[1][name], f"{place}.{name}" if place else name)


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
