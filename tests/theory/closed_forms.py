"""Closed forms: the textbook results against which the simulator and its engines can check themselves.

Pure functions on plain numbers and arrays; nothing here is used by a run.

Sources
    Fearon (1995), Rationalist explanations for war; Powell (2006), War as a commitment problem.
    Rubinstein (1982), Perfect equilibrium in a bargaining model; Baron and Ferejohn (1989), Bargaining in legislatures.
    Nash (1950), The bargaining problem; Kalai and Smorodinsky (1975), Other solutions to Nash's bargaining problem.
    McFadden (1974), Conditional logit analysis of qualitative choice behavior.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Range:
    """Shares of a pie, of size 1, that both sides prefer to the contest; empty if `low` is above `high`."""

    low: float
    """Least that the first side accepts."""
    high: float
    """Most that the second side leaves to the first."""

    @property
    def width(self) -> float:
        """Size of the range; below 0 if there is none."""
        return self.high - self.low


def bargaining_range(*, chance: float, first_cost: float, second_cost: float, optimism: float = 0.0) -> Range:
    """Fearon's range: the first side wins with this chance; optimism is what both together see too well."""
    return Range(chance + optimism - first_cost, chance + second_cost)


def costly_lottery(*, chance: float, cost: float, if_won: float = 1.0, if_lost: float = 0.0) -> float:
    """Worth of a contest with two ends, less its cost."""
    return chance * if_won + (1.0 - chance) * if_lost - cost


def commitment_fails(*, shift: float, pie: float, first_now: float, second_now: float) -> bool:
    """Powell's condition: what a side would lose by a shift of power exceeds the surplus of agreeing now."""
    return shift > pie - (first_now + second_now)


def rubinstein(*, first_discount: float, second_discount: float) -> float:
    """Share of the side that proposes first when offers alternate without end."""
    if first_discount == second_discount == 1.0:
        return 0.5
    return (1.0 - second_discount) / (1.0 - first_discount * second_discount)


def baron_ferejohn(*, members: int, discount: float) -> float:
    """Share of the proposer under simple majority and a closed rule, for an odd number of equal members."""
    return 1.0 - discount * (members - 1) / (2 * members)


def nash_solution(worth: Array, disagreement: Array) -> int:
    """Number of the agreement with the largest product of gains; `worth` is (agreements, parties)."""
    gains = worth - disagreement
    product = np.where((gains >= 0.0).all(axis=1), gains.clip(0.0).prod(axis=1), -1.0)
    return int(product.argmax())


def kalai_smorodinsky(worth: Array, disagreement: Array) -> int:
    """Number of the agreement with the largest smallest gain, as a share of the best each could get."""
    gains = worth - disagreement
    able = (gains >= 0.0).all(axis=1)
    ideal = gains[able].max(axis=0)
    shares = gains / np.where(ideal > 0.0, ideal, 1.0)
    least = np.where(able, shares.min(axis=1), -np.inf)
    best = np.isclose(least, least.max(), rtol=0.0, atol=1e-12)
    return int(np.where(best, shares.sum(axis=1), -np.inf).argmax())


def pareto(worth: Array) -> NDArray[np.bool_]:
    """True for agreements that none is better than for somebody and as good for everybody."""
    efficient = np.ones(len(worth), dtype=bool)
    for number, own in enumerate(worth):
        if efficient[number]:
            beaten = (worth <= own).all(axis=1) & (worth < own).any(axis=1)
            efficient &= ~beaten
    return efficient


def distance_to(worth: Array, own: Array) -> float:
    """Euclidean distance from an agreement to the nearest of others."""
    return float(np.sqrt(((worth - own) ** 2).sum(axis=1)).min())


def logit(worth: Array, precision: float) -> Array:
    """Chances of choosing each alternative."""
    weight = np.exp(precision * (worth - worth.max()))
    return np.asarray(weight / weight.sum())


def bayes(prior: float, likelihood_ratio: float) -> float:
    """Chance after evidence: odds times likelihood ratio."""
    odds = prior / (1.0 - prior) * likelihood_ratio
    return odds / (1.0 + odds)


def annuity(discount: float, weeks: float) -> float:
    """Discounted weeks of a contest that ends each week with the chance 1 / weeks."""
    return 1.0 / (1.0 - discount * (1.0 - 1.0 / weeks))


def weibull_survival(weeks: float, *, scale: float, shape: float) -> float:
    """Chance to last this long where the hazard of week t is scale * ((t+1)^shape - t^shape)."""
    return math.exp(-scale * weeks**shape)
