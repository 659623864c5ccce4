"""Foreseen shifts: what the balance will be when the contest is decided counts today.

The split is statistical: medians of 100 runs at sharp choice, in steps of a hundredth of the pie.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules.expected_balance import balance_ahead, balance_when_decided
from tests.theory.pie import pie, splits
from tests.theory.simulate import play_weekly, scenario

logits = st.floats(-3.0, 3.0)
share = st.floats(0.0, 0.2)


def walk(balance, drift, reversion, resting_point, weeks):
    """The balance after every week without luck, beginning with none."""
    path = [balance]
    for _ in range(weeks):
        path.append(path[-1] + drift + reversion * (resting_point - path[-1]))
    return np.array(path)


@given(logits, st.floats(-0.05, 0.05), share, logits, st.integers(0, 200))
def test_the_balance_ahead_is_where_the_contest_goes_without_luck(balance, drift, reversion, resting_point, weeks):
    reached = walk(balance, drift, reversion, resting_point, weeks)[-1]
    assert balance_ahead(balance, drift, reversion, resting_point, float(weeks)) == pytest.approx(reached, abs=1e-6)


@given(logits, st.floats(-0.05, 0.05), share, logits, st.floats(1.0, 60.0))
def test_what_counts_is_the_mean_over_the_weeks_in_which_it_may_be_decided(
    balance, drift, reversion, resting_point, annuity
):
    one_more = 1.0 - 1.0 / annuity
    path = walk(balance, drift, reversion, resting_point, 3000)
    weights = (1.0 - one_more) * one_more ** np.arange(path.size)
    found = balance_when_decided(balance, drift, reversion, resting_point, annuity)
    assert found == pytest.approx(float(weights @ path), abs=1e-6)


def opening_values(drift):
    """Reservation value of either side in week 1 of two towns, by run."""
    found = scenario("textbook/two-towns", f"contest.drift={drift}", "contest.noise=0")
    engine = next(play_weekly(found, 50, 1))
    return engine.state["actor"]["reservation"][0].copy(), engine.state["actor"]["reservation"][1].copy()


def test_the_side_that_is_foreseen_to_decline_walks_away_for_less_and_the_other_for_more():
    still, falling = opening_values(0), opening_values(-0.01)
    assert (falling[0] <= still[0]).all()
    assert (falling[1] >= still[1]).all()
    assert (falling[0] < still[0] - 0.005).mean() > 0.3
    assert (falling[1] > still[1] + 0.005).mean() > 0.3


def test_the_side_that_is_foreseen_to_decline_settles_for_less():
    """Before, only the balance of the week counted, and a foreseen decline changed nothing."""

    def median(drift):
        found = pie(duration=20.0, costs=(0.01, 0.01))
        contest = found.contest.model_copy(update={"drift": found.contest.drift.model_copy(update={"value": drift})})
        return float(np.nanmedian(splits(found.model_copy(update={"contest": contest}))[0]))

    assert median(-0.02) < median(0.0) - 0.03
    assert median(0.02) > median(0.0) + 0.03
