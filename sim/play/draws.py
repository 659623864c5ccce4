"""Draws: the parameters of each run, by quantile coupling of one addressed throw per run and parameter.

Because the throw is addressed by the parameter's place, two lenses share every draw their difference does not touch.
Quantiles are rounded to nine decimals, so that they do not depend on the last bit of a library.

Sources
    Common random numbers: Law (2015), Simulation Modeling and Analysis, chapter 11.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel
from scipy import special

from sim.evidence.quantity import Quantity, Weights
from sim.play import luck
from sim.rules.words import exp, log

Runs = NDArray[np.int64]
Draws = dict[str, NDArray[np.float64]]
"""Values by place in the scenario, each an array over runs."""


def quantities(part: object, place: str = "") -> Iterator[tuple[str, Quantity | Weights]]:
    """Every quantity of a scenario with its place, in file order."""
    if isinstance(part, Quantity | Weights):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from quantities(getattr(part, name), f"{place}.{name}" if place else name)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from quantities(value, f"{place}.{key}")


def draw(part: object, seed: int, runs: Runs) -> Draws:
    """Draws of every quantity for the given run numbers; weights give one array per share."""
    drawn: Draws = {}
    for place, found in quantities(part):
        if isinstance(found, Weights):
            for key, share in _shares(found, place, seed, runs).items():
                drawn[f"{place}.{key}"] = share
        else:
            drawn[place] = quantile(found, _throw(seed, place, runs))
    return drawn


def quantile(quantity: Quantity, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Value of the quantity below which the share `u` of its spread lies."""
    numbers = quantity.numbers
    if quantity.form == "value":
        return np.full_like(u, numbers[0])
    if quantity.form == "uniform":
        return numbers[0] + u * (numbers[1] - numbers[0])
    z = np.round(special.ndtri(u), 9)
    if quantity.form == "normal":
        return np.asarray(numbers[0] + numbers[1] * z)
    return np.asarray(numbers[0] * exp(z * log(numbers[1])))


def _throw(seed: int, place: str, runs: Runs) -> NDArray[np.float64]:
    places = np.full(runs.shape, luck.address(seed, "draw", place), dtype=np.uint64)
    return np.asarray(luck.uniform(luck.started(places, runs)))


def _shares(weights: Weights, place: str, seed: int, runs: Runs) -> Draws:
    """Dirichlet shares from one gamma quantile each."""
    parts = {}
    for key, share in weights.shares.items():
        u = _throw(seed, f"{place}.{key}", runs)
        parts[key] = np.round(special.gammaincinv(share * weights.sharpness, u), 9) if share > 0 else np.zeros_like(u)
    total = np.zeros(runs.shape)
    for part in parts.values():
        total = total + part
    return {key: part / total for key, part in parts.items()}
