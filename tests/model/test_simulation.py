"""Simulation: one clock - stretches, the matching runs, and several scenarios that go on from one run-up."""

import numpy as np
import pytest

from sim.engines import base
from sim.engines.compiled_engine import CompiledEngine, is_installed
from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import simulate_block, simulate_blocks
from sim.model import simulation
from sim.model.outcome_classifier import OutcomeClassifier
from sim.model.simulation import Simulation
from tests.theory.simulate import FLAGSHIP, SEED, differences, scenario

RUNS = np.arange(24)
STAGE = [("world", "stage", 0)]


def test_in_one_stretch_or_week_by_week():
    found = scenario(FLAGSHIP, view="wide")
    at_once, weekly = (Simulation.begin(found, SEED, RUNS, NumpyEngine) for _ in range(2))
    first = weekly.week + 1
    record = at_once.advance(6, STAGE)
    each = [weekly.advance(week, STAGE) for week in range(first, 7)]
    assert record.shape == (7 - first, 1, RUNS.size)
    assert np.array_equal(record, np.concatenate(each))
    assert differences(at_once.engine.state, weekly.engine.state) == []


def test_advancing_to_a_week_that_is_past_changes_nothing():
    simulation = Simulation.begin(scenario("textbook/two-towns"), SEED, RUNS, NumpyEngine)
    simulation.advance(3)
    before = {s: {n: a.copy() for n, a in table.items()} for s, table in simulation.engine.state.items()}
    assert simulation.advance(2, STAGE).shape == (0, 1, RUNS.size)
    assert simulation.week == 3
    assert differences(before, simulation.engine.state) == []


def test_only_matching_runs_go_on():
    simulation = Simulation.begin(scenario(FLAGSHIP, view="wide"), SEED, RUNS, NumpyEngine)
    matching = simulation.simulate_run_up()
    assert 0 < matching.size < RUNS.size
    assert np.array_equal(simulation.engine.runs, RUNS[matching])
    assert simulation.matches_history.all()


def test_what_is_reported_never_to_have_happened_has_happened_after_no_week_of_the_run_up():
    found, runs = scenario(FLAGSHIP, view="wide"), np.arange(96)
    watched = Simulation.begin(found, SEED, runs, NumpyEngine)
    classifier, happened = OutcomeClassifier(watched.engine.layout), np.zeros(runs.size, dtype=bool)
    for week in range(watched.week + 1, 1):
        watched.advance(week)
        for condition in found.run_up.never:
            happened |= np.asarray(classifier.evaluate(condition, watched.engine.read)) > 0.0
    over_at_the_end = [np.asarray(classifier.evaluate(c, watched.engine.read)) > 0.0 for c in found.run_up.never]
    assert happened.sum() > np.any(over_at_the_end, axis=0).sum(), "no run here where it is over again by week 0"
    played = Simulation.begin(found, SEED, runs, NumpyEngine)
    assert np.array_equal(played.simulate_run_up(), np.flatnonzero(~happened))


@pytest.mark.parametrize(
    "engine",
    [
        NumpyEngine,
        pytest.param(
            CompiledEngine, marks=pytest.mark.skipif(not is_installed(), reason="the compiled engine is not installed")
        ),
    ],
)
def test_runs_dropped_on_the_way_leave_the_others_as_they_are(engine, monkeypatch):
    found = scenario(FLAGSHIP, view="wide")
    ends = []
    for kept, stretch in ((0.0, 28), (1.0, 3)):
        monkeypatch.setattr(simulation, "KEPT", kept)
        monkeypatch.setattr(simulation, "STRETCH", stretch)
        played = Simulation.begin(found, SEED, RUNS, engine)
        ends.append((played.simulate_run_up(), played.engine.read_state(np.arange(played.engine.runs.size))))
    assert np.array_equal(ends[0][0], ends[1][0])
    assert differences(ends[0][1], ends[1][1]) == []


@pytest.mark.parametrize("engine", ["numpy", None])
def test_a_base_and_a_file_that_changes_it_go_on_from_one_run_up_without_touching_each_other(engine, monkeypatch):
    if engine:
        monkeypatch.setattr(base, "_selected", [engine])
    found = scenario(f"{FLAGSHIP}/oil-sanctions", view="wide")
    together = simulate_blocks({"base": found.in_run_up, "file": found}, SEED, 0, RUNS.size, 8)
    for name, one in (("base", found.in_run_up), ("file", found)):
        alone = simulate_block(one, SEED, 0, RUNS.size, 8)
        assert differences({"block": alone.columns}, {"block": together[name].columns}) == []
        assert np.array_equal(alone.states, together[name].states)
