"""Sequencing: what the model makes of the sources' dispute whether a ceasefire or a treaty comes first.

Each test says how often it fails, or passes, by chance. Directions are findings, not targets: what is not there yet
stands as an expected failure with its measurement, and no number is changed to rescue it.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from analysis.methods.share_change import compute_paired_difference
from sim.engines.base import make_engine
from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import CHUNK, Block, simulate_block, simulate_to_week_zero
from sim.loading.loader import load_case
from sim.model.simulation import Simulation
from sim.rules.stages import IN_FORCE, SIGNED
from sim.schema.scenario import Scenario
from tests.statistical.ensembles import CASE, SEED, agreeing_outcomes, find_signed

ONE_PERCENT = 2.33
DRAWS = 1024
TO_END_OF_TERM = 178
TREATY = "treaty-first"

pytestmark = pytest.mark.slow


@cache
def block(view: str, horizon: int, name: str = "", draws: int = DRAWS) -> Block:
    """Draws of a file of the flagship through a source view."""
    case = load_case(f"{CASE}/{name}" if name else CASE, view=view)
    return simulate_block(case.scenario, SEED, 0, draws, horizon)


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


def lowered_by_only_a_ceasefire_first(view, count):
    """Standard errors by which a share falls, paired, at the end of the term."""
    base, only = (block(view, TO_END_OF_TERM, name, 2 * DRAWS) for name in ("", "ceasefire-first"))
    ones = [np.ones(one.columns["run"].size) for one in (base, only)]
    found = compute_paired_difference(
        2 * DRAWS, base.columns["run"], count(base), only.columns["run"], count(only), *ones
    )
    return -found.z


@pytest.mark.xfail(
    strict=True,
    reason="only a ceasefire first, week 178, in force: Portnikov +1.8 (.5), Fazi +.2 (.6) points (4,096 draws): a "
    "signed treaty closes the talks while it waits, and who can hold out for none signs a ceasefire",
)
@pytest.mark.parametrize("view", ["portnikov-2025", "fazi-2025"])
def test_only_a_ceasefire_first_lowers_agreements_in_force(view):
    """It would pass once in 100 times if there were no difference."""
    assert lowered_by_only_a_ceasefire_first(view, in_force) > ONE_PERCENT


@pytest.mark.parametrize("view", ["portnikov-2025", "fazi-2025"])
def test_only_a_ceasefire_first_lowers_signatures(view):
    """The consent of which the authors tell; it would pass once in 100 times if there were no difference."""
    assert lowered_by_only_a_ceasefire_first(view, find_signed) > ONE_PERCENT


@pytest.mark.parametrize("view", ["wide", "fazi-2025", "portnikov-2025"])
def test_only_a_treaty_first_brings_agreements_by_the_end_of_the_term(view):
    """At least one in 1,000 draws: a true share of 1 % fails once in 1,000 times at 700 matching runs."""
    found = in_force(block(view, TO_END_OF_TERM, TREATY))
    assert found.sum() > 0


@pytest.mark.parametrize("view", ["wide", "portnikov-2025"])
def test_signed_treaties_are_not_mostly_dissolved(view):
    """Of the treaties whose wait is over, fewer than half unravelled before; one in 100 passes at exactly half.

    Asked of signatures whose wait would be over by the horizon: of later ones only those that dissolve could be seen.
    """
    scenario = load_case(f"{CASE}/{TREATY}", view=view).scenario
    over, lost = np.zeros((2, 3 * DRAWS))
    for first in range(0, 3 * DRAWS, CHUNK):
        simulation = Simulation(make_engine(simulate_to_week_zero(scenario, SEED, np.arange(first, first + CHUNK))))
        names = ("stage", "deal_weeks", "draft_weeks", "ended")
        found = simulation.advance(TO_END_OF_TERM, [("world", name, 0) for name in names])
        stage, waited, wait, ended = (found[:, at] for at in range(len(names)))
        due = np.arange(2, TO_END_OF_TERM + 1)[:, np.newaxis] - (waited[:-1] + 1.0) + wait[1:]
        left = (stage[:-1] == SIGNED) & (stage[1:] != SIGNED) & (ended[:-1] == 0.0) & (due <= TO_END_OF_TERM)
        early = left & (stage[1:] != IN_FORCE) & (waited[:-1] + 1.0 < wait[1:])
        over[simulation.engine.runs], lost[simulation.engine.runs] = left.sum(axis=0), early.sum(axis=0)
    assert share_z(over - lost, over, 0.5) > ONE_PERCENT
