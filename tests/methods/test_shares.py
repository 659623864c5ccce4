"""Shares: against counts made by hand."""

from math import sqrt

import numpy as np
import pytest

from analysis.methods.shares import compute_shares
from sim.ensemble.results import Results, ViewRuns
from tests.factories.results import results, view_runs


def test_shares_are_counts_over_matching_runs():
    found = compute_shares(results())
    wide = found.views["wide"]
    assert [interval.share for interval in wide.outcomes.values()] == [0.2, 0.1, 0.7]
    assert (wide.n_drawn, wide.n_matching, wide.matching_share.share) == (20, 10, 0.5)
    assert found.views["ito-2030"].any_agreement.share == 0.75


def test_outcomes_keep_their_order_and_add_up():
    for view in compute_shares(results()).views.values():
        assert list(view.outcomes) == ["deal", "broken", "drift"]
        assert sum(interval.share for interval in view.outcomes.values()) == pytest.approx(1)


def test_tags_are_counts_and_levers_not_state():
    tags = compute_shares(results()).views["wide"].event_shares
    assert list(tags) == ["calls", "executed_gates"]
    assert (tags["calls"].at_least_once.share, tags["calls"].mean) == (0.9, 4.5)
    assert tags["executed_gates"].label == "executed: Close the gates"


def test_agreements_off_the_menu_are_counted_where_they_were_looked_for():
    zone = compute_shares(results()).views["wide"].menu_zone
    assert (zone.runs, zone.on_menu.share, zone.off_menu.share) == (3, pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_agreements_nobody_looked_for_are_not_zero():
    view = view_runs("wide")
    view.columns["zone_off_menu_only"][:] = -1
    assert compute_shares(Results(results().manifest, {"wide": view})).views["wide"].menu_zone is None


def test_the_range_is_taken_over_sources_and_the_wide_view_is_none():
    found = compute_shares(results())
    assert found.sources == ("okafor-2030", "ito-2030")
    spread = found.ranges["deal"]
    assert (spread.low, spread.high, spread.lowest, spread.highest) == (0.25, 0.75, "okafor-2030", "ito-2030")


def test_the_source_mean_is_the_plain_mean_and_counts_shared_luck_once():
    """By hand: each draw's effect on both ratios, added up over the draws 0 1 2 3 4 7, then squared."""
    pool = compute_shares(results()).source_mean
    assert pool.outcomes["deal"].share == 0.5
    okafor = {0: 0.75, 1: -0.25, 3: -0.25, 4: -0.25}
    ito = {0: 0.25, 1: 0.25, 2: 0.25, 7: -0.75}
    draws = sorted(okafor.keys() | ito.keys())
    variance = sum(((okafor.get(draw, 0) + ito.get(draw, 0)) / 8) ** 2 for draw in draws)
    n, z = 0.25 / variance, 1.959963984540054
    half = z / (1 + z * z / n) * sqrt(0.25 / n + z * z / (4 * n * n))
    assert pool.outcomes["deal"].kind == "paired"
    assert (pool.outcomes["deal"].low, pool.outcomes["deal"].high) == pytest.approx((0.5 - half, 0.5 + half))


def test_a_source_mean_of_nothing_has_a_bound_on_the_safe_side():
    broken = compute_shares(results()).source_mean.outcomes["broken"]
    assert (broken.share, broken.low, broken.kind) == (0, 0, "conservative")
    assert broken.high == pytest.approx(1 - 0.05**0.25)


def test_one_source_has_no_source_mean():
    assert compute_shares(results(names=("wide", "ito-2030"))).source_mean is None


def test_a_view_without_runs_is_named_and_left_out():
    view = view_runs("wide")
    empty = ViewRuns("wide", 20, {name: column[:0] for name, column in view.columns.items()}, view.by_week * 0, {})
    broken_off = Results(results().manifest, {"wide": empty, "ito-2030": view_runs("ito-2030")})
    found = compute_shares(broken_off)
    assert (list(found.views), found.without_runs) == (["ito-2030"], ("wide",))
    with pytest.raises(ValueError, match="no run of any source view"):
        compute_shares(Results(results().manifest, {"wide": empty}))


def test_results_are_not_touched():
    made = results()
    before = {name: column.copy() for name, column in made.views["wide"].columns.items()}
    compute_shares(made)
    assert all(np.array_equal(column, made.views["wide"].columns[name]) for name, column in before.items())
