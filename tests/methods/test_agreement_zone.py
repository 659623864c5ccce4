"""Agreement zone: open runs alone count, shares and bands are those of the runs, nothing to get stays at the bottom."""

import numpy as np
import pytest

from analysis.methods.agreement_zone import compute_agreement_zone
from tests.factories.weekly_series import NOTHING, make_weekly_series, scenario


@pytest.fixture(scope="module")
def zone():
    return compute_agreement_zone(make_weekly_series(), scenario(), "View")


def test_signed_and_ended_runs_do_not_count(zone):
    assert zone.weeks.tolist() == [0, 2]
    assert zone.open_runs == (5, 3)
    assert [one.share for one in zone.for_two] == pytest.approx([2 / 5, 2 / 3])
    assert [one.share for one in zone.for_all] == pytest.approx([1 / 5, 2 / 3])


def test_bands_are_values_of_runs(zone):
    first, second = zone.sides
    assert first.needs.middle.tolist() == [0.3, 0.4]
    assert (first.needs.low[0], first.needs.high[0]) == (0.1, 0.5)
    assert first.gets.low.tolist() == [NOTHING, NOTHING]
    assert first.gets.middle.tolist() == [0.1, 0.6]
    assert second.gets.middle.tolist() == [0.6, 0.6]


def test_weeks_without_open_runs_are_left_out():
    trace = make_weekly_series()
    trace.world["ended"][2] = 1.0
    assert compute_agreement_zone(trace, scenario(), "View").weeks.tolist() == [0]
    trace.world["stage"][0] = 5.0
    assert compute_agreement_zone(trace, scenario(), "View").open_runs == ()
    assert np.isnan(trace.world["stage"]).sum() == 0
