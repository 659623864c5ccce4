"""Late outcomes: what cannot come about before the horizon is said, and from when on it could."""

import pytest

from analysis.methods.late_outcomes import find_late_outcomes, find_late_outcomes_of_all
from sim.loading.loader import load_case

SLOW = "sequences.ceasefire.weeks=52"


@pytest.mark.parametrize(("horizon", "late"), [(52, {"split": 53}), (53, {})])
def test_what_takes_a_year_is_in_force_in_week_53(horizon, late):
    assert find_late_outcomes(load_case("split-the-pie", changes=[SLOW]).scenario, horizon) == late


def test_a_dated_lever_is_not_executed_before_its_week():
    dated = load_case("three-parties", changes=["levers.fine.scheduled_week=20"]).scenario
    assert find_late_outcomes(dated, 19) == {"fined": 20}
    assert find_late_outcomes(dated, 20) == {}


def test_what_can_come_about_under_some_view_is_not_late():
    slow, quick = (load_case("split-the-pie", changes=changes).scenario for changes in ([SLOW], []))
    assert find_late_outcomes_of_all({"slow": slow, "quick": quick}, 26) == {}
    assert find_late_outcomes_of_all({"slow": slow}, 26) == {"split": 53}
    assert find_late_outcomes_of_all({}, 26) == {}
