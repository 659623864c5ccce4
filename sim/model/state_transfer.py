"""State transfer: the state at the end of the run-up, taken over by the layout on which week 1 is simulated.

Read aloud
    A scenario file's changes hold from week 1. What the run-up has made of actors, beliefs, levers and the talks goes
    on, entity by entity; what the scenario file changes is as the file says. A package that is no longer on the menu
    leaves the table, and talks over it end.
"""

from functools import cache

import numpy as np

from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.parameters import Draws
from sim.model.state import Array, RunState, Snapshot, list_week_variables
from sim.rules.stages import IDLE, PLAN

ENTITIES = ("world", "actor", "belief", "lever", "compliance", "veto", "deterrence", "move")
"""Spaces whose state goes on; packages are weighed anew each week."""


def transfer_state(old: RunState, layout: Layout, draws: Draws | None = None) -> Snapshot:
    """The runs on another layout, at the end of the same week; with draws of their own if these are given."""
    if layout is old.layout:
        return Snapshot(old.layout, old.seed, old.runs, old.state)
    new = InitialState(layout, old.seed, old.runs, draws)
    for space in ENTITIES:
        rows = _pair_rows(old.layout, layout, space)
        for name in _find_week_variables(space) & old.state[space].keys():
            for ours, theirs in rows:
                new.state[space][name][ours] = old.state[space][name][theirs]
    _renumber(old, new)
    return Snapshot(layout, new.seed, new.runs, new.state)


@cache
def _find_week_variables(space: str) -> frozenset[str]:
    """Names of the variables of a space that the week sets."""
    return frozenset(name for where, name in list_week_variables() if where == space)


def _pair_rows(old: Layout, new: Layout, space: str) -> list[tuple[int, int]]:
    """Rows of the entities that both layouts know: on the new one, on the old one."""
    known = {key: row for row, key in enumerate(old.spaces[space].keys)}
    return [(row, known[key]) for row, key in enumerate(new.spaces[space].keys) if key in known]


def _renumber(old: RunState, new: InitialState) -> None:
    """Packages by their numbers on the new layout: the one drafted, and those on the table."""
    numbers = _map_package_numbers(old.layout, new.layout)
    world, actor = new.state["world"], new.state["actor"]
    drafted = numbers[world["draft"][0].astype(np.int64)]
    over = (drafted < 0.0) & (world["stage"][0] >= PLAN)
    world["stage"][0] = np.where(over, IDLE, world["stage"][0])
    world["draft"][0] = np.maximum(drafted, 0.0)
    for row in new.layout.spaces["actor"].groups["disputant"]:
        lies = actor["tabled"][row]
        number = numbers[np.maximum(lies - 1.0, 0.0).astype(np.int64)]
        actor["tabled"][row] = np.where((lies > 0.0) & (number >= 0.0) & ~over, number + 1.0, 0.0)
        actor["at_table"][row] = np.where(over, 0.0, actor["at_table"][row])


def _map_package_numbers(old: Layout, new: Layout) -> Array:
    """Number on the new layout of every package of the old one; below 0 where the new one lacks it."""
    places = {(tuple(options.items()), sequence): n for n, (options, sequence) in enumerate(_list_packages(new))}
    found = [places.get((tuple(options.items()), sequence), -1) for options, sequence in _list_packages(old)]
    return np.array(found, dtype=np.float64)


def _list_packages(layout: Layout) -> list[tuple[dict[str, str], str]]:
    return [(options, sequence) for _, options in layout.terms for sequence in layout.sequences]
