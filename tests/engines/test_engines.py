"""Engines: three ways to play the same rules behind one door; the fastest that is there is taken."""

import numpy as np
import pytest

from sim.engines import base, compiled_engine
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from tests.theory.simulate import SEED, differences, played, scenario

MISSING = pytest.mark.skipif(not compiled_engine.is_installed(), reason="llvmlite is not installed")
ENGINES = [pytest.param(name, marks=MISSING if name == "compiled" else ()) for name in base.ENGINES]
OUTCOME = [("world", "outcome", 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_all_give_the_same(engine):
    found = scenario("textbook/two-towns")
    opening = InitialState(build_layout(found), SEED, np.arange(3))
    played_by = base.make_engine(opening, engine)
    outcomes = base.advance(played_by, 1 - found.run_up.weeks, 6, OUTCOME)
    arrays = played(found, 3, 6)
    assert outcomes.shape == (6 + found.run_up.weeks, 1, 3)
    assert np.array_equal(outcomes[-1, 0], arrays.state["world"]["outcome"][0])
    assert np.array_equal(played_by.read("actor", "reservation", 1), arrays.state["actor"]["reservation"][1])
    assert np.array_equal(played_by.read_variable("party_package", "surplus"), arrays.state["party_package"]["surplus"])
    part = {s: {n: a[..., [2, 0]] for n, a in table.items()} for s, table in arrays.state.items()}
    assert differences(part, played_by.read_state(np.array([2, 0]))) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_played_on_from_where_another_stopped(engine):
    found = scenario("alaska-budapest", view="wide")
    first, places = 1 - found.run_up.weeks, np.array([4, 1])
    begun = base.SideBySide(InitialState(build_layout(found), SEED, np.arange(6)))
    base.advance(begun, first, 0)
    on = base.make_engine(base.take_snapshot(begun, places), engine)
    base.advance(on, 1, 3)
    whole = played(found, 6, 3)
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
    assert isinstance(base.make_engine(opening), base.MesaEngine)
    assert isinstance(base.make_engine(opening, "numpy"), base.SideBySide)


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


def test_what_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr(compiled_engine, "is_installed", lambda: False)
    with pytest.raises(base.EngineError, match="pip install"):
        base.find_engine("compiled")
    with pytest.raises(base.EngineError, match="compiled, numpy, mesa"):
        base.find_engine("numpi")
