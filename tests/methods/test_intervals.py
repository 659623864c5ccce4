"""Intervals: against formulas written another way, against tables, and against truth under peeking."""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from analysis.methods.intervals import (
    clopper_pearson,
    confidence_sequence,
    estimate_share,
    log_bayes_factor,
    wilson,
)
from sim.model import random_streams

Z = 1.959963984540054


@pytest.mark.parametrize(("count", "runs"), [(1, 10), (5, 10), (123, 1000), (2000, 4000), (9, 9)])
def test_wilson_solves_the_score_equation(count, runs):
    found = wilson(count, runs)
    low, high = binomtest(count, runs).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert abs(found.share - end) == pytest.approx(Z * sqrt(end * (1 - end) / runs), rel=1e-9)


@pytest.mark.parametrize(("count", "runs"), [(0, 30), (3, 1000), (999, 1000), (30, 30)])
def test_clopper_pearson_cuts_the_tails(count, runs):
    found = clopper_pearson(count, runs)
    low, high = binomtest(count, runs).proportion_ci(method="exact")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    if 0 < count < runs:
        assert binom.sf(count - 1, runs, found.low) == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize(
    ("count", "kind"),
    [
        (0, "one-sided bound"),
        (9, "Clopper-Pearson"),
        (10, "Wilson"),
        (991, "Clopper-Pearson"),
        (1000, "one-sided bound"),
    ],
)
def test_each_share_gets_the_interval_that_suits_it(count, kind):
    assert estimate_share(count, 1000).kind == kind


@pytest.mark.parametrize("runs", [10, 100, 4000])
def test_never_in_n_runs_is_just_under_three_in_n(runs):
    found = estimate_share(0, runs)
    assert found.low == found.share == 0
    assert 2.58 / runs < found.high < 3 / runs
    assert (1 - found.high) ** runs == pytest.approx(0.05)
    assert estimate_share(runs, runs).low == pytest.approx(1 - found.high)


@pytest.mark.parametrize(("count", "runs"), [(0, 50), (1, 50), (25, 50), (50, 50), (800, 4000)])
def test_the_sequence_is_wider_and_ends_where_the_evidence_does(count, runs):
    found, fixed = confidence_sequence(count, runs), wilson(count, runs)
    assert found.low <= fixed.low
    assert found.high >= fixed.high
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert float(log_bayes_factor(end, count, runs)) == pytest.approx(np.log(20), abs=1e-6)


@pytest.mark.parametrize(("count", "runs"), [(1, 0), (-1, 5), (6, 5), (float("nan"), 5)])
def test_what_is_no_share_is_refused(count, runs):
    with pytest.raises(ValueError, match="is no share"):
        estimate_share(count, runs)


@pytest.mark.slow
def test_the_sequence_holds_at_every_look_and_wilson_does_not():
    """N = 2,000 histories of 2,000 runs at a true share of 0.2, looked at after each run from the 20th on.

    If the sequence missed at its highest allowed rate of 5%, this would fail wrongly less than once in 10,000 times.
    Wilson's interval covers at every look in well under 70% of histories; that this shows is certain for practice.
    """
    histories, runs, chance = 2000, 2000, 0.2
    place = np.uint64(random_streams.stream_key(7, "test", "peeking"))
    begun = random_streams.hash_run(place, np.arange(histories, dtype=np.uint64))
    thrown = random_streams.uniform(random_streams.hash_next(begun[:, np.newaxis], np.arange(runs)[np.newaxis]))
    count = np.cumsum(thrown < chance, axis=1)[:, 19:]
    n = np.arange(20, runs + 1)
    held = (log_bayes_factor(chance, count, n) <= np.log(20)).all(axis=1)
    assert histories - held.sum() <= binom.ppf(1 - 1e-4, histories, 0.05)
    score = np.abs(count / n - chance) <= Z * np.sqrt(chance * (1 - chance) / n)
    assert score.all(axis=1).mean() < 0.7
