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
    planned_look,
    wilson,
)
from analysis.methods.share_change import compute_share_change
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
    drawn = random_streams.uniform(random_streams.hash_next(begun[:, np.newaxis], np.arange(runs)[np.newaxis]))
    count = np.cumsum(drawn < chance, axis=1)[:, 19:]
    n = np.arange(20, runs + 1)
    held = (log_bayes_factor(chance, count, n) <= np.log(20)).all(axis=1)
    assert histories - held.sum() <= binom.ppf(1 - 1e-4, histories, 0.05)
    score = np.abs(count / n - chance) <= Z * np.sqrt(chance * (1 - chance) / n)
    assert score.all(axis=1).mean() < 0.7


@pytest.mark.slow
def test_planned_looks_hold_together_and_the_same_looks_without_a_price_do_not_hold_as_often():
    """N = 4,000 histories at a true share of 0.2, looked at after 100, 400 and 1,600 runs; false alarm below 1e-4."""
    histories, looks, chance = 4000, (100, 400, 1600), 0.2
    place = np.uint64(random_streams.stream_key(7, "test", "planned-looks"))
    begun = random_streams.hash_run(place, np.arange(histories, dtype=np.uint64))
    drawn = random_streams.uniform(random_streams.hash_next(begun[:, np.newaxis], np.arange(looks[-1])[np.newaxis]))
    counts = np.cumsum(drawn < chance, axis=1)[:, np.array(looks) - 1]

    def hold_at_all(interval):
        known = [{int(k): interval(int(k), n) for k in np.unique(counts[:, at])} for at, n in enumerate(looks)]
        held = [
            [found[int(k)].low <= chance <= found[int(k)].high for k in counts[:, at]] for at, found in enumerate(known)
        ]
        return np.all(held, axis=0)

    planned = hold_at_all(lambda count, runs: planned_look(count, runs, len(looks)))
    assert histories - planned.sum() <= binom.ppf(1 - 1e-4, histories, 0.05)
    assert hold_at_all(wilson).mean() < 0.9


def test_a_planned_look_is_an_interval_at_a_higher_level():
    for count in (0, 3, 50, 100):
        one, three = planned_look(count, 100, 1), planned_look(count, 100, 3)
        assert (one.low, one.high) == (clopper_pearson(count, 100).low, clopper_pearson(count, 100).high)
        assert three.low <= one.low
        assert one.high <= three.high
    with pytest.raises(ValueError, match="0 looks are none"):
        planned_look(1, 2, 0)


def find_coverage(interval, runs, chance):
    """Exact chance that an interval holds the true share: the sum over all counts that are at all likely."""
    counts = np.arange(binom.ppf(1e-9, runs, chance), binom.ppf(1 - 1e-9, runs, chance) + 1).astype(int)
    held = [interval(int(k), runs).low <= chance <= interval(int(k), runs).high for k in counts]
    return float(binom.pmf(counts, runs, chance)[held].sum())


@pytest.mark.parametrize("runs", [20, 100, 400])
def test_clopper_pearson_covers_at_every_share(runs):
    """Exact, not sampled: no false alarm."""
    for chance in np.linspace(0.005, 0.995, 67):
        assert find_coverage(clopper_pearson, runs, chance) >= 0.95


@pytest.mark.parametrize("runs", [20, 100, 400])
def test_wilson_covers_on_average_and_never_far_below(runs):
    """Exact, not sampled. It dips where few runs are expected to have the outcome: there zopa uses another."""
    found = [find_coverage(wilson, runs, chance) for chance in np.linspace(10 / runs, 1 - 10 / runs, 61)]
    assert 0.945 < np.mean(found) < 0.96
    assert min(found) > 0.92


@pytest.mark.parametrize(("runs", "least"), [(100, 0.9), (1000, 0.93), (4000, 0.94)])
def test_the_interval_that_is_shown_covers_whatever_the_share(runs, least):
    """Exact, not sampled, over Wilson, Clopper-Pearson and the one-sided bound, as each count chooses.

    At 100 runs and a share of .001 it falls to .905: one hit in 100 is 1%, where Wilson's interval begins above it.
    """
    for chance in (0.001, 0.004, 0.01, 0.03, 0.1, 0.5, 0.97, 0.999):
        assert find_coverage(estimate_share, runs, chance) > least


@pytest.mark.slow
def test_the_paired_interval_of_a_change_covers():
    """400 ensembles of 500 draws that share their luck; within 4 standard errors (.044), false alarm below .0001."""
    place = np.uint64(random_streams.stream_key(11, "test", "pairs"))
    begun = random_streams.hash_run(place, np.arange(400, dtype=np.uint64))[:, np.newaxis]
    luck = random_streams.uniform(random_streams.hash_next(begun, np.arange(1000)[np.newaxis]))
    runs, held = np.arange(500.0), 0
    for one in luck:
        before, after = one[:500] < 0.3, (one[:500] < 0.35) & (one[500:] < 0.9)
        found = compute_share_change(500, runs, before, runs, after)
        held += found.low <= 0.35 * 0.9 - 0.3 <= found.high
    assert 0.906 < held / 400 < 0.994
