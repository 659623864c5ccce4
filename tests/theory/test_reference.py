"""Reference: textbook results, other people's numbers, and the simulator's own rules against both."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model import random_streams
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.rules import choice, surplus
from sim.rules.reservation_value import reservation_value
from sim.rules.week import WEEK
from tests.theory.closed_forms import (
    annuity,
    bargaining_range,
    baron_ferejohn,
    bayes,
    commitment_fails,
    costly_lottery,
    distance_to,
    kalai_smorodinsky,
    logit,
    nash_solution,
    pareto,
    rubinstein,
    weibull_survival,
)
from tests.theory.simulate import flagship

chance = st.floats(0.01, 0.99)
cost = st.floats(0.0, 0.5)
discount = st.floats(0.05, 0.999)


def value_of_fighting(balance, flow_cost, weeks=1.0, own="first", lean=0.0):
    ends = {"if_first": 1.0, "if_stalemate": 0.3, "if_second": 0.0}
    if own == "second":
        ends = {"if_first": 0.0, "if_stalemate": 0.3, "if_second": 1.0}
    return reservation_value(
        balance=balance, drift=0.0, reversion=0.0, resting_point=0.0, optimism_lean=lean, stalemate_margin=0.0,
        flow_cost=flow_cost, annuity=weeks,
        prize_weight=1.0, giving_in=-9.0, waiting=0.0, hardening=0.0, bears_contest=1.0, no_deal=9.0, **ends,
    )  # fmt: skip


@given(chance, cost, cost)
def test_without_stalemate_the_reservation_value_is_fearons_lottery(p, first, second):
    balance = math.log(p / (1.0 - p))
    mine, theirs = value_of_fighting(balance, first), value_of_fighting(balance, second, own="second")
    assert mine == pytest.approx(costly_lottery(chance=p, cost=first), abs=1e-12)
    assert theirs == pytest.approx(costly_lottery(chance=1.0 - p, cost=second), abs=1e-12)
    found = bargaining_range(chance=p, first_cost=first, second_cost=second)
    assert (mine, 1.0 - theirs) == pytest.approx((found.low, found.high), abs=1e-12)
    assert found.width == pytest.approx(first + second, abs=1e-12)


def test_fearons_numbers():
    found = bargaining_range(chance=0.6, first_cost=0.1, second_cost=0.2)
    assert (found.low, found.high) == pytest.approx((0.5, 0.8))


@given(chance, cost, cost, st.floats(0.0, 3.0))
def test_optimism_shrinks_the_range_one_for_one(p, first, second, lean):
    balance = math.log(p / (1.0 - p))
    seen = value_of_fighting(balance, 0.0, lean=lean) - value_of_fighting(balance, 0.0)
    found = bargaining_range(chance=p, first_cost=first, second_cost=second, optimism=seen)
    assert value_of_fighting(balance, first, lean=lean) == pytest.approx(found.low, abs=1e-12)
    assert found.width == pytest.approx(first + second - seen, abs=1e-12)


@given(chance, st.floats(0.001, 0.5), st.floats(0.001, 0.5), st.floats(0.0, 1.0))
def test_powell_no_agreement_if_the_feared_shift_exceeds_the_surplus(p, first, second, shift):
    """One side signs for what it would hold after a certain breakdown; see the rule of the surplus."""
    low, high = p - first, p + second
    fails = commitment_fails(shift=shift, pie=1.0, first_now=low, second_now=1.0 - high)
    left = surplus.surplus(
        worth=high, interim=high, settles=1.0, fights_on=0.0, unravels=0.0, risk=1.0, reservation_at_ceasefire=low,
        reservation_after_breakdown=high - shift,
        delay_weight=1.0, crossing=0.0, private_cost=0.0,
    )  # fmt: skip
    if abs(shift - (high - low)) > 1e-9:
        assert fails == (left < 0.0)


def test_rubinstein():
    assert rubinstein(first_discount=0.9, second_discount=0.9) == pytest.approx(0.526316, abs=5e-7)
    assert rubinstein(first_discount=0.9, second_discount=0.8) == pytest.approx(0.714286, abs=5e-7)
    assert rubinstein(first_discount=1 - 1e-9, second_discount=1 - 1e-9) == pytest.approx(0.5, abs=1e-6)
    assert rubinstein(first_discount=0.9, second_discount=0.0) == 1.0
    step = 1e-7
    share = rubinstein(first_discount=math.exp(-0.1 * step), second_discount=math.exp(-0.3 * step))
    assert share == pytest.approx(0.3 / 0.4, abs=1e-5)


@given(discount)
def test_equal_patience(delta):
    assert rubinstein(first_discount=delta, second_discount=delta) == pytest.approx(1.0 / (1.0 + delta))


def line(points=3001):
    x = np.linspace(0.0, 1.0, points)
    return x, np.column_stack([x, 1.0 - x])


@given(st.floats(0.0, 0.4), st.floats(0.0, 0.4))
def test_on_a_line_the_surplus_is_split(one, other):
    x, worth = line()
    half = one + (1.0 - one - other) / 2
    assert x[nash_solution(worth, np.array([one, other]))] == pytest.approx(half, abs=1e-3)
    assert x[kalai_smorodinsky(worth, np.array([one, other]))] == pytest.approx(half, abs=1e-3)


def test_nash_with_a_root():
    x, worth = line()
    worth[:, 0] = np.sqrt(x)
    assert x[nash_solution(worth, np.zeros(2))] == pytest.approx(1.0 / 3.0, abs=1e-3)


@given(st.floats(0.1, 10.0), st.floats(0.1, 10.0))
def test_neither_solution_depends_on_the_scales(one, other):
    _, worth = line(301)
    worth[:, 0] = np.sqrt(worth[:, 0])
    for solution in (nash_solution, kalai_smorodinsky):
        assert abs(solution(worth * [one, other], np.zeros(2)) - solution(worth, np.zeros(2))) <= 1


@given(st.lists(st.floats(-1.0, 1.0), min_size=3, max_size=6), st.floats(-5.0, 5.0), st.floats(0.1, 50.0))
def test_logit(worths, added, precision):
    worth = np.array(worths)
    shares = logit(worth, precision)
    assert logit(worth, 0.0) == pytest.approx(np.full(worth.size, 1.0 / worth.size))
    assert logit(worth + added, precision) == pytest.approx(shares, abs=1e-9)
    assert shares[0] * logit(worth[:2], precision)[1] == pytest.approx(shares[1] * logit(worth[:2], precision)[0])
    if np.sort(worth)[-1] - np.sort(worth)[-2] > 0.01:
        assert logit(worth, 1e5).argmax() == worth.argmax()
        assert logit(worth, 1e5).max() == pytest.approx(1.0)


def test_the_simulators_choice_is_logit():
    """Statistical, on 20,000 addressed random numbers: each share within 4 standard errors of logit."""
    worths, precision, runs = np.array([0.0, 0.03, -0.02]), 40.0, np.arange(20_000)
    noises = [choice.gumbel_noise(_draw_random(f"move {number}", runs)) for number in range(3)]
    one = np.ones(runs.size)
    made = choice.choose_move([w * one for w in worths], [one] * 3, noises, [False] * 3, noises, precision, 1.0)
    expected = logit(worths, precision)
    for share, wanted in zip(made, expected, strict=True):
        assert abs(share.mean() - wanted) < 4 * math.sqrt(wanted * (1 - wanted) / runs.size)
    assert sum(made).min() == sum(made).max() == 1.0


def _draw_random(who, runs):
    places = np.full(runs.shape, random_streams.stream_key(1, who, "luck_choice"), dtype=np.uint64)
    return random_streams.uniform(random_streams.hash_run(places, runs))


@given(chance, st.floats(0.01, 100.0), st.floats(0.01, 100.0))
def test_bayes(prior, one, other):
    assert bayes(prior, 1.0) == pytest.approx(prior)
    assert bayes(bayes(prior, one), other) == pytest.approx(bayes(prior, one * other))


@given(st.floats(0.5, 0.9999), st.floats(1.0, 300.0))
def test_annuity(delta, weeks):
    assert annuity(1.0, weeks) == pytest.approx(weeks)
    assert annuity(delta, 1.0) == 1.0
    assert annuity(delta, 1e9) == pytest.approx(1.0 / (1.0 - delta), rel=1e-3)
    assert annuity(delta, weeks) == pytest.approx(
        sum(delta**t * (1.0 - 1.0 / weeks) ** t for t in range(20_000)), rel=1e-6
    )


def test_the_openings_annuity_is_the_textbooks():
    whole = InitialState(build_layout(flagship()), 1, np.arange(20)).state
    state, duration = whole["actor"], whole["world"]["duration"][0]
    for row, actor in enumerate(flagship().actors.values()):
        for run in range(20) if actor.interests else ():
            wanted = annuity(state["weekly_discount"][row][run], duration[run])
            assert state["annuity"][row][run] == pytest.approx(wanted, rel=1e-9)


@given(st.floats(0.01, 0.5), st.floats(0.2, 1.0), st.integers(1, 60))
def test_weekly_hazards_telescope_to_weibull_survival(scale, shape, weeks):
    hazard = next(e.function for e in WEEK if getattr(e, "sets", "") == "hazard")
    survival = math.prod(
        1.0
        - hazard(
            deal_weeks=float(week), paper_share=0.0, paper_hazard=0.0, slow_scale=scale, slow_shape=shape, imposed=0.0,
            imposed_factor=1.0, guarantee_bite=0.0, draft_guarantee=0.0, draft_breakdown_factor=1.0,
            settled=0.0, settled_factor=1.0, luck_paper=0.5,
        )
        for week in range(weeks)
    )  # fmt: skip
    assert survival == pytest.approx(weibull_survival(weeks, scale=scale, shape=shape), rel=1e-9)


@given(chance, cost, cost)
def test_relabelling_the_sides_mirrors_the_range(p, first, second):
    one = bargaining_range(chance=p, first_cost=first, second_cost=second)
    other = bargaining_range(chance=1.0 - p, first_cost=second, second_cost=first)
    assert (one.low, one.high) == pytest.approx((1.0 - other.high, 1.0 - other.low))


def test_baron_ferejohn():
    assert baron_ferejohn(members=3, discount=1.0) == pytest.approx(2.0 / 3.0)
    assert baron_ferejohn(members=5, discount=0.8) == pytest.approx(0.68)


# Party domain of GENIUS (TU Delft), profiles 1 to 3: weights, and evaluations of the options of six issues.
# Convention: u = sum of weight * evaluation / largest evaluation of the issue; no agreement is worth 0.
WEIGHTS = [
    [0.19, 0.28, 0.19, 0.05, 0.19, 0.1],
    [0.09524603680686539, 0.2283401143767259, 0.10901786485921511, 0.21419760121831746, 0.10811172572057104,
     0.24508665701830507],
    [0.26406799635023226, 0.1897622085535712, 0.22270065828817484, 0.05801671655793907, 0.16832340046936656,
     0.09712901978071596],
]  # fmt: skip
EVALUATIONS = [
    [[3, 2, 2, 1], [1, 3, 2, 1], [2, 1, 4, 3], [1, 3, 4, 2], [2, 3, 1], [2, 3, 1, 1]],
    [[1, 2, 3, 4], [3, 2, 12, 1], [3, 2, 10, 1], [12, 2, 1, 13], [3, 1, 2], [10, 3, 1, 2]],
    [[20, 15, 12, 10], [20, 4, 15, 5], [25, 20, 10, 23], [15, 10, 8, 12], [18, 15, 20], [5, 10, 15, 20]],
]
PRINTED = [  # utilities, distance to the Pareto frontier, distance to the Nash point, welfare
    ((0.658333, 1.0), 0.0, 0.14542, 1.65833),
    ((0.851667, 0.452129), 0.13046, 0.48108, 1.30380),
    ((0.0, 0.0), 1.03604, 1.21592, 0.0),
    ((0.975, 0.494647, 0.612321), 0.0, 0.48526, 2.08197),
    ((0.658333, 1.0, 0.585623), 0.0, 0.19642, 2.24396),
]


def genius(profiles):
    columns = []
    for weights, issues in list(zip(WEIGHTS, EVALUATIONS, strict=True))[:profiles]:
        parts = [[w * e / max(issue) for e in issue] for w, issue in zip(weights, issues, strict=True)]
        columns.append([sum(row) for row in itertools.product(*parts)])
    return np.array(columns).T


@pytest.mark.parametrize(("printed", "to_pareto", "to_nash", "welfare"), PRINTED)
def test_what_genius_prints(printed, to_pareto, to_nash, welfare):
    worth = genius(len(printed))
    own = np.array(printed)
    if own.any():
        assert distance_to(worth, own) < 1e-5  # the agreement exists
        own = worth[np.abs(worth - own).sum(axis=1).argmin()]
    frontier = worth[pareto(worth)]
    nash = worth[[nash_solution(worth, np.zeros(own.size))]]
    assert distance_to(frontier, own) == pytest.approx(to_pareto, abs=1e-5)
    assert distance_to(nash, own) == pytest.approx(to_nash, abs=1e-5)
    assert own.sum() == pytest.approx(welfare, abs=1e-5)


def test_the_frontier_leaves_out_what_is_only_as_good_for_one():
    worth = np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    assert pareto(worth).tolist() == [True, False, False, True]
