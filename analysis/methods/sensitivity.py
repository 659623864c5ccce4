"""Sensitivity: how much of the spread of an outcome each quantity and each group of quantities accounts for.

Read aloud
    Screening: the mean size of a quantity's elementary effects, which are changes of the share per whole spread of the
    quantity. One that is 0 on every trajectory moved nothing there.
    By group: the first-order index is the share of the variance that knowing the group alone would take away, the total
    index what would be left if all else were known. Luck is a group too: its total index is the aleatory share, what
    quantities alone decide is the epistemic share, and the two add up to 1.
    SALib computes both, and its intervals by resampling trajectories and draws.

Sources
    Morris (1991); Campolongo, Cariboni and Saltelli (2007), An effective screening design.
    Sobol (2001); Saltelli and others (2010), Variance based sensitivity analysis of model output.
    Iwanaga, Usher and Herman (2022), Toward SALib 2.0.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import MissingPartError

LUCK = "luck"
"""Name of the group of all that luck decides, beside the groups of quantities."""

RESAMPLES = 400
RESAMPLING_SEED = 13

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ScreenedQuantity:
    """Elementary effects of one quantity, in shares of runs per whole spread."""

    place: str
    """Where it stands in the scenario; a share of weights has a place of its own."""
    size: float
    """Mean size of its effects (mu*)."""
    size_error: float
    """Half the width of the 95% interval of the size."""
    mean: float
    """Mean effect, with its sign (mu)."""
    spread: float
    """Standard deviation of the effects (sigma): what depends on other quantities, and on luck."""


@dataclass(frozen=True)
class GroupIndex:
    """Share of the variance of an outcome that a group of quantities accounts for."""

    group: str
    """Name of the group, or LUCK."""
    first: float
    """First-order index: taken away if the group alone were known."""
    first_error: float
    """Half the width of its 95% interval."""
    total: float
    """Total index: left over if all else were known."""
    total_error: float
    """Half the width of its 95% interval."""


def analyze_screening(places: Sequence[str], points: Array, shares: Array, levels: int) -> tuple[ScreenedQuantity, ...]:
    """Elementary effects of every quantity, the largest first.

    Args:
        places: The quantities.
        points: Points of the grid along every trajectory: (trajectories * (quantities + 1), quantities).
        shares: Share of runs with the outcome at every point: (points,).
        levels: Levels of the grid.

    Raises:
        MissingPartError: SALib is not installed.
    """
    found = _load("morris").analyze(
        _pose(places), points, shares, num_levels=levels, num_resamples=RESAMPLES, seed=RESAMPLING_SEED
    )
    columns = [np.asarray(found[name], dtype=float) for name in ("mu_star", "mu_star_conf", "mu", "sigma")]
    effects = (
        ScreenedQuantity(place, *map(float, row)) for place, row in zip(places, np.transpose(columns), strict=True)
    )
    return tuple(sorted(effects, key=lambda one: -one.size))


def analyze_groups(groups: Sequence[str], hits: Array) -> tuple[GroupIndex, ...]:
    """Indices of every group, the largest total first.

    Args:
        groups: Names of the groups, luck among them, in the order of the design.
        hits: 1 for runs with the outcome: for each draw the draw itself, one run per group, and the partner.

    Raises:
        MissingPartError: SALib is not installed.
    """
    analyze = _load("sobol").analyze
    with warnings.catch_warnings():  # a resample in which nothing varies; its index is 0
        warnings.simplefilter("ignore", UserWarning)
        found = analyze(_pose(groups), hits, calc_second_order=False, num_resamples=RESAMPLES, seed=RESAMPLING_SEED)
    columns = [np.asarray(found[name], dtype=float) for name in ("S1", "S1_conf", "ST", "ST_conf")]
    indices = (GroupIndex(name, *map(float, row)) for name, row in zip(groups, np.transpose(columns), strict=True))
    return tuple(sorted(indices, key=lambda one: -one.total))


def _pose(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _load(method: str) -> Any:
    try:
        return import_module(f"SALib.analyze.{method}")
    except ModuleNotFoundError as error:
        text = "sensitivity needs the library SALib; install it with `pip install 'zopa-simulator[sensitivity]'`"
        raise MissingPartError(text) from error
