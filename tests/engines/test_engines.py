"""Engines: three ways to simulate the same rules behind one door; the fastest that is there is taken."""

from functools import partial

import numpy as np
import pytest

from sim.engines import base, compiled_engine
from sim.engines.mesa_engine import MesaEngine
from sim.engines.numpy_engine import NumpyEngine
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.simulation import Simulation, take_snapshot
from tests.theory.simulate import SEED, differences, play_runs, scenario

MISSING = pytest.mark.skipif(not compiled_engine.is_installed(), reason="llvmlite is not installed")
ENGINES = [pytest.param(name, marks=MISSING if name == "compiled" else ()) for name in base.ENGINES]
OUTCOME = [("world", "outcome", 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_all_give_the_same(engine):
    found = scenario("textbook/two-towns")
    simulation = Simulation.begin(found, SEED, np.arange(3), partial(base.make_engine, name=engine))
    outcomes = simulation.advance(6, OUTCOME)
    made, arrays = simulation.engine, play_runs(found, 3, 6)
    assert outcomes.shape == (6 + found.run_up.weeks, 1, 3)
    assert np.array_equal(outcomes[-1, 0], arrays.state["world"]["outcome"][0])
    assert np.array_equal(made.read("actor", "reservation", 1), arrays.state["actor"]["reservation"][1])
    assert np.array_equal(made.read_variable("party_package", "surplus"), arrays.state["party_package"]["surplus"])
    part = {s: {n: a[..., [2, 0]] for n, a in table.items()} for s, table in arrays.state.items()}
    assert differences(part, made.read_state(np.array([2, 0]))) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_played_on_from_where_another_stopped(engine):
    found = scenario("alaska-budapest", view="wide")
    places, begun = np.array([4, 1]), Simulation.begin(found, SEED, np.arange(6), NumpyEngine)
    begun.advance(0)
    on = base.make_engine(take_snapshot(begun.engine, places), engine)
    Simulation(on).advance(3)
    whole = play_runs(found, 6, 3)
    part = {s: {n: a[..., places] for n, a in table.items()} for s, table in whole.state.items()}
    assert differences(part, on.read_state(np.arange(2))) == []


def test_the_fastest_that_is_there_is_taken(monkeypatch):
    monkeypatch.setattr(compiled_engine, "is_installed", lambda: True)
    assert base.find_engine(None) == "compiled"
    monkeypatch.setattr(compiled_engine, "is_installed", lambda: False)
    assert base.find_engine(None) == "numpy"


def test_an_engine_taken_stays_taken(monkeypatch):
    monkeypatch.setattr(base, "_selected", [])
    opening = InitialState(build_layout(scenario("textbook/no-zone")), SEED, np.arange(1))
    assert base.select_engine("mesa") == base.selected_engine() == "mesa"
    assert isinstance(base.make_engine(opening), MesaEngine)
    assert isinstance(base.make_engine(opening, "numpy"), NumpyEngine)


@MISSING
def test_compiling_is_announced_and_done_once(monkeypatch, tmp_path):
    from sim.engines.compiler import jit_cache

    monkeypatch.setenv(jit_cache.FOLDER, str(tmp_path))
    monkeypatch.setattr(jit_cache, "_loaded", {})
    monkeypatch.setattr(base, "_selected", ["compiled"])
    said = []
    base.compile_ahead(scenario("textbook/no-zone"), said.append)
    base.compile_ahead(scenario("textbook/two-towns"), said.append)
    assert len(said) == 1
    assert "compiling" in said[0]


@MISSING
def test_few_runs_are_played_by_code_that_lies_ready_and_by_numpy_before(monkeypatch, tmp_path):
    from sim.engines.compiler import compiled_program, jit_cache

    monkeypatch.setenv(jit_cache.FOLDER, str(tmp_path))
    monkeypatch.setattr(jit_cache, "_loaded", {})
    monkeypatch.setattr(compiled_program, "_programs", {})
    monkeypatch.setattr(base, "_selected", ["compiled"])

    def open_few():
        return InitialState(build_layout(scenario("textbook/no-zone")), SEED, np.arange(2))

    made = [base.make_engine_for_few(open_few())]
    (tmp_path / "other.code").write_bytes(b"code of other rules")
    made.append(base.make_engine_for_few(open_few()))
    assert [file.name for file in tmp_path.iterdir()] == ["other.code"]
    base.compile_ahead(scenario("textbook/no-zone"))
    made.append(base.make_engine_for_few(open_few()))
    base.select_engine("numpy")
    made.append(base.make_engine_for_few(open_few()))
    assert [type(engine).__name__ for engine in made] == [
        "NumpyEngine",
        "NumpyEngine",
        "CompiledEngine",
        "NumpyEngine",
    ]
    states = [Simulation(engine).engine for engine in made]
    for engine in states:
        Simulation(engine).advance(3)
    assert all(differences(states[0].read_state(np.arange(2)), s.read_state(np.arange(2))) == [] for s in states)


def test_what_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr(compiled_engine, "is_installed", lambda: False)
    with pytest.raises(base.EngineError, match="pip install"):
        base.find_engine("compiled")
    with pytest.raises(base.EngineError, match="compiled, numpy, mesa"):
        base.find_engine("numpi")
