"""Factor design: in which combinations several factors are varied - all of them, or a Latin hypercube.

Read aloud
    A grid holds every combination. A Latin hypercube cuts the range of every factor into as many slices as there are
    samples, takes one value from each slice, and shuffles the slices of every factor by itself: so few samples reach
    every part of every range.

Sources
    McKay, Beckman and Conover (1979), A comparison of three methods for selecting values of input variables.
"""

from collections.abc import Sequence
from itertools import product
from math import prod

from scipy.stats.qmc import LatinHypercube

from sim.model.random_streams import stream_key


def count_combinations(values: Sequence[Sequence[str]]) -> int:
    """How many settings a grid has."""
    return prod(len(one) for one in values)


def combine_all(values: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Every combination of values, those of the last factor changing first."""
    return tuple(product(*values))


def draw_samples(factors: Sequence[str], samples: int, seed: int) -> tuple[tuple[float, ...], ...]:
    """A Latin hypercube; its address is the seed, the names of the factors and the number of samples.

    Args:
        factors: Names of the factors.
        samples: Number of samples.
        seed: Seed of all luck.

    Returns:
        For every sample, one number between 0 and 1 for each factor.
    """
    key = stream_key(seed, " ".join(factors), f"Latin hypercube of {samples}")
    table = LatinHypercube(len(factors), rng=key).random(samples)
    return tuple(tuple(float(number) for number in row) for row in table)
