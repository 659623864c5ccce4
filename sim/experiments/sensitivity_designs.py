"""Sensitivity designs: at which places of their spreads the quantities of a scenario stand in each run of a screening.

Read aloud
    Screening (Morris): from a random corner of a grid of four levels one quantity after the other makes one step, in
    random order, up or down. All runs of a trajectory have the same luck, so what changes is the quantity's doing.
    By theme (Sobol): every draw has a partner. In turn each group of quantities is taken from the partner, and at
    last the luck, which is a group like the others.
    Nested: every draw of the quantities is played several times, each time with luck of its own.
    Every random number has an address: seed, place, and number of the trajectory or draw.

Sources
    Morris (1991), Factorial sampling plans for preliminary computational experiments.
    Saltelli and others (2010), Variance based sensitivity analysis of model output.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model import random_streams
from sim.model.build_layout import build_layout
from sim.model.parameters import Array, Runs, list_spread_places, sample_uniforms
from sim.schema.scenario import Scenario

LEVELS = 4
"""Levels of the grid of the screening."""

STEP = LEVELS / (2 * (LEVELS - 1))
"""Length of a step, from 0 to 1."""

LOW_END, HIGH_END = 0.02, 0.98
"""Shares of a spread at which the grid begins and ends."""


@dataclass(frozen=True)
class Design:
    """Runs of a screening, in the order in which they are evaluated."""

    places: tuple[str, ...]
    """Places of the quantities that vary, every share of weights among them."""
    uniforms: Array
    """Share of the spread below each quantity's value: (places, runs)."""
    runs: Runs
    """Number of the run whose luck is drawn: (runs,)."""


def list_varied_places(scenario: Scenario) -> tuple[str, ...]:
    """Places of all that has a spread, in the run-up or after it."""
    plans = [build_layout(one).sampling_plan for one in (scenario, scenario.in_run_up)]
    return tuple(dict.fromkeys(place for plan in plans for place in list_spread_places(plan)))


def make_screening(scenario: Scenario, seed: int, trajectories: int, repeats: int) -> tuple[Design, Array]:
    """Trajectories through the grid, one step per quantity.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random numbers.
        trajectories: Number of trajectories.
        repeats: Runs at every point, each with luck of its own, the same along the trajectory.

    Returns:
        The runs, and the points of the grid from 0 to 1: (trajectories * (places + 1), places). Runs of a point stand
        side by side.
    """
    places = list_varied_places(scenario)
    start, order, direction = (
        _draw_random(seed, what, places, trajectories) for what in ("start", "order", "direction")
    )
    base = np.floor(start * (LEVELS // 2)) / (LEVELS - 1)
    rank = order.argsort(axis=0).argsort(axis=0)
    taken = rank[np.newaxis] < np.arange(len(places) + 1)[:, np.newaxis, np.newaxis]
    upper = taken == (direction < 0.5)[np.newaxis]
    points = (base[np.newaxis] + STEP * upper).transpose(2, 0, 1).reshape(-1, len(places))
    runs = (
        np.arange(trajectories * repeats).reshape(trajectories, 1, repeats).repeat(len(places) + 1, axis=1).reshape(-1)
    )
    uniforms = LOW_END + (HIGH_END - LOW_END) * points.T
    return Design(places, uniforms.repeat(repeats, axis=1), runs), points


def _draw_random(seed: int, what: str, places: Sequence[str], count: int) -> Array:
    """One random number for every place and number: (places, count)."""
    keys = [random_streams.stream_key(seed, f"screening-{what}", place) for place in places]
    addresses = np.array(keys, dtype=np.uint64)[:, np.newaxis]
    return np.asarray(random_streams.uniform(random_streams.hash_run(addresses, np.arange(count)[np.newaxis])))


def make_group_design(scenario: Scenario, seed: int, draws: int, groups: Mapping[str, Sequence[str]]) -> Design:
    """Every draw, the same with one group after the other from its partner, with its partner's luck, and the partner.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random numbers.
        draws: Number of draws; their partners are the same number of draws after them.
        groups: Places of every group; together all places that vary.

    Returns:
        The runs: for each draw the draw itself, one for each group, one for luck, and the partner.
    """
    places = list_varied_places(scenario)
    own, partner = (_find_uniforms(scenario, seed, places, np.arange(first, first + draws)) for first in (0, draws))
    rows, luck = [own], [np.arange(draws)]
    for members in groups.values():
        inside = np.isin(places, list(members))
        rows.append(np.where(inside[:, np.newaxis], partner, own))
        luck.append(np.arange(draws))
    rows += [own, partner]
    luck += [np.arange(draws, 2 * draws)] * 2
    uniforms = np.stack(rows, axis=2).reshape(len(places), -1)
    return Design(places, uniforms, np.stack(luck, axis=1).reshape(-1))


def make_nested_design(scenario: Scenario, seed: int, draws: int, replicates: int) -> Design:
    """Every draw of the quantities, played several times, each time with luck of its own.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random numbers.
        draws: Number of draws.
        replicates: Runs of each draw.

    Returns:
        The runs; those of a draw stand side by side.
    """
    places = list_varied_places(scenario)
    uniforms = _find_uniforms(scenario, seed, places, np.arange(draws)).repeat(replicates, axis=1)
    return Design(places, uniforms, np.arange(draws * replicates))


def _find_uniforms(scenario: Scenario, seed: int, places: Sequence[str], runs: NDArray[np.int64]) -> Array:
    known = dict[str, Array]()
    for one in (scenario, scenario.in_run_up):
        known |= sample_uniforms(build_layout(one).sampling_plan, seed, runs)
    return np.array([known[place] for place in places])


def make_plain_design(scenario: Scenario, seed: int, draws: int) -> Design:
    """Every draw as it is: the runs of the same numbers, whether or not they match the reported run-up.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random numbers.
        draws: Number of draws.
    """
    places = list_varied_places(scenario)
    return Design(places, _find_uniforms(scenario, seed, places, np.arange(draws)), np.arange(draws))
