"""Parameters: those of each run, by quantile coupling of one addressed random number per run and parameter.

Because the number is addressed by the parameter's place, two source views share every draw that their difference does
not touch.
Quantiles are rounded to nine decimals, so that they do not depend on the last bit of a library.

Sources
    Common random numbers: Law (2015), Simulation Modeling and Analysis, chapter 11.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.model import random_streams
from sim.model.stream_names import find_stream_name
from sim.rules.numerics import exp, log
from sim.schema.quantity import Weights, find_quantities
from sim.schema.scenario import Scenario

VALUE, UNIFORM, NORMAL = "value", "uniform", "normal"

Array = NDArray[np.float64]
Runs = NDArray[np.int64]
Draws = dict[str, Array]
"""Values by place in the scenario, each an array over runs."""


@dataclass(frozen=True)
class SamplingPlan:
    """What is to be drawn for every run, those of one form together."""

    places: dict[str, tuple[str, ...]]
    """Places of the quantities of each form."""
    numbers: dict[str, Array]
    """Their numbers: (quantities, numbers of the form)."""
    shares: tuple[str, ...]
    """Places of the shares of all weights."""
    sharpness: Array
    """Parameter of the gamma quantile of each share; 0 for a share of nothing."""
    wholes: tuple[slice, ...]
    """Which shares make up one whole."""
    actor_ids: dict[str, str]
    """Address of each actor's luck, by its key."""


def make_sampling_plan(part: object) -> SamplingPlan:
    """What is to be drawn for a scenario, or for a part of one."""
    places, numbers = defaultdict[str, list[str]](list), defaultdict[str, list[tuple[float, ...]]](list)
    shares, sharpness, wholes = list[str](), list[float](), list[slice]()
    for place, found in find_quantities(part):
        if isinstance(found, Weights):
            wholes.append(slice(len(shares), len(shares) + len(found.shares)))
            shares += [f"{place}.{key}" for key in found.shares]
            sharpness += [share * found.sharpness for share in found.shares.values()]
        else:
            places[found.form].append(place)
            numbers[found.form].append(found.numbers)
    return SamplingPlan(
        {form: tuple(names) for form, names in places.items()},
        {form: np.array(rows) for form, rows in numbers.items()},
        tuple(shares),
        np.array(sharpness),
        tuple(wholes),
        part.actor_ids if isinstance(part, Scenario) else {},
    )


def sample_quantities(part: object, seed: int, runs: Runs) -> Draws:
    """Draws of every quantity for the given run numbers; weights give one array per share."""
    return sample_parameters(make_sampling_plan(part), seed, runs)


def sample_parameters(plan: SamplingPlan, seed: int, runs: Runs) -> Draws:
    """Draws of everything on a sheet for the given run numbers."""
    return compute_parameters(plan, runs.size, sample_uniforms(plan, seed, runs))


def sample_uniforms(plan: SamplingPlan, seed: int, runs: Runs) -> Draws:
    """The random number between 0 and 1 behind every draw that has a spread, by place."""
    places = list_spread_places(plan)
    return dict(zip(places, _draw_uniforms(plan, seed, places, runs), strict=True)) if places else {}


def list_spread_places(plan: SamplingPlan) -> tuple[str, ...]:
    """Places of all that is drawn from a spread, every share of weights among them."""
    forms = (names for form, names in plan.places.items() if form != VALUE)
    return (*(place for names in forms for place in names), *plan.shares)


def compute_parameters(plan: SamplingPlan, count: int, uniforms: Mapping[str, Array]) -> Draws:
    """Draws of everything on a sheet at the given places of its spreads.

    Args:
        plan: What is to be drawn.
        count: Number of runs.
        uniforms: For every place with a spread, the share of the spread below its value, between 0 and 1.

    Returns:
        Values by place, each an array over runs.
    """
    drawn: Draws = {}
    for form, places in plan.places.items():
        u = np.array([uniforms[place] for place in places]) if form != VALUE else np.zeros((len(places), count))
        drawn.update(zip(places, compute_quantiles(form, plan.numbers[form], u), strict=True))
    if plan.shares:
        u = np.array([uniforms[place] for place in plan.shares])
        drawn.update(zip(plan.shares, _compute_shares(plan, u), strict=True))
    return drawn


def compute_quantiles(form: str, numbers: Array, u: Array) -> Array:
    """Values of quantities of one form below which the share `u` of their spread lies: (quantities, runs)."""
    first, last = numbers[:, :1], numbers[:, -1:]
    if form == VALUE:
        return np.broadcast_to(first, u.shape).copy()
    if form == UNIFORM:
        return np.asarray(first + u * (last - first))
    z = np.round(special.ndtri(u), 9)
    if form == NORMAL:
        return np.asarray(first + last * z)
    return np.asarray(first * exp(z * log(last)))


def _draw_uniforms(plan: SamplingPlan, seed: int, places: Sequence[str], runs: Runs) -> Array:
    """One random number for every place and run."""
    names = [find_stream_name(place, plan.actor_ids) for place in places]
    addresses = np.array([random_streams.stream_key(seed, "draw", name) for name in names], dtype=np.uint64)
    return np.asarray(random_streams.uniform(random_streams.hash_run(addresses[:, np.newaxis], runs[np.newaxis])))


def _compute_shares(plan: SamplingPlan, u: Array) -> Array:
    """Dirichlet shares from one gamma quantile each."""
    parts, some = np.zeros(u.shape), plan.sharpness > 0.0
    parts[some] = np.round(special.gammaincinv(plan.sharpness[some, np.newaxis], u[some]), 9)
    for whole in plan.wholes:
        total = np.zeros(u.shape[1])
        for part in parts[whole]:
            total = total + part
        parts[whole] /= total
    return parts
