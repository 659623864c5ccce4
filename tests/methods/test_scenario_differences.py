"""Scenario differences: paired differences against numbers worked out by hand, and the forms in which they travel."""

from dataclasses import FrozenInstanceError
from math import sqrt

import numpy as np
import pytest

from analysis.methods.scenario_differences import COLUMNS, compare_results
from sim.ensemble.results import Results, ViewRuns
from tests.factories.results import TEXT, results

OKAFOR, ITO = "okafor-2030", "ito-2030"


def other(name="two-towns-b", drawn=4, runs=(0, 2, 3), outcomes=(0, 0, 2), **changes):
    """Another scenario, in which the view of Okafor ends like this."""
    plain = results(names=(OKAFOR, ITO), scenario=name, title=name, **changes)
    columns = {"run": np.array(runs, float), "outcome": np.array(outcomes, float)}
    view = plain.views[OKAFOR]
    return Results(plain.manifest, plain.views | {OKAFOR: ViewRuns(OKAFOR, drawn, columns, view.by_week, view.opening)})


@pytest.fixture
def comparison():
    text = TEXT | {"levers": {}, "title": "two-towns-b"}
    return compare_results(results(names=(OKAFOR, ITO)), [other(text=text, notes=("A lever comes too late.",))])


def test_shares_are_of_the_draws_that_both_have_played(comparison):
    view = comparison.scenarios["two-towns-b"].views[OKAFOR]
    # draws 0 to 3: the reference matches in 0, 1, 3 (run 4 is not counted), the scenario in 0, 2, 3
    assert (view.draws, view.n_reference_matching, view.n_matching, view.n_jointly_matching) == (4, 3, 3, 2)
    assert view.outcomes["deal"].reference == pytest.approx(1 / 3)
    assert view.outcomes["deal"].share == pytest.approx(2 / 3)
    assert view.agreement == view.outcomes["deal"]


def test_the_interval_is_the_paired_linearised_one_and_wider_where_few_draws_differ(comparison):
    # contributions a: 8/9, -4/9, 0, -4/9; b: 4/9, 0, 4/9, -8/9; their differences are all of size 4/9, so four count;
    # a count of four is compatible with 10.24159 (Garwood 1936)
    reach = (10.24159 - 4) / 2 * 4 / (9 * sqrt(3))
    moved = comparison.scenarios["two-towns-b"].views[OKAFOR].outcomes["deal"]
    assert moved.kind == "conservative"
    assert moved.difference == pytest.approx(1 / 3)
    assert (moved.low, moved.high) == pytest.approx((1 / 3 - reach, 1.0))


def test_where_no_draw_differs_the_interval_is_that_of_a_count_of_zero(comparison):
    view = comparison.scenarios["two-towns-b"].views[ITO]
    far = 1 - 0.05 ** (1 / 4)
    for moved in (view.agreement, *view.outcomes.values()):
        assert (moved.difference, moved.kind) == (0, "conservative")
        assert (moved.low, moved.high) == pytest.approx((-far, far))


def test_an_interval_holds_its_difference_where_all_runs_change():
    found = compare_results(results(names=(OKAFOR,)), [other(runs=(0, 1, 3), outcomes=(1, 1, 1))])
    moved = found.scenarios["two-towns-b"].views[OKAFOR].outcomes["broken"]
    assert (moved.reference, moved.share, moved.high) == (0, 1, 1)
    assert moved.low < 1


def test_differences_of_all_outcomes_add_up_to_nothing(comparison):
    for view in comparison.scenarios["two-towns-b"].views.values():
        assert sum(moved.difference for moved in view.outcomes.values()) == pytest.approx(0)


def test_what_moves_most_comes_first(comparison):
    scenario = comparison.scenarios["two-towns-b"]
    assert [(key, view.name) for key, view in scenario.find_largest_changes()] == [("deal", OKAFOR), ("drift", OKAFOR)]
    assert len(scenario.find_largest_changes(1)) == 1


def test_changed_keys_are_those_that_matter_for_play(comparison):
    assert comparison.scenarios["two-towns-b"].changes == ("levers",)
    assert comparison.scenarios["two-towns-b"].notes == ("A lever comes too late.",)


def test_outcomes_are_matched_by_name_not_by_number():
    turned = {"drift": "no agreement", "broken": "agreement that broke", "deal": "agreement"}
    changed = other(outcomes=(2, 2, 0))
    changed = Results(changed.manifest.model_copy(update={"outcomes": turned}), {OKAFOR: changed.views[OKAFOR]})
    found = compare_results(results(names=(OKAFOR,)), [changed])
    assert found.scenarios["two-towns-b"].views[OKAFOR].outcomes["deal"].share == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "changed", [{"drawn": 1, "runs": (0,), "outcomes": (0,)}, {"drawn": 3, "runs": (), "outcomes": ()}]
)
def test_a_view_without_common_runs_is_named(changed):
    scenario = compare_results(results(), [other(**changed)]).scenarios["two-towns-b"]
    assert list(scenario.views) == [ITO]
    assert scenario.without_runs == ("wide", OKAFOR)


@pytest.mark.parametrize("changed", [{"seed": 8}, {"horizon_weeks": 5}])
def test_other_luck_or_another_horizon_is_refused(changed):
    with pytest.raises(ValueError, match="not played with the same seed and horizon"):
        compare_results(results(), [other(**changed)])


def test_other_outcomes_are_refused():
    with pytest.raises(ValueError, match="have no outcome in common"):
        compare_results(results(), [Results(results().manifest.model_copy(update={"outcomes": {"neither": "n"}}), {})])


def test_it_is_frozen(comparison):
    with pytest.raises(FrozenInstanceError):
        comparison.seed = 1


def test_digest_stands_for_all_scenarios(comparison):
    assert compare_results(results(), [other(fingerprint="fedcba")]).fingerprint != comparison.fingerprint
    assert compare_results(results(), [other()]).fingerprint == comparison.fingerprint
    assert compare_results(results(complete=False), [other()]).complete is False


def test_json(comparison):
    data = comparison.as_json()
    assert (data["reference"], data["seed"], data["horizon_weeks"]) == ("textbook/two-towns", 7, 4)
    scenario = data["scenarios"]["two-towns-b"]
    assert scenario["changes"] == ["levers"]
    view = scenario["views"][OKAFOR]
    assert (view["drawn"], view["matching"], view["jointly_matching"]) == (4, 3, 2)
    assert list(view["outcomes"]) == ["deal", "broken", "drift"]
    assert set(view["agreement"]) == {"share", "reference", "difference", "low", "high", "kind"}


def test_csv(comparison):
    lines = comparison.as_csv().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[0] == "scenario,view,outcome,reference,share,difference,low,high,draws,jointly_matching,changed_keys"
    assert len(lines) == 1 + 2 * 4
    assert lines[1].startswith("two-towns-b,okafor-2030,deal,0.333")
    assert lines[1].endswith(",4,2,levers")
    assert lines[4].split(",")[2] == "any_agreement"
