"""Bargaining power: the patient get more, the risk-averse less, and an outside option binds when it should.

Closed forms through the simulator, at sharp choice: tolerances are a piece of the pie (.02) and the margin that a
signature needs at that sharpness.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules.reservation_value import reservation_value
from sim.rules.stages import SIGNED
from tests.theory.closed_forms import annuity
from tests.theory.pie import PIECES, pie, splits
from tests.theory.simulate import play_runs, play_weekly, scenario, world

NASH_WITHIN, RUBINSTEIN_WITHIN = 0.03, 0.05


def median(values: np.ndarray) -> float:
    """Median of what was signed; nearly all must have signed."""
    assert np.isfinite(values).mean() > 0.95
    return float(np.nanmedian(values))


def worth_of_fighting(discount: float, duration: float, chance: float, cost: float) -> float:
    """Reservation value of a side that wins a pie of 1 with a chance, by the rule."""
    weeks = annuity(discount, duration)
    return float(
        reservation_value(
            balance=np.log(chance / (1.0 - chance)), drift=0.0, reversion=0.0, resting_point=0.0, optimism_lean=0.0,
            stalemate_margin=0.0, if_first=1.0, if_stalemate=0.0, if_second=0.0, flow_cost=cost, annuity=weeks,
            prize_weight=weeks / duration, giving_in=0.0, waiting=0.0, hardening=0.0, bears_contest=1.0, no_deal=0.0,
        )
    )  # fmt: skip


@given(
    st.floats(0.5, 0.9999), st.floats(0.5, 0.9999), st.floats(1.0, 300.0), st.floats(0.01, 0.99), st.floats(0.0, 0.5)
)
def test_fighting_on_is_never_worth_less_to_the_more_patient(one, other, duration, chance, cost):
    """Exact up to rounding: the end is discounted like the costs, and giving in is always open."""
    low, high = sorted((one, other))
    assert worth_of_fighting(high, duration, chance, cost) >= worth_of_fighting(low, duration, chance, cost) - 1e-9


@given(st.floats(0.5, 0.9999), st.floats(1.0, 300.0), st.floats(0.01, 0.99), st.floats(0.0, 0.5))
def test_a_contest_decided_this_week_is_fearons(discount, duration, chance, cost):
    assert worth_of_fighting(discount, 1.0, chance, cost) == pytest.approx(max(chance - cost, 0.0))
    assert worth_of_fighting(discount, duration, chance, cost) <= chance + 1e-9


@pytest.mark.parametrize("duration", [1.0, 52.0])
@pytest.mark.parametrize(("one", "other"), [(0.995, 0.98), (0.99, 0.9)])
def test_the_patient_side_gets_more_of_the_pie(one, other, duration):
    costs = (0.1, 0.1) if duration == 1.0 else (0.002, 0.002)
    patient, equal, impatient = (
        median(splits(pie(discounts=discounts, costs=costs, duration=duration))[0])
        for discounts in ((one, other), (one, one), (other, one))
    )
    assert patient > equal > impatient


def test_equal_sides_split_what_the_contest_would_waste():
    """Nash: the zone is .5 to .8, its middle .65."""
    assert median(splits(pie())[0]) == pytest.approx(0.65, abs=NASH_WITHIN)


@pytest.mark.parametrize(("discounts", "first"), [((0.9, 0.9), 0.526316), ((0.9, 0.8), 0.714286)])
def test_alternating_offers_without_a_contest_approach_rubinsteins_split(discounts, first):
    """Who has tabled what was signed gets the share of the first mover."""
    share, _, by_first = splits(pie(discounts=discounts, costs=None))
    second = 1.0 - (1.0 - discounts[0]) / (1.0 - discounts[0] * discounts[1])
    assert median(share[by_first == 1.0]) == pytest.approx(first, abs=RUBINSTEIN_WITHIN)
    assert median(share[by_first == 0.0]) == pytest.approx(second, abs=RUBINSTEIN_WITHIN)


def test_as_rounds_grow_short_the_split_approaches_nashs():
    assert median(splits(pie(discounts=(0.99, 0.99), costs=None))[0]) == pytest.approx(0.5, abs=NASH_WITHIN)


def test_who_is_averse_to_risk_gets_less():
    """Nash on (root of x, 1 - x): a third."""
    averse = splits(pie(discounts=(0.99, 0.99), costs=None, worths=(np.sqrt, lambda share: share)))[0]
    assert median(averse) == pytest.approx(1.0 / 3.0, abs=NASH_WITHIN)


def test_an_outside_option_binds_only_when_it_is_better_than_bargaining():
    without, poor, good = (
        median(splits(pie(discounts=(0.99, 0.99), costs=None, outside=(0.0, worth)))[0]) for worth in (0.0, 0.3, 0.6)
    )
    assert poor == pytest.approx(without, abs=0.02)
    assert good == pytest.approx(0.4, abs=NASH_WITHIN)


@pytest.mark.parametrize("precision", [80, 800])
def test_an_indifferent_side_accepts(precision):
    """In a zone of .2 to .8 the middle of the menu is signed most often, however sharp the choice."""
    found = scenario(
        "textbook/split-the-pie",
        "actors.north.interests.conflict_cost={value: 0.4}",
        f"choice.precision={{value: {precision}}}",
    )
    engine = play_runs(found, 300, 26)
    signed = world(engine, "stage") >= SIGNED
    terms = np.array([name for name, _ in engine.layout.terms])[world(engine, "draft")[signed].astype(int)]
    assert (terms == "five").mean() > 0.9


def test_delay_screens():
    """The surer a side is that the other would take less, the longer it asks for more, and refusals teach it."""
    found = [splits(pie(hope=hope, margin=0.2), weeks=40) for hope in (0.001, 0.7, 0.9)]
    soon, later, last = (float(np.median(week)) for _, week, _ in found)
    assert soon <= later < last < 40
    share, _, by_first = found[-1]
    asked = next(play_weekly(pie(hope=0.9, margin=0.2), 1, 1)).state["actor"]["counter"][0][0] + 1.0
    assert np.median(share[by_first == 1.0]) < asked / PIECES


@pytest.mark.parametrize("precision", [200.0, 500.0, 2000.0])
def test_sharper_choice_does_not_lose_agreements_where_a_zone_exists(precision):
    signed = np.isfinite(splits(pie(precision=precision))[0])
    assert signed.mean() > 0.95
