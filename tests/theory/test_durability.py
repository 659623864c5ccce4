"""Durability: what becomes of agreements - what is feared happens, a signature has one chance to unravel."""

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.model.build_layout import build_layout
from sim.model.packages import spread_chance
from sim.rules import breakdown, surplus
from sim.rules.stages import IN_FORCE, SIGNED
from tests.theory.simulate import flagship, play_weekly, scenario, world

TOWNS = "textbook/two-towns"
FEARED = {
    "truce_trust": 0.4,
    "breakdown_factor": 0.8,
    "settles": 0.0,
    "fights_on": 0.0,
    "settled_factor": 0.5,
    "guarantee_bite": 1.0,
    "guarantee": 0.5,
    "guarantee_trust": 0.7,
}
REAL = {
    "deal_weeks": 8.0,
    "paper_share": 0.5,
    "paper_hazard": 0.1,
    "slow_scale": 0.1,
    "slow_shape": 0.4,
    "imposed": 0.0,
    "imposed_factor": 1.6,
    "guarantee_bite": 1.0,
    "draft_guarantee": 0.5,
    "draft_breakdown_factor": 0.8,
    "settled": 0.0,
    "settled_factor": 0.5,
    "luck_paper": 0.9,
}
BOTH = {
    "the factor of the sequence": ({"breakdown_factor": 1.0}, {"draft_breakdown_factor": 1.0}, 1),
    "settled": ({"settles": 1.0}, {"settled": 1.0}, -1),
    "the guarantee": ({"guarantee": 1.0}, {"draft_guarantee": 1.0}, -1),
    "the bite of guarantees": ({"guarantee_bite": 2.0}, {"guarantee_bite": 2.0}, -1),
}
"""What enters both: a higher value in the feared risk and in the real hazard, and the direction."""
STILL = (
    *(f"contest.{name}=0" for name in ("noise", "drift", "reversion")),
    *(f"actors.{side}.interests.conflict_cost_growth=0" for side in ("north", "south")),
    *(f"actors.{side}.disputant.{name}=0" for side in ("north", "south") for name in ("erosion", "strike_toll")),
)
"""Nothing moves that would make a side take its signature back."""
chances = st.floats(0.0, 1.0)


@pytest.mark.parametrize(("feared", "real", "direction"), BOTH.values(), ids=BOTH)
def test_what_is_feared_and_what_happens_move_alike(feared, real, direction):
    risk = surplus.breakdown_risk(**FEARED | feared) - surplus.breakdown_risk(**FEARED)
    hazard = breakdown.hazard(**REAL | real) - breakdown.hazard(**REAL)
    assert risk * direction > 0.0
    assert hazard * direction > 0.0


def test_a_weaker_effect_of_settlement_raises_both():
    settled = {"settles": 1.0}, {"settled": 1.0}
    risks = [surplus.breakdown_risk(**FEARED | settled[0] | {"settled_factor": one}) for one in (0.3, 0.6, 1.0)]
    hazards = [breakdown.hazard(**REAL | settled[1] | {"settled_factor": one}) for one in (0.3, 0.6, 1.0)]
    assert risks == sorted(risks)
    assert hazards == sorted(hazards)


@given(chances, chances, st.floats(0.0, 400.0), st.floats(0.0, 1.0, exclude_max=True))
def test_what_is_settled_never_breaks_more_often_than_a_truce(factor, luck, weeks, share):
    same = REAL | {"settled_factor": factor, "luck_paper": luck, "deal_weeks": weeks, "paper_share": share}
    truce = same | {"paper_hazard": 0.2}
    if luck >= share:  # a truce that is more than paper; paper breaks at a rate of its own
        assert breakdown.hazard(**truce | {"settled": 1.0}) <= breakdown.hazard(**truce)


@given(chances, st.floats(0.1, 300.0))
def test_the_wait_does_not_change_the_chance_that_a_signature_unravels(chance, weeks):
    waits = max(ceil(weeks), 1)
    weekly_chance = float(spread_chance(np.array([chance]), np.array([float(waits)]))[0])
    assert 1.0 - (1.0 - weekly_chance) ** waits == pytest.approx(min(chance, 1.0 - 1e-9), abs=1e-6)


@given(chances, chances, st.floats(-1.0, 1.0), chances)
def test_the_likelier_it_unravels_the_less_a_good_agreement_is_worth(one, other, value, settles):
    at = {
        "worth": value, "interim": value, "settles": settles, "fights_on": 0.0, "risk": 0.2, "delay_weight": 0.9,
        "reservation_at_ceasefire": 0.2, "reservation_after_breakdown": 0.1, "crossing": 0.02, "private_cost": 0.02,
    }  # fmt: skip
    # what the peace itself is worth; the lines that a signature crosses are paid whatever becomes of it
    low, high = (surplus.surplus(unravels=chance, **at) + at["crossing"] for chance in sorted((one, other)))
    assert abs(high) <= abs(low) + 1e-12
    assert low * high >= -1e-12


@pytest.mark.parametrize("weeks", [2, 12, 40])
def test_as_many_signatures_unravel_as_the_chance_says_however_long_the_wait(weeks):
    """Exact binomial test; a true chance of .3 fails once in 1,000 times for each wait."""
    changes = (
        "agreement_durability.unravels=0.3",
        *(f"sequences.{key}.weeks={weeks}" for key in scenario(TOWNS).sequences),
        *STILL,
    )
    signed, lost, runs = 0, 0, 800
    stage, due = np.zeros(runs), np.full(runs, np.inf)
    for arrays in play_weekly(scenario(TOWNS, *changes), runs, 52 + weeks):
        now, week = world(arrays, "stage").copy(), float(world(arrays, "week")[0])
        decided = (stage == SIGNED) & (now != SIGNED) & np.isfinite(due)
        signed, lost = signed + int(decided.sum()), lost + int((decided & (now != IN_FORCE)).sum())
        due = np.where(
            (world(arrays, "signed_now") > 0.0) & (week <= 52), week + weeks, np.where(now == SIGNED, due, np.inf)
        )
        stage = now
    assert signed > 100
    assert binomtest(lost, signed, 0.3).pvalue > 0.001


def test_a_sequence_that_nobody_proposes_is_not_there_until_an_answer_puts_it_on_the_table():
    assert list(flagship().sequences) == ["ceasefire-first", "treaty-first"]
    asked = scenario("alaska-budapest", view="wide", answers=("sequence=framework",))
    assert list(asked.sequences) == ["ceasefire-first", "framework", "treaty-first"]
    assert list(asked.in_run_up.sequences) == ["ceasefire-first", "treaty-first"]
    assert len(build_layout(asked).packages) * 2 == len(build_layout(flagship()).packages) * 3
