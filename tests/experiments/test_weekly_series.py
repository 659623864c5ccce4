"""Weekly series: the ensemble's own runs week by week; looking at them changes nothing."""

import numpy as np
import pytest

from sim.ensemble.agreement_zones import find_zone_on_menu
from sim.ensemble.block import simulate_block, simulate_to_week_zero
from sim.experiments import weekly_series as module
from sim.experiments.weekly_series import compute_weekly_series
from sim.loading.loader import load_case

SEED, WEEKS, DRAWS = 11, 10, 48


@pytest.fixture(scope="module")
def flagship():
    return load_case("alaska-budapest", view="wide").scenario


@pytest.fixture(scope="module")
def series(flagship):
    return compute_weekly_series(flagship, SEED, np.arange(DRAWS), WEEKS)


@pytest.fixture(scope="module")
def block(flagship):
    return simulate_block(flagship, SEED, 0, DRAWS, WEEKS)


def test_runs_are_those_of_the_ensemble_to_the_bit(series, block):
    assert series.runs.tolist() == block.columns["run"].tolist()
    assert np.array_equal(series.world["outcome"][1:], block.states)
    for name in ("balance", "stage", "truce_left", "ended"):
        assert np.array_equal(series.world[name][-1], block.columns[name]), name
    for place, side in zip(("first", "second"), series.needs, strict=True):
        for name in ("reservation", "resilience", "aid", "hardening"):
            assert np.array_equal(series.actors[side][name][-1], block.columns[f"{place}_{name}"]), name
    for key, chance in series.beliefs.items():
        assert np.array_equal(chance[0], block.opening[list(block.opening)[1 + list(series.beliefs).index(key)]]), key


def test_a_scenario_files_changes_hold_from_week_1_here_too():
    scenario = load_case("alaska-budapest/words-only", view="wide").scenario
    found, played = compute_weekly_series(scenario, SEED, np.arange(16), 3), simulate_block(scenario, SEED, 0, 16, 3)
    assert found.runs.tolist() == played.columns["run"].tolist()
    assert np.array_equal(found.world["balance"][-1], played.columns["balance"])
    assert np.array_equal(found.world["outcome"][1:], played.states)


def test_runs_that_do_not_match_the_run_up_are_left_out(series):
    assert 0 < series.runs.size < DRAWS


def test_week_0_is_looked_at_as_the_ensemble_looks_at_it(series, flagship):
    assert np.array_equal(
        series.zone["menu"][0], find_zone_on_menu(simulate_to_week_zero(flagship, SEED, np.arange(DRAWS)))
    )


def test_looking_changes_nothing(series, flagship, monkeypatch):
    monkeypatch.setattr(module, "ZONE_INTERVAL", 1)
    often = compute_weekly_series(flagship, SEED, np.arange(DRAWS), WEEKS)
    assert often.zone_weeks.tolist() == list(range(WEEKS + 1))
    assert series.zone_weeks.tolist() == [0, 4, 8, 10]
    for name, values in series.world.items():
        assert np.array_equal(values, often.world[name]), name
    for key, chance in series.beliefs.items():
        assert np.array_equal(chance, often.beliefs[key]), key
    assert np.array_equal(series.gets["russia"], often.gets["russia"][series.zone_weeks])


def test_chunks_do_not_matter(series, flagship, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 20)
    split = compute_weekly_series(flagship, SEED, np.arange(DRAWS), WEEKS)
    assert np.array_equal(split.runs, series.runs)
    assert np.array_equal(split.world["balance"], series.world["balance"])
    assert np.array_equal(split.zone["sides"], series.zone["sides"])
    assert split.weeks.tolist() == list(range(WEEKS + 1))


def test_a_zone_for_two_is_where_a_side_could_get_more_than_it_needs(series):
    for side in series.needs:
        more = series.gets[side] > series.needs[side]
        assert np.array_equal(more, series.zone["sides"] > 0.0), side
    assert (series.zone["menu"] <= series.zone["sides"]).all()


def test_without_a_run_up_week_0_is_the_opening():
    found = compute_weekly_series(load_case("two-towns").scenario, SEED, np.arange(4), 2)
    assert (found.world["outcome"][0] == -1.0).all()
    assert found.zone["menu"][0].tolist() == [1.0] * 4


def test_no_runs_are_refused(flagship):
    with pytest.raises(ValueError, match="no runs to trace"):
        compute_weekly_series(flagship, SEED, np.arange(0), WEEKS)
