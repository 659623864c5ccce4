"""Forecast scores: beside another library's, by hand, and where two forecasters can and cannot be told apart."""

import numpy as np
import pytest
import scoringrules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from analysis.methods.forecast_scores import (
    code_events,
    compare_forecasters,
    compute_scores,
    find_distinct_pairs,
    list_codings,
    score_brier,
    score_log,
    score_ranked,
)

BUSY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SHARES = st.lists(st.integers(1, 1000), min_size=2, max_size=6).map(lambda found: np.array(found) / sum(found))


@BUSY
@given(shares=SHARES, data=st.data())
def test_scores_equal_those_of_another_library(shares, data):
    happened = data.draw(st.integers(0, shares.size - 1))
    ranked = scoringrules.rps_score(happened + 1, shares) / (shares.size - 1)
    assert score_ranked(shares, happened) == pytest.approx(ranked, abs=1e-12)
    assert score_log(shares, happened) == pytest.approx(-np.log(shares[happened]))
    chance = float(shares[0])
    for wanted in (0, 1):
        brier = scoringrules.brier_score(wanted, chance)
        assert score_brier((1 - chance, chance), wanted) == pytest.approx(brier, abs=1e-12)
        assert score_ranked((1 - chance, chance), wanted) == pytest.approx(brier, abs=1e-12)
        assert score_log((1 - chance, chance), wanted) == pytest.approx(scoringrules.log_score(wanted, chance))


def test_what_the_newspaper_gives_is_scored_as_by_hand():
    assert score_brier((0.25, 0.75), 0) == 0.5625
    assert score_log((0.25, 0.75), 0) == pytest.approx(1.386, abs=5e-4)


def test_a_near_miss_costs_less_than_a_far_one_in_the_ranked_score_alone():
    near, far = (0.0, 0.0, 1.0, 0.0), (1.0, 0.0, 0.0, 0.0)
    assert score_ranked(near, 3) < score_ranked(far, 3)
    assert score_brier(near, 3) == score_brier(far, 3) == 1.0


CODED = {"a": (1,), "b": (0,), "c": (0, 1), "d": (0, 2)}


def test_ambiguous_events_are_left_out_or_coded_both_ways():
    assert code_events(CODED, "clear") == {"a": 1, "b": 0}
    assert code_events(CODED, "lower") == {"a": 1, "b": 0, "c": 0, "d": 0}
    assert code_events(CODED, "higher") == {"a": 1, "b": 0, "c": 1, "d": 2}
    assert list_codings({"a": (1,)}) == ("clear",)


def test_standard_errors_are_those_of_a_mean():
    shares = {"a": (0.5, 0.5), "b": (1.0, 0.0), "c": (0.2, 0.8)}
    found = compute_scores("x", shares, CODED, "higher")
    each = [0.25, 0.0, 0.04]
    assert found.events == ("a", "b", "c")
    assert found.brier.mean == pytest.approx(np.mean(each))
    assert found.brier.error == pytest.approx(np.std(each, ddof=1) / np.sqrt(3))
    assert compute_scores("x", {"a": (0.5, 0.5)}, CODED, "clear").brier.error is None
    assert compute_scores("x", {}, CODED, "clear") is None


@BUSY
@given(chances=st.lists(st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99)), min_size=3, max_size=9))
def test_the_p_value_is_that_of_another_library(chances):
    codings = {str(number): (number % 2,) for number in range(len(chances))}
    shares = {
        name: {key: (1 - one[place], one[place]) for key, one in zip(codings, chances, strict=True)}
        for place, name in enumerate("xy")
    }
    (found,) = compare_forecasters(shares, codings)
    gaps = [
        score_brier(shares["x"][key], one[0]) - score_brier(shares["y"][key], one[0]) for key, one in codings.items()
    ]
    wanted = permutation_test(
        (np.array(gaps), np.zeros(len(gaps))), lambda one, other: np.mean(one - other), permutation_type="samples",
        n_resamples=np.inf,
    )  # fmt: skip
    if np.abs(gaps).min() > 1e-6:
        assert found.p_value == pytest.approx(wanted.pvalue, abs=1e-9)


def make_forecaster(chance):
    return {str(number): (1 - chance, chance) for number in range(8)}


def test_equals_are_never_told_apart_and_opposites_are():
    codings = {str(number): (1,) for number in range(8)}
    twins = compare_forecasters({"x": make_forecaster(0.7), "y": make_forecaster(0.7)}, codings)
    assert [one.p_value for one in twins] == [1.0]
    apart = compare_forecasters({"x": make_forecaster(0.9), "y": make_forecaster(0.1)}, codings)
    assert apart[0].p_value == 2 / 2**8
    assert find_distinct_pairs(apart) == apart


def test_more_looks_take_more_evidence():
    codings = {str(number): (1,) for number in range(8)}
    several = {str(place): make_forecaster(0.1 + 0.01 * place) for place in range(5)}
    found = compare_forecasters(several, codings)
    assert all(one.p_value == 2 / 2**8 for one in found)
    assert not find_distinct_pairs(found)
