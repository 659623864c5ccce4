"""Summits: the keener the sides, the more they sign, and a mediator's departure does not help by itself.

Statistical: 640 draws of the flagship a view. Agreements before week 1 are left out. A thick zone leaves everybody
whose consent a package needs better off by .02 or more, in every one of the first 26 weeks. Paired differences fail by
chance in 1 of 100 cases (2.33 standard errors).
"""

import numpy as np
import pytest
from scipy.stats import binomtest

from tests.statistical.ensembles import difference, find_signed, play_draws
from tests.theory.simulate import FLAGSHIP, play_weekly, scenario, world

DRAWS, WEEKS, THICK = 640, 26, 0.02
KEEN = "choice.precision={value: 1000}"
UNCONFIRMED = "protocol.needs_confirmation=false"

pytestmark = pytest.mark.slow


def find_thick(engine):
    """1 where some package of the menu leaves everybody needed better off by a margin."""
    package, actors = engine.state["party_package"], engine.state["actor"]
    fine = np.ones(package["surplus"].shape[1:], dtype=bool)
    for row, actor in enumerate(engine.layout.spaces["party_package"].relations["party"].index):
        content = (package["surplus"][row] > THICK) | (package["needed"][row] == 0.0)
        fine &= content | (actors["institution"][actor] > 0.0)
    return fine[:-1].any(axis=0)


def play_open(view, *changes):
    """Runs without an agreement at week 1: 1 where the zone was thick in all weeks, and 1 where they signed."""
    found = scenario(FLAGSHIP, *changes, view=view)
    thick, signed, is_open = np.ones(DRAWS, bool), np.zeros(DRAWS, bool), np.ones(DRAWS, bool)
    for engine in play_weekly(found, DRAWS, WEEKS):
        week = world(engine, "week")[0]
        if week < 1.0:
            is_open = (world(engine, "stage") < 5.0) & (world(engine, "ended") == 0.0)
            continue
        thick &= find_thick(engine)
        signed |= world(engine, "stage") >= 5.0
    return thick[is_open], signed[is_open]


@pytest.mark.parametrize("view", ["wide", "observador-2025"])
def test_runs_with_a_thick_zone_sign_where_choice_is_sharp(view):
    thick, signed = play_open(view, KEEN)
    assert thick.sum() >= 10
    assert binomtest(int(signed[thick].sum()), int(thick.sum()), 0.9).pvalue > 0.01 or signed[thick].mean() > 0.9


@pytest.mark.parametrize("view", ["wide", "observador-2025"])
def test_agreements_do_not_fall_with_sharper_choice_where_the_zone_is_thick(view):
    (blunt, by_blunt), (sharp, by_sharp) = play_open(view), play_open(view, KEEN)
    assert by_sharp[sharp].mean() >= by_blunt[blunt].mean() - 0.05


@pytest.mark.parametrize("view", ["wide", "observador-2025", "portnikov-2025"])
def test_a_departure_is_not_above_the_base_where_nobody_confirms(view):
    gone = (UNCONFIRMED, "schedule={mediator_leaves_in_week: 12}")
    assert difference(play_draws(view, UNCONFIRMED), play_draws(view, *gone), find_signed).z < 2.33
