"""Pattern shares: counted by hand."""

import numpy as np
import pytest

from analysis.methods.pattern_shares import compute_pattern_shares
from sim.experiments.pattern_matches import NEVER, PatternMatches
from tests.factories.patterns import PATTERNS

MATCHES = {
    "okafor-2030": PatternMatches(
        np.array([0, 2, 5, 7]),
        {"round": np.array([NEVER, 3, 9, 4]), "refusal": np.array([NEVER] * 4)},
        {"round": np.array([NEVER, NEVER, 9, 4]), "refusal": np.array([NEVER] * 4)},
    ),
    "ito-2030": PatternMatches(
        np.array([1, 4]),
        {"round": np.array([2, 2]), "refusal": np.array([NEVER, 6])},
        {"round": np.array([2, 2]), "refusal": np.array([NEVER, NEVER])},
    ),
    "nobody": PatternMatches(
        np.array([], dtype=int), *({"round": np.array([]), "refusal": np.array([])} for _ in range(2))
    ),
}


@pytest.fixture
def found():
    return compute_pattern_shares(PATTERNS, MATCHES, {"ito-2030": "Ito, 2030"}, 12)


def test_runs_are_counted_once(found):
    round_ = found.shares["okafor-2030"]["round"]
    assert (round_.count, round_.share.share, round_.median_week, round_.example_run) == (3, 0.75, 4, 2)
    assert found.shares["ito-2030"]["refusal"].example_run == 4


def test_a_pattern_that_no_run_shows_has_an_upper_bound(found):
    refusal = found.shares["okafor-2030"]["refusal"]
    assert (refusal.count, refusal.median_week, refusal.example_run) == (0, None, None)
    assert refusal.share.kind == "one-sided bound"
    assert refusal.share.high == pytest.approx(1 - 0.05**0.25)


def test_the_placebo_is_the_share_in_shuffled_weeks(found):
    assert found.shares["okafor-2030"]["round"].placebo.share == 0.5
    assert found.as_json()["okafor-2030"]["patterns"]["round"]["placebo"]["share"] == 0.5


def test_a_pattern_of_one_event_has_no_placebo(found):
    assert found.shares["ito-2030"]["refusal"].placebo is None
    assert found.as_json()["ito-2030"]["patterns"]["refusal"]["placebo"] is None


def test_a_view_without_a_matching_run_is_left_out(found):
    assert found.runs == {"okafor-2030": 4, "ito-2030": 2}
    assert found.labels == {"okafor-2030": "okafor-2030", "ito-2030": "Ito, 2030"}
    assert set(found.shares) == set(found.as_json()) == set(found.runs)


def test_machines_get_the_same(found):
    row = found.as_json()["ito-2030"]["patterns"]["round"]
    assert (row["count"], row["share"], row["interval"]) == (2, 1.0, "one-sided bound")
