"""Sequencing: what the model makes of the sources' dispute whether a ceasefire or a treaty comes first.

Each test says how often it fails, or passes, by chance. Directions are findings, not targets: what is not there yet
stands as an expected failure with its measurement, and no number is changed to rescue it.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from analysis.methods.share_change import compute_paired_difference
from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import Block, simulate_block, simulate_to_week_zero
from sim.loading.loader import load_case
from sim.model.simulation import Simulation
from sim.rules.stages import IN_FORCE, SIGNED
from sim.schema.scenario import Scenario
from tests.statistical.ensembles import CASE, SEED, agreeing_outcomes
from tests.theory.simulate import world

ONE_PERCENT = 2.33
DRAWS = 1024
TO_END_OF_TERM = 178
TREATY = "treaty-first"

pytestmark = pytest.mark.slow


@cache
def block(view: str, horizon: int, name: str = "") -> Block:
    """Draws of a file of the flagship through a source view."""
    case = load_case(f"{CASE}/{name}" if name else CASE, view=view)
    return simulate_block(case.scenario, SEED, 0, DRAWS, horizon)


def play_weeks(scenario: Scenario, horizon: int, draws: int = DRAWS) -> Iterator[NumpyEngine]:
    """The runs that match the reported run-up, after each week from week 1."""
    simulation = Simulation(NumpyEngine(simulate_to_week_zero(scenario, SEED, np.arange(draws))))
    for week in range(1, horizon + 1):
        simulation.advance(week)
        yield simulation.engine


def in_force(found: Block):
    """1 for runs that end with an agreement in force."""
    return np.isin(found.columns["outcome"], agreeing_outcomes()).astype(float)


def share_z(part, whole, value):
    """Standard errors by which a share of all that happens lies above a value; runs are what is independent."""
    share = part.sum() / whole.sum()
    error = np.sqrt(((part - share * whole) ** 2).sum()) / whole.sum()
    return float((share - value) / error)


@cache
def offers(view: str):
    """Offers of the first side by run: those that put the treaty first, and all."""
    scenario = load_case(CASE, view=view).scenario
    treaty, count = list(scenario.sequences).index(TREATY), len(scenario.sequences)
    by_treaty, every = np.zeros(DRAWS), np.zeros(DRAWS)
    for engine in play_weeks(scenario, 52):
        side = int(engine.layout.spaces["actor"].groups["disputant"][0])
        offered = engine.read("actor", "offered", side)
        every[engine.runs] += offered
        by_treaty[engine.runs] += offered * (engine.read("actor", "counter", side) % count == treaty)
    return by_treaty, every


def test_moscow_offers_mostly_a_treaty_first_in_the_fazi_view():
    """Were half of them so, it would pass once in 100 times."""
    assert share_z(*offers("fazi-2025"), 0.5) > ONE_PERCENT


def test_moscow_offers_mostly_a_treaty_first_in_the_portnikov_view():
    """Were half of them so, it would pass once in 100 times."""
    assert share_z(*offers("portnikov-2025"), 0.5) > ONE_PERCENT


@pytest.mark.xfail(
    strict=True, reason="only a ceasefire first, 178 weeks, agreements: Portnikov +2.8 (.9), Fazi -.9 (1.3) points"
)
@pytest.mark.parametrize("view", ["portnikov-2025", "fazi-2025"])
def test_only_a_ceasefire_first_lowers_agreements(view):
    """Paired; it would pass once in 100 times if there were no difference."""
    base, only = block(view, TO_END_OF_TERM), block(view, TO_END_OF_TERM, "ceasefire-first")
    ones = [np.ones(one.columns["run"].size) for one in (base, only)]
    found = compute_paired_difference(
        DRAWS, base.columns["run"], in_force(base), only.columns["run"], in_force(only), *ones
    )
    assert found.z < -ONE_PERCENT


@pytest.mark.parametrize("view", ["wide", "fazi-2025", "portnikov-2025"])
def test_only_a_treaty_first_brings_agreements_by_the_end_of_the_term(view):
    """At least one in 1,000 draws: a true share of 1 % fails once in 1,000 times at 700 matching runs."""
    found = in_force(block(view, TO_END_OF_TERM, TREATY))
    assert found.sum() > 0


ONE_IN_TWO = pytest.param(
    "portnikov-2025",
    marks=pytest.mark.xfail(
        strict=True,
        reason="nearly one signed treaty in two (47 %, z .70) dissolves: a side may take its signature back",
    ),
)


@pytest.mark.parametrize("view", ["wide", ONE_IN_TWO])
def test_signed_treaties_are_not_mostly_dissolved(view):
    """Of the treaties whose wait is over, fewer than half unravelled before; one in 100 passes at exactly half."""
    scenario = load_case(f"{CASE}/{TREATY}", view=view).scenario
    stage, waited, lost, over = np.zeros((4, 3 * DRAWS))
    for engine in play_weeks(scenario, TO_END_OF_TERM, 3 * DRAWS):
        now, runs = world(engine, "stage"), engine.runs
        left = (stage[runs] == SIGNED) & (now != SIGNED)
        over[runs] += left
        lost[runs] += left & (now != IN_FORCE) & (waited[runs] + 1.0 < world(engine, "draft_weeks"))
        stage[runs], waited[runs] = now, world(engine, "deal_weeks")
    assert share_z(over - lost, over, 0.5) > ONE_PERCENT
