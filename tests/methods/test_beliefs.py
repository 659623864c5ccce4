"""Beliefs: every belief of the scenario once, by kind, with the percentiles of the runs."""

from analysis.methods.beliefs import compute_beliefs
from tests.factories.weekly_series import make_weekly_series, scenario


def test_every_belief_stands_once_under_its_kind():
    known = scenario()
    found = compute_beliefs(make_weekly_series(), known, "View")
    assert sum(len(bands) for bands in found.kinds.values()) == len(known.beliefs)
    assert set(found.kinds) == {belief.kind for belief in known.beliefs.values()}
    for kind, bands in found.kinds.items():
        held = [belief for belief in known.beliefs.values() if belief.kind == kind]
        assert [band.holder for band in bands] == [known.actors[belief.holder].label for belief in held]


def test_bands_hold_the_middle_of_the_runs():
    bands = next(iter(compute_beliefs(make_weekly_series(), scenario(), "View").kinds.values()))
    assert bands[0].chance.low.tolist() == [0.1, 0.2, 0.5]
    assert bands[0].chance.middle.tolist() == [0.3, 0.2, 0.5]
    assert bands[0].chance.high.tolist() == [0.5, 0.2, 0.5]
