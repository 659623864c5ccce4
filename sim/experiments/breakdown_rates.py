"""Breakdown rates: how many truces, and how many settled treaties, break within a month, a year and five years?

Read aloud
    The weekly hazard of the rules is multiplied out over the draws of a source view, from the week in which an
    agreement comes into force. The truce is a bare one: nothing settled, nobody pressed, no guarantee, no sequence that
    makes it rarer. The treaty is the same with every issue settled.

Sources
    Survival from weekly hazards: Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.model.parameters import Array, Draws, sample_quantities
from sim.rules.breakdown import hazard
from sim.schema.scenario import Scenario

SPANS = (4, 52, 260)
"""Weeks of a month, a year and five years."""

DRAWS = 2000


@dataclass(frozen=True)
class BreakdownRates:
    """Shares that have broken within each span of weeks."""

    truce: Mapping[int, float]
    """Of bare truces."""
    settled: Mapping[int, float]
    """Of settled treaties."""
    on_paper: Mapping[int, float]
    """Part of the share of bare truces that comes from truces that hold on paper only."""


def compute_breakdown_rates(scenario: Scenario, seed: int, draws: int = DRAWS) -> BreakdownRates:
    """What the hazard rule says of agreements under the assumptions of one source view.

    Args:
        scenario: The scenario through one source view.
        seed: Seed of all luck.
        draws: Draws over which shares are averaged.
    """
    sampled, prefix = sample_quantities(scenario, seed, np.arange(draws)), "agreement_durability."
    drawn = {place.removeprefix(prefix): values for place, values in sampled.items() if place.startswith(prefix)}
    paper, slow, settled = (_survive(drawn, *kind) for kind in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)))
    truce = drawn["paper_share"] * paper + (1.0 - drawn["paper_share"]) * slow
    return BreakdownRates(_sum_up(truce), _sum_up(settled), _sum_up(1.0 - drawn["paper_share"] * (1.0 - paper)))


def _survive(drawn: Draws, luck_paper: float, settled: float) -> Array:
    """Chance that an agreement is still in force at the end of each week: (weeks, draws)."""
    weeks = np.arange(SPANS[-1], dtype=np.float64)[:, np.newaxis]
    names = ("paper_share", "paper_hazard", "slow_scale", "slow_shape", "imposed_factor", "guarantee_bite")
    numbers = {name: drawn[name] for name in (*names, "settled_factor")}
    broken = hazard(
        deal_weeks=weeks,
        imposed=0.0,
        draft_guarantee=0.0,
        draft_breakdown_factor=1.0,
        settled=settled,
        luck_paper=luck_paper,
        **numbers,
    )
    return np.asarray(np.cumprod(1.0 - broken + 0.0 * numbers["slow_scale"], axis=0))


def _sum_up(alive: Array) -> dict[int, float]:
    return {span: float(1.0 - alive[span - 1].mean()) for span in SPANS}
